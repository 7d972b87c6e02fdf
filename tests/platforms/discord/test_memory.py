"""What a client keeps of the answers it gave: nothing that grows."""

import asyncio
import gc
import weakref
from typing import Any

from bot.platforms.discord import answer
from bot.platforms.discord.render import messages
from bot.reply import Reply
from tests.platforms.discord.rig import connected
from tests.platforms.discord.script import SHORT, Script, page
from tests.wire.discord import DiscordServer


async def test_views_are_gone_after_their_answers_and_nothing_waits_for_them(
    server: DiscordServer, monkeypatch: Any
) -> None:
    views: list[weakref.ref[Any]] = []

    def noted(reply: Reply, style: Any) -> Any:
        drawn = messages(reply, style)
        views.extend(weakref.ref(message.view) for message in drawn)
        return drawn

    monkeypatch.setattr(answer, "messages", noted)
    replies = {f"bb1|browse|people|{number}": page(number) for number in range(2, 20)}
    async with connected(server, Script({"list": page(1), **replies})) as platform:
        first = await server.command("brief", {"query": "list"})
        tasks = len(asyncio.all_tasks())
        for _ in range(5):
            await server.press(first.messages[0], label="Next")
        await server.press((await server.command("brief", {"query": "blinken"})).messages[0], label="Sources")
        await asyncio.sleep(0.05)
        assert len(asyncio.all_tasks()) <= tasks
        client = platform._client
        assert client is not None
        assert list(client.persistent_views) == []
        assert not client._connection._view_store._views
        gc.collect()
        # The two that are left are the drawings of the two commands' replies.
        assert len(views) == 8
        left = [view for each in views if (view := each()) is not None]
        assert [view.timeout for view in left] == [None, None]


async def test_a_reply_that_is_given_again_is_drawn_once(server: DiscordServer, monkeypatch: Any) -> None:
    drawn: list[Reply] = []

    def noted(reply: Reply, style: Any) -> Any:
        drawn.append(reply)
        return messages(reply, style)

    monkeypatch.setattr(answer, "messages", noted)
    async with connected(server, Script()):
        for _ in range(3):
            answered = await server.command("brief", {"query": "blinken"})
            assert "Qin Gang" in answered.text()
        for _ in range(2):
            await server.press(answered.messages[0], label="Sources")
    assert drawn.count(SHORT) == 1
    assert len(drawn) == 3
