"""Health: named checks, asked when somebody looks."""

from collections.abc import Callable
from typing import NamedTuple

import structlog

_log = structlog.get_logger("briefbot")

Probe = Callable[[], tuple[bool, str]]
"""Answers at once, from memory, whether a part works, and how it stands in a few words."""


class Check(NamedTuple):
    """How one part stands."""

    name: str
    ok: bool
    detail: str


class Snapshot(NamedTuple):
    """How all parts stood when they were asked."""

    checks: tuple[Check, ...]

    @property
    def ready(self) -> bool:
        """Whether everything works."""
        return all(check.ok for check in self.checks)

    def as_json(self) -> dict[str, object]:
        """Return ``{"ready": bool, "checks": {name: {"ok": bool, "detail": str}}}``."""
        checks = {check.name: {"ok": check.ok, "detail": check.detail} for check in self.checks}
        return {"ready": self.ready, "checks": checks}


class Health:
    """The checks by name, in the order in which they were added."""

    def __init__(self) -> None:
        """Begin with no check: an empty house is healthy."""
        self._probes: dict[str, Probe] = {}

    def add(self, name: str, probe: Probe) -> None:
        """Add the check `name`. Raise ValueError if the name is taken."""
        if name in self._probes:
            raise ValueError(f"two health checks are called {name}")
        self._probes[name] = probe

    def snapshot(self) -> Snapshot:
        """Ask every part how it stands. A probe that raises is a part that does not work."""
        return Snapshot(tuple(_ask(name, probe) for name, probe in self._probes.items()))


def _ask(name: str, probe: Probe) -> Check:
    try:
        ok, detail = probe()
    except Exception as error:  # noqa: BLE001 - one broken probe must not hide how the other parts stand
        _log.warning("health check failed", action="health.check", check=name, exc_info=error)
        ok, detail = False, f"cannot be told ({type(error).__name__})"
    return Check(name, ok, detail)
