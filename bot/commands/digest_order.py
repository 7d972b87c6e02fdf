"""The options of `/digest subscribe`, by name and as typed, become a schedule and what is wanted.

What is not said stays as it was, or gets its default: 08:00, every day, all topics and kinds, nothing without news.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from bot.commands.digest_words import kind_of, topic_of
from bot.commands.find import echo
from bot.digests.model import EVERY_DAY, OnEmpty, Schedule, Wants
from bot.digests.times import parse_days, parse_time
from bot.digests.zone_names import SEVERAL
from bot.digests.zones import nearest_zones, zone, zone_words
from bot.errors import BadRequestError
from bot.library.vocabulary import Kind

DEFAULT_TIME = time(8)
_ALL = frozenset({"all", "any", "everything", "*"})
_YES, _NO = frozenset({"yes", "on", "true"}), frozenset({"no", "off", "false"})
_OFFERED = 3
_MOST = 20
"""Topics of one digest; who wants more of them wants all."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for; None for what was not said."""

    at: time | None = None
    zone: str | None = None
    days: tuple[int, ...] | None = None
    topics: tuple[str, ...] | None = None
    kinds: tuple[Kind, ...] | None = None
    on_empty: OnEmpty | None = None
    duties: bool | None = None


def read_order(options: Mapping[str, str], topics: Collection[str], now: datetime) -> Order:
    """Return what `options` ask for; `topics` are those that there are.

    Raises BadRequestError, with the nearest right ones, for whatever cannot be read.
    """
    given = {name: said.strip() for name, said in options.items() if said.strip()}
    return Order(
        at=parse_time(given["time"]) if "time" in given else None,
        zone=_zone(given["zone"], now) if "zone" in given else None,
        days=parse_days(given["days"]) if "days" in given else None,
        topics=_topics(_parts(given["topics"]), topics) if "topics" in given else None,
        kinds=_kinds(_parts(given["kinds"])) if "kinds" in given else None,
        on_empty=_on_empty(given["on-empty"]) if "on-empty" in given else None,
        duties=_duties(given["duties"]) if "duties" in given else None,
    )


def schedule_of(order: Order, before: Schedule | None, own_zone: str) -> Schedule:
    """Return the schedule asked for, over the one `before`; `own_zone` is the caller's, if the platform tells it.

    Raises BadRequestError where nobody says which zone.
    """
    known = zone(own_zone) if own_zone else None
    name = order.zone or (before.zone if before else "") or (known.key if known else "")
    if not name:
        at = order.at or DEFAULT_TIME
        raise BadRequestError(
            "Whose time? I cannot tell here where you are.",
            f"Name a city or a time zone: /digest subscribe {at:%H:%M} shanghai, or new york, or UTC.",
        )
    return Schedule(
        order.at or (before.time if before else DEFAULT_TIME),
        name,
        order.days or (before.weekdays if before else EVERY_DAY),
    )


def wants_of(order: Order, before: Wants | None) -> Wants:
    """Return what is wanted, over what was wanted `before`."""
    old = before or Wants()
    return Wants(
        topics=old.topics if order.topics is None else order.topics,
        kinds=old.kinds if order.kinds is None else order.kinds,
        on_empty=order.on_empty or old.on_empty,
        duties=old.duties if order.duties is None else order.duties,
    )


def _parts(said: str) -> list[str]:
    return [part.strip() for part in said.replace("，", ",").replace("、", ",").split(",") if part.strip()]


def _zone(said: str, now: datetime) -> str:
    found = zone(said)
    if found is not None:
        return found.key
    near = [zone_words(name) for name in nearest_zones(said, _OFFERED, now)]
    if said.casefold() in SEVERAL:
        raise BadRequestError(f"“{echo(said)}” is the time of several places.", f"Name one: {', '.join(near)}.")
    offered = f"Did you mean {_either(near)}?" if near else "Name a city, such as shanghai, or a zone, such as UTC."
    raise BadRequestError(f"I know no time zone called “{echo(said)}”.", offered)


def _topics(said: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    if any(each.casefold() in _ALL for each in said):
        return ()
    wanted = tuple(dict.fromkeys(topic_of(each) for each in said))
    for topic in wanted:
        if topic not in known:
            raise _none_such("topic", topic, known, f"There are {', '.join(sorted(known)) or 'none'}.")
    if len(wanted) > _MOST:
        raise BadRequestError(f"A digest takes {_MOST} topics at most.", "Leave topics out to have all of them.")
    return wanted


def _kinds(said: Sequence[str]) -> tuple[Kind, ...]:
    if any(each.casefold() in _ALL for each in said):
        return ()
    found: dict[Kind, None] = {}
    for each in said:
        kind = kind_of(each)
        if kind is None:
            names = [one.folder for one in Kind]
            raise _none_such("kind", each, names, f"There are {', '.join(names)}.")
        found[kind] = None
    return tuple(found)


def _none_such(what: str, said: str, known: Collection[str], there: str) -> BadRequestError:
    from rapidfuzz import process  # here, since a start has no need of it

    near = [name for name, *_ in process.extract(said, known, score_cutoff=60, limit=_OFFERED)]
    offered = f"Did you mean {_either(near)}?" if near else there
    return BadRequestError(f"No {what} is called “{echo(said)}”.", offered)


def _on_empty(said: str) -> OnEmpty:
    word = said.casefold()
    found = next((each for each in OnEmpty if word and each.value.startswith(word)), None)
    if found is None:
        raise BadRequestError(f"on-empty is skip or note, not “{echo(said)}”.", "skip posts nothing, note one line.")
    return found


def _duties(said: str) -> bool:
    word = said.casefold()
    if word not in _YES | _NO:
        raise BadRequestError(f"duties is yes or no, not “{echo(said)}”.", "yes adds the reviews that are due.")
    return word in _YES


def _either(names: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
