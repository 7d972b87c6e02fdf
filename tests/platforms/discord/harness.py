"""Discord under the contract suite: the adapter over the unpatched discord.py, against the loopback Discord."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import SecretStr

from bot.commands.router import Commands
from bot.contract import Limits, Target
from bot.platforms.discord.adapter import DiscordPlatform
from bot.platforms.discord.limits import DISCORD
from bot.settings import DiscordSettings
from tests.platforms.contract import Seen
from tests.wire.discord.places import GUILD, VIEW
from tests.wire.discord.records import Answer, Message
from tests.wire.discord.server import DiscordServer

CARRIES = True
_DIGEST, _OWNER = 2007, 1002


class DiscordChannel:
    """A channel of the loopback server, and the direct messages of one of its members."""

    owner = str(_OWNER)

    def __init__(self, discord: DiscordServer) -> None:
        self._discord = discord
        self.target = Target("discord", str(GUILD), str(discord.add_channel(_DIGEST, "digest").id))

    async def editions(self) -> tuple[Seen, ...]:
        return tuple(
            Seen((each.text(),), False, tuple(button.label for button in each.buttons()), each)
            for each in self._discord.messages
            if each.channel_id == _DIGEST and not each.ephemeral
        )

    async def told(self) -> tuple[str, ...]:
        direct = self._discord.world.direct(_OWNER).id
        return tuple(each.text() for each in self._discord.messages if each.channel_id == direct)

    def lose_answer(self) -> None:
        self._discord.fail("POST", "/channels/*/messages", drop=True)

    def bar(self) -> None:
        self._discord.world.channels[_DIGEST].denied = VIEW


class DiscordHarness:
    """A member of the loopback server."""

    limits: Limits = DISCORD
    can_share = True

    def __init__(self, platform: DiscordPlatform, discord: DiscordServer) -> None:
        self.platform = platform
        self.channel = DiscordChannel(discord)
        self._discord = discord

    async def ask(self, words: str) -> Seen:
        return await self._seen(await self._discord.command("brief", {"query": words}))

    async def press(self, seen: Seen, label: str) -> Seen:
        handle = seen.handle
        assert isinstance(handle, Answer | Message)
        full = next(button for button in seen.buttons if button.startswith(label))
        messages = [handle] if isinstance(handle, Message) else handle.messages
        holder = next(each for each in messages if full in [button.label for button in each.buttons()])
        return await self._seen(await self._discord.press(holder, label=full))

    async def complete(self, partial: str) -> tuple[str, ...]:
        return tuple(each.name for each in await self._discord.autocomplete("brief", "query", partial))

    def pinged(self) -> list[str]:
        return [str(ping) for ping in self._discord.pings]

    def refused(self) -> list[str]:
        return [f"{call}: {refusal}" for call, refusal in self._discord.refusals]

    async def echo(self) -> int:
        return 0  # with the guilds intent alone, Discord sends no messages to read: neither ours nor others'

    async def _seen(self, answer: Answer) -> Seen:
        await _quiet(answer)
        return Seen(
            texts=tuple(message.text() for message in answer.messages),
            private=all(message.ephemeral for message in answer.messages),
            buttons=tuple(button.label for message in answer.messages for button in message.buttons() if button.label),
            handle=answer,
        )


async def _quiet(answer: Answer, pause: float = 0.1) -> None:
    """Wait until no further message follows: a long answer comes in several."""
    count = -1
    while count != len(answer.messages):
        count = len(answer.messages)
        await asyncio.sleep(pause)


@asynccontextmanager
async def harness(commands: Commands) -> AsyncIterator[DiscordHarness]:
    """Yield a member of a server in which the adapter runs."""
    async with DiscordServer() as discord:
        settings = DiscordSettings(token=SecretStr(discord.token), api_base=discord.api_base)
        platform = DiscordPlatform(settings, commands)
        running = asyncio.create_task(platform.run())
        await discord.ready(timeout=5)
        async with asyncio.timeout(5):
            while not platform.connected or not discord.commands:
                await asyncio.sleep(0.01)
        yield DiscordHarness(platform, discord)
        await platform.close()
        await asyncio.wait_for(running, 5)
