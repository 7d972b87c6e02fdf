"""`briefbot search`: what a question leads to and why, as text or as one JSON object a line."""

import time
from datetime import datetime
from textwrap import shorten
from typing import Any

from bot.commands import spec
from bot.commands.dates import parse_day
from bot.commands.parse import clean, parse
from bot.errors import BadRequestError
from bot.library.answer import Answer, Ranked
from bot.library.library import Library
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience
from bot.platforms.terminal.oneshot import json_line

_CLAIM = 90
_SAID = {"match": "Match", "ambiguous": "Ambiguous, it could be", "none": "Nothing on that; the nearest"}


class Searcher:
    """Searches one library for one tier of readers, as `/brief` does: a date behind ``as-of`` is the day asked for."""

    def __init__(self, library: Library, audience: Audience, limit: int, *, explain: bool) -> None:
        """Tell at most `limit` results; with `explain` also why each stands where it does."""
        self._library = library
        self._audience = audience
        self._limit = limit
        self._explain = explain

    def as_json(self, query: str, now: datetime) -> str:
        """Return the answer to `query` as one line of JSON."""
        started = time.perf_counter()
        found = self._find(query, now)
        took = (time.perf_counter() - started) * 1_000
        return json_line(
            {
                "query": query,
                "outcome": found.outcome,
                "results": [self._result(each) for each in found.results[: self._limit]],
                "took_ms": round(took, 3),
            }
        )

    def as_text(self, query: str, now: datetime) -> str:
        """Return the answer to `query` for people."""
        found = self._find(query, now)
        shown = found.results[: self._limit]
        if not shown:
            return "Nothing on that."
        lines = [f"{_SAID[found.outcome]}:"]
        for place, each in enumerate(shown, start=1):
            beside = " (not offered)" if place > found.stood_by else ""
            lines.append(f"{place:3}. {each.entry.title} · {each.entry.id} · {each.score:.2f}{beside}")
            lines += [f"       {reason}" for reason in self._reasons(each, found)] if self._explain else []
        left = found.stood_by - len(shown)
        lines += [f"     and {left} more"] if left > 0 else []
        return "\n".join(lines)

    def _reasons(self, each: Ranked, found: Answer) -> tuple[str, ...]:
        """Return why an entry stands where it does and, of the answer to a question, which claim is told first."""
        if found.outcome != "match" or each is not found.results[0] or not each.claims:
            return each.reasons
        claim = each.entry.claims[each.claims[0]]
        return (*each.reasons, f"tells first: {claim.id}, {shorten(claim.text, _CLAIM, placeholder='…')}")

    def _find(self, query: str, now: datetime) -> Answer:
        words = parse(spec.COMMANDS[0], clean(query))
        asked, day = words.get("query", ""), words.get("as-of")
        try:
            on = parse_day(day, now.date()) if day else None
        except BadRequestError:
            asked, on = query, None
        return self._library.search(asked[: spec.MAX_QUERY], Viewer(self._audience, now), on)

    def _result(self, ranked: Ranked) -> dict[str, Any]:
        entry = ranked.entry
        names = [name.name for name in entry.names] + [role.office for role in entry.roles]
        told: dict[str, Any] = {
            "id": entry.id,
            "title": entry.title,
            "aliases": list(dict.fromkeys(names)),
            "score": round(ranked.score, 4),
        }
        if self._explain:
            told["reasons"] = ranked.reasons
            told["claims"] = [entry.claims[place].id for place in ranked.claims]
        return told
