"""A claim as a line of an answer: when, what, who says so, how sure, who disputes it, and what became of it."""

from collections.abc import Iterable
from datetime import date

from bot.commands.cite import marks
from bot.library.entry import Claim, Entry, Forecast
from bot.library.vocabulary import Confidence
from bot.library.when import When
from bot.reply import RichText, Span, text


def known_on(claims: Iterable[Claim], day: date | None) -> tuple[Claim, ...]:
    """Return the claims that could be told on `day` (all of them for None), superseded ones last.

    A claim counts from its date, or from `valid_from`, and no longer than `valid_until`.
    """
    known = [claim for claim in claims if day is None or _holds(claim, day)]
    return tuple(sorted(known, key=lambda claim: claim.superseded_by is not None))


def _holds(claim: Claim, day: date) -> bool:
    return (
        not (claim.date and claim.date.first > day)
        and not (claim.valid_from and claim.valid_from > day)
        and not (claim.valid_until and claim.valid_until < day)
    )


def dated(when: When | None, *, approximate: bool = False) -> str:
    """Return a date in words, ``about`` in front when it is the source's best guess; empty for none."""
    return "" if when is None else f"{'about ' if approximate else ''}{when}"


def claim_line(entry: Entry, claim: Claim, day: date | None) -> RichText:
    """Return `claim` with its citations and everything that qualifies it, as known on `day`."""
    spans: list[str | Span] = []
    if claim.date:
        spans += [Span(dated(claim.date, approximate=claim.approximate), bold=True), " · "]
    if claim.superseded_by:
        spans += [Span("Superseded: ", bold=True)]
    spans += [claim.text, *marks(entry, claim.sources)]
    if claim.said_by and claim.said_by != entry.title and claim.said_by.casefold() not in claim.text.casefold():
        spans.append(Span(f" Said by {claim.said_by}.", italic=True))
    if claim.confidence is not Confidence.HIGH:
        spans.append(Span(f" ({claim.confidence} confidence)", italic=True))
    if claim.general_knowledge:
        spans.append(Span(f" (general knowledge: {claim.general_knowledge})", italic=True))
    return text(*spans, *_validity(claim), *_dispute(entry, claim), *_result(entry, claim.forecast, day))


def _validity(claim: Claim) -> RichText:
    limits = [("from", claim.valid_from), ("until", claim.valid_until)]
    words = " ".join(f"{word} {day.day} {day:%B %Y}" for word, day in limits if day)
    return text(Span(f" (holds {words})", italic=True)) if words else ()


def _dispute(entry: Entry, claim: Claim) -> RichText:
    spans: list[Span] = [Span(" Disputed.", bold=True)] if claim.disputed else []
    for side in claim.other_side:
        spans += [Span(f" {side.party}: ", bold=True), Span(side.text), *marks(entry, side.sources)]
    return tuple(spans)


def _result(entry: Entry, forecast: Forecast | None, day: date | None) -> RichText:
    if forecast is None:
        return ()
    told = day is None or forecast.date is None or forecast.date.first <= day
    outcome = forecast.outcome if told else "pending"
    said = f" {forecast.text}" if forecast.text and told else ""
    if outcome == "pending":
        return text(" ", Span("Forecast, not yet settled.", italic=True), said)
    date_words = f" ({forecast.date})" if forecast.date else ""
    return text(
        " ", Span(f"What became of it{date_words}: {outcome}.", bold=True), said, *marks(entry, forecast.sources)
    )


def sources_of(claim: Claim) -> tuple[str, ...]:
    """Return the ids of every source that the claim's line cites."""
    sides = (each for side in claim.other_side for each in side.sources)
    return (*claim.sources, *sides, *(claim.forecast.sources if claim.forecast else ()))
