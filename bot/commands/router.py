"""From a command's name to its reply: parsing, permission, errors. The only door platforms knock on."""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

import structlog
from cachetools import LRUCache

from bot.commands import spec
from bot.commands.browse import briefings, shelf_names
from bot.commands.find import brief
from bot.commands.help import help_reply
from bot.commands.parse import clean, parse
from bot.commands.press import press
from bot.commands.request import Caller, Choice, Request
from bot.commands.timeline import timeline
from bot.commands.unknown import unknown_command
from bot.errors import BadRequestError, Incident, report
from bot.library.library import Library
from bot.library.normal import LONGEST, normal
from bot.reply import Action, Callout, Note, Outcome, Paragraph, Reply, Span, Tone, text

if TYPE_CHECKING:
    from bot.commands.digest_counter import Counter
    from bot.digests.desk import Desk

_log = structlog.get_logger("briefbot")

CHOICES = 25
_CACHED_REPLIES = 512
_HANDLERS: Mapping[str, Callable[[Library, Request], Reply]] = {
    "brief": brief,
    "timeline": timeline,
    "briefings": briefings,
}


class Commands(Protocol):
    """What a platform calls. No member raises: every failure is a `Reply` that says so in words with a reference."""

    async def run(self, command: str, options: str | Mapping[str, str], caller: Caller) -> Reply:
        """Answer `command`; `options` is the text as typed, or the options by name where the platform parsed them."""
        ...

    def kept(self, command: str, options: str | Mapping[str, str], caller: Caller) -> Reply | None:
        """Return the answer of `run` at once, where it is kept from a moment ago; None where it has to be asked for."""
        ...

    async def press(self, action: str, caller: Caller) -> Reply:
        """Answer a button; `action` is the text of `Action.encode` as it came back from the platform."""
        ...

    def complete(self, command: str, option: str, partial: str, caller: Caller) -> tuple[Choice, ...]:
        """Return completions of `partial`, best first, at most 25; an empty `partial` gives a place to start."""
        ...


class Observer(Protocol):
    """What counts commands; `observe.Metrics` is one."""

    def command(self, command: str, platform: str, outcome: str, seconds: float) -> None:
        """Count one command that took `seconds`."""
        ...


class Router:
    """The commands over whatever library is current, with a clock handed in."""

    def __init__(
        self,
        library: Callable[[], Library],
        clock: Callable[[], datetime],
        observer: Observer | None = None,
        *,
        desk: "Callable[[], Desk | None]" = lambda: None,
    ) -> None:
        """Take `library` (called once a request), `clock` (timezone-aware) and who counts the requests.

        `desk` returns where digests are kept, or None where there are none.
        """
        self._library = library
        self._clock = clock
        self._observer = observer
        self._desk = desk
        # A reply is a pure function of the library, the minute and what was asked: the same question asked by a
        # whole channel is composed once. Embargoes end on a minute, so a minute is as long as a reply may live.
        self._replies: LRUCache[tuple[object, ...], Reply] = LRUCache(_CACHED_REPLIES)
        self._replies_of: tuple[object, ...] = ()

    async def run(self, command: str, options: str | Mapping[str, str], caller: Caller) -> Reply:
        """Answer `command` (see `Commands.run`)."""
        started = time.perf_counter()
        name = _name(command)
        try:
            reply = await (self._digest if _is_digest(name) else self._run)(name, options, caller)
        except BadRequestError as error:
            reply = refusal(error)
        except Exception as error:  # noqa: BLE001 - the border: whatever happened, the reader gets a sentence
            reply = failure(report(error, action=f"command.{name}", platform=caller.platform, user=caller.user))
        self._tell(name, options, caller, reply, started)
        return reply

    def kept(self, command: str, options: str | Mapping[str, str], caller: Caller) -> Reply | None:
        """Return the answer that is kept (see `Commands.kept`)."""
        started = time.perf_counter()
        name = _name(command)
        try:
            reply = self._kept(self._library(), self._clock()).get(_key(name, options, caller))
        except Exception as error:  # noqa: BLE001 - the border: what fails here is told by `run`, which is asked next
            report(error, action=f"command.{name}", platform=caller.platform, user=caller.user)
            return None
        if reply is not None:
            self._tell(name, options, caller, reply, started)
        return reply

    async def press(self, action: str, caller: Caller) -> Reply:
        """Answer a button (see `Commands.press`)."""
        started = time.perf_counter()
        try:
            decoded = Action.decode(action)
            if decoded is not None and _is_digest(decoded.name):
                reply = await self._press_digest(decoded, caller)
            else:
                reply = press(self._library(), action, caller, self._clock())
        except BadRequestError as error:
            reply = refusal(error)
        except Exception as error:  # noqa: BLE001 - the border: whatever happened, the reader gets a sentence
            reply = failure(report(error, action="command.press", platform=caller.platform, user=caller.user))
        self._count("button", caller, reply, started)
        return reply

    def complete(self, command: str, option: str, partial: str, caller: Caller) -> tuple[Choice, ...]:
        """Return completions (see `Commands.complete`); none where an option has none."""
        try:
            return self._complete(command, option, clean(partial)[: spec.MAX_QUERY], caller)
        except Exception as error:  # noqa: BLE001 - the border: completion fails to nothing, and says so in the log
            report(error, action="command.complete", platform=caller.platform, user=caller.user)
            return ()

    async def _run(self, name: str, options: str | Mapping[str, str], caller: Caller) -> Reply:
        library, now = self._library(), self._clock()
        key = _key(name, options, caller)
        known = self._kept(library, now).get(key)
        if known is not None:
            return known
        command, handler = spec.command(name), _HANDLERS.get(name)
        if name in spec.HELP_WORDS:
            return help_reply()
        if command is None or handler is None:
            raise unknown_command(name)
        words = parse(command, clean(options)) if isinstance(options, str) else _spread(command, options)
        request = Request(name, words, caller, now)
        await _prepared(library, request)
        reply = handler(library, request)
        if len(str(options)) <= spec.MAX_QUERY:
            self._kept(library, now)[key] = reply  # another library or minute may have begun meanwhile
        return reply

    async def _digest(self, name: str, options: str | Mapping[str, str], caller: Caller) -> Reply:
        """Answer `/digest`, whose answers change with what is subscribed: none is kept."""
        from bot.commands.digest import digest  # here, since a start has no need of it

        return await digest(self._counter(caller), name, options)

    async def _press_digest(self, action: Action, caller: Caller) -> Reply:
        from bot.commands.digest import press_digest

        return await press_digest(self._counter(caller), action)

    def _counter(self, caller: Caller) -> "Counter":
        from bot.commands.digest_counter import Counter

        return Counter(self._desk(), self._library(), caller, self._clock())

    def _kept(self, library: Library, now: datetime) -> LRUCache[tuple[object, ...], Reply]:
        of = (library, now.replace(second=0, microsecond=0))
        if self._replies_of != of:
            self._replies.clear()
            self._replies_of = of
        return self._replies

    def _complete(self, command: str, option: str, partial: str, caller: Caller) -> tuple[Choice, ...]:
        found = spec.command(command.removeprefix("/"))
        wanted = next((each for each in found.options if each.name == option), None) if found else None
        if wanted is None:
            return ()
        library, viewer = self._library(), Request(command, {}, caller, self._clock()).viewer
        if wanted.kind is spec.OptionKind.QUERY:
            return tuple(Choice(each.label, each.entry.id) for each in library.complete(partial, viewer, CHOICES))
        if wanted.kind is spec.OptionKind.SHELF:
            names = (name for name in shelf_names(library, viewer) if partial.casefold() in name)
            return tuple(Choice(name, name) for name in names)[:CHOICES]
        if wanted.kind in spec.COMPLETED or wanted.choices:
            from bot.commands.digest_completion import choices  # here, since a start has no need of it

            return choices(wanted, partial, [topic for topic, _ in library.topics(viewer)])[:CHOICES]
        return ()

    def _tell(self, name: str, options: str | Mapping[str, str], caller: Caller, reply: Reply, started: float) -> None:
        """Count a command, and log what was asked in vain."""
        self._count(name.partition(" ")[0], caller, reply, started)
        if reply.outcome is Outcome.NONE and reply.entry_id is None:
            _log.info("no answer", action="search.none", question=_question(options))  # for editors; never who asked

    def _count(self, command: str, caller: Caller, reply: Reply, started: float) -> None:
        if self._observer is not None:
            self._observer.command(command, caller.platform, reply.outcome.value, time.perf_counter() - started)


def _name(command: str) -> str:
    return clean(command).removeprefix("/").casefold()


def _key(name: str, options: str | Mapping[str, str], caller: Caller) -> tuple[object, ...]:
    """Return what a reply depends on, beside the library and the minute."""
    return (name, options if isinstance(options, str) else tuple(sorted(options.items())), caller.audience)


def _is_digest(name: str) -> bool:
    return name.startswith("digest") and name[len("digest") :][:1] in {"", " ", "-"}


def _question(options: str | Mapping[str, str]) -> str:
    """Return what was asked as names are compared, so that the same question is the same in the log."""
    return normal(clean(options if isinstance(options, str) else options.get("query", "")))[:LONGEST]


async def _prepared(library: Library, request: Request) -> None:
    """Wait, off the loop, until texts can be searched, where a question needs them and they never were."""
    if library.is_prepared(request.viewer):
        return
    query = request.option("query")[: spec.MAX_QUERY]
    if query and not library.is_named(query, request.viewer):
        await asyncio.to_thread(library.prepare, request.viewer)


def _spread(command: spec.Command, options: Mapping[str, str]) -> dict[str, str]:
    """Return the options as they were given by name, with those that were typed into the free-text one instead.

    Help shows a command as one line of text; whoever types all of that line into the first field means the same.
    """
    given = {name: clean(value) for name, value in options.items()}
    free = command.options[0].name
    if set(given) == {free}:
        return parse(command, given[free])
    return given


def refusal(error: BadRequestError) -> Reply:
    """Return what the reader is told of words that could not be understood."""
    words = f"{error.sentence} {error.advice}".strip()
    return Reply(
        blocks=(Callout(Tone.WARNING, text(Span(error.sentence, bold=True), f" {error.advice}")),),
        summary=words,
        outcome=Outcome.INVALID,
    )


def failure(incident: Incident) -> Reply:
    """Return what the reader is told of a failure: a sentence, advice, and the reference of the log's traceback."""
    return Reply(
        blocks=(
            Callout(Tone.ERROR, text(Span(incident.sentence, bold=True))),
            Paragraph(text(incident.advice)),
            Note(text(f"Reference: {incident.reference}")),
        ),
        summary=f"{incident.sentence} {incident.advice} Reference: {incident.reference}",
        outcome=Outcome.FAILED,
        reference=incident.reference,
    )
