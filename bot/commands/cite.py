"""Numbered sources: the same number for a source wherever an entry is shown, on every page and behind every button."""

from collections.abc import Iterable

from bot.library.entry import Entry, Source
from bot.reply import RichText, Span, text


def numbers(entry: Entry) -> dict[str, tuple[int, Source]]:
    """Return each source of `entry` by id, with its number: its place in the file, from 1."""
    return {source.id: (number, source) for number, source in enumerate(entry.sources, 1)}


def marks(entry: Entry, ids: Iterable[str]) -> RichText:
    """Return `` [1] [3]`` for source ids, linked where the source has an address; unknown ids are left to the check."""
    known = numbers(entry)
    spans: list[Span] = []
    for number, source in sorted((known[each] for each in set(ids) if each in known), key=lambda pair: pair[0]):
        spans += (Span(" "), Span(f"[{number}]", url=source.url or source.archived))
    return tuple(spans)


def footnotes(entry: Entry, ids: Iterable[str]) -> RichText:
    """Return ``Sources: [1] Publisher · [3] Publisher`` for the sources used on one screen; nothing for none."""
    known = numbers(entry)
    used = sorted({known[each][0]: known[each][1] for each in ids if each in known}.items())
    if not used:
        return ()
    spans = [Span("Sources: ")]
    for place, (number, source) in enumerate(used):
        spans += (Span(" · " if place else ""), Span(f"[{number}]", url=source.url or source.archived))
        spans.append(Span(f" {source.publisher}"))
    return text(*spans)


def reference(source: Source) -> RichText:
    """Return a source in full: publisher, title, date, kind, language, when it was read, and its archived copy."""
    date = f", {source.date}" if source.date else ""
    sort = f"{source.kind}; {source.lang}" if source.lang != "en" else str(source.kind)
    spans: list[str | Span] = [f"{source.publisher}: ", Span(source.title, url=source.url), f"{date} ({sort})"]
    if source.accessed:
        spans.append(f", read {source.accessed.day} {source.accessed:%B %Y}")
    if source.archived:
        spans += [" · ", Span("archived copy", url=source.archived)]
    if not source.url and not source.archived:
        spans.append(" · no address")
    return text(*spans)
