"""Quotation marks: what stands between them was said so, and what is garbled never stands between them."""

import re
from collections.abc import Iterable, Iterator

from bot.library.entry import Entry
from bot.library.finding import Finding, error
from bot.library.normal import is_han, normal
from bot.library.problem import Level
from bot.library.texts import Text, own_texts
from bot.library.vocabulary import QuoteForm

_PRINTABLE = frozenset({QuoteForm.VERBATIM, QuoteForm.TRANSLATED})
_QUOTED = re.compile(
    r"[“”„\"]([^“”„\"]{2,})[“”\"]|[「『]([^「」『』]{2,})[」』]|«([^«»]{2,})»"
    r"|‘([^‘]{2,}?)’(?!\w)|(?<!\w)'([^']{2,})'(?!\w)"
)
_OPENING = "“”„\"「『«‘'"
_TERM = 3
"""Words (or twice as many Han characters) up to which something in quotation marks may be a term and no quotation."""
_GARBLED = "words of a garbled quotation in quotation marks"


def quote_findings(entry: Entry) -> Iterator[Finding]:
    """Yield every quotation mark that says more than is known."""
    for place, quote in enumerate(entry.quotations):
        for name, words in (("text", quote.text), ("original", quote.original or "")):
            if quote.form not in _PRINTABLE and _QUOTED.search(words):
                hint = "take the quotation marks away"
                yield error(("quotations", place, name), f"a {quote.form} quotation in quotation marks", hint)
    quoted = [(text, words) for text in own_texts(entry) for words in _quoted(text)]
    if not quoted:
        return
    exact = _Words(f"{quote.text} / {quote.original or ''}" for quote in entry.quotations if quote.form in _PRINTABLE)
    garbled = _Words(quote.text for quote in entry.quotations if quote.form is QuoteForm.GARBLED)
    titles = _Words((*(alias.name for alias in entry.names), *(source.title for source in entry.sources)))
    for text, words in quoted:
        if exact.hold(words, 1):
            continue
        if garbled.hold(words, 3):
            yield text.finding(Level.ERROR, _GARBLED, "paraphrase it, or quote what was said")
        elif text.line is None and _length(words) > _TERM and not titles.hold(words, 1):
            hint = "give it under quotations with its speaker and source, or paraphrase"
            yield text.finding(Level.WARNING, f"quoted words that no quotation gives: {words[:40]!r}", hint)


def _quoted(text: Text) -> Iterator[str]:
    """Yield what stands in quotation marks in `text`, or all of a block that is a quotation, as names are compared."""
    if text.quote:
        yield normal(text.words)
    if any(mark in text.words for mark in _OPENING):  # in most texts none is
        yield from filter(None, (normal(found[found.lastindex or 0]) for found in _QUOTED.finditer(text.words)))


def _length(words: str) -> int:
    """Return how many words there are; two Han characters count as one."""
    return max(len(words.split()), sum(map(is_han, words)) // 2)


class _Words:
    """Texts in which to look for words, whatever their case and punctuation."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = [(text, f" {text} ", _length(text)) for text in dict.fromkeys(map(normal, texts)) if text]
        self._han = any(any(map(is_han, text)) for text, _, _ in self._texts)

    def hold(self, words: str, enough: int) -> bool:
        """Whether one of the texts is `words`, or one is part of the other and no shorter than `enough` words."""
        long = _length(words) >= enough
        padded, han = f" {words} ", self._han and any(map(is_han, words))
        return any(
            text == words
            or (long and (spaced.find(padded) >= 0 or (han and words in text)))
            or (length >= enough and (padded.find(spaced) >= 0 or (han and text in words)))
            for text, spaced, length in self._texts
        )
