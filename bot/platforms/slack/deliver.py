"""Messages reach Slack: through a response_url, into a channel, for one pair of eyes, or onto a Home tab.

What one way certainly did not take goes the next one, so that nobody waits for an answer in vain; what may have
arrived is never sent again.
"""

from collections.abc import Callable, Sequence
from typing import Any

import aiohttp

from bot.commands.request import Caller
from bot.errors import report
from bot.platforms.slack import exchange
from bot.platforms.slack.errors import Trouble
from bot.platforms.slack.exchange import Json

_ARRIVED = frozenset({None, Trouble.UNKNOWN})
_NOT_TAKEN = frozenset({Trouble.PLACE, Trouble.WAIT, Trouble.UNSENT})
"""What certainly did not arrive, though nothing is wrong with it."""
_NOT_SHARED: Json = {
    "text": "Slack would not let me post in this channel, so nobody but you has seen the answer. Add me to the channel "
    "(/invite @briefbot), then press Share to channel again."
}
_LATER: Json = {
    "text": "Slack takes no message from me at the moment, so nobody but you has seen the answer. Press Share to "
    "channel again in a few minutes."
}


class RejectedError(Exception):
    """Slack would not take what we sent: a fault of ours, for the log. Its text is Slack's error code."""


class Outbox:
    """What the bot sends to Slack; failures are logged and told by the return value, never raised."""

    def __init__(
        self,
        token: str,
        base_url: str,
        session: aiohttp.ClientSession,
        refused: Callable[[], None] | None = None,
        *,
        hooks: aiohttp.ClientSession | None = None,
    ) -> None:
        """Take the bot's token, the Web API's address, the session for it, and who hears of a dead token.

        `hooks` is the session for response_urls: apart, so that slow ones keep nothing else waiting.
        """
        self._hooks = hooks or session
        self._refused = refused
        self._api = exchange.web_client(token, base_url, session)
        self.web = exchange.web_client(token, base_url, session, waits=True)
        """The Web API for connecting, which has more patience than a reader."""

    async def respond(
        self,
        url: str,
        parts: Sequence[Json],
        caller: Caller,
        *,
        public: bool = False,
        replace: bool = False,
        thread: str | None = None,
    ) -> bool:
        """Send `parts` to a response_url, in order; return whether all arrived, as far as can be known.

        A url that is used up, too old (five uses, thirty minutes) or out of reach is no loss: what is private then goes
        into the channel for the caller's eyes, and where the bot is no member, to the caller directly.
        """
        for place, part in enumerate(parts):
            body = {
                **part,
                **({"thread_ts": thread} if thread else {}),
                "response_type": "in_channel" if public else "ephemeral",
                "replace_original": replace and not place,
                "delete_original": False,
                "unfurl_links": False,
                "unfurl_media": False,
            }
            found = await _with_words(lambda content: exchange.hook(self._hooks, url, content), body)
            if found in _NOT_TAKEN:
                send = self._share if public else self._privately
                found = await send(part, caller, thread)
            if found not in _ARRIVED:
                return False
        return True

    async def post(
        self, channel: str, parts: Sequence[Json], caller: Caller | None = None, *, thread: str | None = None
    ) -> bool:
        """Post `parts` for everybody in `channel` (or in the thread), in order, without link previews.

        What the channel does not take goes to the `caller` alone, if there is one.
        """
        for part in parts:
            found = await _with_words(lambda content: self._post(channel, content, thread), part)
            if found in _NOT_TAKEN and caller is not None:
                found = await self._privately(part, caller, thread)
            if found not in _ARRIVED:
                return False
        return True

    async def publish_home(self, user: str, view: Json) -> bool:
        """Replace the Home tab of `user`."""
        return await self._call("views.publish", user_id=user, view=view) in _ARRIVED

    async def _share(self, part: Json, caller: Caller, thread: str | None) -> Trouble | None:
        """Post what was shared; where the channel does not take it, tell the one who pressed what to do."""
        found = await self._post(caller.place, part, thread)
        if found in _NOT_TAKEN:
            await self._privately(_NOT_SHARED if found is Trouble.PLACE else _LATER, caller, thread)
        return found

    async def _privately(self, part: Json, caller: Caller, thread: str | None) -> Trouble | None:
        into_thread = {"thread_ts": thread} if thread else {}
        found = await self._call("chat.postEphemeral", channel=caller.place, user=caller.user, **part, **into_thread)
        return await self._post(caller.user, part, None) if found in _NOT_TAKEN else found

    async def _post(self, channel: str, part: Json, thread: str | None) -> Trouble | None:
        where = {"channel": channel, **({"thread_ts": thread} if thread else {})}
        return await self._call("chat.postMessage", **where, **part, unfurl_links=False, unfurl_media=False)

    async def _call(self, method: str, **arguments: Any) -> Trouble | None:
        found = await exchange.call(self._api, method, arguments)
        if found is Trouble.TOKEN and self._refused is not None:
            self._refused()
        return found


async def _with_words(send: Callable[[Json], Any], body: Json) -> Trouble | None:
    """Send `body`; when Slack would not take its blocks, log that under a reference and send its words alone."""
    found: Trouble | None = await send(body)
    if found is Trouble.OURS and body.get("blocks"):
        incident = report(RejectedError("the blocks were refused"), action="slack.refused")
        words = f"{body['text']}\nReference: {incident.reference}"
        found = await send({**body, "blocks": [], "text": words})
    return found
