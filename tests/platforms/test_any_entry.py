"""Any valid entry, drawn for every platform: Slack and Discord take all of it, and no word of it is lost.

Split or folded, never cut: what does not stand in the first answer stands behind a button, and every button is pressed.
"""

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.commands.press import press
from bot.commands.router import Router
from bot.library.body import parse_section
from bot.library.entry import Entry
from bot.library.library import Library
from bot.library.load import load
from bot.platforms.discord.render import messages as discord_messages
from bot.platforms.slack.render import messages as slack_messages
from bot.platforms.terminal.render import plain_text
from bot.reply import Reply
from tests.library.samples import write
from tests.library.strategies import entry_files
from tests.samples import CALLER, NOW
from tests.wire.discord.payloads import check_message as discord_refuses
from tests.wire.discord.records import Message
from tests.wire.slack.checks import check_message as slack_refuses
from tests.wire.slack.pings import pings_of
from tests.wire.slack.reading import shown

BRIEFINGS = Path(__file__).parent.parent.parent / "briefings"
FOLDED = frozenset({"more", "sources", "background"})


def loaded(path: str, text: str) -> Library:
    """Return the library of one file."""
    with tempfile.TemporaryDirectory() as folder:
        return load(write(Path(folder), {path: text}))


async def replies(library: Library, entry_id: str) -> list[Reply]:
    """Return the answer on an entry and everything behind its buttons."""
    router = Router(lambda: library, lambda: NOW)
    first = await router.run("brief", {"query": entry_id}, CALLER)
    found, waiting = [first], list(first.actions)
    while waiting:
        action = waiting.pop()
        if action.name in FOLDED:
            found.append(press(library, action.encode(), CALLER, NOW))
            waiting += found[-1].actions
        elif action.name in {"timeline", "share", "related"}:
            found.append(press(library, action.encode(), CALLER, NOW))
    return found


def tokens(text: str) -> set[str]:
    """Return the letters and digits of `text` in runs: what escaping, cutting lines and styles leave as it is."""
    return set(re.findall(r"[^\W_]+", text))


def told(entry: Entry) -> str:
    """Return every text of the entry that a reader is to see."""
    head = entry.model_dump(mode="json", exclude={"sections", "path", "id", "content_hash", "related", "kind"})
    texts = [text for name, text in _strings(head) if name in _TOLD]
    body = [
        "".join(inline.text for inline in line.inlines) for section in entry.sections for line in parse_section(section)
    ]
    return "\n".join((*texts, *body, *(section.heading for section in entry.sections)))


_TOLD = frozenset(
    {
        *(
            "title",
            "description",
            "bottom_line",
            "why_it_matters",
            "name",
            "text",
            "said_by",
            "party",
            "holds",
            "voice",
        ),
        *("by", "speaker", "original", "office", "person", "publisher", "was", "now", "general_knowledge"),
    }
)


def _strings(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _strings(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each, name)


def slack_words(reply: Reply) -> str:
    """Draw for Slack, hold every message against the loopback Slack's rules, and return what is shown."""
    drawn = slack_messages(reply)
    for message in drawn:
        assert slack_refuses(message) == []
        assert pings_of(message) == []
    return "\n".join(shown(message["blocks"]) for message in drawn)


def discord_words(reply: Reply) -> str:
    """Draw for Discord, hold every message against the loopback Discord's rules, and return what is shown."""
    texts = []
    for message in discord_messages(reply):
        body = json.loads(json.dumps(message.payload()))
        assert discord_refuses(body, interaction=True) == []
        seen = Message(1, 1, None)
        seen.change(body, edit=False)
        assert seen.pings() == []
        texts.append(re.sub(r"\\(.)", r"\1", seen.text()))
    return "\n".join(texts)


async def hold(library: Library, entry: Entry) -> None:
    found = await replies(library, entry.id)
    expected = tokens(told(entry))
    for words in (plain_text, slack_words, discord_words):
        seen = tokens("\n".join(words(reply) for reply in found))
        assert expected <= seen, (words.__name__, sorted(expected - seen)[:10])


@given(entry_files())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
async def test_any_valid_entry_is_taken_whole_by_every_platform(written: tuple[str, str]) -> None:
    library = loaded(*written)
    (entry,) = library.entries_by_id.values()
    await hold(library, entry)


@pytest.mark.parametrize("entry_id", sorted(path.stem for path in BRIEFINGS.rglob("*.md")))
async def test_every_briefing_of_ours_is_taken_whole_by_every_platform(entry_id: str) -> None:
    library = load(BRIEFINGS)
    await hold(library, library.entries_by_id[entry_id])
