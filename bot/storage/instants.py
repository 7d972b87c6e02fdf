"""Instants as the database has them: whole milliseconds since the epoch, in UTC."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_ms(instant: datetime) -> int:
    """Return `instant`, which has to know its zone, in milliseconds since the epoch."""
    return (instant - EPOCH) // timedelta(milliseconds=1)


def from_ms(milliseconds: int) -> datetime:
    """Return the instant `milliseconds` after the epoch, in UTC."""
    return EPOCH + timedelta(milliseconds=milliseconds)
