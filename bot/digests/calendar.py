"""What the database's side has to know of the calendar. `bot.digests.schedule` is what it is handed."""

from datetime import datetime
from typing import Protocol

from bot.digests.model import Schedule


class Calendar(Protocol):
    """Which slots a schedule has. Pure."""

    def preset(self, schedule: Schedule, now: datetime) -> str:
        """Return the key of the newest slot at or before `now`."""
        ...

    def next_due(self, schedule: Schedule, last_slot: str) -> datetime:
        """Return the instant of the first slot after `last_slot`."""
        ...
