"""First responses without an echo: Discord is not asked to send back the message that we have just sent.

discord.py asks for it (`with_response`), parses it and builds objects of it, for each answer; nothing here needs them,
and they would be a quarter of what an answer costs. By default Discord answers 204 without a body
(https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response).
"""

from typing import Any

import aiohttp
import discord
from discord.http import MultipartParameters, Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context


class QuietAdapter(AsyncWebhookAdapter):
    """discord.py's carrier of responses and follow-ups, whose first responses ask for nothing back."""

    async def create_interaction_response(  # type: ignore[override]  # declared as returning what this coroutine returns
        self,
        interaction_id: int,
        token: str,
        *,
        session: aiohttp.ClientSession,
        proxy: str | None = None,
        proxy_auth: aiohttp.BasicAuth | None = None,
        params: MultipartParameters,
    ) -> dict[str, Any]:
        """Send a first response and return what discord.py needs to know of it: which interaction it answered."""
        route = Route(
            "POST",
            "/interactions/{webhook_id}/{webhook_token}/callback",
            webhook_id=interaction_id,
            webhook_token=token,
        )
        await self.request(route, session, payload=params.payload, proxy=proxy, proxy_auth=proxy_auth)
        return {"interaction": {"id": str(interaction_id), "type": discord.InteractionType.application_command.value}}


_ADAPTER = QuietAdapter()  # type: ignore[no-untyped-call]  # discord.py leaves its constructor without types


def respond_quietly() -> None:
    """Let every response of the current task, and of those it starts, go out through the quiet adapter."""
    async_context.set(_ADAPTER)
