"""What is told of a subscription: what a place gets and when, that it has ended, that there is none."""

from collections.abc import Collection, Sequence

from bot.commands.digest_reader import Reader, coming, paused
from bot.digests.model import EVERY_DAY, OnEmpty, State, Subscription
from bot.digests.times import DAY_NAMES, days_words
from bot.digests.zones import zone_words
from bot.reply import Block, Bullets, Callout, Heading, Note, Outcome, Paragraph, Reply, Span, Tone, text
from bot.wording import counted

NEXT = 3
"""Dates that a subscription's reply tells."""


def told(reader: Reader, heading: str, now: Subscription, before: Subscription | None = None) -> Reply:
    """Return what a place is subscribed to `now`; with `before`, what of it has changed."""
    blocks: tuple[Block, ...] = (
        Heading(heading, level=2),
        *paused(reader, now),
        _facts(reader, now, before),
        _how(reader, now),
    )
    return Reply(
        blocks=blocks,
        summary=f"{heading}: {_when(now)}",
        outcome=Outcome.LIST,
        actions=reader.buttons(now),
        replaces=True,
    )


def ended(reader: Reader, before: Subscription) -> Reply:
    """Return what is told when a digest has ended, with the line that would bring it back."""
    back = Span(_line(reader, before), code=True)
    words = f"The digest {reader.where} has ended."
    return Reply(
        blocks=(
            Paragraph(text(Span(words, bold=True), " Nothing more will be posted.")),
            Note(text("What brings it back: ", back)),
        ),
        summary=f"{words} Nothing more will be posted.",
        outcome=Outcome.LIST,
        replaces=True,
    )


def sure(reader: Reader, subscription: Subscription) -> Reply:
    """Return the question whether to end a digest."""
    words = f"End the digest {reader.where}? What has been posted stays; what {reader.channel} has seen is forgotten."
    keep = reader.action("digest-list", "Keep it", subscription)
    return Reply(
        blocks=(Callout(Tone.WARNING, text(words)),),
        summary=words,
        outcome=Outcome.LIST,
        actions=(reader.action("digest-end", "Yes, end it", subscription), keep),
        replaces=True,
    )


def nothing(reader: Reader) -> Reply:
    """Return what is told where there is no digest."""
    words = f"No digest comes {reader.towards} yet."
    subscribe = reader.command("subscribe")
    return Reply(
        blocks=(
            Paragraph(text(Span(words, bold=True))),
            Paragraph(text("Set one up with ", Span(f"{subscribe} 8:00 shanghai weekdays", code=True), ".")),
            Note(text(f"/digest help tells the rest; {reader.command('preview')} shows what one would hold now.")),
        ),
        summary=f"{words} Set one up with {subscribe}.",
        outcome=Outcome.LIST,
    )


def _facts(reader: Reader, now: Subscription, before: Subscription | None) -> Bullets:
    old = _told(reader, before) if before else {}
    items = []
    for label, words in _told(reader, now).items():
        changed = label in old and old[label] != words
        if label == "Reviews that are due" and not now.wants.duties and not changed:
            continue  # most channels are not an editors' one
        was = f"{old[label]} → " if changed else ""
        items.append(text(Span(f"{label}: ", bold=True), was, words))
    following = coming(now, reader.viewer.now, NEXT)
    if following:
        items.insert(1, text(Span("Next: ", bold=True), following))
    return Bullets(tuple(items))


def _told(reader: Reader, subscription: Subscription) -> dict[str, str]:
    wants = subscription.wants
    quiet = "a one-line note is posted" if wants.on_empty is OnEmpty.NOTE else "nothing is posted"
    return {
        "When": _when(subscription),
        "About": _about(reader, subscription),
        "On a day without news": quiet,
        "Reviews that are due": "told" if wants.duties else "not told",
    }


def _when(subscription: Subscription) -> str:
    schedule = subscription.schedule
    return f"{schedule.time:%H:%M} {days_words(schedule.weekdays)}, {zone_words(schedule.zone)}"


def _about(reader: Reader, subscription: Subscription) -> str:
    wants = subscription.wants
    topics = _topics(reader.topics, wants.topics)
    kinds = ", ".join(kind.folder for kind in wants.kinds)
    if not topics and not kinds:
        return "everything: what is new, changed or corrected, what is coming up, and a spotlight"
    number = reader.followed(wants, subscription.audience)
    words = f"{counted(number, 'briefing')} now" if number else "no briefing fits that yet"
    return f"{' · '.join(filter(None, (topics, kinds)))} ({words})"


def _topics(known: Collection[str], topics: Sequence[str]) -> str:
    shown = [topic for topic in topics if topic in known]
    others = len(topics) - len(shown)
    also = ["1 more topic" if others == 1 else f"{others} more topics"] if others else []
    return ", ".join((*shown, *also))


def _how(reader: Reader, subscription: Subscription) -> Note:
    pause = f", stop for a while with {reader.command('pause')}"
    ending = "" if subscription.state is State.PAUSED else pause
    change, end = reader.command("subscribe"), reader.command("unsubscribe")
    return Note(text(f"Change it with {change} and what is to be different{ending}, end it with {end}."))


def _line(reader: Reader, subscription: Subscription) -> str:
    """Return the command that asks for the same."""
    schedule, wants = subscription.schedule, subscription.wants
    zone = zone_words(schedule.zone) if schedule.zone.startswith("Etc/") else schedule.zone
    named = ",".join(DAY_NAMES[day].casefold() for day in schedule.weekdays)
    days = "weekdays" if schedule.weekdays == (0, 1, 2, 3, 4) else named
    topics = [topic for topic in wants.topics if topic in reader.topics]
    return " ".join(
        (
            f"{reader.command('subscribe')} {schedule.time:%H:%M} {zone}",
            *([days] if schedule.weekdays != EVERY_DAY else []),
            *([f"topics {','.join(topics)}"] if topics else []),
            *([f"kinds {','.join(kind.folder for kind in wants.kinds)}"] if wants.kinds else []),
            *(["on-empty note"] if wants.on_empty is OnEmpty.NOTE else []),
            *(["duties yes"] if wants.duties else []),
        )
    )
