"""The pace of posting: GCRA, and ceilings learnt from refusals. Pure; the ledger keeps the buckets.

A bucket holds one instant, its theoretical arrival time: before it nothing more is sent. Sending n messages moves it n
intervals on. A refusal for too many requests lowers the rate at once (multiplicative decrease), which then recovers
bit by bit (additive increase): the way senders on the Internet share a line whose width nobody tells them. Where it is
known that there is a ceiling and not which, it is sought (`seeking`).
"""

from dataclasses import dataclass, replace
from typing import Final

from bot.digests.seeking import LEAST_PER_SECOND, Phase, Search

DECREASE: Final = 0.7
RECOVERY_SECONDS: Final = 600
"""How long a rate takes from nothing to what is assumed where nobody knows the ceiling."""
KNOWN_DECREASE, KNOWN_RECOVERY_SECONDS = 0.9, 60
"""The same where the ceiling is known: running into it is mostly a matter of messages that came closer together than
they were sent, which is over in a moment."""
ASSUMED_PER_SECOND: Final = 5.0
"""Where a scope without a known ceiling refuses, the rate it is taken to have been used at; it then grows as it may."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is kept of a scope. Instants are milliseconds; rates are messages a second."""

    name: str
    tat: float = 0.0
    rate: float | None = None
    """The rate as it was learnt at `rate_at`; None: nothing was learnt, or it has been forgotten."""
    rate_at: int = 0
    search: Search | None = None
    """How a ceiling is sought that nobody tells; the two above are of no account then."""

    @property
    def learnt(self) -> bool:
        """Whether refusals have taught something of it."""
        return self.rate is not None or (self.search is not None and self.search.phase is not Phase.SEEKING)


def sought(bucket: Bucket, begin: float | None) -> Bucket:
    """Return the bucket of a scope whose ceiling is sought from `begin` messages a second on; as it is for None.

    What was learnt of it when it was not sought yet is gone on from.
    """
    if begin is None or bucket.search is not None:
        return bucket
    known = bucket.rate is not None
    return replace(bucket, search=Search(Phase.NEAR if known else Phase.SEEKING, bucket.rate or begin))


def per_second(bucket: Bucket, ceiling: float | None, now: int) -> float | None:
    """Return how many messages a second may go, None for no limit; the lower of `ceiling` and what is learnt."""
    if bucket.search is not None:
        return bucket.search.rate
    if bucket.rate is None:
        return ceiling
    seconds = max(0, now - bucket.rate_at) / 1000
    if ceiling is None:
        return bucket.rate + seconds * ASSUMED_PER_SECOND / RECOVERY_SECONDS
    return min(ceiling, bucket.rate + seconds * ceiling / KNOWN_RECOVERY_SECONDS)


def room(bucket: Bucket, ceiling: float | None, now: int, horizon: float, most: int) -> int:
    """Return how many messages, up to `most`, can be promised a time within `horizon` seconds from now.

    Nothing while more than half of the horizon is promised: promises are made in groups, for the commits' sake.
    """
    ahead = max(0.0, bucket.tat - now) / 1000
    rate = per_second(bucket, ceiling, now)
    if rate is None:
        return 0 if ahead else most
    if ahead > horizon / 2:
        return 0
    return min(most, max(1, int((horizon - ahead) * rate)))


def wait(bucket: Bucket, now: int, horizon: float) -> float:
    """Return after how many seconds there is room again."""
    return max(0.0, (bucket.tat - now) / 1000 - horizon / 2)


def reserve(bucket: Bucket, ceiling: float | None, now: int, count: int) -> tuple[tuple[float, ...], Bucket]:
    """Return after how many seconds each of `count` messages goes, and the bucket then."""
    rate = per_second(bucket, ceiling, now)
    start = max(bucket.tat, float(now))
    if rate is None:
        return ((start - now) / 1000,) * count, bucket
    interval = 1000 / rate
    times = tuple((start - now + number * interval) / 1000 for number in range(count))
    search = bucket.search and bucket.search.used(count, bucket.tat, now)
    return times, replace(bucket, tat=start + count * interval, search=search)


def slowed(bucket: Bucket, ceiling: float | None, now: int, seconds: float) -> Bucket:
    """Return the bucket after a refusal that asks to wait `seconds`.

    Those that were on their way together are refused together: only the first of them lowers the rate.
    """
    until = max(bucket.tat, now + seconds * 1000)
    if bucket.search is not None:
        return replace(bucket, tat=until, search=bucket.search.refused(bucket.tat, now, seconds))
    if bucket.rate is not None and now - bucket.rate_at < max(1.0, seconds) * 1000:
        return replace(bucket, tat=until)
    before = per_second(bucket, ceiling, now) or ASSUMED_PER_SECOND
    decrease = DECREASE if ceiling is None else KNOWN_DECREASE
    return replace(bucket, tat=until, rate=max(LEAST_PER_SECOND, before * decrease), rate_at=now)
