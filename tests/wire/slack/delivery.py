"""Deliveries: what Slack sends to the app, and how it is signed when it goes by HTTP.

https://docs.slack.dev/authentication/verifying-requests-from-slack: v0, HMAC-SHA256 over `v0:TIMESTAMP:BODY`.
"""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from urllib.parse import urlencode

import aiohttp

Kind = Literal["slash_commands", "interactive", "events_api"]
Signing = Literal["good", "bad", "none", "old"]

OLD_SECONDS = 301  # signatures are good for five minutes


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing for the app: a command, an interaction or an event."""

    kind: Kind
    payload: dict[str, Any]
    retry_num: int = 0
    retry_reason: str = ""
    signing: Signing = "good"


@dataclass(frozen=True, slots=True)
class Ack:
    """What came back, and how fast."""

    acked: bool = False
    payload: Any = None
    ms: float | None = None
    error: str | None = None
    status: int | None = None


class Transport(Protocol):
    """A way to reach the app."""

    async def deliver(self, delivery: Delivery, timeout: float) -> Ack:  # noqa: ASYNC109 - Slack's own patience
        """Hand something over and wait for the acknowledgement."""


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Sign a body as Slack does."""
    return "v0=" + hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()


def encode(delivery: Delivery) -> tuple[bytes, str]:
    """Make the body and the content type: forms for commands and interactions, JSON for events."""
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload).encode(), "application/x-www-form-urlencoded"
    if delivery.kind == "interactive":
        return urlencode({"payload": json.dumps(delivery.payload)}).encode(), "application/x-www-form-urlencoded"
    return json.dumps(delivery.payload).encode(), "application/json"


def headers(delivery: Delivery, secret: str, body: bytes, content_type: str) -> dict[str, str]:
    """Make the headers of a signed request, or of one that must be turned away."""
    now = int(time.time()) - (OLD_SECONDS if delivery.signing == "old" else 0)
    made = {
        "Content-Type": content_type,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": str(now),
    }
    if delivery.signing != "none":
        key = "not-the-secret" if delivery.signing == "bad" else secret
        made["X-Slack-Signature"] = signature(key, str(now), body)
    if delivery.retry_num:
        made["X-Slack-Retry-Num"] = str(delivery.retry_num)
        made["X-Slack-Retry-Reason"] = delivery.retry_reason or "http_timeout"
    return made


class SignedHttp:
    """Deliver to the app's request address."""

    def __init__(self, address: str, signing_secret: str) -> None:
        """Take the address, such as http://127.0.0.1:3000/slack/events."""
        self._address = address
        self._secret = signing_secret
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def answers_challenge(self, challenge: str, timeout: float) -> bool:  # noqa: ASYNC109 - Slack's own patience
        """Ask the app to give a word back, as Slack does when the address is typed into the app's settings."""
        payload = {"type": "url_verification", "token": "verification", "challenge": challenge}
        ack = await self.deliver(Delivery("events_api", payload), timeout)
        return ack.acked and challenge in json.dumps(ack.payload)

    async def deliver(self, delivery: Delivery, timeout: float) -> Ack:  # noqa: ASYNC109 - Slack's own patience
        """Post, and take a 200 for an acknowledgement."""
        body, content_type = encode(delivery)
        signed = headers(delivery, self._secret, body, content_type)
        self._session = self._session or aiohttp.ClientSession()
        started = time.perf_counter()
        try:
            async with asyncio.timeout(timeout), self._session.post(self._address, data=body, headers=signed) as answer:
                text = await answer.text()
        except TimeoutError:
            return Ack(error="operation_timeout")
        except aiohttp.ClientError:
            return Ack(error="dispatch_failed")
        ms = (time.perf_counter() - started) * 1000
        if answer.status != 200:
            fault = "http_service_error" if answer.status >= 500 else "http_client_error"
            return Ack(error=fault, status=answer.status, ms=ms)
        return Ack(acked=True, payload=_payload(text, answer.content_type), ms=ms, status=200)


def _payload(text: str, content_type: str) -> Any:
    if not text:
        return None
    return json.loads(text) if content_type == "application/json" else {"text": text}
