"""A loopback Slack for the unpatched slack_sdk and slack_bolt to run against.

    async with SlackServer() as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.base_url)
        ...
        answer = await slack.command("/brief", "blinken")

It speaks the Web API, Socket Mode, response_url and (with `deliver_to`) signed HTTP delivery over real sockets, shows
what people would see, and refuses what Slack would refuse. Everything runs in the loop that entered it.
"""

from collections import Counter
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.wire.slack.controls import Controls
from tests.wire.slack.delivery import SignedHttp, Transport
from tests.wire.slack.faults import Fault, Faults
from tests.wire.slack.paces import Paces
from tests.wire.slack.people import People
from tests.wire.slack.pings import Ping, pings_of
from tests.wire.slack.records import ApiCall, Message, View
from tests.wire.slack.response_url import ResponseUrls
from tests.wire.slack.scopes import EVERYTHING
from tests.wire.slack.shapes import Refusal
from tests.wire.slack.socket_mode import SocketMode
from tests.wire.slack.weather import Weather
from tests.wire.slack.web_api import WebApi
from tests.wire.slack.workspace import Channel, SlackError, User, Workspace

ACK_SECONDS = 3.0
SETTLE_SECONDS = 0.5
BODY_MOST = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Unfurl:
    """Whether a message would show previews of its links; None where it did not say."""

    message: Message
    links: bool | None
    media: bool | None

    @property
    def shows_previews(self) -> bool:
        """Say what Slack does with what was given: links only if asked, media unless told not to."""
        return self.links is True or self.media is not False


class SlackServer(People):
    """One workspace with one app in it, on a port of its own."""

    def __init__(
        self,
        *,
        deliver_to: str | None = None,
        bot_token: str = "xoxb-test",
        app_token: str = "xapp-test",
        signing_secret: str = "test-secret",
        ack_timeout: float = ACK_SECONDS,
        settle: float = SETTLE_SECONDS,
        port: int = 0,
        lean: bool = False,
    ) -> None:
        """Prepare a server.

        Args:
            deliver_to: the app's request address for HTTP delivery; None delivers over Socket Mode. May be set later.
            bot_token: the only xoxb token that is taken.
            app_token: the only xapp token that is taken.
            signing_secret: what HTTP deliveries are signed with.
            ack_timeout: seconds until an acknowledgement is too late.
            settle: seconds that an action waits for something to be seen, once acknowledged without content.
            port: 0 takes a free one.
            lean: keep no calls, and of messages neither blocks nor payloads: for very many of them.
        """
        self.bot_token, self.app_token, self.signing_secret = bot_token, app_token, signing_secret
        self.ack_timeout, self.settle = ack_timeout, settle
        self.workspace = Workspace()
        self.workspace.lean = lean
        self.faults = Faults()
        self.weather = Weather()
        self.paces = Paces()
        self.scopes = EVERYTHING
        """What the bot's token was granted."""
        self.history_most: int | None = None
        """How many messages one page of history has at most, where it is fewer than Slack's own thousand."""
        self.members_most = 1000
        """How many members one page lists at most."""
        self.history_lag = 0.0
        """Seconds until a message is seen in the history."""
        self.calls: list[ApiCall] = []
        self.counts: Counter[str] = Counter()
        """Calls by method, kept or not."""
        self.refusals: list[tuple[str, Refusal]] = []
        """Everything that was refused for what it contained, with what carried it: a method, "ack", "options" …"""
        self.revoked: set[str] = set()
        self._deliver_to, self._port = deliver_to, port
        self._http: SignedHttp | None = None
        self._opened: list[SignedHttp] = []
        self._runner: web.AppRunner | None = None
        self.origin = ""

    async def __aenter__(self) -> Self:
        """Start to listen."""
        app = web.Application(client_max_size=BODY_MOST)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, handle_signals=False)
        # The routes need the port and the port needs the runner: they look themselves up when called.
        app.router.add_route("*", "/api/{method}", self._web_api)
        app.router.add_post("/response/{token}", self._response_url)
        app.router.add_get("/link/", self._link)
        app.router.add_routes(Controls(self).routes())
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        host, port = self._runner.addresses[0][:2]
        self.origin = f"http://{host}:{port}"
        self.sockets = SocketMode(self.origin, self.workspace.app_id)
        self.response_urls = ResponseUrls(self)
        self.web_api = WebApi(self)
        self.deliver_to = self._deliver_to
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close everything."""
        await self.sockets.close()
        await self.web_api.close()
        for http in self._opened:
            await http.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _web_api(self, request: web.Request) -> web.StreamResponse:
        return await self.web_api(request)

    async def _response_url(self, request: web.Request) -> web.StreamResponse:
        return await self.response_urls(request)

    async def _link(self, request: web.Request) -> web.StreamResponse:
        return await self.sockets(request)

    @property
    def base_url(self) -> str:
        """Give the base of the Web API, which ends in /api/."""
        return f"{self.origin}/api/"

    @property
    def deliver_to(self) -> str | None:
        """Give the app's request address; None means Socket Mode."""
        return self._deliver_to

    @deliver_to.setter
    def deliver_to(self, address: str | None) -> None:
        self._deliver_to = address
        self._http = None if address is None else SignedHttp(address, self.signing_secret)
        self._opened += [] if self._http is None else [self._http]

    @property
    def transport(self) -> Transport:
        """Give the way in which the app is reached."""
        return self.sockets if self._http is None else self._http

    def count(self, call: ApiCall) -> None:
        """Count a call, and keep it unless the server is lean."""
        self.counts[call.method] += 1
        if not self.workspace.lean:
            self.calls.append(call)

    def refuse(self, via: str, reasons: list[Refusal]) -> None:
        """Refuse a payload for its first reason, and keep all of them for the test to read.

        Raises:
            SlackError: with the first reason's code.
        """
        if reasons:
            self.refusals += [(via, reason) for reason in reasons]
            raise SlackError(reasons[0].error_code, tuple(str(reason) for reason in reasons))

    async def verify_address(self) -> bool:
        """Ask the app at `deliver_to` for the challenge that Slack verifies an address with."""
        return self._http is not None and await self._http.answers_challenge("a-word-to-give-back", self.ack_timeout)

    # What is to be seen.

    @property
    def messages(self) -> list[Message]:
        """List every message of the app, deleted ones included (`deleted`), oldest first."""
        return [each for each in self.workspace.timeline if each.via != "user"]

    def home(self, user: str = "U1") -> View | None:
        """Give the Home tab that was last published for a person."""
        return self.workspace.homes.get(user)

    @property
    def pings(self) -> list[Ping]:
        """List every mention in the app's messages, as they are and as they were.

        An ephemeral message notifies nobody, but is listed too: what it shows unescaped would ping once shared.
        """
        shown: list[dict[str, Any]] = [
            each for message in self.messages for each in (message.payload, *message.versions)
        ]
        return [ping for payload in shown for ping in pings_of(payload)]

    @property
    def unfurls(self) -> list[Unfurl]:
        """List what each message of the app said about link previews."""
        return [Unfurl(each, each.unfurl_links, each.unfurl_media) for each in self.messages]

    def called(self, method: str) -> list[ApiCall]:
        """List the calls of one method."""
        return [call for call in self.calls if call.method == method]

    # What a test arranges.

    def add_channel(self, channel_id: str, name: str, **more: Any) -> Channel:
        """Add a channel; `more` are fields of Channel (is_member, is_archived, is_private, is_mpim, post_error)."""
        self.workspace.channels[channel_id] = Channel(channel_id, name, **more)
        return self.workspace.channels[channel_id]

    def add_user(self, user_id: str, name: str, **more: Any) -> User:
        """Add a person; `more` are fields of User (tz, locale, is_admin, team_id …)."""
        self.workspace.users[user_id] = User(user_id, name, **more)
        return self.workspace.users[user_id]

    def fail(self, method: str, times: int = 1, **how: Any) -> None:
        """Let the next calls of a method (or of "response_url") fail; `how` are fields of Fault."""
        self.faults.add(method, Fault(times=times, **how))

    async def revoke_token(self) -> None:
        """Revoke both tokens: every call answers token_revoked from now on, and the sockets are closed."""
        self.revoked |= {self.bot_token, self.app_token}
        await self.sockets.close()

    async def socket_connected(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - a test's own patience
        """Wait for a Socket Mode connection.

        Raises:
            TimeoutError: none was made in time.
        """
        await self.sockets.connected(timeout)

    async def drop_sockets(self) -> None:
        """Cut every Socket Mode connection without a word."""
        await self.sockets.drop()

    async def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Send a `disconnect` frame on every connection."""
        await self.sockets.ask_to_reconnect(reason)

    @property
    def refuse_connections(self) -> bool:
        """Whether WebSockets are turned away; `fail("apps.connections.open", …)` fails the step before."""
        return self.sockets.refuse

    @refuse_connections.setter
    def refuse_connections(self, refuse: bool) -> None:
        self.sockets.refuse = refuse
