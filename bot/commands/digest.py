"""`/digest`: subscribe a place, ask what it gets and what became of it, pause, end. What is asked is done at the desk.

Reading is for everyone in the place; each change asks the platform first whether this person may make it, however it
was asked for, typed or pressed. Answers are private, and only speak of the place they are given in, or of another
channel that is named, which whoever asks has to see. Forums are ordered for that way: no command is typed in one.
"""

from collections.abc import Awaitable, Callable, Mapping

from bot.commands import digest_replies as replies
from bot.commands import digest_tidings as tidings
from bot.commands import spec
from bot.commands.digest_counter import Counter, closed, gone
from bot.commands.digest_order import read_order, schedule_of, wants_of
from bot.commands.digest_words import read_words, take_channel
from bot.commands.find import echo
from bot.commands.help import help_reply
from bot.commands.parse import clean
from bot.digests.model import State, Wants
from bot.errors import BadRequestError
from bot.library.visibility import narrower
from bot.reply import Action, Reply

NAME = "digest"
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


async def digest(counter: Counter, name: str, asked: str | Mapping[str, str]) -> Reply:
    """Answer ``digest``, whose subcommand and options are words, or a subcommand of it with its options by name.

    Raises BadRequestError for what cannot be understood, is not allowed or is not there.
    """
    channel, options = _read(asked)
    if name == NAME and isinstance(options, str):
        first, _, options = options.partition(" ")
        name = f"{NAME} {first.casefold()}".rstrip()
    last = name.removeprefix(NAME).strip()
    if not last or last in spec.HELP_WORDS:
        return help_reply(spec.command(NAME))
    command = spec.command(name)
    if command is None:
        raise _unknown(last)
    if isinstance(options, str) and options.casefold() in spec.HELP_WORDS:
        return help_reply(command)
    if counter.desk is None:  # which is said before anything else is
        raise closed()
    counter = await counter.at(channel)
    await counter.allow(command.permission)
    return await (_subscribe(counter, options) if last == "subscribe" else _do(counter, last))


def _read(asked: str | Mapping[str, str]) -> tuple[str, str | Mapping[str, str]]:
    """Return the channel that is asked about, empty for none, and all else. Raises BadRequestError for two of them."""
    channel, words = "", asked if isinstance(asked, str) else ""
    if not isinstance(asked, str):
        given = {key: clean(said) for key, said in asked.items()}
        channel = given.pop("channel", "")
        if set(given) != {"time"}:
            return channel, given
        words = given["time"]  # all of the line that help shows, typed into the first field
    named, rest = take_channel(clean(words))
    if channel and named:
        raise BadRequestError("A channel is named in the field and another in the line.", "Name one of them.")
    return channel or named, rest


async def press_digest(counter: Counter, action: Action) -> Reply:
    """Answer one of the digests' buttons. Raises BadRequestError as `digest` does."""
    known = spec.action(action.name)
    if known is None or not action.args or not action.args[0]:
        raise gone()
    wanted, *elsewhere = action.args
    counter = await counter.at(elsewhere[0] if elsewhere else "")
    await counter.allow(known.permission)
    return await _do(counter, action.name.removeprefix(f"{NAME}-"), wanted)


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
        raise gone()
    return await doings[what]()


async def _list(counter: Counter, wanted: str) -> Reply:
    found = await counter.here(wanted)
    reader = counter.reader
    return replies.told(reader, f"The digest {reader.where}", found) if found else replies.nothing(reader)


async def _status(counter: Counter, wanted: str) -> Reply:
    subscription = await counter.known(wanted)
    editions = await counter.open.status(subscription.id, EDITIONS)
    return tidings.recent(counter.reader, subscription, editions)


async def _ask(counter: Counter, wanted: str) -> Reply:
    return replies.sure(counter.reader, await counter.known(wanted))


async def _subscribe(counter: Counter, options: str | Mapping[str, str]) -> Reply:
    reader = counter.reader
    if isinstance(options, str):
        options = read_words(options, reader.topics, counter.now)
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
    place = f" {reader.where}" if reader.name else ""
    same = before is not None and (before.schedule, before.wants, before.state) == (schedule, wants, State.ACTIVE)
    heading = f"The digest{place} stays as it was" if same else f"The digest{place} was changed"
    return replies.told(reader, heading if before else f"Subscribed{place}", made, before)


async def _preview(counter: Counter, wanted: str) -> Reply:
    found = await (counter.known(wanted) if wanted else counter.here())
    caller = counter.caller
    audience = narrower(found.audience, caller.audience) if found else caller.audience
    edition = await counter.open.preview(caller.target, found.wants if found else Wants(), audience)
    return tidings.preview(counter.reader, found, edition)


async def _now(counter: Counter) -> Reply:
    subscription = await counter.known()
    await counter.fits()
    edition = await counter.open.post_now(subscription.id)
    if edition is None:
        raise gone()
    counter.note("now", subscription)
    return tidings.posted(counter.reader, subscription, edition)


async def _pause(counter: Counter, wanted: str, *, pause: bool) -> Reply:
    subscription = await counter.known(wanted)
    if not pause:
        await counter.fits()
    change = counter.open.pause if pause else counter.open.resume
    changed = await change(subscription.id)
    if changed is None:
        raise gone()
    counter.note("pause" if pause else "resume", changed)
    reader = counter.reader
    place = f" {reader.where}" if reader.name else ""
    return replies.told(reader, f"The digest{place} {'is paused' if pause else 'goes on'}", changed)


async def _end(counter: Counter, wanted: str) -> Reply:
    subscription = await counter.known(wanted)
    ended = await counter.open.remove(subscription.id)
    if ended is None:
        raise gone()
    counter.note("unsubscribe", ended)
    return replies.ended(counter.reader, ended)


def _unknown(typed: str) -> BadRequestError:
    """Return what a reader is told who typed a subcommand that there is not."""
    from rapidfuzz import process  # here, since a start has no need of it

    names = [each.last for each in spec.DIGEST]
    near = process.extractOne(typed, names, score_cutoff=60)
    meant = _MEANT.get(typed) or next((name for name in names if name.startswith(typed)), "") or (near or ("",))[0]
    offered = f"Did you mean /digest {meant}? " if meant else ""
    return BadRequestError(f"There is no /digest {echo(typed)}.", f"{offered}There are {', '.join(names)}.")
