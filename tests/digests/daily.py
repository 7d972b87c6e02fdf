"""A calendar of days in UTC, and what a test of the ledger is set up with."""

from datetime import UTC, datetime, time, timedelta

from bot.digests.model import Schedule


class DailyCalendar:
    """Every day at the schedule's time, in UTC: enough for whatever is not about zones."""

    def preset(self, schedule: Schedule, now: datetime) -> str:
        today = datetime.combine(now.date(), schedule.time, UTC)
        return _key(today if today <= now else today - timedelta(days=1))

    def next_due(self, schedule: Schedule, last_slot: str) -> datetime:
        return datetime.fromisoformat(last_slot).replace(tzinfo=UTC) + timedelta(days=1)


def _key(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M")


def at(hour: int, minute: int = 0) -> Schedule:
    return Schedule(time(hour, minute), "UTC")


class Hands:
    """A clock that stands until it is set on, in milliseconds since the epoch."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> int:
        return (self.now - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)

    def on(self, **by: float) -> None:
        self.now += timedelta(**by)
