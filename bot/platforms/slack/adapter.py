"""The Slack adapter: keeps one workspace's connection as `bot.contract.Platform` promises it."""

import asyncio

import aiohttp
import structlog
from pydantic import SecretStr
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError

from bot.commands.router import Commands
from bot.contract import Limits
from bot.errors import RefusedError
from bot.library.entry import Audience
from bot.platforms.slack.answers import Answers
from bot.platforms.slack.deliver import Outbox
from bot.platforms.slack.errors import refusal, revoked
from bot.platforms.slack.handlers import build_app
from bot.platforms.slack.http import Listener
from bot.platforms.slack.limits import SLACK
from bot.platforms.slack.socket import APP_TOKEN, Socket, end
from bot.settings import SlackSettings

_log = structlog.get_logger("briefbot")

GRACE = 3.5
"""Seconds that answers in hand are given when the platform closes."""
BOT_TOKEN = "BRIEFBOT_SLACK__BOT_TOKEN"  # noqa: S105 - the variable's name
SIGNING_SECRET = "BRIEFBOT_SLACK__SIGNING_SECRET"  # noqa: S105 - the variable's name


class SlackPlatform:
    """Slack as a platform: connects with the tokens of the settings and answers with the commands."""

    name = "slack"
    limits: Limits = SLACK

    def __init__(self, settings: SlackSettings, commands: Commands, *, audience: Audience = Audience.PUBLIC) -> None:
        """Take the settings of the Slack section, the commands, and the audience of every place on Slack."""
        self._settings = settings
        self._commands = commands
        self._audience = audience
        self._way: Socket | Listener | None = None
        self._over: asyncio.Future[None] | None = None
        self._closing = False

    @property
    def connected(self) -> bool:
        """Whether commands can arrive at this moment."""
        return self._way is not None and self._way.open

    async def run(self) -> None:
        """Connect, and serve until closed.

        Raises RefusedError when Slack will never take a token, and whatever else keeps us from connecting.
        """
        if self._closing:
            return
        token = _secret(self._settings.bot_token, BOT_TOKEN)
        self._over = over = asyncio.get_running_loop().create_future()
        async with aiohttp.ClientSession() as session:
            outbox = Outbox(token, self._settings.base_url, session)
            identity = await _who_am_i(outbox, token)
            answers = Answers(self._commands, outbox, audience=self._audience)
            serve = self._serve_socket if self._settings.mode == "socket" else self._serve_http
            try:
                await serve(answers, outbox, identity, over)
            finally:
                self._way = None
                await _finish(answers)

    async def close(self) -> None:
        """Let `run` finish the answers in hand, disconnect and return."""
        self._closing = True
        if self._over is not None and not self._over.done():
            self._over.set_result(None)

    async def _serve_socket(
        self, answers: Answers, outbox: Outbox, identity: AuthorizeResult, over: asyncio.Future[None]
    ) -> None:
        app_token = _secret(self._settings.app_token, APP_TOKEN)
        app = build_app(answers, identity, base_url=self._settings.base_url, revoked=lambda: end(over, revoked()))
        socket = Socket(app, app_token, outbox.web, over)
        try:
            socket.wss_uri = await socket.issue_new_wss_url()
            self._way = socket
            keeping = asyncio.create_task(socket.keep_open(), name="slack-socket")
            try:
                await asyncio.wait({keeping, over}, return_when=asyncio.FIRST_COMPLETED)
                (over if over.done() else keeping).result()
                await _finish(answers)  # their acknowledgements need the socket
            finally:
                keeping.cancel()
                await asyncio.gather(keeping, return_exceptions=True)
        finally:
            await socket.close()

    async def _serve_http(
        self, answers: Answers, _outbox: Outbox, identity: AuthorizeResult, over: asyncio.Future[None]
    ) -> None:
        secret = _secret(self._settings.signing_secret, SIGNING_SECRET)
        app = build_app(
            answers,
            identity,
            base_url=self._settings.base_url,
            signing_secret=secret,
            revoked=lambda: end(over, revoked()),
        )
        listener = Listener(app, self._settings.host, self._settings.port)
        await listener.start()
        self._way = listener
        try:
            await over
        finally:
            await listener.stop()


async def _who_am_i(outbox: Outbox, token: str) -> AuthorizeResult:
    try:
        found = await outbox.web.auth_test()
    except SlackApiError as error:
        raise refusal(error, BOT_TOKEN) or error from error
    _log.info("Slack knows us", action="slack.identity", team=found.get("team_id"), bot=found.get("bot_id"))
    return AuthorizeResult(
        enterprise_id=found.get("enterprise_id"),
        team_id=found.get("team_id"),
        bot_user_id=found.get("user_id"),
        bot_id=found.get("bot_id"),
        bot_token=token,
    )


async def _finish(answers: Answers) -> None:
    try:
        async with asyncio.timeout(GRACE):
            await answers.finished()
    except TimeoutError:
        _log.warning("answers left unfinished", action="slack.close")


def _secret(value: SecretStr | None, variable: str) -> str:
    if value is None or not value.get_secret_value():
        raise RefusedError(f"{variable} is not set.", "The README says where to get it.")
    return value.get_secret_value()
