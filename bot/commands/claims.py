"""A claim as a line of an answer: when, what, who says so, how sure, who disputes it, and what became of it."""

from datetime import date

from bot.commands.cite import marks
from bot.commands.screen import Subject
from bot.library.entry import Claim, Entry, Forecast
from bot.library.known import known_since, settled_by
from bot.reply import RichText, Span, text
from bot.wording import became, dated, qualifiers, speaker


def told_claims(subject: Subject) -> tuple[Claim, ...]:
    """Return the claims of the answer, superseded ones last.

    Today's are in the order of the file, which is the editor's; those of a past day begin with the latest, since the
    first screen of a long entry would otherwise end long before that day.
    """
    told = [claim for claim in subject.entry.claims if subject.tells(claim)]
    if not subject.is_current:
        told.sort(key=lambda claim: known_since(claim) or date.min, reverse=True)
    return tuple(sorted(told, key=subject.superseded))


def claim_line(subject: Subject, claim: Claim) -> RichText:
    """Return `claim` with its citations and everything that qualifies it, as known on the day asked for."""
    entry = subject.entry
    spans: list[str | Span] = []
    if claim.date:
        spans += [Span(dated(claim.date, approximate=claim.approximate), bold=True), " · "]
    if subject.superseded(claim):
        spans += [Span("Superseded: ", bold=True)]
    spans += [claim.text, *marks(entry, claim.sources), *speaker(entry, claim)]
    spans += qualifiers(claim)
    return text(*spans, *_validity(claim), *_dispute(entry, claim), *_result(subject, claim.forecast))


def _validity(claim: Claim) -> RichText:
    limits = [("from", claim.valid_from), ("until", claim.valid_until)]
    words = " ".join(f"{word} {day.day} {day:%B %Y}" for word, day in limits if day)
    return text(Span(f" (holds {words})", italic=True)) if words else ()


def _dispute(entry: Entry, claim: Claim) -> RichText:
    spans: list[Span] = [Span(" Disputed.", bold=True)] if claim.disputed else []
    for side in claim.other_side:
        spans += [Span(f" {side.party}: ", bold=True), Span(side.text), *marks(entry, side.sources)]
    return tuple(spans)


def _result(subject: Subject, forecast: Forecast | None) -> RichText:
    if forecast is None:
        return ()
    if not settled_by(forecast, subject.day):
        said = f" {forecast.text}" if forecast.text and forecast.outcome == "pending" else ""
        return text(" ", Span("Forecast, not yet settled.", italic=True), said)
    return text(*became(forecast), *marks(subject.entry, forecast.sources))


def sources_of(subject: Subject, claim: Claim) -> tuple[str, ...]:
    """Return the ids of every source that the claim's line cites on the day asked for."""
    sides = (each for side in claim.other_side for each in side.sources)
    forecast = claim.forecast
    settled = forecast.sources if forecast and settled_by(forecast, subject.day) else ()
    return (*claim.sources, *sides, *settled)
