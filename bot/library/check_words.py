"""Words: the length of a bottom line, what stands in quotation marks, likelihood beside confidence, past offices."""

import re
from collections.abc import Iterable, Iterator

from bot.library.document import Path
from bot.library.entry import Claim, Entry, Role
from bot.library.finding import Finding, error, warning
from bot.library.normal import is_han, normal
from bot.library.problem import Level
from bot.library.sentences import sentences
from bot.library.vocabulary import QuoteForm

_MAX_SENTENCES = 2
_PRINTABLE = frozenset({QuoteForm.VERBATIM, QuoteForm.TRANSLATED})
_QUOTED = re.compile(r"[“”„\"]([^“”„\"]{2,})[“”\"]|[「『]([^「」『』]{2,})[」』]|«([^«»]{2,})»")
_TERM = 3
"""Words (or twice as many Han characters) up to which something in quotation marks may be a term and no quotation."""
_CONFIDENCE = re.compile(r"\b(?:low|moderate|high)\s+confidence\b", re.IGNORECASE)
# The seven bands of ICD 203, and the synonyms it gives for them (D.6.e.2.a).
_LIKELIHOOD = re.compile(
    r"\b(?:almost (?:no chance|certain(?:ly)?)|remote (?:chance|possibility)|roughly even (?:chance|odds)"
    r"|nearly certain|(?:highly )?(?:im)?probabl[ey]|(?:un)?likely)\b",
    re.IGNORECASE,
)


def word_findings(entry: Entry) -> Iterator[Finding]:
    """Yield every problem of wording that a rule can see."""
    yield from _bottom_lines(entry)
    yield from _quotations(entry)
    yield from _judgments(entry)
    yield from _past_offices(entry)


def _bottom_lines(entry: Entry) -> Iterator[Finding]:
    lines: list[tuple[Path, str]] = [(("bottom_line",), entry.bottom_line)]
    lines += [
        (("former_bottom_lines", place, "text"), each.text) for place, each in enumerate(entry.former_bottom_lines)
    ]
    for path, text in lines:
        count = len(sentences(text))
        if count > _MAX_SENTENCES:
            yield error(path, f"{count} sentences, {_MAX_SENTENCES} are allowed", "leave the rest to the claims")


def _own_texts(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Yield every text of ours outside the body."""
    yield ("description",), entry.description
    yield ("bottom_line",), entry.bottom_line
    if entry.why_it_matters:
        yield ("why_it_matters",), entry.why_it_matters
    for place, claim in enumerate(entry.claims):
        yield ("claims", place, "text"), claim.text
        yield from ((("claims", place, "other_side", n, "text"), side.text) for n, side in enumerate(claim.other_side))
    yield from ((("positions", place, "holds"), each.holds) for place, each in enumerate(entry.positions))
    yield from ((("judgments", place, "text"), each.text) for place, each in enumerate(entry.judgments))
    yield from ((("former_bottom_lines", n, "text"), each.text) for n, each in enumerate(entry.former_bottom_lines))


def _quotations(entry: Entry) -> Iterator[Finding]:
    for place, quote in enumerate(entry.quotations):
        if quote.form not in _PRINTABLE and _QUOTED.search(quote.text):
            hint = "take the quotation marks away"
            yield error(("quotations", place, "text"), f"a {quote.form} quotation in quotation marks", hint)
    exact = _Words(f"{quote.text} / {quote.original or ''}" for quote in entry.quotations if quote.form in _PRINTABLE)
    garbled = _Words(quote.text for quote in entry.quotations if quote.form is QuoteForm.GARBLED)
    titles = _Words((*(alias.name for alias in entry.names), *(source.title for source in entry.sources)))
    for path, text in _own_texts(entry):
        for words in _quoted(text):
            if garbled.hold(words, 3) and not exact.hold(words, 1):
                yield error(path, _GARBLED, "paraphrase it, or quote what was said")
            elif _length(words) > _TERM and not exact.hold(words, 1) and not titles.hold(words, 1):
                hint = "give it under quotations with its speaker and source, or paraphrase"
                yield warning(path, f"quoted words that no quotation gives: {words[:40]!r}", hint)
    for section in entry.sections:
        if any(garbled.hold(words, 3) and not exact.hold(words, 1) for words in _quoted(section.markdown)):
            yield Finding((), Level.ERROR, _GARBLED, f"in the section {section.heading!r}", line=section.line)


_GARBLED = "words of a garbled quotation in quotation marks"


def _quoted(text: str) -> Iterator[str]:
    """Yield what stands in quotation marks in `text`, as names are compared."""
    yield from filter(None, (normal(found[found.lastindex or 0]) for found in _QUOTED.finditer(text)))


def _length(words: str) -> int:
    """Return how many words there are; two Han characters count as one."""
    return max(len(words.split()), sum(map(is_han, words)) // 2)


class _Words:
    """Texts in which to look for words, whatever their case and punctuation."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = [text for text in map(normal, texts) if text]

    def hold(self, words: str, enough: int) -> bool:
        """Whether one of the texts is `words`, or one is part of the other and no shorter than `enough` words."""
        return any(
            text == words
            or (_within(words, text) and _length(words) >= enough)
            or (_within(text, words) and _length(text) >= enough)
            for text in self._texts
        )


def _within(part: str, whole: str) -> bool:
    return f" {part} " in f" {whole} " or (any(map(is_han, part)) and part in whole)


def _judgments(entry: Entry) -> Iterator[Finding]:
    for place, each in enumerate(entry.judgments):
        path: Path = ("judgments", place, "text")
        if (each.likelihood is None) == (each.confidence is None):
            hint = "a judgment has a likelihood or a confidence, one of them (ICD 203)"
            yield error(path[:2], "both, or neither, of likelihood and confidence", hint)
        elif each.confidence is not None and _LIKELIHOOD.search(each.text):
            hint = "likelihood: …, or make two judgments of it (ICD 203)"
            yield error(path, "a likelihood in a judgment that states a confidence", hint)
        elif each.likelihood is not None and _CONFIDENCE.search(each.text):
            hint = "confidence: …, or make two judgments of it (ICD 203)"
            yield error(path, "a confidence in a judgment that states a likelihood", hint)
        elif _mixes(each.text):
            yield error(path, *_MIXED)
    yield from (error(path, *_MIXED) for path, text in _own_texts(entry) if path[0] != "judgments" and _mixes(text))


_MIXED = ("likelihood and confidence in one sentence", "make two sentences of it (ICD 203)")


def _mixes(text: str) -> bool:
    return any(_CONFIDENCE.search(one) and _LIKELIHOOD.search(one) for one in sentences(text))


def _past_offices(entry: Entry) -> Iterator[Finding]:
    own = [role for role in entry.roles if role.holder in {None, entry.id} and role.person is None]
    held = {normal(role.office) for role in own if not _over(role, entry)}
    for role in own:
        if not _over(role, entry) or normal(role.office) in held:
            continue
        texts: list[tuple[Path, str]] = [(("bottom_line",), entry.bottom_line), (("description",), entry.description)]
        texts += [(("claims", n, "text"), claim.text) for n, claim in enumerate(entry.claims) if _still(claim)]
        for path, text in texts:
            found = _present(role.office, text)
            if found and not re.search(r"\b(?:former|past|then|ex)\b", found[0], re.IGNORECASE):
                message = f"a past office in the present tense: {role.office} until {role.valid_until}"
                yield warning(path, message, "say was, or held")


def _present(office: str, text: str) -> re.Match[str] | None:
    """Return where `text` says in the present tense that somebody holds `office`."""
    if office.lower() not in text.lower():
        return None  # as of nearly every text: no pattern is compiled for it
    verbs = "is|currently|serves as|remains|acts as|holds the office of"
    return re.search(rf"\b(?:{verbs})\s+(?:[\w’']+\s+){{0,2}}{re.escape(office)}(?!\w)", text, re.IGNORECASE)


def _over(role: Role, entry: Entry) -> bool:
    return role.valid_until is not None and role.valid_until.last < entry.last_checked


def _still(claim: Claim) -> bool:
    return claim.superseded_by is None and claim.valid_until is None
