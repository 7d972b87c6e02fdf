"""From what Slack delivers to an answer: in the acknowledgement, or acknowledged at once and answered after it.

Bolt runs with `process_before_response`, so an acknowledgement leaves when the listener returns; whatever takes longer
than a glance is a task of its own, which `work` knows of.
"""

import asyncio
import json
from collections.abc import Awaitable, Mapping

from cachetools import TTLCache
from slack_bolt.response import BoltResponse

from bot.commands import spec
from bot.commands.request import Caller
from bot.commands.router import Commands, failure
from bot.errors import report
from bot.platforms.slack import callers, home
from bot.platforms.slack.callers import Access, Body
from bot.platforms.slack.deliver import Outbox
from bot.platforms.slack.drawn import Drawings, Drawn, draw
from bot.platforms.slack.words import asked, unescaped
from bot.platforms.slack.work import Work
from bot.reply import Outcome, Reply

PATIENCE = 2.0
"""Seconds an answer may take before the command is acknowledged without it; Slack gives up after three
(https://docs.slack.dev/tools/bolt-python/concepts/acknowledge)."""
_EVENTS, _EVENT_SECONDS = 4096, 3600
"""Events remembered: Slack sends one again when it missed the acknowledgement (https://docs.slack.dev/apis/events-api)."""
_WAITING = json.dumps({"response_type": "ephemeral", "text": "Still looking, the answer follows here."})
_QUERY = spec.QUERY.name
_ESCAPED = frozenset(f"/{each.name}" for each in spec.COMMANDS if each.takes_channel)
"""The commands for which Slack escapes, as the manifest asks of it."""


def acknowledged(body: str = "") -> BoltResponse:
    """Return an acknowledgement, with the JSON of an answer or without one."""
    return BoltResponse(status=200, body=body)


class Answers:
    """Answers commands, buttons, menus, mentions and messages; no member raises."""

    def __init__(self, commands: Commands, outbox: Outbox, work: Work, *, bot_user: str, access: Access) -> None:
        """Take the commands, what carries answers, what counts them, who we are, and what people may see."""
        self._commands = commands
        self._outbox = outbox
        self._work = work
        self._bot_user = bot_user
        self._access = access
        self._drawings = Drawings()
        self._seen: TTLCache[str, bool] = TTLCache(_EVENTS, _EVENT_SECONDS)

    async def command(self, body: Body) -> BoltResponse:
        """Answer a slash command, in the acknowledgement when the answer is there in time and fits one message."""
        caller = callers.of_command(body, self._access)
        command, text = str(body.get("command", "")), str(body.get("text") or "")
        text = unescaped(text) if command in _ESCAPED else text
        reply = self._commands.kept(command, text, caller)  # a task with a time limit costs more than most answers
        if reply is None:
            asking = asyncio.ensure_future(self._reply(self._commands.run(command, text, caller)))
            if not (await asyncio.wait((asking,), timeout=PATIENCE))[0]:
                self._work.start(self._follow(asking, body, caller))
                return acknowledged(_WAITING)
            reply = asking.result()
        drawn = self._drawn(reply)
        if len(drawn.messages) > 1:  # all of them by one way, or the second could overtake the first
            self._work.start(self._respond(drawn, body, caller))
            return acknowledged()
        return acknowledged(drawn.ack)

    async def press(self, body: Body) -> BoltResponse:
        """Answer a button: beside it, in its place when it turns a page, or on the Home tab where it was pressed."""
        self._work.start(self._pressed(str(callers.action(body).get("value") or ""), body))
        return acknowledged()

    async def found(self, body: Body) -> BoltResponse:
        """Open the entry that was chosen in the Home tab's search menu."""
        chosen = callers.action(body).get("selected_option")
        entry_id = str(chosen.get("value") or "") if isinstance(chosen, Mapping) else ""
        if entry_id:
            caller = callers.of_interaction(body, self._access)
            self._work.start(self._show_home(caller, home.opened(entry_id)))
        return acknowledged()

    async def suggest(self, body: Body) -> BoltResponse:
        """Complete what is typed into the search menu."""
        caller = callers.of_interaction(body, self._access)
        try:
            choices = self._commands.complete(spec.COMMANDS[0].name, _QUERY, str(body.get("value") or ""), caller)
        except Exception as error:  # noqa: BLE001 - the border: completion fails to nothing, and says so in the log
            report(error, action="slack.suggest", user=caller.user)
            choices = ()
        return acknowledged(json.dumps({"options": home.options(choices)}))

    async def event(self, body: Body) -> BoltResponse:
        """Answer a mention, a direct message or a visit to the Home tab; every other event is none of ours."""
        event = callers.event(body)
        if self._from_somebody_else(event) and not self._again(str(body.get("event_id") or "")):
            match event.get("type"):
                case "app_home_opened" if event.get("tab", "home") == "home":
                    self._work.start(self._opened(callers.of_event(body, self._access), event.get("view")))
                case "app_mention":
                    self._work.start(self._posted(body, str(event.get("thread_ts") or event.get("ts") or "")))
                case "message" if event.get("channel_type") == "im" and not event.get("subtype"):
                    self._work.start(self._posted(body, str(event.get("thread_ts") or "")))
        return acknowledged()

    async def _follow(self, asking: asyncio.Future[Reply], body: Body, caller: Caller) -> None:
        await self._respond(self._drawn(await asking), body, caller)

    async def _respond(self, drawn: Drawn, body: Body, caller: Caller) -> None:
        url = str(body.get("response_url") or "")
        await self._outbox.respond(url, drawn.messages, caller, public=drawn.public)

    async def _pressed(self, encoded: str, body: Body) -> None:
        caller = callers.of_interaction(body, self._access)
        if callers.on_home(body):
            await self._show_home(caller, encoded)
            return
        reply = await self._reply(self._commands.press(encoded, caller))
        drawn = self._drawn(reply)
        await self._outbox.respond(
            str(body.get("response_url") or ""),
            drawn.messages,
            caller,
            public=drawn.public,  # not the reply's: what could not be drawn is told to nobody else
            replace=reply.replaces and bool(callers.container(body).get("is_ephemeral")),
            thread=callers.thread(body),
        )

    async def _posted(self, body: Body, thread: str) -> None:
        caller = callers.of_event(body, self._access)
        command, text = asked(str(callers.event(body).get("text") or ""), self._bot_user)
        reply = await self._reply(self._commands.run(command, text, caller))
        known, event = spec.command(command), callers.event(body)
        if known is not None and known.private and event.get("type") == "app_mention":
            aside = str(event.get("thread_ts") or "") or None
            await self._outbox.respond("", self._drawn(reply).messages, caller, thread=aside)
            return
        await self._outbox.post(
            caller.place, self._drawn(reply, in_the_open=True).messages, caller, thread=thread or None
        )

    async def _opened(self, caller: Caller, view: object) -> None:
        """Draw the Home tab anew, where the reader left it; what is gone since then gives way to the start."""
        shown = home.shown_in(view)
        if shown and (await self._reply(self._commands.press(shown, caller))).outcome is Outcome.INVALID:
            shown = ""
        await self._show_home(caller, shown)

    async def _show_home(self, caller: Caller, encoded: str) -> None:
        """Show what a button brings, or the page the tab opens with when `encoded` is empty or leads there."""
        shown = home.shown_in({"private_metadata": encoded})
        asking = self._commands.press(shown, caller) if shown else self._commands.run("briefings", {}, caller)
        reply = await self._reply(asking)
        if not await self._outbox.publish_home(caller.user, home.home_view(reply, shown)) and shown:
            await self._outbox.post(caller.user, self._drawn(reply, in_the_open=True).messages)

    async def _reply(self, asking: Awaitable[Reply]) -> Reply:
        try:
            return await asking
        except Exception as error:  # noqa: BLE001 - the border: whatever happened, the reader gets a sentence
            return failure(report(error, action="slack.answer"))

    def _drawn(self, reply: Reply, *, in_the_open: bool = False) -> Drawn:
        try:
            return self._drawings.in_the_open(reply) if in_the_open else self._drawings.of(reply)
        except Exception as error:  # noqa: BLE001 - the border: a reply that cannot be drawn is a sentence too
            return draw(failure(report(error, action="slack.draw", entry=reply.entry_id)))

    def _again(self, event_id: str) -> bool:
        """Return whether the event has been here before."""
        if event_id and event_id in self._seen:
            return True
        self._seen[event_id] = True
        return False

    def _from_somebody_else(self, event: Body) -> bool:
        """Return whether a person did this, for the first time: not a bot, not ourselves, not by mending a message."""
        user = event.get("user")
        return bool(user) and user != self._bot_user and not event.get("bot_id") and not event.get("edited")
