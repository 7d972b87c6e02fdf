"""Commands for the tests of the adapter: each query has its reply, and every call is remembered."""

import asyncio
from collections.abc import Mapping

from bot.commands.request import Caller, Choice
from bot.reply import (
    Action,
    Bullets,
    Callout,
    Divider,
    Heading,
    Note,
    Outcome,
    Paragraph,
    Quote,
    Reply,
    Span,
    Tone,
    Visibility,
    text,
)

SHORT = Reply(
    blocks=(
        Heading("Antony Blinken"),
        Paragraph(text("He met ", Span("Qin Gang", bold=True), " in Beijing.")),
        Bullets((text("He took office in 2021. ", Span("[1]", url="https://example.org/1")), text("He left in 2025."))),
        Divider(),
        Quote(text("Competition should not veer into conflict.")),
        Callout(Tone.WARNING, text("Review overdue.")),
        Note(text("As of 31 May 2026.")),
    ),
    summary="Antony Blinken met Qin Gang in Beijing.",
    outcome=Outcome.MATCH,
    actions=(
        Action("sources", "Sources", ("antony-blinken",)),
        Action("share", "Share to channel", ("antony-blinken",), primary=True),
    ),
    entry_id="antony-blinken",
)
SOURCES = Reply((Heading("Sources"), Paragraph(text("One wire report."))), "Sources: one.", Outcome.MATCH)
SHARED = Reply(
    (Heading("Antony Blinken"), Note(text("Shared by Ada."))),
    "Antony Blinken, shared by Ada.",
    Outcome.MATCH,
    visibility=Visibility.PUBLIC,
)
CHOICE = Reply(
    (Paragraph(text("Which one?")),),
    "Nicholas Burns or William Burns?",
    Outcome.AMBIGUOUS,
    actions=(
        Action("open", "Nicholas Burns", ("nicholas-burns",)),
        Action("open", "William Burns", ("william-burns",)),
    ),
)


def page(number: int, words: str = "") -> Reply:
    """Return a page that takes the place of the one before it."""
    return Reply(
        (Heading(f"Page {number}"), Paragraph(text(words or f"Text of page {number}."))),
        f"Page {number}",
        Outcome.LIST,
        actions=(Action("browse", "Next", ("people", str(number + 1))),),
        replaces=number > 1,
    )


def long_reply(characters: int, block: int = 500) -> Reply:
    """Return a reply of about `characters`, every word of it different, with buttons."""
    words = (f"word{number}" for number in range(characters))
    paragraphs: list[str] = [""]
    for word in words:
        if sum(map(len, paragraphs)) >= characters:
            break
        if len(paragraphs[-1]) + len(word) > block:
            paragraphs.append("")
        paragraphs[-1] = f"{paragraphs[-1]} {word}".strip()
    blocks = tuple(Paragraph(text(paragraph)) for paragraph in paragraphs)
    return Reply((Heading("Long"), *blocks), "A long reply.", Outcome.MATCH, actions=SHORT.actions)


class Script:
    """Replies by query or encoded action; what raises is raised, what is slow is slow."""

    def __init__(
        self, replies: Mapping[str, Reply | Exception] | None = None, choices: tuple[Choice, ...] = ()
    ) -> None:
        self.replies: dict[str, Reply | Exception] = {
            "blinken": SHORT,
            "burns": CHOICE,
            "bb1|sources|antony-blinken": SOURCES,
            "bb1|share|antony-blinken": SHARED,
            "bb1|open|william-burns": SOURCES,
            **(replies or {}),
        }
        self.choices = choices
        self.asked: list[tuple[str, str | Mapping[str, str], Caller]] = []
        self.pressed: list[tuple[str, Caller]] = []
        self.completed: list[tuple[str, str, str, Caller]] = []
        self.hold: asyncio.Event | None = None

    async def run(self, command: str, options: str | Mapping[str, str], caller: Caller) -> Reply:
        self.asked.append((command, options, caller))
        query = options if isinstance(options, str) else options.get("query", "")
        return await self._reply(query)

    def kept(self, command: str, options: str | Mapping[str, str], caller: Caller) -> Reply | None:
        """Keep nothing: each answer has to be asked for."""

    async def press(self, action: str, caller: Caller) -> Reply:
        self.pressed.append((action, caller))
        return await self._reply(action)

    def complete(self, command: str, option: str, partial: str, caller: Caller) -> tuple[Choice, ...]:
        self.completed.append((command, option, partial, caller))
        if partial == "raise":
            raise RuntimeError("kaboom: the index is gone")
        return self.choices

    async def _reply(self, key: str) -> Reply:
        if self.hold is not None:
            await self.hold.wait()
        found = self.replies.get(key, SHORT)
        if isinstance(found, Exception):
            raise found
        return found
