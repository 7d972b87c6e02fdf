"""What is told of a digest: what a place gets and when, what became of it, what it would get now and why."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.digests.desk import Edition, EditionStatus, PartState, PartStatus, Told
from bot.digests.model import EVERY_DAY, OnEmpty, State, Subscription, Wants
from bot.digests.schedule import upcoming
from bot.digests.times import DAY_NAMES, date_words, days_words
from bot.digests.zones import zone_words
from bot.library.library import Library
from bot.library.visibility import Viewer
from bot.reply import (
    Action,
    Block,
    Bullets,
    Callout,
    Divider,
    Heading,
    Note,
    Outcome,
    Paragraph,
    Reply,
    RichText,
    Span,
    Tone,
    text,
)

NEXT = 3
"""Dates that a subscription's reply tells."""
_TITLES = 5
_REASONS = 8
_STATES = {
    PartState.SENT: "sent",
    PartState.PENDING: "on its way",
    PartState.UNKNOWN: "not known whether it arrived",
    PartState.FAILED: "failed",
    PartState.SKIPPED: "not posted",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and when: what is told is told for them."""

    viewer: Viewer
    topics: frozenset[str]
    """Topics of entries that they may see; others are counted and not named."""

    @classmethod
    def of(cls, library: Library, viewer: Viewer) -> "Reader":
        """Return the reader that `viewer` is of `library`."""
        return cls(viewer, frozenset(topic for topic, _ in library.topics(viewer)))


def told(reader: Reader, heading: str, now: Subscription, before: Subscription | None = None) -> Reply:
    """Return what a place is subscribed to `now`; with `before`, what of it has changed."""
    blocks: tuple[Block, ...] = (Heading(heading, level=2), *_paused(now), _facts(reader, now, before), *_how(now))
    return Reply(
        blocks=blocks,
        summary=f"{heading}: {_when(now)}",
        outcome=Outcome.LIST,
        actions=_buttons(now),
        replaces=True,
    )


def ended(reader: Reader, before: Subscription) -> Reply:
    """Return what is told when a digest has ended, with the line that would bring it back."""
    back = Span(_line(reader, before), code=True)
    return Reply(
        blocks=(
            Paragraph(text(Span("The digest here has ended.", bold=True), " Nothing more will be posted.")),
            Note(text("What brings it back: ", back)),
        ),
        summary="The digest here has ended. Nothing more will be posted.",
        outcome=Outcome.LIST,
        replaces=True,
    )


def sure(subscription: Subscription) -> Reply:
    """Return the question whether to end a digest."""
    words = "End the digest here? What has been posted stays; what this channel has seen is forgotten."
    keep = Action("digest-list", "Keep it", (str(subscription.id),))
    return Reply(
        blocks=(Callout(Tone.WARNING, text(words)),),
        summary=words,
        outcome=Outcome.LIST,
        actions=(Action("digest-end", "Yes, end it", (str(subscription.id),)), keep),
        replaces=True,
    )


def nothing() -> Reply:
    """Return what is told where there is no digest."""
    words = "No digest comes here yet."
    return Reply(
        blocks=(
            Paragraph(text(Span(words, bold=True))),
            Paragraph(text("Set one up with ", Span("/digest subscribe 8:00 shanghai weekdays", code=True), ".")),
            Note(text("/digest help tells the rest; /digest preview shows what one would hold now.")),
        ),
        summary=f"{words} Set one up with /digest subscribe.",
        outcome=Outcome.LIST,
    )


def recent(reader: Reader, subscription: Subscription, editions: Sequence[EditionStatus]) -> Reply:
    """Return what became of the newest `editions`."""
    following = _next(subscription, reader.viewer.now, 1)
    coming = f"The next comes {following}." if following else "The digest is paused."
    listed = tuple(_edition(subscription, each) for each in editions)
    body: Block = Bullets(listed) if listed else Paragraph(text("No edition has been due yet."))
    return Reply(
        blocks=(Heading("Recent editions", level=2), *_paused(subscription), body, Note(text(coming))),
        summary=f"Recent editions: {len(editions)}. {coming}",
        outcome=Outcome.LIST,
        actions=_buttons(subscription, without="digest-status"),
    )


def posted(subscription: Subscription, edition: EditionStatus) -> Reply:
    """Return what is told of an extra edition that was just asked for."""
    skipped = next((part for part in edition.parts if part.state is PartState.SKIPPED), None)
    words = "An extra edition is on its way to this channel."
    if skipped is not None:
        words = f"Nothing was posted: {skipped.reason or 'there is nothing new.'}"
    return Reply(
        blocks=(Paragraph(text(words)),),
        summary=words,
        outcome=Outcome.LIST,
        actions=(Action("digest-status", "Status", (str(subscription.id),)),),
    )


def preview(reader: Reader, subscription: Subscription | None, edition: Edition) -> Reply:
    """Return what would be posted now, and why each entry is in it or not."""
    blocks: list[Block] = [Note(text(f"A preview that only you see. {_coming(reader, subscription)}"))]
    if edition.posts:
        blocks += [*edition.reply.blocks, Divider()]
    else:
        blocks.append(Callout(Tone.INFO, text("Nothing would be posted now: there is nothing new.")))
    blocks += [Heading("Why", level=3), Bullets(tuple(_reasons(edition)))]
    words = edition.reply.summary if edition.posts else "nothing would be posted now"
    return Reply(
        blocks=tuple(blocks),
        summary=f"Preview: {words}",
        outcome=Outcome.LIST,
        actions=edition.reply.actions if edition.posts else (),
    )


def _coming(reader: Reader, subscription: Subscription | None) -> str:
    if subscription is None:
        return "No digest comes here yet; this is what one on everything would hold."
    following = _next(subscription, reader.viewer.now, 1)
    return f"The next edition comes {following}." if following else "The digest is paused."


def _reasons(edition: Edition) -> Iterable[RichText]:
    for item in edition.items if edition.posts else ():
        yield text(Span("In", bold=True), f" · {item.title}: {item.reason}")
    groups: dict[str, list[Told]] = {}
    for each in edition.left_out:
        groups.setdefault(each.reason, []).append(each)
    for reason, left_out in list(groups.items())[:_REASONS]:
        names = ", ".join(dict.fromkeys(each.title for each in left_out[:_TITLES]))
        more = f" and {len(left_out) - _TITLES} more" if len(left_out) > _TITLES else ""
        yield text(Span("Left out", bold=True), f" · {names}{more}: {reason}")
    rest = sum(len(left_out) for left_out in list(groups.values())[_REASONS:])
    if rest:
        yield text(Span("Left out", bold=True), f" · {rest} more, each for a reason of its own")
    if not edition.left_out and not (edition.posts and edition.items):
        yield text("There is no entry that fits.")


def _edition(subscription: Subscription, edition: EditionStatus) -> RichText:
    when = date_words(edition.when, subscription.schedule.zone)
    parts = edition.parts
    spans: list[str | Span] = [Span(when, bold=True), " · extra edition" if edition.extra else ""]
    if len(parts) > 1 and all(part.state is PartState.SENT for part in parts):
        spans.append(f" · sent in {len(parts)} parts")
        spans += [each for number, part in enumerate(parts, 1) for each in _link(part, f"part {number}")]
        return text(*spans)
    for number, part in enumerate(parts, 1):
        spans.append(f" · part {number} {_STATES[part.state]}" if len(parts) > 1 else f" · {_STATES[part.state]}")
        spans += [f": {part.reason}"] if part.reason else []
        spans += _link(part, "open")
    return text(*spans)


def _link(part: PartStatus, label: str) -> list[str | Span]:
    return [" · ", Span(label, url=part.link)] if part.link.startswith(("https://", "http://")) else []


def _paused(subscription: Subscription) -> tuple[Block, ...]:
    if subscription.state is not State.PAUSED:
        return ()
    head = Span("Paused. ", bold=True)
    return (Callout(Tone.WARNING, text(head, subscription.paused_reason or "/digest resume goes on with it.")),)


def _facts(reader: Reader, now: Subscription, before: Subscription | None) -> Bullets:
    old = _told(reader, before) if before else {}
    items = []
    for label, words in _told(reader, now).items():
        changed = label in old and old[label] != words
        if label == "Reviews that are due" and not now.wants.duties and not changed:
            continue  # most channels are not an editors' one
        was = f"{old[label]} → " if changed else ""
        items.append(text(Span(f"{label}: ", bold=True), was, words))
    following = _next(now, reader.viewer.now, NEXT)
    if following:
        items.insert(1, text(Span("Next: ", bold=True), following))
    return Bullets(tuple(items))


def _told(reader: Reader, subscription: Subscription) -> dict[str, str]:
    wants = subscription.wants
    quiet = "a one-line note is posted" if wants.on_empty is OnEmpty.NOTE else "nothing is posted"
    return {
        "When": _when(subscription),
        "About": _about(reader, wants),
        "On a day without news": quiet,
        "Reviews that are due": "told" if wants.duties else "not told",
    }


def _when(subscription: Subscription) -> str:
    schedule = subscription.schedule
    return f"{schedule.time:%H:%M} {days_words(schedule.weekdays)}, {zone_words(schedule.zone)}"


def _about(reader: Reader, wants: Wants) -> str:
    topics = _topics(reader.topics, wants.topics)
    kinds = ", ".join(kind.folder for kind in wants.kinds)
    if not topics and not kinds:
        return "everything: what is new, changed or corrected, what is coming up, and a spotlight"
    return " · ".join(filter(None, (topics, kinds)))


def _topics(known: Collection[str], topics: Sequence[str]) -> str:
    shown = [topic for topic in topics if topic in known]
    others = len(topics) - len(shown)
    also = ["1 more topic" if others == 1 else f"{others} more topics"] if others else []
    return ", ".join((*shown, *also))


def _next(subscription: Subscription, now: datetime, count: int) -> str:
    """Return the next dates with their offset from UTC; empty while paused."""
    if subscription.state is State.PAUSED:
        return ""
    slots = upcoming(subscription.schedule, now, count, subscription.last_slot)
    return " · ".join(date_words(slot.at, subscription.schedule.zone) for slot in slots)


def _how(subscription: Subscription) -> tuple[Block, ...]:
    ending = "" if subscription.state is State.PAUSED else ", stop for a while with /digest pause"
    words = f"Change it with /digest subscribe and what is to be different{ending}, end it with /digest unsubscribe."
    return (Note(text(words)),)


def _buttons(subscription: Subscription, without: str = "") -> tuple[Action, ...]:
    of = (str(subscription.id),)
    paused = subscription.state is State.PAUSED
    offered = (
        Action("digest-preview", "Preview", of),
        Action("digest-status", "Status", of),
        Action("digest-resume", "Resume", of, primary=True) if paused else Action("digest-pause", "Pause", of),
        Action("digest-unsubscribe", "Unsubscribe", of),
    )
    return tuple(each for each in offered if each.name != without)


def _line(reader: Reader, subscription: Subscription) -> str:
    """Return the command that asks for the same."""
    schedule, wants = subscription.schedule, subscription.wants
    zone = zone_words(schedule.zone) if schedule.zone.startswith("Etc/") else schedule.zone
    named = ",".join(DAY_NAMES[day].casefold() for day in schedule.weekdays)
    days = "weekdays" if schedule.weekdays == (0, 1, 2, 3, 4) else named
    topics = [topic for topic in wants.topics if topic in reader.topics]
    return " ".join(
        (
            f"/digest subscribe {schedule.time:%H:%M} {zone}",
            *([days] if schedule.weekdays != EVERY_DAY else []),
            *([f"topics {','.join(topics)}"] if topics else []),
            *([f"kinds {','.join(kind.folder for kind in wants.kinds)}"] if wants.kinds else []),
            *(["on-empty note"] if wants.on_empty is OnEmpty.NOTE else []),
            *(["duties yes"] if wants.duties else []),
        )
    )
