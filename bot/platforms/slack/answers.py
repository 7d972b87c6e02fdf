"""From what Slack delivers to an answer: acknowledged first, or with the answer in the acknowledgement.

Bolt runs with `process_before_response`, so an acknowledgement leaves when the listener returns; whatever takes longer
than a glance is a task of its own, and `finished` waits for those.
"""

import asyncio
from collections.abc import Awaitable, Mapping
from typing import Any

from cachetools import LRUCache, TTLCache
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.commands.request import Caller
from bot.commands.router import Commands, failure
from bot.errors import report
from bot.library.entry import Audience
from bot.platforms.slack import callers, home
from bot.platforms.slack.deliver import Outbox
from bot.platforms.slack.render import Json, messages
from bot.reply import Action, Reply, Visibility

PATIENCE = 2.0
"""Seconds an answer may take before the command is acknowledged without it; Slack gives up after three."""
_KEPT_DRAWINGS = 256
_KEPT_EVENTS, _EVENT_SECONDS = 4096, 3600
"""Deliveries remembered: Slack sends an event again within minutes when it missed the acknowledgement."""
_WAITING = "Still looking, the answer follows here."

Body = Mapping[str, Any]


class Answers:
    """Answers commands, buttons, menus, mentions and messages; never raises, and knows when nothing is in hand."""

    def __init__(self, commands: Commands, outbox: Outbox, *, audience: Audience = Audience.PUBLIC) -> None:
        """Take the commands, what carries the answers, and the audience every caller belongs to."""
        self._commands = commands
        self._outbox = outbox
        self._audience = audience
        self._drawn: LRUCache[Reply, tuple[Json, ...]] = LRUCache(_KEPT_DRAWINGS)
        self._seen: TTLCache[str, bool] = TTLCache(_KEPT_EVENTS, _EVENT_SECONDS)
        self._in_hand: set[asyncio.Task[None]] = set()

    async def command(self, ack: AsyncAck, body: Body) -> None:
        """Answer a slash command, in the acknowledgement when the answer is there and fits one message."""
        if self._again(str(body.get("trigger_id", ""))):
            await ack()
            return
        caller = callers.of_command(body, self._audience)
        words = str(body.get("text") or "")
        asking = asyncio.ensure_future(self._safely(self._commands.run(str(body.get("command", "")), words, caller)))
        done, _ = await asyncio.wait((asking,), timeout=PATIENCE)
        if not done:
            await ack(text=_WAITING, response_type="ephemeral")
            self._start(self._follow(asking, body, caller))
            return
        reply = asking.result()
        first, *rest = self._draw(reply)
        if rest:
            await ack()
            self._start(self._follow(asking, body, caller))
        else:
            kind = "in_channel" if reply.visibility is Visibility.PUBLIC else "ephemeral"
            await ack(text=first["text"], blocks=first["blocks"], response_type=kind)

    async def press(self, ack: AsyncAck, body: Body) -> None:
        """Answer a button: acknowledged at once, answered beside it (or in its place, when it turns a private page)."""
        await ack()
        action = (body.get("actions") or [{}])[0]
        if not self._again(str(body.get("trigger_id", ""))):
            self._start(self._pressed(str(action.get("value") or ""), body))

    async def found(self, ack: AsyncAck, body: Body) -> None:
        """Open the entry that was chosen in the Home tab's search menu."""
        await ack()
        action = (body.get("actions") or [{}])[0]
        entry_id = str((action.get("selected_option") or {}).get("value") or "")
        caller = callers.of_interaction(body, self._audience)
        if entry_id:
            self._start(self._show_home(caller.user, self._commands.run("brief", {"query": entry_id}, caller)))

    async def suggest(self, ack: AsyncAck, body: Body) -> None:
        """Complete what is typed into the search menu."""
        caller = callers.of_interaction(body, self._audience)
        try:
            choices = self._commands.complete("brief", "query", str(body.get("value") or ""), caller)
        except Exception as error:  # noqa: BLE001 - the border: completion fails to nothing, and says so in the log
            report(error, action="slack.suggest", user=caller.user)
            choices = ()
        await ack(options=home.options(choices))

    async def opened_home(self, ack: AsyncAck, body: Body) -> None:
        """Show the library to somebody who opens the Home tab; a page they were reading is left alone."""
        await ack()
        event = body.get("event") or {}
        if event.get("tab") == "home" and not event.get("view") and not self._again(str(body.get("event_id", ""))):
            caller = callers.of_event(body, self._audience)
            self._start(self._show_home(caller.user, self._commands.run("briefings", {}, caller), start=True))

    async def mentioned(self, ack: AsyncAck, body: Body, bot_user: str | None) -> None:
        """Answer a mention, in its thread and for everybody who reads it."""
        await ack()
        event = body.get("event") or {}
        if not self._from_a_person(event, bot_user) or self._again(str(body.get("event_id", ""))):
            return
        thread = str(event.get("thread_ts") or event.get("ts") or "")
        self._start(self._posted(_without_mention(event, bot_user), body, thread or None))

    async def messaged(self, ack: AsyncAck, body: Body, bot_user: str | None) -> None:
        """Answer a direct message; other messages, edits and what bots say are none of ours."""
        await ack()
        event = body.get("event") or {}
        direct = event.get("channel_type") == "im" and not event.get("subtype")
        if not direct or not self._from_a_person(event, bot_user) or self._again(str(body.get("event_id", ""))):
            return
        thread = str(event["thread_ts"]) if event.get("thread_ts") else None
        self._start(self._posted(_without_mention(event, bot_user), body, thread))

    async def finished(self) -> None:
        """Wait until no answer is in hand."""
        while self._in_hand:
            await asyncio.wait(self._in_hand)

    async def _follow(self, asking: asyncio.Future[Reply], body: Body, caller: Caller) -> None:
        reply = await asking
        public = reply.visibility is Visibility.PUBLIC
        await self._outbox.respond(str(body.get("response_url", "")), self._draw(reply), caller, public=public)

    async def _pressed(self, encoded: str, body: Body) -> None:
        caller = callers.of_interaction(body, self._audience)
        asking = self._commands.press(encoded, caller)
        container = body.get("container") or {}
        if container.get("type") == "view":
            action = Action.decode(encoded)
            start = action is not None and action.name == "browse" and not any(action.args[:1])
            await self._show_home(caller.user, asking, start=start)
            return
        reply = await self._safely(asking)
        await self._outbox.respond(
            str(body.get("response_url", "")),
            self._draw(reply),
            caller,
            public=reply.visibility is Visibility.PUBLIC,
            replace=reply.replaces and bool(container.get("is_ephemeral")),
        )

    async def _posted(self, words: str, body: Body, thread: str | None) -> None:
        caller = callers.of_event(body, self._audience)
        command, text = _command_in(words)
        reply = await self._safely(self._commands.run(command, text, caller))
        await self._outbox.post(caller.place, self._draw(reply), thread=thread)

    async def _show_home(self, user: str, asking: Awaitable[Reply], *, start: bool = False) -> None:
        reply = await self._safely(asking)
        await self._outbox.publish_home(user, home.home_view(reply, start=start))

    async def _safely(self, asking: Awaitable[Reply]) -> Reply:
        try:
            return await asking
        except Exception as error:  # noqa: BLE001 - the border: whatever happened, the reader gets a sentence
            return failure(report(error, action="slack.answer"))

    def _draw(self, reply: Reply) -> tuple[Json, ...]:
        # Replies are compared by identity: the commands hand out the same one while nothing has changed.
        drawn = self._drawn.get(reply)
        if drawn is None:
            drawn = self._drawn[reply] = messages(reply)
        return drawn

    def _again(self, delivery: str) -> bool:
        """Whether `delivery` has been here before; Slack repeats what it believes was lost, an attacker what he saw."""
        if not delivery or delivery not in self._seen:
            self._seen[delivery] = True
            return False
        return True

    def _from_a_person(self, event: Body, bot_user: str | None) -> bool:
        return bool(event.get("user")) and not event.get("bot_id") and event.get("user") != bot_user

    def _start(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(self._logged(work))
        self._in_hand.add(task)
        task.add_done_callback(self._in_hand.discard)

    async def _logged(self, work: Awaitable[None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - the border: a task's failure would otherwise be lost
            report(error, action="slack.follow_up")


def _without_mention(event: Body, bot_user: str | None) -> str:
    words = str(event.get("text") or "")
    return (words.replace(f"<@{bot_user}>", " ") if bot_user else words).strip()


def _command_in(words: str) -> tuple[str, str]:
    """Return the command and its text; a sentence without a command is a question for `/brief`."""
    name, _, rest = words.removeprefix("/").partition(" ")
    return (name.lower(), rest) if words.startswith("/") else ("brief", words)
