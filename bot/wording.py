"""How days, counts and claims are put into words: the same in an answer as in an edition."""

import re
from datetime import date

from bot.library.entry import Claim, Entry, Forecast
from bot.library.vocabulary import Confidence
from bot.library.when import When
from bot.reply import RichText, Span, text


def day_words(day: date) -> str:
    """Return ``18 June 2023``."""
    return f"{day.day} {day:%B %Y}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return ``1 entry``, ``2 entries``; `many` is `one` with an s when left out."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def dated(when: When | None, *, approximate: bool = False) -> str:
    """Return a date in words, ``about`` in front when it is the source's best guess; empty for none."""
    return "" if when is None else f"{'about ' if approximate else ''}{when}"


def qualifiers(claim: Claim) -> list[Span]:
    """Return how sure a claim is and what it rests on, where that is not a good source."""
    found = [f"{claim.confidence} confidence"] if claim.confidence is not Confidence.HIGH else []
    found += [f"sources: {claim.source_note}"] if claim.source_note else []
    found += [f"general knowledge: {claim.general_knowledge}"] if claim.general_knowledge else []
    return [Span(f" ({words})", italic=True) for words in found]


def speaker(entry: Entry, claim: Claim) -> RichText:
    """Return who says so, unless the claim or the title says it already."""
    who = claim.said_by
    if not who or who == entry.title or re.search(rf"(?<!\w){re.escape(who)}(?!\w)", claim.text):
        return ()
    return (Span(f" Said by {who}.", italic=True),)


def became(forecast: Forecast) -> RichText:
    """Return how a forecast ended."""
    when = f" ({forecast.date})" if forecast.date else ""
    said = f" {forecast.text}" if forecast.text else ""
    return text(" ", Span(f"What became of it{when}: {forecast.outcome}.", bold=True), said)
