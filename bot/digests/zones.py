"""Time zones by whatever name they are typed: the database's own, a city, an abbreviation, an offset."""

import re
import unicodedata
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.digests.zone_names import SEVERAL, STARTERS, TYPED

_AREAS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"),
    "UTC",
)
"""The areas that are offered; others (US/, Etc/, posix/) are the same zones by other names, and are understood."""
_NO_PLACES = frozenset({"Factory", "localtime"})
"""The database's names for no zone, and for this machine's, which another replica does not have or has another of."""
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+-])\s?(\d{1,2})(?::?([0-5]\d))?")
_FIXED = re.compile(r"Etc/GMT([+-])(\d{1,2})")
_MOST_EAST, _MOST_WEST = 14, 12
_ALIKE = str.maketrans({"_": " ", ",": " ", "−": "-", "–": "-", "’": "'"})
_HALF_A_YEAR = timedelta(days=182)
_LIKE = 75
"""Of a hundred: how alike two names must be for one to be offered for the other."""
_LONGEST = 60


def zone(name: str) -> ZoneInfo | None:
    """Return the zone that `name` means; None where it means none, or more than one (see `nearest_zones`)."""
    typed = _plain(name)
    if not typed or typed in SEVERAL or len(typed) > _LONGEST:
        return None
    found = TYPED.get(typed) or _of_offset(typed) or _database().get(typed) or _of_city(typed)
    return ZoneInfo(found) if found else None


def nearest_zones(typed: str, n: int, now: datetime | None = None) -> tuple[str, ...]:
    """Return the names of at most `n` zones that `typed` may mean, the likeliest first; none where nothing is like.

    An offset such as +5:30 means those that have it `now` or half a year from now, and nothing without a `now`.
    """
    words = _plain(typed)[:_LONGEST]
    if words in SEVERAL:
        return SEVERAL[words][:n]
    offset = _OFFSET.fullmatch(words)
    if offset:
        return _with_offset(_minutes(offset), n, now) if now else ()
    return complete_zones(words, n) if words else STARTERS[:n]


def complete_zones(partial: str, n: int) -> tuple[str, ...]:
    """Return the names of at most `n` zones that `partial` may become, the likeliest first; some where it is empty."""
    words = _plain(partial)[:_LONGEST]
    if not words:
        return STARTERS[:n]
    exact = SEVERAL.get(words) or tuple(each.key for each in (zone(words),) if each)
    offered = _offered()
    begun = [name for key, name in offered if key.startswith(words)]
    later = re.compile(rf"[ /-]{re.escape(words)}")
    inside = [name for key, name in offered if later.search(key)]
    found = list(dict.fromkeys((*exact, *_known_first(begun), *_known_first(inside))))
    if len(found) < n:
        found += [name for name in _alike(words, n) if name not in found]
    return tuple(found[:n])


def begins_zone(words: str) -> bool:
    """Return whether a longer name of a zone begins with the whole words `words`, as new york does with ``new``."""
    typed = _plain(words)
    return bool(typed) and any(key.startswith(f"{typed} ") for key, _ in _offered())


def zone_words(name: str) -> str:
    """Return what a zone is called to a reader; a fixed offset by the sign that people write, not the database's."""
    fixed = _FIXED.fullmatch(name)
    if fixed is None:
        return name.replace("_", " ")
    return f"UTC{'-' if fixed[1] == '+' else '+'}{fixed[2]}"


def _plain(words: str) -> str:
    folded = unicodedata.normalize("NFKC", words).casefold().translate(_ALIKE)
    return " ".join(folded.split()).strip(" ;.")


def _known_first(names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: name not in STARTERS)  # stable: else as they come


def _of_city(typed: str) -> str | None:
    """Return the zone whose last part is `typed`: ``new york``, ``lord howe``."""
    return _cities().get(typed)


def _minutes(offset: re.Match[str]) -> int:
    return (-1 if offset[1] == "-" else 1) * (int(offset[2]) * 60 + int(offset[3] or 0))


def _of_offset(typed: str) -> str | None:
    """Return the zone of a whole hour's offset, as in ``UTC+8``; the database writes its sign the other way round."""
    offset = _OFFSET.fullmatch(typed)
    if offset is None:
        return None
    hours, rest = divmod(_minutes(offset), 60)
    if rest or not -_MOST_WEST <= hours <= _MOST_EAST:
        return None
    return f"Etc/GMT{-hours:+}" if hours else "UTC"


def _with_offset(minutes: int, n: int, now: datetime) -> tuple[str, ...]:
    wanted = timedelta(minutes=minutes)
    days = (now, now + _HALF_A_YEAR)
    names = (name for _, name in _offered())
    found = [name for name in names if any(day.astimezone(ZoneInfo(name)).utcoffset() == wanted for day in days)]
    return tuple(_known_first(list(dict.fromkeys(found)))[:n])


def _alike(words: str, n: int) -> list[str]:
    from rapidfuzz import fuzz, process  # here, since a start has no need of it

    names = dict(_offered())
    typed = dict.fromkeys((words, words.rpartition("/")[2]))  # Asia/Beijng: a city that is no zone, and misspelt
    found = [
        (score, names[key])
        for each in typed
        for key, score, _ in process.extract(each, names.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=2 * n)
    ]
    return list(dict.fromkeys(name for _, name in sorted(found, key=lambda each: -each[0])))


@cache
def _database() -> dict[str, str]:
    """Return the database's names by how they are typed; read once, since it looks at hundreds of files."""
    return {_plain(name): name for name in sorted(available_timezones() - _NO_PLACES)}


@cache
def _cities() -> dict[str, str]:
    places = ((key.rpartition("/")[2], name) for key, name in _database().items() if "/" in name)
    cities: dict[str, str] = {}
    for city, name in places:
        if name.split("/")[0] in _AREAS:
            cities.setdefault(city, name)
    return cities


@cache
def _offered() -> tuple[tuple[str, str], ...]:
    """Return what is typed and the zone that it completes to: cities first, then whole names, then other names."""
    cities = tuple((city, name) for city, name in _cities().items())
    whole = tuple((key, name) for key, name in _database().items() if name.split("/")[0] in _AREAS)
    return (*cities, *whole, *TYPED.items())
