"""The readers' channels as Discord's REST API has them: what stands in one, and what the bot posts there by itself.

Source: https://docs.discord.com/developers/resources/message#create-message
"""

from collections import OrderedDict
from http import HTTPStatus

from aiohttp import web

from bot.web.drawing import Json
from bot.web.loopback import discord_payloads as payloads
from bot.web.loopback.discord_wire import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, RefusalError, answer, played
from bot.web.loopback.venue import Form, Post, Transcript

_KEPT = 256
"""Channels that can be posted to."""
_PAGE = 50
"""Messages that are read at once where nothing is said of it."""


class Channels:
    """The channels that the bot can reach by their ids."""

    def __init__(self, base: str) -> None:
        """Begin with none; `base` is the path that all addresses stand under."""
        self._base = base
        self._known: OrderedDict[str, Transcript] = OrderedDict()

    def know(self, where: Transcript) -> None:
        """Let the bot reach the channel `where`."""
        channel = payloads.channel(where.number)
        self._known[channel] = where
        self._known.move_to_end(channel)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses."""
        channel = self._base + "/channels/{channel}"
        return [
            web.get(channel, played(self._channel)),
            web.get(channel + "/messages", played(self._history)),
            web.post(channel + "/messages", played(self._post)),
            web.get(channel + "/messages/{message}", played(self._message)),
        ]

    async def _channel(self, request: web.Request) -> web.Response:
        return answer(payloads.text_channel(self._where(request).number))

    async def _post(self, request: web.Request) -> web.Response:
        """Post a message; one whose nonce a message of the channel has is that one, as `enforce_nonce` asks for."""
        where, data = self._where(request), await request.json()
        same = _posted(where, data["nonce"]) if data.get("nonce") and data.get("enforce_nonce") else None
        if same is not None:
            return answer(_message(same, where))
        post_id = payloads.snowflake()
        where.post(post_id, data, private=False)
        return answer(payloads.message(post_id, data, where.number))

    async def _history(self, request: web.Request) -> web.Response:
        """Return what everybody sees of the bot's, newest first, `limit` messages `before` an id."""
        where, asked = self._where(request), request.query
        before = asked.get("before")
        found = [each for each in reversed(_public(where)) if before is None or int(each.id) < int(before)]
        return answer([_message(each, where) for each in found[: int(asked.get("limit", _PAGE))]])

    async def _message(self, request: web.Request) -> web.Response:
        where, wanted = self._where(request), request.match_info["message"]
        found = next((each for each in _public(where) if each.id == wanted), None)
        if found is None:
            raise RefusalError(HTTPStatus.NOT_FOUND, UNKNOWN_MESSAGE, "Unknown Message")
        return answer(_message(found, where))

    def _where(self, request: web.Request) -> Transcript:
        found = self._known.get(request.match_info["channel"])
        if found is None:
            raise RefusalError(HTTPStatus.NOT_FOUND, UNKNOWN_CHANNEL, "Unknown Channel")
        return found


def _public(where: Transcript) -> list[Post]:
    """Return the bot's messages that everybody sees, oldest first."""
    return [each for each in where.posts if each.form is Form.MESSAGE and not each.private]


def _posted(where: Transcript, nonce: object) -> Post | None:
    return next((each for each in _public(where) if (each.payload or {}).get("nonce") == nonce), None)


def _message(post: Post, where: Transcript) -> Json:
    return payloads.message(post.id, post.payload or {}, where.number)
