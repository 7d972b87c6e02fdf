"""`briefbot digest preview`: an edition and the reason for each item in it and out of it, as text or as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import TypeVar

from bot.commands.points import read_point
from bot.digests.earlier import YEARS, Supposed, recent
from bot.digests.edition import Edition, LeftOut
from bot.digests.model import OnEmpty, Wants
from bot.errors import BadRequestError
from bot.library.library import Library
from bot.library.visibility import Viewer
from bot.library.vocabulary import Kind
from bot.platforms.terminal.oneshot import json_line
from bot.platforms.terminal.render import addresses, button_lines, plain_text

_Value = TypeVar("_Value")

NOTHING = "nothing"
"""What is typed for a channel that has seen nothing yet."""
_KINDS = {word: kind for kind in Kind for word in (kind.value, kind.folder)}
_NAMED = 8
"""Entries left out for one reason that are named; of more only the number is told."""


def supposed(
    library: Library, viewer: Viewer, given: Mapping[str, str], on_empty: OnEmpty, *, duties: bool
) -> Supposed:
    """Return the subscription that `given` describes: topics, kinds, seen and day as they were typed, or empty.

    Raises BadRequestError for what there is not.
    """
    wants = Wants(
        topics=tuple(_known(given["topics"], {name: name for name, _ in library.topics(viewer)}, "topic")),
        kinds=tuple(_known(given["kinds"], _KINDS, "kind")),
        on_empty=on_empty,
        duties=duties,
    )
    today, seen = viewer.now.date(), given["seen"]
    last = None if seen == NOTHING else _day(seen, today) if seen else recent(library, viewer)
    return Supposed(wants, last, _day(given["day"], today) if given["day"] else today)


def _known(typed: str, values: Mapping[str, _Value], what: str) -> Iterator[_Value]:
    """Yield what the words of a list with commas stand for."""
    for word in filter(None, (each.strip().casefold() for each in typed.split(","))):
        if word not in values:
            raise BadRequestError(f"There is no {what} called {word}.", f"There are: {', '.join(sorted(values))}.")
        yield values[word]


def _day(typed: str, today: date) -> date:
    days = read_point(typed, today)
    if days is None or days[0] != days[1] or days[0].year not in YEARS:
        raise BadRequestError(f"{typed} is no day.", "Write it as 2026-11-26.")
    return days[0]


def as_text(edition: Edition) -> str:
    """Return the edition for people: as it would be read, then the reasons."""
    return "\n".join(
        (
            plain_text(edition.reply),
            *(line.plain for line in button_lines(edition.reply, None)),
            *addresses(edition.reply),
            "",
            _verdict(edition),
            *_reasons(edition),
        )
    )


def as_json(edition: Edition) -> str:
    """Return one JSON object on one line: whether it would be posted, its text, its items and what is left out."""
    return json_line(
        {
            "news": edition.news,
            "posts": edition.posts,
            "summary": edition.reply.summary,
            "text": plain_text(edition.reply),
            "buttons": [action.encode() for action in edition.reply.actions],
            "items": [asdict(item) for item in edition.items],
            "left_out": [asdict(each) for each in edition.left_out],
        }
    )


def _verdict(edition: Edition) -> str:
    if edition.news:
        return "It would be posted."
    return "Nothing is new: this note would be posted." if edition.posts else "Nothing is new: nothing would be posted."


def _reasons(edition: Edition) -> Iterator[str]:
    if edition.items:
        yield "\nIn it, and why:"
    for item in edition.items:
        below = ", below the list" if item.below else ""
        yield f"  {item.section.heading}{below}: {item.title} · {item.reason}"
    if edition.left_out:
        yield "\nLeft out, and why:"
    reasons: dict[str, list[LeftOut]] = {}
    for each in edition.left_out:
        reasons.setdefault(each.reason, []).append(each)
    for reason, found in reasons.items():
        titles = list(dict.fromkeys(each.title for each in found))
        rest = f" and {len(titles) - _NAMED} more" if len(titles) > _NAMED else ""
        yield f"  {reason}: {', '.join(titles[:_NAMED])}{rest}"
