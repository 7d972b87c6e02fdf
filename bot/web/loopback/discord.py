"""Discord, played for the page: the bot's own client of discord.py, and what a reader does in a channel.

The client is built as for the real Discord, logs in at `discord_api`, and is handed interactions where the gateway
would deliver them; it answers by REST, as it always does.
"""

import asyncio
import contextvars
from collections.abc import Sequence
from typing import TYPE_CHECKING

from aiohttp import web
from htpy import Element

from bot.commands import spec
from bot.commands.parse import clean, parse
from bot.commands.router import Commands
from bot.contract import Carrier
from bot.library.vocabulary import Audience
from bot.platforms.discord.client import BriefClient, build_client, use_api
from bot.platforms.discord.render import messages
from bot.reply import Reply
from bot.web.draw_discord import message as draw_message
from bot.web.drawing import Controls, Json, Option, components
from bot.web.loopback import discord_payloads as payloads
from bot.web.loopback.discord_api import DiscordApi
from bot.web.loopback.venue import Post, Transcript

if TYPE_CHECKING:
    from bot.platforms.discord.carrier import DiscordCarrier

PATIENCE = 3.0
"""Seconds after which Discord gives an interaction up
(https://docs.discord.com/developers/interactions/receiving-and-responding)."""
_TOKEN = "page-token"  # noqa: S105 - nobody asks for it


class DiscordVenue:
    """A Discord channel for each reader, in front of the real client."""

    name = "discord"
    title = "Discord"
    has_home = False

    def __init__(self, commands: Commands, *, audience: Audience = Audience.PUBLIC) -> None:
        """Take the commands; nothing is built until `start`."""
        self._commands = commands
        self._audience = audience
        self._api = DiscordApi()
        self._url = ""
        self._client: BriefClient | None = None
        self._carrier: DiscordCarrier | None = None
        # discord.py has one API address in a process; in a context of our own it is this web server's.
        self._context = contextvars.copy_context()

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses that the client calls."""
        return self._api.routes()

    async def start(self, url: str) -> None:
        """Build the client and log it in; `url` is this web server's own address."""
        self._url = url + self._api.base
        self._context.run(use_api, self._url)
        self._client = build_client(self._commands, audience=self._audience)
        await asyncio.create_task(self._client.login(_TOKEN), context=self._context)

    async def close(self) -> None:
        """Let the client go, and the carrier."""
        if self._carrier is not None:
            await self._carrier.close()
            self._carrier = None
        if self._client is not None:
            await asyncio.create_task(self._client.close(), context=self._context)
            self._client = None

    async def command(self, where: Transcript, command: str, words: str) -> None:
        """Send a command; what Discord's own client would not send is told by a note."""
        known = spec.command(command)
        if known is None:
            where.note(f"Discord offers no command called /{command}.")
            return
        if known.subcommands:
            await self._subcommand(where, known, clean(words))
            return
        options = parse(known, clean(words))
        missing = [option.name for option in known.options if option.required and option.name not in options]
        if missing:
            where.note(f"Discord asks for “{missing[0]}” before it sends /{command}.")
            return
        token = self._api.open(where, used=f"/{command}")
        self._deliver(where, token, payloads.command(command, options, where.number, token))

    async def _subcommand(self, where: Transcript, known: spec.Command, words: str) -> None:
        """Send a subcommand, whose options are in the words behind its name, as whoever fills in one field does."""
        last, _, rest = words.partition(" ")
        below = spec.command(f"{known.name} {last.lower()}")
        if below is None:
            offered = ", ".join(each.last for each in known.subcommands)
            where.note(f"Discord asks which /{known.name} it is to be: {offered}.")
            return
        options = {below.options[0].name: rest} if rest else {}
        token = self._api.open(where, used=f"/{below.name}")
        self._deliver(where, token, payloads.command(below.name, options, where.number, token))

    async def talk(self, where: Transcript, words: str) -> None:
        """Say that the bot does not read what is no command: it does not ask Discord for messages."""
        del words
        where.note("On Discord the bot sees commands and buttons only. Begin with a slash, for example /brief blinken.")

    async def press(self, where: Transcript, post: Post, key: str, value: str) -> None:
        """Press a button, or choose `value` in a menu."""
        payload = post.payload or {}
        component = next((each for each in components(payload) if each.get("custom_id") == key), None)
        if component is None:
            where.note("That button is no longer there.")
            return
        token = self._api.open(where, pressed=post.id)
        on = payloads.message(post.id, payload, where.number)
        self._deliver(where, token, payloads.press(on, component, value, where.number, token))

    async def search(self, where: Transcript, post: Post, key: str, partial: str) -> Sequence[Option]:
        """Return nothing: on Discord the bot fills no menus while the reader types."""
        del where, post, key, partial
        return ()

    async def visit_home(self, where: Transcript) -> None:
        """Say that there is no such page."""
        where.note("On Discord a bot has no page of its own.")

    async def broadcast(self, where: Transcript, reply: Reply) -> None:
        """Post `reply` into the channel by the REST API."""
        if self._client is None:
            where.note("Discord is not ready yet. Try again in a moment.")
            return
        self._api.channels.know(where)
        await asyncio.create_task(self._post(self._client, where, reply), context=self._context)

    async def _post(self, client: BriefClient, where: Transcript, reply: Reply) -> None:
        channel = client.get_partial_messageable(int(payloads.channel(where.number)))
        for message in messages(reply):
            await channel.send(**message.arguments())

    def carrier(self) -> Carrier:
        """Return what carries editions: the one of the platform, by way of the REST API that is played here."""
        from bot.platforms.discord.carrier import DiscordCarrier  # here, since the page is shown without it
        from bot.platforms.discord.rest import RestClient

        if self._client is None:
            raise RuntimeError("the venue has not been started")
        if self._carrier is None:
            self._carrier = DiscordCarrier(RestClient(self._url, _TOKEN), lambda: self._client)
        return self._carrier

    def draw(self, post: Post, controls: Controls) -> Element:
        """Return the bot's message as Discord shows it."""
        return draw_message(
            post.payload or {}, controls, time=f"{post.at:%H:%M} UTC", private=post.private, used=post.used
        )

    def _deliver(self, where: Transcript, token: str, interaction: Json) -> None:
        if self._client is None:
            where.note("Discord is not ready yet. Try again in a moment.")
            return
        self._context.run(self._client.receive, dict(interaction))
        asyncio.get_running_loop().call_later(PATIENCE, self._api.give_up, token)
