"""Claimed deliveries become messages: looked for where in doubt, posted before the deadline, and recorded.

The order of things is the whole point: the claim is durable before the network is touched, whoever claimed what was
claimed before looks first, nobody posts past the lease, and every outcome that is not certain stays in doubt.
"""

import asyncio
from collections.abc import Awaitable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, TypeVar

import structlog

from bot.contract import Carrier, Fate, Scope, SendError, Target
from bot.digests.lease import Terms, ticks
from bot.digests.record import Recorder
from bot.digests.records import Claimed, Claims, Reopen, Result
from bot.digests.spacing import Spacing
from bot.digests.verdict import (
    after_looking,
    after_posting,
    given_up,
    handed_back,
    is_stale,
    not_asked,
    overheard,
    sent,
    uncertain,
)
from bot.errors import report

_log = structlog.get_logger("briefbot")
_T = TypeVar("_T")
_ALL = "*"
"""Stands for every workspace of a platform; none is called that."""

IN_FLIGHT = 128
"""Deliveries in hand at a time, those included that wait for their turn."""
BATCH = 32
"""The least that is claimed at once while more is in hand: a claim is a transaction."""
LONGEST_PAUSE = 30.0
"""Seconds between two tries where the database does not answer."""
BUSY, IDLE = 0.2, 1.0
"""Seconds between two looks for work: while there is some, and while there is none (other replicas plan as well)."""


@dataclass(frozen=True, slots=True)
class Safety:
    """What keeps a message from being posted twice. Tests turn one off to see that they would notice."""

    read_back: bool = True
    deadline: bool = True


class Ledger(Protocol):
    """What claims and keeps what happened; `ledger.Ledger` is one."""

    async def claim(self, platforms: Collection[str], limit: int, lease_seconds: float, settle: float) -> Claims:
        """Claim up to `limit` parts of these platforms; see `ledger.Ledger`."""
        ...

    async def flush(self, results: Sequence[Result]) -> Collection[int]:
        """Take results down in one transaction; return the editions whose lease was not ours any more."""
        ...


class Observer(Protocol):
    """What counts deliveries; `observe.Metrics` is one."""

    def delivery(self, platform: str, outcome: str) -> None:
        """Count one attempt and how it ended."""
        ...


class Deliverer:
    """Takes what is due from the ledger and carries it out, until closed."""

    def __init__(
        self,
        ledger: Ledger,
        carriers: Mapping[str, Carrier],
        *,
        terms: Terms | None = None,
        safety: Safety | None = None,
        observer: Observer | None = None,
        in_flight: int = IN_FLIGHT,
    ) -> None:
        """Take the ledger, who carries by platform, the times of a claim, and who counts."""
        self._ledger = ledger
        self._carriers = carriers
        self._terms = terms or Terms()
        self._safety = safety or Safety()
        self._observer = observer
        self._most = in_flight
        self._recorder = Recorder(ledger)
        ceilings = {name: each.pace.per_second.get(Scope.PLATFORM) for name, each in carriers.items()}
        self._spacings = {name: Spacing(most) for name, most in ceilings.items() if most}
        self._quiet: dict[tuple[str, str], float] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._wake, self._closing = asyncio.Event(), asyncio.Event()
        self.trouble = ""
        """Why nothing could be claimed, in a word; empty while all is well."""

    def wake(self) -> None:
        """Look for work at once."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until closed. A database that does not answer is asked again, less and less often."""
        async with self._recorder:
            failures = 0
            while not self._closing.is_set():
                self._wake.clear()
                try:
                    pause, failures, self.trouble = await self._claim(), 0, ""
                except Exception as error:  # noqa: BLE001 - whatever the database has, what is on its way goes on
                    failures += 1
                    pause, self.trouble = min(LONGEST_PAUSE, 2.0**failures), type(error).__name__
                    _log.warning("nothing claimed", action="digest.claim", seconds=pause, exc_info=error)
                await self._pause(pause)
            if self._tasks:
                await asyncio.wait(self._tasks)

    async def close(self, grace: float) -> None:
        """Claim nothing more, finish what is on its way within `grace` seconds, hand the rest back; then `run` ends."""
        self._closing.set()
        self._wake.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in tuple(self._tasks):
            task.cancel()

    async def _claim(self) -> float:
        """Claim what there is room for, and start on it; return the seconds until there may be more."""
        room = self._most - len(self._tasks)
        ready = [name for name, carrier in self._carriers.items() if carrier.ready]
        if room < min(BATCH, self._most) or not ready:
            return BUSY if self._tasks else IDLE
        begun = ticks()  # before the database's clock starts the lease, so that ours runs out first
        claims = await self._ledger.claim(ready, room, self._terms.lease, self._terms.settle)
        for each in claims.taken:
            task = asyncio.create_task(self._carry(each, begun, claims.at + each.send_in), name=f"delivery-{each.id}")
            self._tasks.add(task)
            task.add_done_callback(self._done)
        return min(claims.again_in, BUSY) if claims.taken else min(max(claims.again_in, BUSY), IDLE)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if len(self._tasks) <= self._most - BATCH:
            self._wake.set()

    async def _pause(self, seconds: float) -> None:
        if seconds > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), seconds)

    async def _carry(self, claimed: Claimed, begun: float, turn: float) -> None:
        """Carry one delivery out at its turn and hand its outcome to the recorder, whatever happens."""
        touched = False
        try:
            if await self._turn(claimed.target.platform, turn) and not self._is_quiet(claimed.target):
                touched = True
                result = await self._deliver(claimed, begun + self._terms.usable)
            else:
                result = handed_back(claimed)
        except asyncio.CancelledError:
            result = uncertain(claimed, self._terms) if touched else handed_back(claimed)
        if isinstance(result, Reopen) and result.scope in {Scope.WORKSPACE, Scope.PLATFORM}:
            self._keep_quiet(claimed.target, result)
        if self._observer is not None:
            self._observer.delivery(claimed.target.platform, type(result).__name__.lower())
        self._recorder.put(result)

    def _keep_quiet(self, target: Target, refused: Reopen) -> None:
        """Hand back what this process has in hand for a scope that was refused: it would be refused as well."""
        now = ticks()
        self._quiet = {scope: until for scope, until in self._quiet.items() if until > now}
        self._quiet[target.platform, target.workspace if refused.scope is Scope.WORKSPACE else _ALL] = (
            now + refused.wait
        )

    def _is_quiet(self, target: Target) -> bool:
        until = (self._quiet.get((target.platform, scope), 0.0) for scope in (target.workspace, _ALL))
        return max(until) > ticks()

    async def _turn(self, platform: str, turn: float) -> bool:
        """Wait for the time that was reserved; return False when we are closing first."""
        await self._wait(turn - ticks())
        spacing = self._spacings.get(platform)
        if spacing is not None and not self._closing.is_set():
            await self._wait(spacing.wait(ticks()))
        return not self._closing.is_set()

    async def _wait(self, seconds: float) -> None:
        """Wait, unless we are closing."""
        if seconds > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), seconds)

    async def _deliver(self, claimed: Claimed, deadline: float) -> Result:
        carrier, terms = self._carriers[claimed.target.platform], self._terms
        if is_stale(claimed, terms):
            return given_up(claimed)
        for ask in (self._look, self._listen):
            found = await ask(carrier, claimed)
            if found is not None:
                return found
        if self._safety.deadline and ticks() > deadline:
            _log.warning("past the lease", action="digest.lease", edition=claimed.id)
            return handed_back(claimed)
        return await self._post(carrier, claimed)

    async def _look(self, carrier: Carrier, claimed: Claimed) -> Result | None:
        """Return what came of looking for a part that is in doubt; None if it is certainly not there."""
        since = claimed.first_try
        if not claimed.in_doubt or since is None or not self._safety.read_back:
            return None
        try:
            found = await self._in_time(carrier.find(claimed.target, claimed.part, since))
        except SendError as error:
            return after_looking(claimed, error, self._terms)
        except Exception as error:  # noqa: BLE001 - not seen is not the same as not there
            _log.warning("not looked for", action="digest.find", edition=claimed.id, exc_info=error)
            return uncertain(claimed, self._terms)
        return None if found is None else sent(claimed, found)

    async def _listen(self, carrier: Carrier, claimed: Claimed) -> Result | None:
        """Return why an inner edition does not go to a channel that outsiders have come to read; None if it may go."""
        if not claimed.inner:
            return None
        try:
            heard = await self._in_time(carrier.overheard(claimed.target))
        except SendError as error:
            return not_asked(claimed, error, self._terms)
        except Exception as error:  # noqa: BLE001 - where it is not known who reads, nothing inner is told
            _log.warning("not known who reads", action="digest.overheard", edition=claimed.id, exc_info=error)
            return not_asked(claimed, SendError(Fate.NOT_YET, type(error).__name__), self._terms)
        return overheard(claimed) if heard else None

    async def _post(self, carrier: Carrier, claimed: Claimed) -> Result:
        try:
            posted = await self._in_time(carrier.post(claimed.target, claimed.part, claimed.first_try))
        except SendError as error:
            if error.fate is Fate.OURS:
                report(error, action="digest.post", edition=claimed.id, platform=claimed.target.platform)
            return after_posting(claimed, error, self._terms)
        except Exception as error:  # noqa: BLE001 - whatever it was, the message may have arrived
            _log.warning("outcome uncertain", action="digest.post", edition=claimed.id, exc_info=error)
            return uncertain(claimed, self._terms)
        return sent(claimed, posted)

    async def _in_time(self, doing: Awaitable[_T]) -> _T:
        async with asyncio.timeout(self._terms.timeout):
            return await doing
