"""How editions travel in Slack: posted with their key in the message's metadata, and found again by it.

The parts of an edition follow each other in the channel, not in a thread under the first: a thread hangs on a message
that anybody may delete, its replies notify nobody, and an edition is composed so short that further parts are rare.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog
from cachetools import TTLCache
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.contract import Fate, Pace, Part, Scope, SendError, Sent, Target
from bot.errors import report
from bot.platforms.slack import fates, history
from bot.platforms.slack.deliver import Outbox, RejectedError
from bot.platforms.slack.drawn import draw
from bot.platforms.slack.errors import TOKEN, UNREACHABLE
from bot.platforms.slack.handlers import Identity
from bot.platforms.slack.work import Work
from bot.reply import Paragraph, Reply, Span, Visibility

_log = structlog.get_logger("briefbot")

SECONDS = 18.0
"""How long posting takes at most, a second attempt in plain words included, and looking: a little less than whoever
delivers waits, so that what is told of it is Slack's."""
AGAIN = 2.0
"""Seconds between the two looks: what was posted is not always seen at once."""
_REMEMBERED, _LOOKED_SECONDS = 4096, 180
_TOGETHER = 10.0
"""Seconds within which refusals in two channels are about the workspace's pace, and messages in one about its own."""
PACE = Pace({Scope.CHANNEL: 1.0}, begins=2.0)
"""https://docs.slack.dev/apis/web-api/rate-limits: one message a second in a channel. The workspace's ceiling is not
published (“several hundred messages per minute”); it is sought from below that."""
_CLOSED = {
    "is_archived": "is_archived",
    "is_read_only": "restricted_action_read_only_channel",
    "is_thread_only": "restricted_action_thread_only_channel",
}
"""What conversations.info says of a channel, and Slack's word for it where one posts there all the same."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Connection:
    """What the carrier uses of a platform that runs.

    `api` sends everything once, `work` counts what is in hand, `refused` hears that the token is dead.
    """

    api: AsyncWebClient
    outbox: Outbox
    identity: Identity
    work: Work
    refused: Callable[[], None]


class SlackCarrier:
    """Carries editions while the platform is connected, by socket or by requests: it needs the bot's token alone."""

    def __init__(self) -> None:
        """Begin without a connection."""
        self._connection: Connection | None = None
        self._revoked = ""
        self._looked: TTLCache[str, bool] = TTLCache(_REMEMBERED, _LOOKED_SECONDS)
        self._too_fast: TTLCache[str, bool] = TTLCache(_REMEMBERED, _TOGETHER)
        self._lately: TTLCache[str, bool] = TTLCache(_REMEMBERED, _TOGETHER)

    @property
    def name(self) -> str:
        """The platform's name."""
        return "slack"

    @property
    def ready(self) -> bool:
        """Whether Slack has taken the token and the platform runs."""
        return self._connection is not None

    @property
    def pace(self) -> Pace:
        """What Slack takes."""
        return PACE

    def attach(self, connection: Connection) -> None:
        """Carry by way of `connection` from now on."""
        self._connection, self._revoked = connection, ""

    def detach(self, revoked: str = "") -> None:
        """Take nothing more; what is in hand goes on. `revoked` is Slack's word where the token is dead."""
        self._connection, self._revoked = None, self._revoked or revoked

    def draw(self, reply: Reply) -> tuple[str, ...]:
        """Return `reply` as the JSON of the messages to post, in order."""
        drawn = draw(replace(reply, visibility=Visibility.PUBLIC)).messages
        return tuple(json.dumps(message, ensure_ascii=False, separators=(",", ":")) for message in drawn)

    async def check(self, target: Target) -> None:
        """Raise SendError where the bot is not in the channel, or may not post or look there."""
        connection = self._connected()
        try:
            async with _within(SECONDS):
                info = await self._called(connection.api.conversations_info(channel=target.channel))
        except SendError as error:
            if error.code == "missing_scope":
                raise fates.of_looking(error) from error
            raise
        found = info.get("channel") or {}
        for state, word in _CLOSED.items():
            if found.get(state):
                raise fates.refused(word)
        if found.get("is_member") is False and not found.get("is_im"):
            raise fates.refused("not_in_channel")
        if lacking := history.lacking(info.headers, history.scopes_for(found)):
            raise fates.lacking(lacking)

    async def overheard(self, target: Target) -> bool:
        """Return whether the channel is shared with other workspaces, or about to be. Raises SendError.

        Slack is asked before each edition that is not for everybody. The event ``channel_shared`` is not listened to:
        it would come to one replica at most, and to none that is down at that moment.
        Source: https://docs.slack.dev/apis/slack-connect (``is_ext_shared`` of a conversation).
        """
        async with _within(SECONDS):
            info = await self._called(self._connected().api.conversations_info(channel=target.channel))
        found = info.get("channel") or {}
        return bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared"))

    async def post(self, target: Target, part: Part, first_try: datetime | None) -> Sent:
        """Post `part`; what Slack will not draw goes as plain words, once.

        Slack knows no key that would make it safe to post again (https://github.com/slackapi/slack-api-specs/issues/10),
        whatever `first_try` says: who is in doubt has looked before. Raises SendError.
        """
        del first_try
        connection = self._connected()
        self._looked.pop(part.key, None)  # from now on it may be there
        lately = target.channel in self._lately
        self._lately[target.channel] = True
        message: Json = {
            **json.loads(part.body),
            "channel": target.channel,
            "metadata": history.metadata(part.key),
            "unfurl_links": False,
            "unfurl_media": False,
        }
        try:
            with connection.work.hand():
                async with _within(SECONDS):
                    answer = await self._posted(connection, message, part.key)
        except SendError as error:
            if fates.too_fast(error):
                error.scope = self._whose_pace(error, target.channel, lately=lately)
            raise
        if not (ts := str(answer.get("ts") or "")):
            raise fates.silence("no_ts")
        return _sent(connection.identity, str(answer.get("channel") or target.channel), ts)

    async def find(self, target: Target, part: Part, since: datetime) -> Sent | None:
        """Return `part` if it stands in the channel, not much older than `since`; None after two looks without it.

        A look that found nothing is remembered for some minutes, in case the next one is refused for coming too soon:
        so even an app that may look once a minute comes to an end. Raises SendError.
        """
        try:
            connection = self._connected()
            async with _within(SECONDS):
                found = await self._look(connection, target, part, since)
                if found is None and part.key not in self._looked:
                    await asyncio.sleep(AGAIN)
                    self._looked[part.key] = True
                    found = await self._look(connection, target, part, since)
        except SendError as error:
            raise fates.of_looking(error) from error
        self._looked.pop(part.key, None)
        return found

    async def tell(self, target: Target, user: str, reply: Reply) -> bool:
        """Write to `user` directly about `target`; return whether it arrived, as far as can be known. Never raises."""
        connection = self._connection
        if connection is None:
            _log.warning("not told", action="slack.tell", user=user, channel=target.channel)
            return False
        try:
            with connection.work.hand():
                about = _about(reply, connection.identity, target.channel)
                return await connection.outbox.post(user, draw(about).messages)
        except Exception as error:  # noqa: BLE001 - the border: a notice that fails must not end what it was about
            report(error, action="slack.tell", user=user, channel=target.channel)
            return False

    def _connected(self) -> Connection:
        """Return the connection; raise SendError where there is none, or none any more."""
        if self._connection is not None:
            return self._connection
        if self._revoked:
            raise fates.revoked(self._revoked)
        raise SendError(Fate.NOT_YET, "not_connected", "I am not connected to Slack.")

    async def _look(self, connection: Connection, target: Target, part: Part, since: datetime) -> Sent | None:
        async def read(asked: Json) -> AsyncSlackResponse:
            return await self._called(connection.api.conversations_history(**asked))

        ts = await history.look(read, connection.identity, target.channel, part.key, since)
        return None if ts is None else _sent(connection.identity, target.channel, ts)

    async def _posted(self, connection: Connection, message: Json, key: str) -> AsyncSlackResponse:
        """Post `message`; where Slack refuses its blocks, log that under a reference and post its words alone."""
        try:
            return await self._called(connection.api.api_call("chat.postMessage", json=message))
        except SendError as error:
            if error.fate is not Fate.OURS or not message.get("blocks"):
                raise
            refused = RejectedError(error.code)
        incident = report(refused, action="slack.digest_refused", channel=message["channel"], key=key)
        words = f"{message['text']}\nReference: {incident.reference}"
        plain = {name: value for name, value in message.items() if name != "blocks"} | {"text": words}
        return await self._called(connection.api.api_call("chat.postMessage", json=plain))

    async def _called(self, call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
        """Return the answer of the Web API; raise SendError where it is none, and end the platform with its token."""
        try:
            return await call
        except SlackApiError as error:
            found = fates.of_answer(error)
            if found.code in TOKEN:
                self._end(found.code)
            raise found from error
        except UNREACHABLE as error:
            raise fates.of_silence(error) from error
        except (AttributeError, TypeError, ValueError) as error:  # what the SDK raises where JSON is no object
            raise fates.silence("no_answer") from error

    def _end(self, word: str) -> None:
        """Take nothing more, since Slack refuses the token for good, and have the platform stop."""
        connection = self._connection
        self.detach(word)
        if connection is not None:
            connection.refused()

    def _whose_pace(self, error: SendError, channel: str, *, lately: bool) -> Scope:
        """Return what a refusal for too many requests is about, which Slack does not say: the workspace, or a channel.

        It can only be a channel's where something was sent there `lately`, and no other one refused as well.
        """
        others = any(each != channel for each in self._too_fast)
        self._too_fast[channel] = True
        return error.scope if lately and not others else Scope.WORKSPACE


@asynccontextmanager
async def _within(seconds: float) -> AsyncIterator[None]:
    """Let it take so long at most; what takes longer may have happened."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise fates.of_silence(error) from error


def _about(reply: Reply, identity: Identity, channel: str) -> Reply:
    """Return `reply` with the address of the channel that it is about: somebody may look after several."""
    there = (Paragraph((Span("The channel", url=f"{identity.url}archives/{channel}"),)),) if identity.url else ()
    return replace(reply, blocks=(*reply.blocks, *there), visibility=Visibility.PUBLIC)


def _sent(identity: Identity, channel: str, ts: str) -> Sent:
    """Return what was posted; its address is the one chat.getPermalink would give, spared a call for each message."""
    return Sent(ts, f"{identity.url}archives/{channel}/p{ts.replace('.', '')}" if identity.url else "")
