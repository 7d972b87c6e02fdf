"""Every setting: its name, type, default, allowed form and meaning. Nothing is read here.

The defaults equal `config/briefbot.toml`. A setting's description says what it is for, `Form` what it may hold;
docstrings below them would read better, but pydantic would parse the source for them at every start.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, StringConstraints, TypeAdapter
from pydantic.fields import FieldInfo

from bot.library.vocabulary import Audience


@dataclass(frozen=True, slots=True)
class Form:
    """The allowed form of a setting, to follow "must be"."""

    words: str


Secret = Annotated[
    SecretStr | None,
    Form("one word as the platform shows it, without spaces or line breaks"),
]


def _address(value: SecretStr | None) -> SecretStr | None:
    """Refuse what names no database that the bot can use. Raises ValueError, which does not repeat it."""
    if value is not None and not value.get_secret_value().startswith(_DATABASES):
        raise ValueError("no such database")
    return value


_DATABASES = ("sqlite:///", "sqlite+aiosqlite:///", "postgres://", "postgresql://", "postgresql+asyncpg://")
DatabaseUrl = Annotated[
    SecretStr | None,
    AfterValidator(_address),
    Form("sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME, in one word"),
]
ListenHost = Annotated[
    str,
    StringConstraints(pattern=r"^[^\s/\[\]]+$"),
    Form("a host name or address to listen on, such as 127.0.0.1, ::1 or 0.0.0.0"),
]
Port = Annotated[int, Field(ge=0, le=65535), Form("a port number from 1 to 65535, or 0 for any that is free")]
HostName = Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])$")]


class Section(BaseModel):
    """A table of the settings file: frozen, without unknown names, and silent about what it was given."""

    # Built when first used, as a part of the whole: built alone, each would be built twice.
    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False, defer_build=True
    )


class SlackSettings(Section):
    """The connection to Slack; it is made when `bot_token` is set."""

    mode: Annotated[Literal["socket", "http"], Form('"socket" or "http"')] = Field(
        "socket",
        description="How Slack reaches the bot: a socket that the bot opens, or signed requests to host and port"
        " at /slack/events.",
    )
    bot_token: Secret = Field(None, description="The bot's token (xoxb-…).")
    app_token: Secret = Field(
        None, description="The app-level token (xapp-…) with connections:write; Socket Mode needs it."
    )
    signing_secret: Secret = Field(
        None, description="The signing secret that Slack's requests are checked against; HTTP mode needs it."
    )
    base_url: Annotated[
        str,
        StringConstraints(pattern=r"^https?://[^\s/?#]+/([^\s?#]*/)?$"),
        Form("an http:// or https:// address that ends in a slash, such as https://slack.com/api/"),
    ] = Field("https://slack.com/api/", description="Where Slack's Web API is.")
    host: ListenHost = Field("127.0.0.1", description="Where HTTP mode listens.")
    port: Port = Field(3000, description="The port on which HTTP mode listens.")


class DiscordSettings(Section):
    """The connection to Discord; it is made when `token` is set."""

    token: Secret = Field(None, description="The bot's token.")
    api_base: Annotated[
        str,
        StringConstraints(pattern=r"^https?://[^\s?#]*[^\s?#/]$"),
        Form("an http:// or https:// address without a slash at its end, such as https://discord.com/api/v10"),
    ] = Field(
        "https://discord.com/api/v10",
        description="Where Discord's REST API is; the gateway's address is asked for there.",
    )


class WebSettings(Section):
    """Health, metrics and, when asked for, the editors' page."""

    host: ListenHost = Field("127.0.0.1", description="Where /healthz, /readyz and /metrics are served.")
    port: Port = Field(8080, description="The port on which they are served.")
    page: Annotated[bool, Form("true or false")] = Field(
        False, description="Whether `briefbot run` serves the editors' page too; `briefbot preview` always does."
    )
    allowed_hosts: Annotated[
        tuple[HostName, ...],
        Field(min_length=1),
        Form("host names without port (in the environment: separated by commas), such as localhost, 127.0.0.1, [::1]"),
    ] = Field(
        ("localhost", "127.0.0.1", "[::1]"),
        description="The names under which the page may be asked for; any other Host header is refused.",
    )


class BriefingsSettings(Section):
    """The folder of briefings."""

    path: Annotated[Path, Form("the path of a folder, from where briefbot is started")] = Field(
        Path("briefings"), description="The folder that holds the entries."
    )
    style: Annotated[Path, Form("the path of a list of words to avoid")] = Field(
        Path("config/style.yaml"),
        description="The house style that `briefbot check` warns by; a file that is not there avoids nothing.",
    )
    poll: Annotated[Literal["auto", "always", "never"], Form('"auto", "always" or "never"')] = Field(
        "auto",
        description="Whether to look for changes at intervals: network mounts send no notice of them."
        " Auto decides by itself.",
    )
    poll_interval: Annotated[float, Field(ge=0.05, le=3600), Form("a number of seconds from 0.05 to 3600")] = Field(
        0.3, description="Seconds between two looks where changes are polled for."
    )
    audience: Annotated[Audience, Form('"public", "internal" or "restricted"')] = Field(
        Audience.PUBLIC,
        description="The widest audience whose entries this bot shows; each includes the ones before it. On Slack it is"
        " that of the workspace's own members: people of others, in shared channels, see what is public.",
    )


class DigestSettings(Section):
    """Digests: who may order them, and how late one may be."""

    enabled: Annotated[bool, Form("true or false")] = Field(
        True, description="Whether digests can be subscribed to and are sent. Without them no database is opened."
    )
    slack_managers: Annotated[Literal["members", "admins"], Form('"members" or "admins"')] = Field(
        "members",
        description="Who may subscribe channels in Slack: the workspace's members, or its admins and owners."
        " Guests and people of other workspaces never may.",
    )
    discord_roles: Annotated[
        tuple[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)], ...],
        Form("names or ids of roles as text (in the environment: separated by commas), such as Editors"),
    ] = Field(
        (),
        description="The roles, by name or id, that may subscribe channels in Discord, beside everybody with the"
        " permission Manage Server.",
    )
    patience_hours: Annotated[int, Field(ge=1, le=168), Form("a whole number of hours from 1 to 168")] = Field(
        12, description="How late an edition may still be posted after the bot was down; an older one is skipped."
    )


class DatabaseSettings(Section):
    """Where subscriptions are kept, and what became of each edition."""

    url: DatabaseUrl = Field(
        None,
        description="The database's address, which may hold a password; without it the file briefbot.db here.",
    )

    @property
    def address(self) -> SecretStr:
        """The address, or that of the file it is without one."""
        return self.url or SecretStr("sqlite:///briefbot.db")


class LogSettings(Section):
    """What is logged, on standard error."""

    level: Annotated[Literal["debug", "info", "warning", "error"], Form('"debug", "info", "warning" or "error"')] = (
        Field(
            "info",
            description="The least that is logged. Debug lets the platforms' libraries log what people wrote:"
            " never leave it on.",
        )
    )
    format: Annotated[Literal["auto", "console", "json"], Form('"auto", "console" or "json"')] = Field(
        "auto", description="Lines for people or for machines; auto is console on a terminal and JSON elsewhere."
    )


class ShutdownSettings(Section):
    """How the bot stops."""

    grace: Annotated[float, Field(ge=0, lt=5), Form("a number of seconds from 0 to less than 5")] = Field(
        4.5,
        description="Seconds from SIGTERM until the bot has let go of everything, answers in hand finished; the last of"
        " them is for disconnecting.",
    )


class Settings(Section):
    """All settings. `Settings()` is the defaults; `load_settings` reads the file and the environment."""

    slack: SlackSettings = Field(default_factory=SlackSettings)
    discord: DiscordSettings = Field(default_factory=DiscordSettings)
    web: WebSettings = Field(default_factory=WebSettings)
    briefings: BriefingsSettings = Field(default_factory=BriefingsSettings)
    digests: DigestSettings = Field(default_factory=DigestSettings)
    database: DatabaseSettings = Field(default_factory=DatabaseSettings)
    log: LogSettings = Field(default_factory=LogSettings)
    shutdown: ShutdownSettings = Field(default_factory=ShutdownSettings)

    @classmethod
    def of(cls, values: Mapping[str, Mapping[str, Any]]) -> "Settings":
        """Return the settings with `values`, by section and key, which are valid one by one, and the defaults."""
        made: dict[str, Any] = {
            name: _section(table).model_construct(**values.get(name, {})) for name, table in cls.model_fields.items()
        }
        return cls.model_construct(**made)

    def secrets(self) -> tuple[SecretStr, ...]:
        """Return every secret that is set, for the log to keep out."""
        values = (getattr(getattr(self, spec.section), spec.key) for spec in SPECS if spec.secret)
        return tuple(value for value in values if value is not None)


@dataclass(frozen=True, slots=True)
class Spec:
    """One setting as documentation and the reader need it: where it stands and what it may hold."""

    section: str
    key: str
    secret: bool
    form: str
    default: object
    description: str
    annotation: Any
    many: bool
    """Whether it holds several values, separated by commas in the environment."""

    @property
    def name(self) -> str:
        """The setting as the file nests it: ``slack.port``."""
        return f"{self.section}.{self.key}"

    @property
    def adapter(self) -> TypeAdapter[Any]:
        """What reads a value; made when asked for, since most values are the defaults."""
        return _adapter(self.annotation)

    @property
    def variable(self) -> str:
        """The environment variable that overrides it: ``BRIEFBOT_SLACK__PORT``."""
        return f"BRIEFBOT_{self.section}__{self.key}".upper()


@cache
def _adapter(annotation: Any) -> TypeAdapter[Any]:
    return TypeAdapter(annotation)


def _spec(section: str, key: str, field: FieldInfo) -> Spec:
    return Spec(
        section=section,
        key=key,
        secret=field.annotation == SecretStr | None,
        form=next(part.words for part in field.metadata if isinstance(part, Form)),
        default=field.default,
        description=field.description or "",
        annotation=field.rebuild_annotation(),
        many=isinstance(field.default, tuple),
    )


def _section(table: FieldInfo) -> type[Section]:
    section: type[Section] = table.default_factory  # type: ignore[assignment]  # a section makes its own defaults
    return section


SPECS = tuple(
    _spec(section, key, field)
    for section, table in Settings.model_fields.items()
    for key, field in _section(table).model_fields.items()
)
"""Every setting, in the order of the file."""
