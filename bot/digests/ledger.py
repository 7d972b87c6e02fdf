"""The ledger: who may post which part of an edition, and what became of it. Exactly once rests on it.

A claim writes the lease before anything is posted; a part whose lease ended without a word is in doubt. A result is
only taken from whoever holds the lease. Raises BriefbotError where the database is in the way.
"""

from collections.abc import Collection, Mapping, Sequence

from bot.contract import Pace
from bot.digests.claiming import HORIZON, Claimer
from bot.digests.flushing import Flusher
from bot.digests.history import History
from bot.digests.records import Claimed, Claims, Counts, Recent, Release, Result
from bot.storage.database import Database


class Ledger:
    """What is to be delivered. Any number of replicas may work on it at the same time."""

    def __init__(self, database: Database, paces: Mapping[str, Pace], horizon: float = HORIZON) -> None:
        """Keep the database, what each platform takes, and how many seconds ahead messages are promised a time."""
        self._claimer = Claimer(database, paces, horizon)
        self._flusher = Flusher(database, paces)
        self._history = History(database)

    async def claim(self, platforms: Collection[str], limit: int, lease_seconds: float, settle: float) -> Claims:
        """Claim up to `limit` parts of these platforms for `lease_seconds`, each with the second it may go.

        One that is neither posted nor handed back by then comes up again, in doubt, `settle` seconds later. The part
        after one that is not sent yet is never claimed, nor are two of one channel at a time.
        """
        return await self._claimer.claim(platforms, limit, lease_seconds, settle)

    async def flush(self, results: Sequence[Result]) -> frozenset[int]:
        """Take results down in one transaction; return the editions whose lease was not ours any more."""
        return await self._flusher.flush(results)

    async def release(self, claimed: Collection[Claimed]) -> None:
        """Hand back parts that were certainly not tried under this lease, as they were."""
        await self._flusher.flush([Release(each.id, each.lease) for each in claimed])

    async def distrust(self) -> None:
        """Have everything open looked for before it is posted: after a backup was restored it may have been before."""
        await self._flusher.distrust()

    async def status(self, subscription: int, count: int) -> tuple[Recent, ...]:
        """Return the subscription's newest editions, newest first."""
        return await self._history.status(subscription, count)

    async def counts(self) -> Counts:
        """Return how things stand, for metrics."""
        return await self._history.counts()
