"""The Slack adapter: keeps one workspace's connection as `bot.contract.Platform` promises it."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any, Protocol

import structlog
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from bot.commands.router import Commands
from bot.contract import Carrier, Limits
from bot.errors import RefusedError
from bot.library.vocabulary import Audience
from bot.platforms.slack.carrier import Connection, SlackCarrier
from bot.platforms.slack.deliver import Outbox
from bot.platforms.slack.errors import code, refusal, revoked
from bot.platforms.slack.exchange import CONNECTIONS, new_session, web_client
from bot.platforms.slack.handlers import Identity, SlackApp, build_app
from bot.platforms.slack.http import Listener
from bot.platforms.slack.limits import SLACK
from bot.platforms.slack.people import Managers
from bot.platforms.slack.socket import APP_TOKEN, Socket
from bot.settings import SlackSettings

_log = structlog.get_logger("briefbot")

GRACE = 3.5
"""Seconds that answers in hand are given when the platform closes, where nothing else is said."""
BOT_TOKEN = "BRIEFBOT_SLACK__BOT_TOKEN"  # noqa: S105 - the variable's name
SIGNING_SECRET = "BRIEFBOT_SLACK__SIGNING_SECRET"  # noqa: S105 - the variable's name


class Way(Protocol):
    """How Slack reaches us."""

    @property
    def open(self) -> bool:
        """Whether commands can arrive at this moment."""
        ...


class SlackPlatform:
    """Slack as a platform: connects with the tokens of the settings and answers with the commands."""

    def __init__(
        self,
        settings: SlackSettings,
        commands: Commands,
        *,
        audience: Audience = Audience.PUBLIC,
        managers: Managers = Managers.MEMBERS,
        grace: float = GRACE,
    ) -> None:
        """Take the settings of the Slack section, the commands, and the audience of the workspace's own members.

        `managers` says which of them may manage digests. `grace` is the seconds that answers in hand are given when it
        closes; disconnecting takes less than one more.
        """
        self._settings = settings
        self._commands = commands
        self._audience, self._managers = audience, managers
        self._grace = grace
        self._way: Way | None = None
        self._carrier = SlackCarrier()
        self._closing = asyncio.Event()

    @property
    def name(self) -> str:
        """The platform's name."""
        return "slack"

    @property
    def limits(self) -> Limits:
        """The platform's limits."""
        return SLACK

    @property
    def connected(self) -> bool:
        """Whether commands can arrive at this moment."""
        return self._way is not None and self._way.open

    @property
    def carrier(self) -> Carrier:
        """What carries editions; it can post while the platform runs."""
        return self._carrier

    async def run(self) -> None:
        """Connect, and serve until closed.

        Raises RefusedError when Slack will never take a token, and whatever else keeps us from connecting.
        """
        refused: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        serving = asyncio.create_task(self._serve(refused), name="slack-serve")
        closing = asyncio.create_task(self._closing.wait(), name="slack-closing")
        ends: set[asyncio.Future[Any]] = {serving, closing, refused}
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            serving.cancel()
            closing.cancel()
            await asyncio.gather(serving, closing, return_exceptions=True)
        if refused.done():
            refused.result()
        if not serving.cancelled():
            serving.result()

    async def close(self) -> None:
        """Let `run` finish the answers in hand, disconnect and return."""
        self._closing.set()

    async def _serve(self, refused: asyncio.Future[None]) -> None:
        """Connect and stay connected until cancelled; then finish what is in hand."""

        def refuse() -> None:
            self._carrier.detach("token_revoked")
            if not refused.done():
                refused.set_exception(revoked())

        token = _secret(self._settings.bot_token, BOT_TOKEN)
        serve = self._serve_socket if self._settings.mode == "socket" else self._serve_http
        async with new_session() as session, new_session(CONNECTIONS) as hooks:
            outbox = Outbox(token, self._settings.base_url, session, refuse, hooks=hooks)
            identity = await self._who_am_i(outbox)
            app = build_app(
                self._commands,
                outbox,
                identity,
                audience=self._audience,
                managers=self._managers,
                revoked=refuse,
            )
            api = web_client(token, self._settings.base_url, session)
            self._carrier.attach(Connection(api, outbox, identity, app.work, refuse))
            try:
                await serve(app, outbox)
            finally:
                self._carrier.detach()
                self._way = None

    async def _who_am_i(self, outbox: Outbox) -> Identity:
        """Ask Slack whose token it is; raise RefusedError when it will never take it."""
        try:
            found = await outbox.web.auth_test()
        except SlackApiError as error:
            if not (refused := refusal(error, BOT_TOKEN)):
                raise
            self._carrier.detach(code(error))
            raise refused from error
        identity = Identity(*(str(found.get(name) or "") for name in ("team_id", "user_id", "bot_id", "url")))
        _log.info("Slack knows us", action="slack.identity", team=identity.team, bot=identity.bot)
        return identity

    async def _serve_socket(self, app: SlackApp, outbox: Outbox) -> None:
        socket = Socket(app, _secret(self._settings.app_token, APP_TOKEN), outbox.web)
        async with AsyncExitStack() as leaving:
            leaving.push_async_callback(_undisturbed, socket.close)
            leaving.push_async_callback(_undisturbed, lambda: self._finish(app))  # its acknowledgements need the socket
            await socket.connect()
            self._way = socket
            await socket.keep_open()

    async def _serve_http(self, app: SlackApp, _outbox: Outbox) -> None:
        secret = _secret(self._settings.signing_secret, SIGNING_SECRET)
        listener = Listener(app, secret, self._settings.host, self._settings.port)
        async with AsyncExitStack() as leaving:
            leaving.push_async_callback(_undisturbed, listener.stop)
            leaving.push_async_callback(_undisturbed, lambda: self._finish(app))
            leaving.push_async_callback(_undisturbed, listener.pause)
            await listener.start()
            self._way = listener
            await asyncio.get_running_loop().create_future()  # until cancelled

    async def _finish(self, app: SlackApp) -> None:
        self._carrier.detach()
        try:
            async with asyncio.timeout(self._grace):
                await app.work.finished()
        except TimeoutError:
            _log.warning("answers left unfinished", action="slack.close", seconds=self._grace)
        finally:
            app.work.give_up()


def _secret(value: SecretStr | None, variable: str) -> str:
    if value is None or not value.get_secret_value():
        raise RefusedError(f"{variable} is not set.", "The README says where to get it.")
    return value.get_secret_value()


async def _undisturbed(doing: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Do it to its end, even where being cancelled in the meantime, unless that is twice: for tidying up."""
    task = asyncio.create_task(doing())
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise
