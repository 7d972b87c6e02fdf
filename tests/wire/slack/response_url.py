"""response_url: an address for each interaction, good for five posts within half an hour.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses. With a slash command there is no
original to replace: `replace_original` posts anew (slackapi/bolt-js#2287, bolt-python#1268).
"""

import asyncio
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.wire.slack.checks import check_message
from tests.wire.slack.records import Answer, Message
from tests.wire.slack.web_api import spoiled
from tests.wire.slack.workspace import SlackError

if TYPE_CHECKING:
    from tests.wire.slack.server import SlackServer

USES_MOST = 5
SECONDS = 30 * 60.0


@dataclass(slots=True)
class ResponseUrl:
    """One address and what it is for; `source` is the message whose button was pressed, if any."""

    answer: Answer
    channel: str
    source: Message | None
    uses: int = 0
    made: float = field(default_factory=time.monotonic)


class ResponseUrls:
    """All response_urls of the workspace, and the door they lead to."""

    def __init__(self, slack: "SlackServer") -> None:
        """Serve one workspace."""
        self._slack = slack
        self._known: dict[str, ResponseUrl] = {}
        self.seconds = SECONDS

    def new(self, answer: Answer, channel: str, source: Message | None = None) -> str:
        """Make an address for an interaction."""
        token = secrets.token_hex(12)
        self._known[token] = ResponseUrl(answer, channel, source)
        answer.response_url = f"{self._slack.origin}/response/{token}"
        return answer.response_url

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Take one post."""
        fault, body = self._slack.faults.take("response_url"), await request.text()
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        status, error = 200, None
        if fault is None or fault.carries_out:
            status, error = self._post(request.match_info["token"], body)
        if fault is not None and not fault.only_delays:
            return spoiled(fault, request)
        answer = {"ok": True} if error is None else {"ok": False, "error": error}
        return web.json_response(answer, status=status)

    def _post(self, token: str, body: str) -> tuple[int, str | None]:
        known = self._known.get(token)
        gone = self._why_gone(known)
        if known is None or gone is not None:
            return 404, gone
        try:
            payload = json.loads(body)
            if not isinstance(payload, dict):
                raise SlackError("invalid_payload")
            self._show(known, payload)
        except ValueError:
            return 400, "invalid_payload"
        except SlackError as error:
            return 400, error.code
        known.uses += 1
        return 200, None

    def _why_gone(self, known: ResponseUrl | None) -> str | None:
        if known is None:
            return "invalid_url"
        if time.monotonic() - known.made > self.seconds:
            return "expired_url"
        return "used_url" if known.uses >= USES_MOST else None

    def _show(self, known: ResponseUrl, payload: dict[str, Any]) -> None:
        space, source = self._slack.workspace, known.source
        if _is_true(payload.get("delete_original")) and source is not None:
            space.delete(source, answer=known.answer)
            return
        self._slack.refuse("response_url", check_message(payload, "response_url"))
        if _is_true(payload.get("replace_original")) and source is not None:
            space.change(source, payload, answer=known.answer)
            return
        in_channel = payload.get("response_type") == "in_channel"
        space.post(
            known.channel,
            payload,
            "response_url",
            answer=known.answer,
            ephemeral_to=None if in_channel else known.answer.user,
            response_type=payload.get("response_type"),
        )


def _is_true(value: object) -> bool:
    return value is True or value == "true"
