"""Words: the length of a bottom line, what stands in quotation marks, likelihood beside confidence, past offices."""

import re
from collections.abc import Iterator

from bot.library.entry import Entry, Likelihood, QuoteForm
from bot.library.finding import Finding, error, warning
from bot.library.names import normal
from bot.library.yaml_source import Path

_MAX_SENTENCES = 2
# A full stop ends a sentence when a capital follows, unless what is before it is an initial or a usual abbreviation.
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Jr|Sr|St|Gen|Lt|Col|Adm|Sen|Rep|Gov|No|vs|etc|approx))\.\Z")
_BREAK = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|[。！？]")
_QUOTED = re.compile(r"[“\"]([^”\"]{2,})[”\"]|「([^」]{2,})」")
_SHORT = 3
_CONFIDENCE = re.compile(r"\b(?:low|moderate|high)\s+confidence\b", re.IGNORECASE)
_LIKELIHOOD = re.compile(
    r"\b(?:"
    + "|".join((*Likelihood, "remote", "highly improbable", "improbable", "probable", "probably", "nearly certain"))
    + r")\b",
    re.IGNORECASE,
)


def word_findings(entry: Entry) -> Iterator[Finding]:
    """Yield every problem of wording that a rule can see."""
    yield from _bottom_lines(entry)
    yield from _quotations(entry)
    yield from _judgments(entry)
    yield from _past_offices(entry)


def sentences(text: str) -> list[str]:
    """Return `text` cut where sentences end; ``U.S.``, ``Jr.`` and initials end none."""
    found, start = [], 0
    for stop in _BREAK.finditer(text):
        if _ABBREVIATION.search(text[start : stop.start() + 1]):
            continue
        found.append(text[start : stop.end()].strip())
        start = stop.end()
    return [each for each in (*found, text[start:].strip()) if each]


def _bottom_lines(entry: Entry) -> Iterator[Finding]:
    lines: list[tuple[Path, str]] = [(("bottom_line",), entry.bottom_line)]
    lines += [
        (("former_bottom_lines", place, "text"), each.text) for place, each in enumerate(entry.former_bottom_lines)
    ]
    for path, text in lines:
        count = len(sentences(text))
        if count > _MAX_SENTENCES:
            yield error(path, f"{count} sentences, {_MAX_SENTENCES} are allowed", "leave the rest to the claims")


def _texts(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Yield every text of ours in which a quotation might stand."""
    yield ("bottom_line",), entry.bottom_line
    yield ("description",), entry.description
    for place, claim in enumerate(entry.claims):
        yield ("claims", place, "text"), claim.text
        yield from ((("claims", place, "other_side", n, "text"), side.text) for n, side in enumerate(claim.other_side))
    yield from ((("positions", place, "holds"), each.holds) for place, each in enumerate(entry.positions))
    yield from ((("judgments", place, "text"), each.text) for place, each in enumerate(entry.judgments))


def _quotations(entry: Entry) -> Iterator[Finding]:
    exact = " | ".join(normal(f"{q.text} {q.original or ''}") for q in entry.quotations if q.form in _PRINTABLE)
    garbled = [normal(q.text) for q in entry.quotations if q.form is QuoteForm.GARBLED]
    names = {normal(alias.name) for alias in entry.names} | {normal(source.title) for source in entry.sources}
    for path, text in _texts(entry):
        for found in _QUOTED.finditer(text):
            words = normal(found[1] or found[2])
            if any(words in each or each in words for each in garbled if len(words.split()) > _SHORT):
                yield error(path, "a garbled quotation in quotation marks", "paraphrase it, or quote what was said")
            elif len(words.split()) > _SHORT and words not in exact and words not in names:
                hint = "give it under quotations with its speaker and source, or paraphrase"
                yield warning(path, f"quoted words that no quotation gives: {(found[1] or found[2])[:40]}", hint)
    for place, quote in enumerate(entry.quotations):
        if quote.form not in _PRINTABLE and _QUOTED.fullmatch(quote.text.strip()):
            hint = "take the quotation marks away"
            yield error(("quotations", place, "text"), f"a {quote.form} quotation in quotation marks", hint)


_PRINTABLE = frozenset({QuoteForm.VERBATIM, QuoteForm.TRANSLATED})


def _judgments(entry: Entry) -> Iterator[Finding]:
    for place, each in enumerate(entry.judgments):
        if (each.likelihood is None) == (each.confidence is None):
            hint = "a judgment has a likelihood or a confidence, one of them (ICD 203)"
            yield error(("judgments", place), "both, or neither, of likelihood and confidence", hint)
    for path, text in _texts(entry):
        if any(_CONFIDENCE.search(one) and _LIKELIHOOD.search(one) for one in sentences(text)):
            yield error(path, "likelihood and confidence in one sentence", "make two sentences of it (ICD 203)")


def _past_offices(entry: Entry) -> Iterator[Finding]:
    for role in entry.roles:
        if role.valid_until is None or role.valid_until.last >= entry.as_of or role.holder not in {None, entry.id}:
            continue
        told = re.compile(rf"\b(?:is|serves as|remains)\s+(?:the\s+)?{re.escape(role.office)}", re.IGNORECASE)
        texts: list[tuple[Path, str]] = [(("bottom_line",), entry.bottom_line), (("description",), entry.description)]
        texts += [(("claims", place, "text"), claim.text) for place, claim in enumerate(entry.claims)]
        for path, text in texts:
            if told.search(text):
                message = f"a past office in the present tense: {role.office} until {role.valid_until}"
                yield warning(path, message, "say was, or held")
