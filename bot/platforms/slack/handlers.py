"""Bolt's app with our listeners: the same for Socket Mode, for HTTP and for the page that plays Slack."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands import spec
from bot.platforms.slack.answers import Answers
from bot.platforms.slack.home import SEARCH
from bot.platforms.slack.render import ACTION_ID

_BUTTONS = re.compile(rf"{re.escape(ACTION_ID)}\d+:.*")


def build_app(
    answers: Answers,
    identity: AuthorizeResult,
    *,
    base_url: str,
    signing_secret: str | None = None,
    revoked: Callable[[], None] | None = None,
) -> AsyncApp:
    """Return Bolt's app for one workspace, answering as `identity`.

    With a signing secret, requests must be signed with it; without one, the caller vouches for where they come from
    (a socket that we opened). `revoked` is called when Slack tells that the app was removed.
    Everything is handed over here: what the SDK would read from the environment by itself (SLACK_BOT_TOKEN,
    SLACK_SIGNING_SECRET, SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, which switch it to OAuth) has no say.
    """

    async def authorize() -> AuthorizeResult:
        return identity

    app = AsyncApp(
        name="slack-app",  # Bolt sets the level of the logger of this name: it must not be ours
        process_before_response=True,  # the answer rides in the acknowledgement, and nothing polls for it
        signing_secret=signing_secret or "",
        request_verification_enabled=signing_secret is not None,
        # The token is in `identity`; a client that had one too would be asked who it is with every request.
        client=AsyncWebClient(base_url=base_url),
        authorize=authorize,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    for command in spec.COMMANDS:
        app.command(f"/{command.name}")(answers.command)
    app.action(_BUTTONS)(answers.press)
    app.action(SEARCH)(answers.found)
    app.options(SEARCH)(answers.suggest)
    _listen_to_events(app, answers, identity, revoked)
    return app


def _listen_to_events(
    app: AsyncApp, answers: Answers, identity: AuthorizeResult, revoked: Callable[[], None] | None
) -> None:
    bot_user = identity.bot_user_id

    async def mentioned(ack: AsyncAck, body: Mapping[str, Any]) -> None:
        await answers.mentioned(ack, body, bot_user)

    async def messaged(ack: AsyncAck, body: Mapping[str, Any]) -> None:
        await answers.messaged(ack, body, bot_user)

    async def removed(ack: AsyncAck) -> None:
        await ack()
        if revoked is not None:
            revoked()

    app.event("app_home_opened")(answers.opened_home)
    app.event("app_mention")(mentioned)
    app.event("message")(messaged)
    app.event("tokens_revoked")(removed)
    app.event("app_uninstalled")(removed)
