"""The table of commands: every command, option, button, permission and help text, once.

Slack's usage hints and manifest, Discord's option types, the terminal's completion, `/brief help` and the README's
table are all made from `COMMANDS`; what a button may do is in `ACTIONS`.
"""

from dataclasses import dataclass
from enum import StrEnum

MAX_QUERY = 300
"""Characters of a query that are looked at; what is typed beyond them is answered with a sentence, not an error."""


class OptionKind(StrEnum):
    """What an option holds; a platform chooses its own control for it."""

    QUERY = "query"  # free text that completes to the names of entries
    DAY = "day"  # a day, a month or a year in plain words
    SPAN = "span"  # FROM..TO, either end open, or one date
    SHELF = "shelf"  # a topic or a kind of entry


class Permission(StrEnum):
    """Who may use a command or a button. All there are so far only read, and reading is for everyone."""

    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command.

    `keyword` is the word that introduces it where commands are typed as text (``as-of``); an option without one is
    recognised by its place or its form.
    """

    name: str
    kind: OptionKind
    help: str
    placeholder: str
    required: bool = False
    keyword: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name without the slash, a line on what it does, its options and examples to copy."""

    name: str
    summary: str
    options: tuple[Option, ...]
    examples: tuple[str, ...]
    permission: Permission = Permission.EVERYONE

    @property
    def usage(self) -> str:
        """The command as help shows it: ``/brief QUERY [as-of DATE]``."""
        return " ".join((f"/{self.name}", *(_usage(option) for option in self.options)))

    @property
    def hint(self) -> str:
        """The options alone, as Slack shows them while typing."""
        return " ".join(_usage(option) for option in self.options)


def _usage(option: Option) -> str:
    words = f"{option.keyword} {option.placeholder}" if option.keyword else option.placeholder
    return words if option.required else f"[{words}]"


QUERY = Option("query", OptionKind.QUERY, "A name, an alias or a phrase; any script", "QUERY", required=True)

COMMANDS: tuple[Command, ...] = (
    Command(
        "brief",
        "A short, sourced answer on a person, an issue, an event or a place",
        (
            QUERY,
            Option("as-of", OptionKind.DAY, "The answer as it stood on that day", "DATE", keyword="as-of"),
        ),
        ("/brief blinken", "/brief 布林肯", "/brief qin gang as-of 2023-06-18", "/brief help"),
    ),
    Command(
        "timeline",
        "Dated claims in order, across entries or for one of them",
        (
            Option("query", OptionKind.QUERY, "Only what concerns this entry", "QUERY"),
            Option("dates", OptionKind.SPAN, "From and to, either end open", "FROM..TO"),
        ),
        ("/timeline 2023", "/timeline balloon", "/timeline taiwan 2023-06..2023-12"),
    ),
    Command(
        "briefings",
        "Browse what there is, by kind or by topic",
        (Option("shelf", OptionKind.SHELF, "A kind (people, events, …) or a topic", "TOPIC|KIND"),),
        ("/briefings", "/briefings people", "/briefings taiwan"),
    ),
)

HELP_WORDS = frozenset({"help", "--help", "-h", "?"})


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """A button's name, its label, and what its arguments are, in order.

    Of an answer to a question, `page` also carries which claims answered it (see `brief.more`).
    """

    name: str
    label: str
    args: tuple[str, ...]
    summary: str
    permission: Permission = Permission.EVERYONE


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open", "Open", ("entry", "as-of"), "Open an entry that was offered"),
    ActionSpec("timeline", "Timeline", ("entry", "as-of"), "Dated claims of the entry, in order"),
    ActionSpec("sources", "Sources", ("entry", "as-of", "page"), "Every source, with kind, date and address"),
    ActionSpec("related", "Related", ("entry", "as-of"), "Entries that belong with this one"),
    ActionSpec("background", "Background", ("entry", "as-of", "page"), "Longer reading, folded by default"),
    ActionSpec("more", "More claims", ("entry", "as-of", "page"), "The claims that did not fit in the first screen"),
    ActionSpec("share", "Share to channel", ("entry", "as-of", "page"), "Post the answer where everybody sees it"),
    ActionSpec("browse", "Browse", ("shelf", "page"), "A page of the list of entries"),
    ActionSpec("dates", "Dates", ("entry", "dates", "page", "as-of"), "A page of a timeline"),
)


def command(name: str) -> Command | None:
    """Return the command called `name` (without the slash), or None."""
    return next((each for each in COMMANDS if each.name == name), None)


def action(name: str) -> ActionSpec | None:
    """Return the button called `name`, or None."""
    return next((each for each in ACTIONS if each.name == name), None)
