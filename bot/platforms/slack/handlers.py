"""Bolt's app with our listeners: the same for Socket Mode, for HTTP and for the page that plays Slack."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NamedTuple

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.request.payload_utils import is_slash_command
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.router import Commands
from bot.library.vocabulary import Audience
from bot.platforms.slack import callers
from bot.platforms.slack.answers import Answers, acknowledged
from bot.platforms.slack.callers import Access, Body
from bot.platforms.slack.deliver import Outbox
from bot.platforms.slack.home import SEARCH
from bot.platforms.slack.people import Managers, People
from bot.platforms.slack.work import Work

_ANY = re.compile("")


class Identity(NamedTuple):
    """Who the bot is in a workspace, in Slack's identifiers."""

    team: str
    user: str
    bot: str
    url: str = ""
    """Where the workspace is to be seen, with a slash at its end."""


@dataclass(frozen=True, slots=True)
class SlackApp:
    """Bolt's app, ready to be handed what Slack sends, and what it has in hand."""

    bolt: AsyncApp
    work: Work

    async def deliver(self, body: Mapping[str, Any]) -> str | None:
        """Hand over a command, an interaction or an event whose sender is certain; return the acknowledgement.

        It is JSON, or empty; None is no acknowledgement at all. Answers may go on after it: see `work`.
        """
        if not callers.readable(body):
            return None
        answer = await self.bolt.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=dict(body)))
        return answer.body if answer.status == HTTPStatus.OK else None


def build_app(
    commands: Commands,
    outbox: Outbox,
    identity: Identity,
    *,
    audience: Audience = Audience.PUBLIC,
    managers: Managers = Managers.MEMBERS,
    revoked: Callable[[], None] | None = None,
) -> SlackApp:
    """Return the app for one workspace, answering as `identity` by way of `outbox`.

    `audience` is that of the workspace's own members, and `managers` says which of them may manage digests. Whoever
    hands it a request vouches for its sender. `revoked` is called when Slack tells that the app was removed.
    What the SDK would read from the environment by itself has no say: not SLACK_BOT_TOKEN (the tokens are the
    outbox's), not SLACK_SIGNING_SECRET and SLACK_VERIFICATION_TOKEN (nothing is checked here), and not SLACK_CLIENT_ID
    with SLACK_CLIENT_SECRET, which switch Bolt to OAuth where it is not told who may ask.
    """
    work = Work()
    access = Access(identity.team, audience, People(outbox.web, identity.team, managers))
    answers = Answers(commands, outbox, work, bot_user=identity.user, access=access)
    app = AsyncApp(
        name="slack-app",  # Bolt sets the level of the logger of this name: it must not be ours
        process_before_response=True,  # the answer rides in the acknowledgement, and nothing polls for it
        signing_secret="",
        request_verification_enabled=False,
        # Without a token: what Bolt holds a token for (say, respond, asking who it is) goes by way of the outbox.
        client=AsyncWebClient(base_url=outbox.web.base_url),
        authorize=_Known(identity),
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.use(_Commands(answers))
    app.action(SEARCH)(answers.found)
    app.action(_ANY)(answers.press)
    app.options(_ANY)(answers.suggest)
    app.event(_ANY)(_events(answers, revoked))
    return SlackApp(app, work)


class _Known(AsyncAuthorize):
    """Every request is for the one workspace we are in."""

    def __init__(self, identity: Identity) -> None:
        self._known = AuthorizeResult(
            enterprise_id=None, team_id=identity.team, bot_user_id=identity.user, bot_id=identity.bot or None
        )

    async def __call__(self, **_who: Any) -> AuthorizeResult:
        return self._known


class _Commands(AsyncMiddleware):
    """Answers slash commands before Bolt looks for a listener, for which it would gather some forty arguments, twice.

    Every one of them: what is not in the table is answered with help, by the commands themselves.
    """

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002
    ) -> BoltResponse | None:
        """Answer a command; leave everything else to the listeners."""
        del resp
        if is_slash_command(req.body):
            return await self._answers.command(req.body)
        return await next()


def _events(answers: Answers, revoked: Callable[[], None] | None) -> Callable[[Body], Any]:
    async def event(body: Body) -> BoltResponse:
        if not _is_our_end(callers.event(body)):
            return await answers.event(body)
        if revoked is not None:
            revoked()
        return acknowledged()

    return event


def _is_our_end(event: Body) -> bool:
    """Return whether the app was removed, or its own token revoked; it has none of people's.

    Source: https://docs.slack.dev/reference/events/tokens_revoked
    """
    if event.get("type") == "app_uninstalled":
        return True
    tokens = event.get("tokens")
    return event.get("type") == "tokens_revoked" and (not isinstance(tokens, Mapping) or bool(tokens.get("bot")))
