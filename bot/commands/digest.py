"""`/digest`: subscribe a place, ask what it gets and what became of it, pause, end. What is asked is done at the desk.

Reading is for everyone in the place; each change asks the platform first whether this person may make it, however it
was asked for, typed or pressed. Answers are private, and only speak of the place they are given in.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.commands import digest_replies as replies
from bot.commands import spec
from bot.commands.digest_order import read_order, schedule_of, wants_of
from bot.commands.digest_words import read_words
from bot.commands.find import echo
from bot.commands.help import help_reply
from bot.commands.parse import clean
from bot.commands.request import Caller
from bot.contract import Fate, SendError
from bot.digests.desk import Desk
from bot.digests.model import State, Subscription, Wants
from bot.errors import BadRequestError
from bot.library.library import Library
from bot.library.visibility import Viewer, narrower
from bot.library.vocabulary import Audience
from bot.reply import Action, Reply

_log = structlog.get_logger("briefbot")

NAME = "digest"
_RESUME = re.compile("`?/digest resume`?")
EDITIONS = 7
"""Editions that the status tells of."""
_MEANT = {
    **dict.fromkeys(("add", "start", "new", "create", "set", "change", "edit"), "subscribe"),
    **dict.fromkeys(("stop", "end", "remove", "delete", "cancel", "off"), "unsubscribe"),
    **dict.fromkeys(("show", "what", "ls", "when", "info"), "list"),
    **dict.fromkeys(("test", "try", "why"), "preview"),
    **dict.fromkeys(("send", "post", "run"), "now"),
    **dict.fromkeys(("history", "log", "sent"), "status"),
    **dict.fromkeys(("hold", "mute", "snooze"), "pause"),
    **dict.fromkeys(("continue", "unpause", "go"), "resume"),
}


@dataclass(frozen=True, slots=True)
class Counter:
    """Where a request is answered: the desk, or None where there is none, the library, who asks, and when."""

    desk: Desk | None
    library: Library
    caller: Caller
    now: datetime

    @property
    def open(self) -> Desk:
        """The desk. Raises BadRequestError where there is none."""
        if self.desk is None:
            raise BadRequestError("Digests are off here.", "They come from a bot that runs in Slack or Discord.")
        return self.desk

    @property
    def reader(self) -> replies.Reader:
        """Who reads what is told."""
        return replies.Reader.of(self.library, Viewer(self.caller.audience, self.now))

    async def allow(self, permission: spec.Permission) -> None:
        """Raise BadRequestError where the caller may not do what needs `permission`."""
        if permission is not spec.Permission.MANAGE:
            return
        person = self.caller.person
        reason = await person.may_not_manage() if person else "I cannot tell who you are."
        if reason:
            raise BadRequestError("You may not change the digest here.", reason)

    async def audience(self) -> Audience:
        """Return what everybody who reads in the place may see: the public's share where others read along."""
        caller = self.caller
        if caller.audience is Audience.PUBLIC or caller.person is None or await caller.person.overheard():
            return Audience.PUBLIC
        return caller.audience

    async def here(self, wanted: str = "") -> Subscription | None:
        """Return the place's subscription, if it is the one `wanted` where that is said; buttons name theirs."""
        found = await self.open.subscriptions(self.caller.target)
        return next((each for each in found if not wanted or str(each.id) == wanted), None)

    async def known(self, wanted: str = "") -> Subscription:
        """Return the place's subscription. Raises BadRequestError where there is none."""
        found = await self.here(wanted)
        if found is None:
            raise _gone() if wanted else _none_here()
        return found

    async def fits(self) -> None:
        """Raise BadRequestError, with what to do, where the bot could not post here."""
        try:
            await self.open.check(self.caller.target)
        except SendError as error:
            later = error.fate in {Fate.NOT_YET, Fate.UNCERTAIN}
            # The carrier's advice is for a digest that was stopped; here there may be none yet.
            advice = _RESUME.sub("the same command again", error.advice)
            raise BadRequestError(
                error.sentence or "I could not post here.", advice or ("Try again in a minute." if later else "")
            ) from error

    def note(self, what: str, subscription: Subscription) -> None:
        """Log a change, with identifiers alone."""
        target, user = subscription.target, self.caller.user
        _log.info(
            "digest changed",
            action=f"digest.{what}",
            subscription=subscription.id,
            platform=target.platform,
            workspace=target.workspace,
            channel=target.channel,
            user=user,
        )


async def digest(counter: Counter, name: str, asked: str | Mapping[str, str]) -> Reply:
    """Answer ``digest``, whose subcommand and options are words, or a subcommand of it with its options by name.

    Raises BadRequestError for what cannot be understood, is not allowed or is not there.
    """
    words = clean(asked) if isinstance(asked, str) else ""
    if name == NAME:
        first, _, words = words.partition(" ")
        name = f"{NAME} {first.casefold()}".rstrip()
    last = name.removeprefix(NAME).strip()
    if not last or last in spec.HELP_WORDS:
        return help_reply(spec.command(NAME))
    command = spec.command(name)
    if command is None:
        raise _unknown(last)
    if words.casefold() in spec.HELP_WORDS:
        return help_reply(command)
    counter.open  # noqa: B018 - says that digests are off before anything else is said
    await counter.allow(command.permission)
    if last == "subscribe":
        options = words if isinstance(asked, str) else {key: clean(said) for key, said in asked.items()}
        return await _subscribe(counter, options)
    return await _do(counter, last)


async def press_digest(counter: Counter, action: Action) -> Reply:
    """Answer one of the digests' buttons. Raises BadRequestError as `digest` does."""
    known = spec.action(action.name)
    if known is None or not action.args or not action.args[0]:
        raise _gone()
    await counter.allow(known.permission)
    return await _do(counter, action.name.removeprefix(f"{NAME}-"), action.args[0])


async def _do(counter: Counter, what: str, wanted: str = "") -> Reply:
    """Do what was asked for, typed or pressed."""
    doings: Mapping[str, Callable[[], Awaitable[Reply]]] = {
        "list": lambda: _list(counter, wanted),
        "preview": lambda: _preview(counter, wanted),
        "status": lambda: _status(counter, wanted),
        "now": lambda: _now(counter),
        "pause": lambda: _pause(counter, wanted, pause=True),
        "resume": lambda: _pause(counter, wanted, pause=False),
        "unsubscribe": lambda: _ask(counter, wanted) if wanted else _end(counter, wanted),
        "end": lambda: _end(counter, wanted),
    }
    if what not in doings:
        raise _gone()
    return await doings[what]()


async def _list(counter: Counter, wanted: str) -> Reply:
    found = await counter.here(wanted)
    return replies.told(counter.reader, "The digest here", found) if found else replies.nothing()


async def _status(counter: Counter, wanted: str) -> Reply:
    subscription = await counter.known(wanted)
    editions = await counter.open.status(subscription.id, EDITIONS)
    return replies.recent(counter.reader, subscription, editions)


async def _ask(counter: Counter, wanted: str) -> Reply:
    return replies.sure(await counter.known(wanted))


async def _subscribe(counter: Counter, options: str | Mapping[str, str]) -> Reply:
    reader = counter.reader
    if isinstance(options, str):
        options = read_words(options, reader.topics, counter.now)
    elif set(options) == {"time"}:  # all of the line that help shows, typed into the first field
        options = read_words(options["time"], reader.topics, counter.now)
    order = read_order(options, reader.topics, counter.now)
    before = await counter.here()
    person = counter.caller.person
    own_zone = await person.zone() if person and not order.zone and not before else ""
    schedule = schedule_of(order, before.schedule if before else None, own_zone)
    wants = wants_of(order, before.wants if before else None)
    await counter.fits()
    caller = counter.caller
    made = await counter.open.subscribe(caller.target, caller.user, schedule, wants, await counter.audience())
    counter.note("subscribe", made)
    same = before is not None and (before.schedule, before.wants, before.state) == (schedule, wants, State.ACTIVE)
    heading = "The digest stays as it was" if same else "The digest was changed"
    return replies.told(reader, heading if before else "Subscribed", made, before)


async def _preview(counter: Counter, wanted: str) -> Reply:
    found = await (counter.known(wanted) if wanted else counter.here())
    caller = counter.caller
    audience = narrower(found.audience, caller.audience) if found else caller.audience
    edition = await counter.open.preview(caller.target, found.wants if found else Wants(), audience)
    return replies.preview(counter.reader, found, edition)


async def _now(counter: Counter) -> Reply:
    subscription = await counter.known()
    await counter.fits()
    edition = await counter.open.post_now(subscription.id)
    if edition is None:
        raise _gone()
    counter.note("now", subscription)
    return replies.posted(subscription, edition)


async def _pause(counter: Counter, wanted: str, *, pause: bool) -> Reply:
    subscription = await counter.known(wanted)
    if not pause:
        await counter.fits()
    change = counter.open.pause if pause else counter.open.resume
    changed = await change(subscription.id)
    if changed is None:
        raise _gone()
    counter.note("pause" if pause else "resume", changed)
    return replies.told(counter.reader, "The digest is paused" if pause else "The digest goes on", changed)


async def _end(counter: Counter, wanted: str) -> Reply:
    subscription = await counter.known(wanted)
    ended = await counter.open.remove(subscription.id)
    if ended is None:
        raise _gone()
    counter.note("unsubscribe", ended)
    return replies.ended(counter.reader, ended)


def _gone() -> BadRequestError:
    return BadRequestError("That digest is no longer there.", "/digest list says what there is.")


def _none_here() -> BadRequestError:
    return BadRequestError("No digest comes here.", "Set one up with /digest subscribe 8:00 and your city.")


def _unknown(typed: str) -> BadRequestError:
    """Return what a reader is told who typed a subcommand that there is not."""
    from rapidfuzz import process  # here, since a start has no need of it

    names = [each.last for each in spec.DIGEST]
    near = process.extractOne(typed, names, score_cutoff=60)
    meant = _MEANT.get(typed) or next((name for name in names if name.startswith(typed)), "") or (near or ("",))[0]
    offered = f"Did you mean /digest {meant}? " if meant else ""
    return BadRequestError(f"There is no /digest {echo(typed)}.", f"{offered}There are {', '.join(names)}.")
