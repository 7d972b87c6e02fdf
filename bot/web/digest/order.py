"""What a reader of the tab asks for, as it stands in an address or a form: topics, kinds, what was seen, the day."""

from typing import Any

from aiohttp import web
from multidict import MultiMapping
from yarl import URL

from bot.digests.earlier import Supposed, calendar_day, recent
from bot.digests.model import OnEmpty, Wants
from bot.library.library import Library
from bot.library.visibility import Viewer
from bot.library.vocabulary import Kind

_YES = "yes"
_MOST = 64
"""Topics that are read; there are no more anywhere."""


def read(values: MultiMapping[Any], library: Library, viewer: Viewer) -> Supposed:
    """Return what `values` ask for; what is left out has a sensible value.

    Raises HTTPBadRequest for what no control of the tab sends.
    """
    try:
        wants = Wants(
            topics=tuple(str(each) for each in values.getall("topics", []))[:_MOST],
            kinds=tuple(Kind(each) for each in values.getall("kinds", [])),
            on_empty=OnEmpty(values.get("empty") or OnEmpty.SKIP),
            duties=bool(values.get("duties")),
        )
        seen, day = (str(values.get(name) or "") for name in ("seen", "day"))
        last = None if values.get("first") else calendar_day(seen) if seen else recent(library, viewer)
        return Supposed(wants, last, calendar_day(day) if day else viewer.now.date())
    except ValueError as error:
        raise web.HTTPBadRequest(text=f"That cannot be asked for: {error}.") from error


def address(order: Supposed, path: str) -> URL:
    """Return the address that shows `order`."""
    wants = order.wants
    fields = [
        *(("topics", topic) for topic in wants.topics),
        *(("kinds", kind.value) for kind in wants.kinds),
        ("empty", wants.on_empty.value),
        ("seen", order.seen.isoformat()) if order.seen else ("first", _YES),
        ("day", order.day.isoformat()),
        *([("duties", _YES)] if wants.duties else []),
    ]
    return URL(path).with_query(fields)
