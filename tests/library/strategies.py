"""Any valid entry, as the text of its file: whatever the format allows, `load` accepts, and whoever draws it must show.

Texts are as long as the format allows, in several scripts, with the characters that Markdown, Slack and Discord give a
meaning to, and words that would ping somebody if they were not escaped.
"""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.library.characters import hidden
from bot.library.normal import normal
from bot.library.sentences import sentences
from bot.library.vocabulary import AliasSort, Confidence, Kind, Likelihood, QuoteForm, SourceKind

ENTRY_ID = "sample-entry"
Fields = dict[str, Any]

_TEXT = (
    "Blinken Beijing talks 2023 3.5 U.S. Jr. resumé Añó 布林肯 国务卿 台湾海峡 外交部 ビザ 한국 שלום السلام Москва 🙂"
    " 👩‍🚀 it's — *bold* _under_ ~tilde~ `tick` ``` [x](y) <b> </b> <@U1> <!channel> <#C1> @everyone @here <@&3> &amp;"
    " & < > | || \\ \\* # ## - + 1. > :smile: <t:0:R> </brief:1> {} %s {0} $1 https://example.org/a_b(c)?d=*e* $& \\n"
)
_WORDS = tuple(_TEXT.split(" "))
_MARK = "qx"
"""What stands between the words of quotations that are not to be quoted, and nowhere else."""
_LETTERS = st.text(
    st.characters(categories=("Lu", "Ll", "Lo", "Nd", "So", "Po"), max_codepoint=0x2FFF), min_size=1
).filter(lambda text: _MARK not in normal(text))
_PIECE = st.one_of(st.sampled_from(_WORDS), st.sampled_from(_WORDS), _LETTERS)
_FIRST, _LAST = date(1949, 10, 1), date(2026, 1, 1)
DAYS = st.dates(_FIRST, _LAST)


@st.composite
def words(draw: st.DrawFn, limit: int) -> str:
    """Return one line of 1 to `limit` characters that nobody would object to; now and then as long as is allowed."""
    length = draw(st.one_of(st.integers(1, min(limit, 60)), st.just(limit)))
    pieces = draw(st.lists(_PIECE, min_size=1, max_size=12))
    text = " ".join(pieces)
    text = " ".join((f"{text} " * (length // (len(text) + 1) + 1))[:length].split())
    fine = normal(text) and hidden(text) is None and not re.search('["“”„«»「」『』]', text)
    return text if fine else "Words"


def unquotable(limit: int) -> st.SearchStrategy[str]:
    """Return texts of which no part is drawn anywhere else, so that none can come to stand in quotation marks there.

    That is an error in an entry, as are quotation marks in them.
    """
    return words(limit // 3).map(
        lambda text: " ".join(f"{_MARK} {word}" for word in text.replace("'", "’").split())[:limit].strip()
    )


def _quotation(form: QuoteForm, cited: st.SearchStrategy[list[str]]) -> st.SearchStrategy[Fields]:
    said = words if form in {QuoteForm.VERBATIM, QuoteForm.TRANSLATED} else unquotable
    needed = {"form": st.just(form.value), "text": said(600), "speaker": words(120), "sources": cited}
    return st.fixed_dictionaries(needed, optional={"original": said(600), "date": whens()})


def lines(limit: int) -> st.SearchStrategy[str]:
    """Return texts of at most two sentences."""
    return words(limit).map(lambda text: text if len(sentences(text)) < 3 else re.sub("[.!?…。！？]", ",", text))


@st.composite
def whens(draw: st.DrawFn) -> str:
    """Return a date as a claim may have it: a year, a month, a day, a minute, or an interval."""
    day = draw(DAYS)
    form = draw(st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT23:59+08:00", "%Y-%m-%dT00:00Z", "interval"]))
    if form == "interval":
        return f"{day}/{day + timedelta(draw(st.integers(0, 400)))}"
    return day.strftime(form)


@st.composite
def spans(draw: st.DrawFn) -> Fields:
    """Return `from` and `until`, either of which may be missing."""
    start = draw(DAYS)
    end = start + timedelta(draw(st.integers(0, 4_000)))
    return draw(
        st.sampled_from([{}, {"from": str(start)}, {"until": str(end)}, {"from": str(start), "until": str(end)}])
    )


def optional(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Fields]:
    """Return some of `fields`."""
    return st.fixed_dictionaries({}, optional=fields)


def _of(values: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([value.value for value in values])


def _sources(number: int) -> st.SearchStrategy[list[Fields]]:
    needed = {"publisher": words(80), "title": words(200), "kind": _of(SourceKind)}
    others = {
        "date": whens(),
        "lang": st.sampled_from(["en", "zh-Hans"]),
        "url": st.sampled_from(
            ["https://example.org/a_(b)?c=*d*&e=~f~", "http://例子.example/", "https://a.b/" + "c" * 480]
        ),
        "archived": st.just("https://example.org/kept"),
        "accessed": DAYS.map(str),
    }
    each = st.fixed_dictionaries(needed, optional=others)
    return st.lists(each, min_size=number, max_size=number).map(
        lambda found: [{"id": f"s{place}", **source} for place, source in enumerate(found)]
    )


def _cited(number: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.integers(0, number - 1).map(lambda place: f"s{place}"), min_size=1, max_size=6, unique=True)


@st.composite
def _claims(draw: st.DrawFn, cited: st.SearchStrategy[list[str]]) -> list[Fields]:
    found = []
    for place in range(draw(st.integers(1, 6))):
        claim: Fields = {"id": f"c{place}", "text": draw(words(600)), "sources": draw(cited)}
        if draw(st.booleans()):
            claim["general_knowledge"] = draw(words(300))
        claim |= draw(
            optional(
                {
                    "date": whens(),
                    "approximate": st.booleans(),
                    "said_by": words(120),
                    "confidence": _of(Confidence),
                    "disputed": st.booleans(),
                    "other_side": st.lists(
                        st.fixed_dictionaries({"party": words(120), "text": words(600), "sources": cited}), max_size=2
                    ),
                    "forecast": st.fixed_dictionaries(
                        {"outcome": st.sampled_from(["pending", "happened", "did not happen", "partly"])},
                        optional={"text": words(300), "date": whens(), "sources": cited, "claim": st.just("c0")},
                    ),
                }
            )
        )
        if place and draw(st.booleans()):
            claim["supersedes"] = [f"c{draw(st.integers(0, place - 1))}"]
        found.append(claim)
    return found


@st.composite
def front_matter(draw: st.DrawFn) -> Fields:
    """Return the fields of a valid entry without references to other entries."""
    kind = draw(_of(Kind))
    number = draw(st.integers(1, 5))
    cited = _cited(number)
    as_of = draw(st.dates(_LAST, date(2026, 6, 1)))
    quotation = st.sampled_from(QuoteForm).flatmap(lambda form: _quotation(form, cited))
    judgment = {"text": words(600).filter(_no_likelihood), "by": words(120), "sources": cited}
    role = {"office": words(120), "sources": cited} | ({} if kind == "person" else {"person": words(120)})
    return {
        "title": draw(words(120)),
        "kind": kind,
        "description": draw(words(200)),
        "bottom_line": draw(lines(300)),
        "as_of": str(as_of),
        "last_checked": str(as_of + timedelta(draw(st.integers(0, 100)))),
        "claims": draw(_claims(cited)),
        "sources": draw(_sources(number)),
        "names": [
            {"name": draw(words(80)), "sort": draw(_of(AliasSort)), **draw(spans())}
            for _ in range(draw(st.integers(0, 3)))
        ],
        "quotations": [{"id": f"q{place}", **draw(quotation)} for place in range(draw(st.integers(0, 2)))],
        "roles": [draw(st.fixed_dictionaries(role)) | draw(spans()) for _ in range(draw(st.integers(0, 2)))],
        "judgments": [
            draw(st.fixed_dictionaries(judgment))
            | draw(st.one_of(*(st.fixed_dictionaries({name: _of(sort)}) for name, sort in _ASSESSED)))
            for _ in range(draw(st.integers(0, 2)))
        ],
        **draw(
            optional(
                {
                    "why_it_matters": words(300),
                    "edition": st.integers(1, 9999),
                    "review_by": st.dates(date(2026, 6, 1), date(2030, 1, 1)).map(str),
                    "expires": st.dates(date(2027, 1, 1), date(2030, 1, 1)).map(str),
                    "owner": words(80),
                    "reviewer": words(80),
                    "topics": st.lists(st.sampled_from(["diplomacy", "trade", "a" * 32]), max_size=3, unique=True),
                    "positions": st.lists(
                        st.fixed_dictionaries(
                            {"party": words(120), "holds": words(600), "sources": cited},
                            optional={"voice": words(120), "date": whens()},
                        ),
                        max_size=2,
                    ),
                    "corrections": st.lists(
                        st.fixed_dictionaries({"date": DAYS.map(str), "was": words(600), "now": words(600)}), max_size=2
                    ),
                    "former_bottom_lines": st.lists(
                        st.fixed_dictionaries({"from": DAYS.map(str), "text": lines(300)}), max_size=2
                    ),
                }
            )
        ),
    }


_ASSESSED: tuple[tuple[str, Any], ...] = (("likelihood", Likelihood), ("confidence", Confidence))


def _no_likelihood(text: str) -> bool:
    return re.search("likely|probabl|confidence|chance|certain", text) is None


def escaped(text: str) -> str:
    """Return `text` as Markdown that shows exactly it."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Return a body of every kind of block."""

    def said(limit: int) -> str:
        text = escaped(draw(words(limit)))
        style = draw(st.sampled_from(["{}", "{} **{}**", "*{}* {}", "[{}](https://example.org/a_b) {}", "`code` {}"]))
        return style.format(*[text] * style.count("{}"))

    blocks: dict[str, Callable[[], str]] = {
        "heading": lambda: f"{'#' * draw(st.integers(1, 4))} {escaped(draw(words(110)))}",
        "paragraph": lambda: said(550),
        "bullets": lambda: f"- {said(200)}\n- {said(60)}\n  - {said(60)}",
        "numbers": lambda: f"{draw(st.integers(0, 99))}. {said(200)}\n1. {said(60)}",
        "quote": lambda: f"> {said(200)}\n>\n> {said(60)}",
        "table": lambda: f"| {said(30)} | {said(30)} |\n|---|---|\n| {said(60)} | |\n",
        "rule": lambda: "***",
    }
    kinds = draw(st.lists(st.sampled_from(sorted(blocks)), max_size=6))
    return "\n\n".join(blocks[kind]() for kind in kinds) + "\n"


@st.composite
def entry_files(draw: st.DrawFn) -> tuple[str, str]:
    """Return the path and the text of a valid entry called `ENTRY_ID`, published, for everybody, not expired."""
    fields = draw(front_matter())
    path = f"{Kind(fields['kind']).folder}/{ENTRY_ID}.md"
    return path, f"---\n{json.dumps(fields, ensure_ascii=False, indent=1)}\n---\n{draw(bodies())}"
