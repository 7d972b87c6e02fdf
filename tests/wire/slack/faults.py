"""Faults on purpose: what can go wrong between the app and Slack, a given number of times."""

from dataclasses import dataclass


@dataclass(slots=True)
class Fault:
    """One way to fail.

    Attributes:
        times: how often; -1 for ever.
        status: HTTP status to answer with; 429 brings `Retry-After` and the error "ratelimited".
        error: Slack's error code, in a 200 answer unless `status` says otherwise.
        retry_after: seconds for the `Retry-After` header.
        body: the whole body as it is, whatever `error` says.
        content_type: of `body`.
        broken_json: answer 200 with JSON that ends too early.
        reset: close the connection without an answer.
        taken: carry the call out first, so that only the answer is lost; a `reset` does so unless told otherwise.
        delay: seconds before the answer.
        lands_after: carry the call out only so many seconds after it was answered (or the connection closed).
    """

    times: int = 1
    status: int | None = None
    error: str | None = None
    retry_after: int | None = None
    body: str | None = None
    content_type: str = "text/plain"
    broken_json: bool = False
    reset: bool = False
    taken: bool | None = None
    delay: float = 0.0
    lands_after: float | None = None

    @property
    def carries_out(self) -> bool:
        """Whether the call has its effect all the same (a mere delay answers as usual)."""
        if self.lands_after is not None:
            return False
        return self.taken if self.taken is not None else self.reset or self.only_delays

    @property
    def only_delays(self) -> bool:
        """Whether nothing but time is lost."""
        spoils = self.status is not None or self.error is not None or self.body is not None
        return not (spoils or self.broken_json or self.reset or self.lands_after is not None)


class Faults:
    """The faults that are waiting for calls of each method (or for "response_url")."""

    def __init__(self) -> None:
        """Start without any."""
        self._waiting: dict[str, list[Fault]] = {}

    def add(self, method: str, fault: Fault) -> None:
        """Let the next calls of a method fail, after those that were told so before."""
        self._waiting.setdefault(method, []).append(fault)

    def take(self, method: str) -> Fault | None:
        """Give the fault that this call meets, if any."""
        queue = self._waiting.get(method)
        if not queue:
            return None
        fault = queue[0]
        if fault.times > 0:
            fault.times -= 1
            if fault.times == 0:
                queue.pop(0)
        return fault

    def clear(self) -> None:
        """Forget them all."""
        self._waiting.clear()
