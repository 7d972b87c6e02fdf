"""Answers as Discord's REST API gives them: JSON, and refusals with a code of their own.

discord.py reads a body as JSON only under this very type, without a charset. Source:
https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
"""

import json
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.web.loopback.private import private

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, ANSWERED = 10003, 10008, 10015, 40060


class RefusalError(Exception):
    """Discord says no; see `played`."""

    def __init__(self, status: HTTPStatus, code: int, words: str) -> None:
        """Keep what it says."""
        super().__init__(words)
        self.status = status
        self.told = {"code": code, "message": words}


def answer(value: object, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
    """Return `value` as JSON."""
    return web.Response(body=json.dumps(value).encode(), status=status, content_type="application/json")


def played(handler: Handler) -> Handler:
    """Return `handler` for this machine alone; its refusals are told as Discord tells them, not as the page does."""

    async def refusing(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except RefusalError as error:
            return answer(error.told, error.status)

    return private(refusing)
