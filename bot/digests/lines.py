"""What an edition says of an entry or a claim, as one line."""

from collections.abc import Iterable
from datetime import date

from bot.library.entry import Claim, Entry
from bot.reply import RichText, Span, text
from bot.wording import qualifiers, speaker

_LINKS = 2
"""Sources linked behind a claim; all of them stand behind the Open button."""


def headline(title: str, *words: str | Span) -> RichText:
    """Return ``Title: words``, the title in bold."""
    return text(Span(title, bold=True), ": ", *words)


def links(entry: Entry, ids: Iterable[str]) -> RichText:
    """Return `` [Publisher]`` for the first sources that have an address."""
    known = {source.id: source for source in entry.sources}
    cited = (known[each] for each in ids if each in known)
    linked = [(source.publisher, address) for source in cited if (address := source.url or source.archived)]
    return tuple(span for name, url in linked[:_LINKS] for span in (Span(" "), Span(f"[{name}]", url=url)))


def claim_words(entry: Entry, claim: Claim) -> RichText:
    """Return a claim with who says so, how sure it is, who disputes it, and where to check."""
    sides = [part for side in claim.other_side for part in (Span(f" {side.party}: ", bold=True), Span(side.text))]
    disputed = [Span(" Disputed.", bold=True)] if claim.disputed else []
    cited = links(entry, claim.sources)
    return text(claim.text, *cited, *speaker(entry, claim), *qualifiers(claim), *disputed, *sides)


def short_day(day: date, today: date) -> str:
    """Return ``Tue 24 Nov``, with the year where it is not this one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%a} {day.day} {day:%b}{year}"


def since_words(since: date | None, today: date) -> str:
    """Return `` since Tue 24 Nov``; nothing where the day is not known."""
    return f" since {short_day(since, today)}" if since else ""
