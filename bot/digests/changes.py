"""What became of an entry since a version of it was told: each point in a line, was and now."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from bot.digests.lines import claim_words, links
from bot.digests.revision import ClaimThen, Revision, revision
from bot.library.entry import Claim, Correction, Entry
from bot.reply import RichText, Span, text
from bot.wording import became, counted, dated


def new_corrections(before: Revision, entry: Entry) -> tuple[Correction, ...]:
    """Return the corrections that `entry` has and the earlier version had not."""
    known = Counter(before.corrections)
    found = []
    for each in entry.corrections:
        key = (each.date.isoformat(), each.was, each.now)
        if known[key]:
            known[key] -= 1
        else:
            found.append(each)
    return tuple(found)


def changes(before: Revision, entry: Entry, corrected: Collection[str] = ()) -> tuple[RichText, ...]:
    """Return every point on which `entry` tells something else than `before`, the bottom line first.

    Of the claims `corrected` the new wording is left out, for their correction tells it.
    """
    now = revision(entry)
    return (
        *_heads(before, now),
        *_claims(before, now, entry, corrected),
        *(text(Span("New. ", bold=True), each) for each in now.sayings if each not in before.sayings),
        *(text(Span("Withdrawn. ", bold=True), each) for each in before.sayings if each not in now.sayings),
        *_parts(before, now),
    )


def expired_changes(before: Revision, entry: Entry) -> tuple[RichText, ...]:
    """Return the points of an entry that has expired: its claims are no longer told, so only of its head."""
    now = revision(entry)
    return tuple(_heads(before, replace(now, why_it_matters=before.why_it_matters)))


def summed_up(points: tuple[RichText, ...]) -> str:
    """Return how many points there are, in words."""
    return counted(len(points), "change")


def was_now(label: str, was: str, now: RichText) -> RichText:
    """Return ``Label. Was: … Now: …``."""
    return text(Span(f"{label}. ", bold=True), Span("Was: ", italic=True), was, Span(" Now: ", italic=True), *now)


def _heads(before: Revision, now: Revision) -> Iterator[RichText]:
    if before.bottom_line != now.bottom_line:
        yield was_now("Bottom line", before.bottom_line, text(now.bottom_line))
    if before.title != now.title:
        yield was_now("Title", before.title, text(now.title))
    if before.why_it_matters != now.why_it_matters:
        yield was_now("Why it matters", before.why_it_matters or "not said.", text(now.why_it_matters or "not said."))


def _claims(before: Revision, now: Revision, entry: Entry, corrected: Collection[str]) -> Iterator[RichText]:
    gone = {name: claim for name, claim in before.claims.items() if name not in now.claims}
    for claim in entry.claims:
        then, told = before.claims.get(claim.id), now.claims[claim.id]
        if then is None:  # under another name it is the same claim still
            then = gone.pop(next((name for name, each in gone.items() if each.text == told.text), ""), None)
        if then is None:
            yield text(Span("New. ", bold=True), _day(claim), *claim_words(entry, claim))
        elif then != told:
            yield from _changed(then, told, entry, claim, corrected=claim.id in corrected)
    for each in gone.values():
        yield text(Span("Withdrawn. ", bold=True), each.text)


def _day(claim: Claim) -> str:
    return f"{dated(claim.date, approximate=claim.approximate)} · " if claim.date else ""


def _changed(then: ClaimThen, now: ClaimThen, entry: Entry, claim: Claim, *, corrected: bool) -> Iterator[RichText]:
    details = tuple(_details(then, now, entry, claim))
    if then.text != now.text and not corrected:
        yield (*was_now("Claim", then.text, (Span(now.text), *links(entry, claim.sources))), *details)
    elif details:
        yield (*text(Span("Claim. ", bold=True), now.text, *links(entry, claim.sources)), *details)


def _details(then: ClaimThen, now: ClaimThen, entry: Entry, claim: Claim) -> Iterator[Span]:
    """Yield what changed about a claim beside its words."""
    if (then.outcome, then.result) != (now.outcome, now.result):
        yield from _outcome(claim)
    if then.superseded_by and not now.superseded_by:
        yield Span(" No longer superseded.", bold=True)
    if now.superseded_by and then.superseded_by != now.superseded_by:
        yield Span(" Superseded.", bold=True)
        yield from (Span(f" {each.text}") for each in entry.claims if each.id == now.superseded_by)
    if then.disputed != now.disputed:
        yield Span(" Now disputed." if now.disputed else " No longer disputed.", bold=True)
    yield from (Span(f" {side}") for side in now.other_side if side not in then.other_side)
    named = (
        ("Date", then.date, now.date),
        ("Said by", then.said_by, now.said_by),
        ("Confidence", then.confidence, now.confidence),
        ("Holds until", then.valid_until, now.valid_until),
    )
    for name, was, told in named:
        if was != told:
            yield Span(f" {name}: was {was or 'not said'}, now {told or 'not said'}.", italic=True)
    if any(side not in now.other_side for side in then.other_side):
        yield Span(" What the other side says was reworded or withdrawn.", italic=True)


def _outcome(claim: Claim) -> RichText:
    if claim.forecast is None:
        return (Span(" No longer told as a forecast.", bold=True),)
    if claim.forecast.outcome == "pending":
        return text(
            Span(" Forecast, not yet settled.", bold=True), f" {claim.forecast.text}" if claim.forecast.text else ""
        )
    return became(claim.forecast)


def _parts(before: Revision, now: Revision) -> Iterator[RichText]:
    """Yield one line that names the longer parts that changed; they stand behind the Open button."""
    names = [name for name, known in now.parts.items() if before.parts.get(name) != known]
    if names:
        yield text(Span("Revised. ", bold=True), f"Its {' and its '.join(names)}.")
