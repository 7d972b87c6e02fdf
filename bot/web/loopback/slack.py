"""Slack, played for the page: the bot's own Bolt app, and what a reader does in a channel and in the App Home.

The app is built as for the real Slack, with this web server as its Web API, and is handed what Socket Mode would
deliver. An answer may come in the acknowledgement, by the response_url, or by the Web API.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import aiohttp
from aiohttp import web
from htpy import Element

from bot.commands import spec
from bot.commands.router import Commands
from bot.contract import Carrier
from bot.library.vocabulary import Audience
from bot.platforms.slack.deliver import Outbox
from bot.platforms.slack.exchange import new_session, web_client
from bot.platforms.slack.handlers import Identity, SlackApp, build_app
from bot.platforms.slack.render import messages
from bot.reply import Reply
from bot.web import draw_slack
from bot.web.draw_slack.elements import element_key
from bot.web.draw_slack.texts import plain
from bot.web.drawing import Controls, Json, Option, items
from bot.web.loopback import slack_payloads as payloads
from bot.web.loopback.slack_api import SlackApi
from bot.web.loopback.venue import HOME_ID, Form, Post, Transcript

PATIENCE = 3.0
"""Seconds within which Slack wants an acknowledgement
(https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response)."""
_MENTION = "@briefbot"
_TOKEN = "page-token"  # noqa: S105 - nobody asks for it
_IDENTITY = Identity(payloads.TEAM, payloads.BOT_USER, payloads.BOT)


class SlackVenue:
    """A Slack channel for each reader, in front of the real app."""

    name = "slack"
    title = "Slack"
    has_home = True

    def __init__(self, commands: Commands, *, audience: Audience = Audience.PUBLIC) -> None:
        """Take the commands; nothing is built until `start`."""
        self._commands = commands
        self._audience = audience
        self._api = SlackApi()
        self._url = ""
        self._session: aiohttp.ClientSession | None = None
        self._outbox: Outbox | None = None
        self._app: SlackApp | None = None

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses that the app calls."""
        return self._api.routes()

    async def start(self, url: str) -> None:
        """Build the app; `url` is this web server's own address."""
        self._url = url
        self._session = new_session()
        self._outbox = Outbox(_TOKEN, self._api_url, self._session)
        self._app = build_app(self._commands, self._outbox, _IDENTITY, audience=self._audience)

    @property
    def _api_url(self) -> str:
        return f"{self._url}{self._api.base}/api/"

    async def close(self) -> None:
        """Let the app go, and what a carrier goes by."""
        self._app = self._outbox = None
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def command(self, where: Transcript, command: str, words: str) -> None:
        """Send a command; one that Slack does not know never leaves it."""
        if spec.command(command) is None:
            where.note(f"/{command} is not a valid command. In Slack, all messages that start with “/” are commands.")
            return
        url = self._url + self._api.response_path(where)
        ack = await self._deliver(where, payloads.command(command, words, where.number, url), f"/{command}")
        if ack:
            self._api.take(where, ack)

    async def talk(self, where: Transcript, words: str) -> None:
        """Send a mention; other words of a channel never reach the bot."""
        self._api.know(where)
        if words.lower().startswith(_MENTION):
            await self._deliver(where, payloads.mention(words[len(_MENTION) :].strip(), where.number), _MENTION)
        else:
            where.note(f"In a channel the bot sees commands and mentions only: /brief blinken, or {_MENTION} blinken.")

    async def press(self, where: Transcript, post: Post, key: str, value: str) -> None:
        """Press a button, or choose `value` in a menu."""
        payload = post.payload or {}
        element = _element(payload, key)
        if element is None:
            where.note("That button is no longer there.")
            return
        at_home = post.form is Form.HOME
        url = "" if at_home else self._url + self._api.response_path(where, post.id)
        source = (
            payloads.from_view(payload)
            if at_home
            else payloads.from_message(post.id, payload, where.number, private=post.private)
        )
        self._api.know(where)
        body = payloads.press(_acted(element, value), source, where.number, url)
        await self._deliver(where, body, "That button")

    async def search(self, where: Transcript, post: Post, key: str, partial: str) -> Sequence[Option]:
        """Return what the bot offers while the reader types into a menu of the App Home."""
        view = post.payload or {}
        element = _element(view, key)
        if element is None or self._app is None:
            return ()
        body = payloads.search(element["block_id"], element["action_id"], partial, view, where.number)
        ack = await self._deliver(where, body, "That menu") or {}
        return [Option(str(plain(each.get("text"))), str(each.get("value"))) for each in items(ack.get("options"))]

    async def visit_home(self, where: Transcript) -> None:
        """Open the bot's own page; it is drawn anew, below all else."""
        where.remove(HOME_ID)
        self._api.know(where)
        await self._deliver(where, payloads.home_opened(where.number), "The App Home")

    async def broadcast(self, where: Transcript, reply: Reply) -> None:
        """Post `reply` into the channel by the Web API."""
        self._api.know(where)
        if self._outbox is None or not await self._outbox.post(payloads.channel(where.number), messages(reply)):
            where.note("Slack did not take the message. Try again in a moment.")

    def carrier(self) -> Carrier:
        """Return what carries editions: the one of the platform, by way of the Web API that is played here."""
        from bot.platforms.slack.carrier import Connection, SlackCarrier  # here, since the page is shown without it

        if self._session is None or self._outbox is None or self._app is None:
            raise RuntimeError("the venue has not been started")
        api = web_client(_TOKEN, self._api_url, self._session)
        carrier = SlackCarrier()
        carrier.attach(Connection(api, self._outbox, _IDENTITY, self._app.work, refused=lambda: None))
        return carrier

    def draw(self, post: Post, controls: Controls) -> Element:
        """Return the bot's message, or its App Home, as Slack shows it."""
        payload = post.payload or {}
        if post.form is Form.HOME:
            return draw_slack.home(payload, controls)
        return draw_slack.message(payload, controls, time=f"{post.at:%H:%M} UTC", private=post.private)

    async def _deliver(self, where: Transcript, body: Json, what: str) -> Json | None:
        """Hand `body` to the app; return its acknowledgement, or None when there was none, which a note tells."""
        if self._app is None:
            where.note("Slack is not ready yet. Try again in a moment.")
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                ack = await self._app.deliver(body)
        except TimeoutError:
            ack = None
        if ack is None:
            where.note(f"{what} failed because the app did not respond.")
            return None
        return _parsed(ack)


def _parsed(ack: str) -> Json:
    """Return an acknowledgement: JSON, bare words, or nothing."""
    try:
        found = json.loads(ack or "{}")
    except ValueError:
        return {"text": ack}
    return found if isinstance(found, Mapping) else {}


def _elements(payload: Json) -> Iterator[dict[str, Any]]:
    """Yield the buttons and menus of a message or view, each with the id of its block."""
    for block in items(payload.get("blocks")):
        accessory = block.get("accessory")
        for each in [*items(block.get("elements")), *([accessory] if isinstance(accessory, Mapping) else [])]:
            if "action_id" in each:
                yield {**each, "block_id": str(block.get("block_id", ""))}


def _element(payload: Json, key: str) -> dict[str, Any] | None:
    """Return the element that is drawn under `key`."""
    found = (each for each in _elements(payload) if element_key(each["block_id"], each["action_id"]) == key)
    return next(found, None)


def _acted(element: Json, value: str) -> dict[str, Any]:
    """Return what Slack says was done to `element`: pressed, or the option `value` chosen."""
    action = {name: element[name] for name in ("type", "block_id", "action_id")}
    if element["type"] == "button":
        return action | {"text": element.get("text"), "value": element.get("value", "")}
    known = (each for each in items(element.get("options")) if each.get("value") == value)
    option = next(known, {"text": {"type": "plain_text", "text": value, "emoji": False}, "value": value})
    return action | {"selected_option": option}
