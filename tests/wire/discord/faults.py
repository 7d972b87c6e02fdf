"""Faults on purpose: REST calls that fail, a given number of times, in ways that a healthy bot still meets."""

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(slots=True)
class Fault:
    """One way to fail.

    Attributes:
        method: of the calls that it meets; "*" any.
        path: their path after the base address; `*` stands for anything, slashes too.
        times: how often; -1 for ever.
        status: HTTP status to answer with; None answers as usual (a mere delay).
        retry_after: seconds, for a 429.
        code: Discord's JSON error code.
        message: its sentence.
        scope: of a 429: "user", "shared" or "global".
        via: whether Discord itself answers, rather than what stands in front of it, which knows no JSON.
        drop: close the connection without an answer.
        effect: carry the call out first, so that only its answer is lost; a drop does so unless told otherwise.
        delay: seconds before the call is looked at.
    """

    method: str
    path: str
    times: int = 1
    status: int | None = None
    retry_after: float = 0.1
    code: int = 0
    message: str | None = None
    scope: str = "user"
    via: bool = True
    drop: bool = False
    effect: bool | None = None
    delay: float = 0.0

    @property
    def carries_out(self) -> bool:
        """Whether the call has its effect all the same."""
        return self.drop if self.effect is None else self.effect

    @property
    def only_delays(self) -> bool:
        """Whether nothing but time is lost."""
        return self.status is None and not self.drop


class Faults:
    """The faults that wait for calls."""

    def __init__(self) -> None:
        """Start without any."""
        self.waiting: list[Fault] = []

    def take(self, method: str, path: str) -> Fault | None:
        """Give the fault that this call meets, if any."""
        for fault in self.waiting:
            if fault.method in {"*", method} and fnmatchcase(path, fault.path):
                if fault.times > 0:
                    fault.times -= 1
                if fault.times == 0:
                    self.waiting.remove(fault)
                return fault
        return None
