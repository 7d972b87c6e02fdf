"""Slack under the contract suite: the adapter over the unpatched SDK, against the loopback Slack, by Socket Mode."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import SecretStr

from bot.commands.router import Commands
from bot.contract import Limits, Target
from bot.platforms.slack.adapter import SlackPlatform
from bot.platforms.slack.limits import SLACK
from bot.platforms.slack.manifest import SCOPES
from bot.settings import SlackSettings
from tests.platforms.contract import Seen
from tests.wire.slack.records import Answer, Message
from tests.wire.slack.server import SlackServer

CARRIES = True


class SlackChannel:
    """A channel of the loopback workspace, and the direct messages of one of its members."""

    owner = "U1"

    def __init__(self, slack: SlackServer) -> None:
        self._slack = slack
        self.target = Target("slack", slack.workspace.team_id, slack.add_channel("C7", "digest").id)

    async def editions(self) -> tuple[Seen, ...]:
        return tuple(
            Seen((each.visible(),), False, tuple(button.label for button in each.buttons()), each)
            for each in self._slack.messages
            if each.channel == self.target.channel and each.ephemeral_to is None
        )

    async def told(self) -> tuple[str, ...]:
        return tuple(each.visible() for each in self._slack.messages if each.channel == f"D{self.owner}")

    def lose_answer(self) -> None:
        self._slack.fail("chat.postMessage", reset=True)

    def bar(self) -> None:
        self._slack.workspace.channels[self.target.channel].is_archived = True


class SlackHarness:
    """A member of the loopback workspace."""

    limits: Limits = SLACK
    can_share = True

    def __init__(self, platform: SlackPlatform, slack: SlackServer) -> None:
        self.platform = platform
        self.channel = SlackChannel(slack)
        self._slack = slack

    async def ask(self, words: str) -> Seen:
        return await self._seen(await self._slack.command("/brief", words))

    async def press(self, seen: Seen, label: str) -> Seen:
        handle = seen.handle
        assert isinstance(handle, Answer | Message)
        full = next(button for button in seen.buttons if button.startswith(label))
        return await self._seen(await self._slack.press(handle, label=full))

    async def complete(self, partial: str) -> tuple[str, ...]:
        if self._slack.home() is None:
            await self._slack.open_home()
        home = self._slack.home()
        assert home is not None
        menus = [
            each["action_id"]
            for block in home.blocks
            for each in (*block.get("elements", ()), block.get("accessory") or {})
            if each.get("type") == "external_select"
        ]
        offered = await self._slack.suggest(menus[0], partial)
        return tuple(option["text"]["text"] for option in offered)

    def pinged(self) -> list[str]:
        return [str(ping) for ping in self._slack.pings]

    def refused(self) -> list[str]:
        return [f"{via}: {refusal}" for via, refusal in self._slack.refusals]

    async def echo(self) -> int:
        posted = await self._slack.mention(f"<@{self._slack.workspace.bot_user}> blinken")
        own = posted.messages[-1]
        event = {"type": "message", "channel_type": "im", "channel": "D1", "text": own.text, "ts": own.ts}
        before = len(self._slack.messages)
        await self._slack.event(
            {**event, "user": self._slack.workspace.bot_user, "bot_id": self._slack.workspace.bot_id}, settle=0.2
        )
        return len(self._slack.messages) - before

    async def _seen(self, answer: Answer) -> Seen:
        await _quiet(answer)
        return Seen(
            texts=tuple(message.visible() for message in answer.messages),
            private=all(message.ephemeral_to is not None for message in answer.messages),
            buttons=tuple(button.label for button in answer.buttons()),
            handle=answer,
        )


async def _quiet(answer: Answer, pause: float = 0.15) -> None:
    """Wait until no further message follows: a long answer comes in several."""
    count = -1
    while count != len(answer.messages):
        count = len(answer.messages)
        await asyncio.sleep(pause if count > 1 or not answer.ack_payload else 0)


@asynccontextmanager
async def harness(commands: Commands) -> AsyncIterator[SlackHarness]:
    """Yield a member of a workspace in which the adapter runs."""
    async with SlackServer() as slack:
        slack.scopes = frozenset(SCOPES)
        settings = SlackSettings(
            bot_token=SecretStr(slack.bot_token), app_token=SecretStr(slack.app_token), base_url=slack.base_url
        )
        platform = SlackPlatform(settings, commands)
        running = asyncio.create_task(platform.run())
        await slack.socket_connected(timeout=5)
        try:
            yield SlackHarness(platform, slack)
        finally:
            await platform.close()
            await asyncio.wait_for(running, 5)
