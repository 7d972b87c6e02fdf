"""A button becomes its reply: the action and its arguments come back from the platform, and nothing else is trusted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.commands import brief, fold, spec, timeline
from bot.commands.browse import browse
from bot.commands.find import asked_day
from bot.commands.parse import clean
from bot.commands.request import Caller
from bot.commands.screen import Subject
from bot.errors import BadRequestError
from bot.library.entry import Entry
from bot.library.library import Library
from bot.library.visibility import Viewer
from bot.reply import Action, Reply

_STALE = "That button belongs to an answer that is no longer there."
_ASK_AGAIN = "Ask again with /brief."


def press(library: Library, encoded: str, caller: Caller, now: datetime) -> Reply:
    """Return the reply to a button.

    Raises BadRequestError when it is not one of ours, or when its entry is gone or not for this place.
    """
    action, viewer = Action.decode(encoded), Viewer(caller.audience, now)
    known = spec.action(action.name) if action else None
    if action is None or known is None or len(action.args) > len(known.args):
        raise BadRequestError(_STALE, _ASK_AGAIN)
    args = dict(zip(known.args, (*action.args, *([""] * len(known.args))), strict=False))
    if action.name == "browse":
        return browse(library, viewer, args["shelf"], args["page"])
    if action.name == "dates":
        entry = _entry(library, viewer, args["entry"]) if args["entry"] else None
        day = asked_day(args["as-of"], now.date())
        return replace(timeline.dates(library, viewer, entry, args["dates"], page=args["page"], day=day), replaces=True)
    subject = Subject(library, _entry(library, viewer, args["entry"]), viewer, asked_day(args["as-of"], now.date()))
    return _about(subject, action.name, args.get("page", ""), caller)


def _entry(library: Library, viewer: Viewer, entry_id: str) -> Entry:
    entry = library.get(entry_id, viewer)
    if entry is None:
        raise BadRequestError(_STALE, _ASK_AGAIN)
    return entry


def _about(subject: Subject, name: str, page: str, caller: Caller) -> Reply:
    answers: dict[str, Callable[[], Reply]] = {
        "open": lambda: brief.answer(subject),
        "timeline": lambda: _timeline(subject),
        "sources": lambda: fold.sources(subject, page),
        "related": lambda: fold.related(subject),
        "background": lambda: fold.background(subject, page),
        "more": lambda: brief.more(subject, page),
        "share": lambda: _share(subject, page, caller),
    }
    return answers[name]()


def _share(subject: Subject, answering: str, caller: Caller) -> Reply:
    lead = brief.places(answering.split("."))
    return brief.answer(subject, shared_by=clean(caller.name) or "a member", lead=lead)


def _timeline(subject: Subject) -> Reply:
    span = f"..{subject.day.isoformat()}" if subject.day else ""
    return timeline.dates(subject.library, subject.viewer, subject.entry, span, day=subject.day)
