"""Bad weather between the app and Slack: calls that fail by chance, before or after their effect, or land late."""

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.wire.slack.faults import Fault

# None of them tells whether the call was carried out.
_SILENT: tuple[dict[str, Any], ...] = (
    {"reset": True},
    {"status": 500},
    {"status": 503},
    {"broken_json": True},
    {"error": "fatal_error"},
    {"error": "internal_error"},
)


@dataclass(slots=True)
class Weather:
    """How likely each misfortune is, from 0 to 1; a call meets one at most. The same seed brings the same sequence.

    Attributes:
        before: the call fails without any effect.
        after: it is carried out, and its answer is lost.
        late: the connection breaks at once, and the call is carried out `late_seconds` after that.
        late_seconds: see `late`.
        latency: seconds that every call takes besides.
        methods: the calls that misfortune may meet; latency meets all.
        seed: of the chances.
        met: how often each misfortune came.
    """

    before: float = 0.0
    after: float = 0.0
    late: float = 0.0
    late_seconds: float = 2.0
    latency: float = 0.0
    methods: tuple[str, ...] = ("chat.postMessage",)
    seed: int = 0
    met: Counter[str] = field(default_factory=Counter)
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """Start the sequence."""
        self._chance = random.Random(self.seed)  # noqa: S311 - weather, not secrets

    def fault(self, method: str) -> Fault | None:
        """Give the fault that a call meets, if any."""
        if method not in self.methods or not (self.before or self.after or self.late):
            return None
        drawn = self._chance.random()
        how = self._chance.choice(_SILENT)
        for name, share in (("before", self.before), ("after", self.after), ("late", self.late)):
            if drawn < share:
                self.met[name] += 1
                if name == "late":
                    return Fault(reset=True, lands_after=self.late_seconds)
                return Fault(**how, taken=name == "after")
            drawn -= share
        return None
