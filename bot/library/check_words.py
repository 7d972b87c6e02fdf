"""Words: the length of a bottom line, likelihood beside confidence, past offices in the present tense."""

import re
from collections.abc import Iterator

from bot.library.document import Path
from bot.library.entry import Claim, Entry, Role
from bot.library.finding import Finding, error
from bot.library.normal import normal
from bot.library.problem import Level
from bot.library.sentences import sentences
from bot.library.texts import own_texts

_MAX_SENTENCES = 2
_LEVEL = "low|moderate|high"
_CONFIDENCE = re.compile(
    rf"\b(?:{_LEVEL})\s+confidence\b(?!-)|\bconfidence\s+(?:is|remains|was)\s+(?:{_LEVEL})\b", re.IGNORECASE
)
# The seven bands of ICD 203, and the synonyms it gives for them (D.6.e.2.a).
_LIKELIHOOD = re.compile(
    r"\b(?:almost (?:no chance|certain(?:ly)?)|remote (?:chance|possibility)|roughly even (?:chance|odds)"
    r"|nearly certain|(?:highly )?(?:im)?probabl[ey]|(?:un)?likely)\b",
    re.IGNORECASE,
)


def word_findings(entry: Entry) -> Iterator[Finding]:
    """Yield every problem of wording that a rule can see."""
    yield from _bottom_lines(entry)
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
    for text in own_texts(entry):
        if text.path[:1] != ("judgments",) and _mixes(text.words):
            yield text.finding(Level.ERROR, *_MIXED)


_MIXED = ("likelihood and confidence in one sentence", "make two sentences of it (ICD 203)")


def _mixes(text: str) -> bool:
    if "confidence" not in text.casefold() or not _CONFIDENCE.search(text):
        return False  # as in nearly every text
    return any(_CONFIDENCE.search(one) and _LIKELIHOOD.search(one) for one in sentences(text))


def _past_offices(entry: Entry) -> Iterator[Finding]:
    own = [role for role in entry.roles if role.holder in {None, entry.id} and role.person is None]
    held = {normal(role.office) for role in own if not _over(role, entry)}
    past = {role.office.casefold(): role for role in own if _over(role, entry) and normal(role.office) not in held}
    if not past:
        return
    ended = {place for place, claim in enumerate(entry.claims) if not _still(claim)}
    for text in own_texts(entry):
        if text.path[:1] == ("former_bottom_lines",) or (text.path[:1] == ("claims",) and text.path[1] in ended):
            continue
        folded = text.words.casefold()
        for role in (role for office, role in past.items() if office in folded):
            found = _present(role.office, text.words)
            if found and not re.search(r"\b(?:former|past|then|ex)\b", found[0], re.IGNORECASE):
                message = f"a past office in the present tense: {role.office} until {role.valid_until}"
                yield text.finding(Level.WARNING, message, "say was, or held")


def _present(office: str, text: str) -> re.Match[str] | None:
    """Return where `text` says in the present tense that somebody holds `office`."""
    verbs = "is|currently|serves as|remains|acts as|holds the office of"
    return re.search(rf"\b(?:{verbs})\s+(?:[\w’']+\s+){{0,2}}{re.escape(office)}(?!\w)", text, re.IGNORECASE)


def _over(role: Role, entry: Entry) -> bool:
    return role.valid_until is not None and role.valid_until.last < entry.last_checked


def _still(claim: Claim) -> bool:
    return claim.superseded_by is None and claim.valid_until is None
