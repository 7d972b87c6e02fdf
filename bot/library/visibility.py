"""Who may see an entry, decided in one place for look-up, search, completion, digest and preview alike."""

from dataclasses import dataclass
from datetime import datetime

from bot.library.entry import Entry
from bot.library.vocabulary import Audience, Status

_TIERS = tuple(Audience)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A place's tier and the instant it asks at."""

    audience: Audience
    now: datetime


def visible(entry: Entry, viewer: Viewer) -> bool:
    """Return whether `viewer` may know that `entry` exists: published, past its embargo, and within their tier.

    `viewer.now` must be timezone-aware. An expired entry stays visible; it is shown with less (see `expired`).
    """
    return (
        entry.status is Status.PUBLISHED
        and (entry.publish_at is None or entry.publish_at <= viewer.now)
        and within(entry.audience, viewer)
    )


def narrower(one: Audience, other: Audience) -> Audience:
    """Return the one of two tiers whose readers see less."""
    return min(one, other, key=_TIERS.index)


def within(audience: Audience, viewer: Viewer) -> bool:
    """Return whether what is for `audience` is for `viewer` too."""
    return _TIERS.index(audience) <= _TIERS.index(viewer.audience)


def expired(entry: Entry, viewer: Viewer) -> bool:
    """Return whether the entry's `expires` day has passed: then only the bottom line and the sources are shown."""
    return entry.expires is not None and viewer.now.date() > entry.expires


def review_overdue(entry: Entry, viewer: Viewer) -> bool:
    """Return whether the entry's `review_by` day has passed: then the answer carries a warning."""
    return entry.review_by is not None and viewer.now.date() > entry.review_by
