"""The Home tab: search, browse, and what a press there shows."""

import asyncio

import structlog

from bot.commands.request import Choice
from bot.platforms.slack.home import SEARCH
from bot.reply import Action, Divider, Heading, Note, Outcome, Paragraph, Reply, text
from tests.platforms.slack.rig import connected
from tests.platforms.slack.script import SHORT, Script, page, words_of
from tests.wire.slack import Answer, SlackServer, View

SHELVES = Reply(
    (Heading("Briefings"), Paragraph(text("People, events."))),
    "Briefings",
    Outcome.LIST,
    actions=(Action("browse", "People", ("people", "1")), Action("open", "Antony Blinken", ("antony-blinken", ""))),
)


def home(slack: SlackServer) -> View:
    found = slack.home()
    assert found is not None
    return found


async def test_it_opens_with_the_shelves_and_a_search_and_is_fresh_at_each_visit(slack: SlackServer) -> None:
    script = Script({"shelves": SHELVES})
    async with connected(slack, script):
        await slack.open_home()
        assert "People, events." in home(slack).text()
        assert [button.label for button in home(slack).buttons()] == ["People", "Antony Blinken"]
        script.replies["shelves"] = page(7)
        await slack.open_home()
        assert "Text of page 7." in home(slack).text()
    assert script.asked[0][2].user == "U1"


async def test_it_is_there_again_where_the_reader_left_it(slack: SlackServer) -> None:
    opened = "bb1|open|antony-blinken|"
    script = Script({"shelves": SHELVES, opened: SHORT})
    async with connected(slack, script):
        await slack.open_home()
        await slack.press(home(slack), label="Antony Blinken")
        await slack.open_home()
        assert "Qin Gang" in home(slack).text()
        script.replies[opened] = page(8)  # what is shown again is what is known now
        await slack.open_home()
        assert "Text of page 8." in home(slack).text()
        script.replies[opened] = Reply((Paragraph(text("Gone.")),), "Gone.", Outcome.INVALID)
        await slack.open_home()
        assert "People, events." in home(slack).text()


async def test_a_press_there_needs_no_container(slack: SlackServer) -> None:
    press = {
        "type": "block_actions",
        "user": {"id": "U1"},
        "view": {"type": "home", "private_metadata": ""},
        "actions": [{"type": "button", "action_id": "bb:0:open", "value": "bb1|open|antony-blinken|"}],
    }
    async with connected(slack, Script({"bb1|open|antony-blinken|": SHORT})):
        await slack.deliver(Answer("U1"), "interactive", press)
        async with asyncio.timeout(2):
            while slack.home() is None:
                await asyncio.sleep(0.01)
    assert "Qin Gang" in home(slack).text()
    assert slack.messages == []


async def test_the_messages_tab_is_not_the_home_tab(slack: SlackServer) -> None:
    async with connected(slack, Script()):
        await slack.event({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages"}, settle=0.1)
    assert slack.home() is None


async def test_search_completes_within_slacks_limits_and_what_is_chosen_opens(slack: SlackServer) -> None:
    choices = (
        Choice("Antony Blinken", "antony-blinken"),
        Choice("x" * 200, "long-label"),
        Choice("Long value", "v" * 151),
        Choice(" ", "no-label"),
        *(Choice(f"Entry {number}", f"entry-{number}") for number in range(150)),
    )
    script = Script({"bb1|open|antony-blinken|": SHORT}, choices)
    async with connected(slack, script):
        await slack.open_home()
        options = await slack.suggest(SEARCH, "b")
        assert len(options) == 100
        assert options[0] == {
            "text": {"type": "plain_text", "text": "Antony Blinken", "emoji": False},
            "value": "antony-blinken",
        }
        assert len(options[1]["text"]["text"]) == 75
        assert options[2]["text"]["text"] == "no-label"
        await slack.select(home(slack), options[0])
        assert "Qin Gang" in home(slack).text()
    assert script.completed[0][:3] == ("brief", "query", "b")


async def test_a_search_that_raises_offers_nothing_and_is_logged(slack: SlackServer) -> None:
    with structlog.testing.capture_logs() as log:
        async with connected(slack, Script()):
            await slack.open_home()
            assert await slack.suggest(SEARCH, "raise") == []
    assert [str(line["exc_info"]) for line in log if line["action"] == "slack.suggest"] == ["kaboom: the index is gone"]


async def test_presses_are_shown_in_place_with_a_way_back_and_nothing_goes_into_a_channel(slack: SlackServer) -> None:
    script = Script({"shelves": SHELVES, "bb1|browse||0": SHELVES, "bb1|open|antony-blinken|": SHORT})
    async with connected(slack, script):
        await slack.open_home()
        await slack.press(home(slack), label="Antony Blinken")
        assert "Qin Gang" in home(slack).text()
        assert [button.label for button in home(slack).buttons()] == ["← All briefings", "Sources"]
        await slack.press(home(slack), label="Sources")
        assert "One wire report." in home(slack).text()
        await slack.press(home(slack), label="← All briefings")
        assert [button.label for button in home(slack).buttons()] == ["People", "Antony Blinken"]
    assert slack.messages == []


async def test_a_very_long_page_is_shown_whole(slack: SlackServer) -> None:
    words = words_of(3_000)
    blocks = [
        block
        for at in range(0, len(words), 50)
        for block in (Heading(f"H{at}"), Paragraph(text(" ".join(words[at : at + 50]))), Note(text("note")), Divider())
    ]
    actions = tuple(Action("open", f"Entry {number}", (str(number),)) for number in range(30))
    script = Script({"shelves": Reply(tuple(blocks), "Long", Outcome.LIST, actions=actions)})
    async with connected(slack, script):
        await slack.open_home()
    assert [word for word in home(slack).text().split() if word.startswith("word")] == words
    assert len(home(slack).buttons()) == 30
    assert len(home(slack).blocks) <= 100


async def test_what_raises_is_told_with_a_reference(slack: SlackServer) -> None:
    async with connected(slack, Script({"shelves": RuntimeError("kaboom")})):
        await slack.open_home()
    assert "Reference: " in home(slack).text()
    assert "kaboom" not in home(slack).text()


async def test_a_home_tab_that_cannot_be_shown_is_answered_by_message(slack: SlackServer) -> None:
    async with connected(slack, Script({"shelves": SHELVES, "bb1|open|antony-blinken|": SHORT})):
        await slack.open_home()
        slack.fail("views.publish", error="view_too_large")
        await slack.press(home(slack), label="Antony Blinken", settle=0)
        async with asyncio.timeout(3):
            while not slack.messages:
                await asyncio.sleep(0.01)
    assert slack.messages[0].channel == "DU1"
    assert "Qin Gang" in slack.messages[0].visible()
