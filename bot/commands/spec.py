"""The table of commands: every command, option, button, permission and help text, once.

Slack's usage hints and manifest, Discord's option types, the terminal's completion, `/brief help` and the README's
table are all made from `COMMANDS`; what a button may do is in `ACTIONS`.
"""

from enum import StrEnum
from typing import NamedTuple

MAX_QUERY = 300
"""Characters of a query that are looked at; what is typed beyond them is answered with a sentence, not an error."""


class OptionKind(StrEnum):
    """What an option holds; a platform chooses its own control for it."""

    QUERY = "query"  # free text that completes to the names of entries
    DAY = "day"  # a day, a month or a year in plain words
    SPAN = "span"  # FROM..TO, either end open, or one date
    SHELF = "shelf"  # a topic or a kind of entry
    TIME = "time"  # a time of day in plain words
    ZONE = "zone"  # a time zone by any name
    WEEKDAYS = "weekdays"  # days of the week in plain words
    TOPICS = "topics"  # topics of entries, with commas between
    KINDS = "kinds"  # kinds of entries, with commas between
    CHANNEL = "channel"  # a channel, as the platform writes it
    CHOICE = "choice"  # one of the option's `choices`


LISTS = frozenset({OptionKind.TOPICS, OptionKind.KINDS})
"""Options that hold several values, with commas between."""
COMPLETED = frozenset({OptionKind.QUERY, OptionKind.SHELF, OptionKind.ZONE, OptionKind.WEEKDAYS, *LISTS})
"""Options that the bot completes; the others are free text that the command reads, or a choice."""


class Permission(StrEnum):
    """Who may use a command or a button: reading is for everyone; the platform says who may manage a place."""

    EVERYONE = "everyone"
    MANAGE = "manage"


class Option(NamedTuple):
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
    choices: tuple[str, ...] = ()


class Command(NamedTuple):
    """One command: its name without the slash, a line on what it does, its options and examples to copy.

    One that has `subcommands` has no options of its own; their names begin with its name and a space.
    """

    name: str
    summary: str
    options: tuple[Option, ...]
    examples: tuple[str, ...]
    permission: Permission = Permission.EVERYONE
    subcommands: tuple["Command", ...] = ()
    private: bool = False
    """Whether only the one who asks sees the answer, also where others are answered for everybody to read."""

    @property
    def usage(self) -> str:
        """The command as help shows it: ``/brief QUERY [as-of DATE]``."""
        return f"/{self.name} {self.hint}".rstrip()

    @property
    def hint(self) -> str:
        """The options alone, or the names of the subcommands, as Slack shows them while typing."""
        if self.subcommands:
            return "|".join(each.last for each in self.subcommands)
        return " ".join(_usage(option) for option in self.options)

    @property
    def last(self) -> str:
        """The last word of the name, which is what a subcommand is called below its command."""
        return self.name.rpartition(" ")[2]

    @property
    def takes_channel(self) -> bool:
        """Whether a channel may be named in it, or in a subcommand."""
        own = any(option.kind is OptionKind.CHANNEL for option in self.options)
        return own or any(each.takes_channel for each in self.subcommands)


def _usage(option: Option) -> str:
    words = f"{option.keyword} {option.placeholder}" if option.keyword else option.placeholder
    return words if option.required else f"[{words}]"


QUERY = Option("query", OptionKind.QUERY, "A name, an alias or a phrase; any script", "QUERY", required=True)

CHANNEL = Option("channel", OptionKind.CHANNEL, "Another channel, thread or forum; this one if left out", "#CHANNEL")
_ELSEWHERE = (CHANNEL,)

DIGEST: tuple[Command, ...] = (
    Command(
        "digest subscribe",
        "Send this channel a digest, or change the one it gets",
        (
            Option("time", OptionKind.TIME, "When it comes, such as 7:30 or 7pm; 08:00 if left out", "TIME"),
            Option("zone", OptionKind.ZONE, "Whose time that is: a city or a time zone; yours if known", "ZONE"),
            Option("days", OptionKind.WEEKDAYS, "On which days, such as mon-fri; every day if left out", "DAYS"),
            Option("topics", OptionKind.TOPICS, "Only these topics, or all", "TOPIC,…", keyword="topics"),
            Option("kinds", OptionKind.KINDS, "Only these kinds of entries, or all", "KIND,…", keyword="kinds"),
            Option(
                "on-empty",
                OptionKind.CHOICE,
                "On a day without news: skip it, or post a one-line note",
                "skip|note",
                keyword="on-empty",
                choices=("skip", "note"),
            ),
            Option(
                "duties",
                OptionKind.CHOICE,
                "For editors: whether to add the reviews that are due",
                "yes|no",
                keyword="duties",
                choices=("yes", "no"),
            ),
            CHANNEL,
        ),
        ("/digest subscribe 7:30 shanghai weekdays topics taiwan,technology on-empty note",),
        Permission.MANAGE,
    ),
    Command("digest list", "What this channel gets, and when", _ELSEWHERE, ()),
    Command("digest preview", "What it would get now, and why; only you see it", _ELSEWHERE, ()),
    Command("digest now", "Post an extra edition", _ELSEWHERE, (), Permission.MANAGE),
    Command("digest status", "What became of the recent editions", _ELSEWHERE, ()),
    Command("digest pause", "Stop for a while", _ELSEWHERE, (), Permission.MANAGE),
    Command("digest resume", "Go on after a pause", _ELSEWHERE, (), Permission.MANAGE),
    Command("digest unsubscribe", "End the digest", _ELSEWHERE, (), Permission.MANAGE),
)

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
    Command(
        "digest",
        "What is new, by itself, in this channel at a time of your choice",
        (),
        ("/digest subscribe 7:30 shanghai weekdays", "/digest status", "/digest help"),
        subcommands=DIGEST,
        private=True,
    ),
)

HELP_WORDS = frozenset({"help", "--help", "-h", "?"})


class ActionSpec(NamedTuple):
    """A button's name, its label, and what its arguments are, in order.

    Of an answer to a question, `page` also carries which claims answered it (see `brief.more`).
    """

    name: str
    label: str
    args: tuple[str, ...]
    summary: str
    permission: Permission = Permission.EVERYONE


_OF_DIGEST = ("subscription", "channel")
"""The channel is given only where it is another one than that of the button."""

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
    ActionSpec("digest-list", "Digest", _OF_DIGEST, "What the channel gets, and when"),
    ActionSpec("digest-preview", "Preview", _OF_DIGEST, "What the channel would get now, and why"),
    ActionSpec("digest-status", "Status", _OF_DIGEST, "What became of the recent editions"),
    ActionSpec("digest-pause", "Pause", _OF_DIGEST, "Stop a digest for a while", Permission.MANAGE),
    ActionSpec("digest-resume", "Resume", _OF_DIGEST, "Go on after a pause", Permission.MANAGE),
    ActionSpec("digest-unsubscribe", "Unsubscribe", _OF_DIGEST, "Ask whether to end it", Permission.MANAGE),
    ActionSpec("digest-end", "End it", _OF_DIGEST, "End a digest, having been asked", Permission.MANAGE),
)


def command(name: str) -> Command | None:
    """Return the command called `name` (without the slash; ``digest list`` is one of its own), or None."""
    found = (each for one in COMMANDS for each in (one, *one.subcommands) if each.name == name)
    return next(found, None)


def action(name: str) -> ActionSpec | None:
    """Return the button called `name`, or None."""
    return next((each for each in ACTIONS if each.name == name), None)
