"""What is told of editions: what became of them, that one is on its way, what would be posted now and why."""

from collections.abc import Iterable, Sequence

from bot.commands.digest_reader import Reader, coming, paused
from bot.digests.desk import Edition, EditionStatus, PartState, PartStatus, Told
from bot.digests.model import Subscription
from bot.digests.times import date_words
from bot.reply import (
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

_TITLES = 5
_REASONS = 8
_STATES = {
    PartState.SENT: "sent",
    PartState.PENDING: "on its way",
    PartState.UNKNOWN: "not known whether it arrived",
    PartState.FAILED: "failed",
    PartState.SKIPPED: "not posted",
}


def recent(reader: Reader, subscription: Subscription, editions: Sequence[EditionStatus]) -> Reply:
    """Return what became of the newest `editions`."""
    following = coming(subscription, reader.viewer.now, 1)
    next_one = f"The next comes {following}." if following else "The digest is paused."
    heading = f"Recent editions {reader.where}" if reader.name else "Recent editions"
    listed = tuple(_edition(subscription, each) for each in editions)
    body: Block = Bullets(listed) if listed else Paragraph(text("No edition has been due yet."))
    return Reply(
        blocks=(Heading(heading, level=2), *paused(reader, subscription), body, Note(text(next_one))),
        summary=f"{heading}: {len(editions)}. {next_one}",
        outcome=Outcome.LIST,
        actions=reader.buttons(subscription, without="digest-status"),
    )


def posted(reader: Reader, subscription: Subscription, edition: EditionStatus) -> Reply:
    """Return what is told of an extra edition that was just asked for."""
    skipped = next((part for part in edition.parts if part.state is PartState.SKIPPED), None)
    words = f"An extra edition is on its way to {reader.channel}."
    if skipped is not None:
        words = f"Nothing was posted: {skipped.reason or 'there is nothing new.'}"
    return Reply(
        blocks=(Paragraph(text(words)),),
        summary=words,
        outcome=Outcome.LIST,
        actions=(reader.action("digest-status", "Status", subscription),),
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
        return f"No digest comes {reader.towards} yet; this is what one on everything would hold."
    following = coming(subscription, reader.viewer.now, 1)
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
