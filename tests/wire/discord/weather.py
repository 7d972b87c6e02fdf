"""Faults by chance: what a long run meets on its way, drawn from a seed.

`faults` are for a test that knows which call it wants to fail; this is for one that wants everything to fail sometimes.
"""

import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Effect = Literal["before", "after", "late"]

_POSTS = re.compile(r"/channels/[^/]+/(?:messages|threads)")
_STATUSES = (500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Storm:
    """What one call meets: when it has its effect (never for "before"), and how it is answered (None: not at all)."""

    effect: Effect
    status: int | None


@dataclass(slots=True)
class Weather:
    """How likely it is that a call that posts fails, and how.

    Attributes:
        latency: seconds before each call is looked at.
        before: probability of failing without an effect.
        after: probability of failing after the effect.
        late: probability of failing at once, with the effect `late_seconds` later.
        server_errors: share of the failures that are answered with 5xx; the others lose their connection.
        seed: of all these chances.
    """

    latency: float = 0.0
    before: float = 0.0
    after: float = 0.0
    late: float = 0.0
    late_seconds: float = 2.0
    server_errors: float = 0.5
    seed: int = 0
    met: Counter[str] = field(default_factory=Counter)
    """How often each kind of failure was met."""
    _chance: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311 - no secret

    def change(self, values: Mapping[str, Any]) -> None:
        """Take over the values given by name; raise KeyError for a name that there is not. A seed begins anew."""
        for name, value in values.items():
            if name not in self.values():
                raise KeyError(name)
            setattr(self, name, type(getattr(self, name))(value))
        if "seed" in values:
            self._chance.seed(self.seed)

    def values(self) -> dict[str, Any]:
        """Give what can be changed, by name."""
        names = (each.name for each in fields(self) if each.name not in {"met", "_chance"})
        return {name: getattr(self, name) for name in names}

    def take(self, method: str, path: str) -> Storm | None:
        """Give what this call meets, None for calm."""
        if method != "POST" or not _POSTS.fullmatch(path):
            return None
        drawn = self._chance.random()
        effects: tuple[tuple[Effect, float], ...] = (
            ("before", self.before),
            ("after", self.after),
            ("late", self.late),
        )
        for effect, likely in effects:
            if drawn < likely:
                self.met[effect] += 1
                answered = self._chance.random() < self.server_errors
                return Storm(effect, self._chance.choice(_STATUSES) if answered else None)
            drawn -= likely
        return None
