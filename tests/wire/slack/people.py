"""What people do in Slack: type commands, press, choose, open the Home tab, mention, write to the bot."""

from typing import Any

from tests.wire.slack import payloads
from tests.wire.slack.checks import check_options, check_view
from tests.wire.slack.choosing import chosen
from tests.wire.slack.delivery import Delivery, Signing
from tests.wire.slack.describe import as_event, as_view
from tests.wire.slack.escaping import escaped
from tests.wire.slack.interaction import Interactions
from tests.wire.slack.reading import PRESSED, Element, find
from tests.wire.slack.records import Answer, Message, View
from tests.wire.slack.workspace import SlackError

Where = Answer | Message | View

MIN_QUERY_LENGTH = 3  # an external select's own default


class People(Interactions):
    """The part of the server that acts for people."""

    async def command(
        self,
        name: str,
        text: str = "",
        *,
        user: str = "U1",
        channel: str = "C1",
        signing: Signing = "good",
        settle: float | None = None,
        escape: bool = False,
        **extra: str,
    ) -> Answer:
        """Type a slash command; `extra` is added to the payload or replaces what is there.

        With `escape` channels in it become their ids, as for commands that have ``should_escape``.
        """
        space = self.workspace
        text = escaped(space, text) if escape else text
        where = space.channel(channel)
        answer = Answer(user, where.id)
        url, trigger_id = self.response_urls.new(answer, where.id), space.trigger(answer)
        payload = payloads.command(space, name, text, user, where, response_url=url, trigger_id=trigger_id)
        return await self.deliver(
            answer, "slash_commands", {**payload, **extra}, self.show_ack, signing=signing, settle=settle
        )

    async def press(
        self,
        where: Where,
        *,
        action_id: str | None = None,
        block_id: str | None = None,
        value: str | None = None,
        label: str | None = None,
        user: str = "U1",
        settle: float | None = None,
    ) -> Answer:
        """Press the first button that fits everything given.

        Raises:
            LookupError: no button fits.
        """
        wanted = {"action_id": action_id, "block_id": block_id, "value": value, "label": label}
        holder = where.holder(**wanted) if isinstance(where, Answer) else where
        element = find(holder.blocks, **wanted)
        if element.type not in PRESSED:
            raise LookupError(f"{element.action_id} is a {element.type}: choose in it with select()")
        return await self._act(holder, element, {}, user, settle)

    async def select(
        self,
        where: Where,
        choice: Any,
        *,
        action_id: str | None = None,
        block_id: str | None = None,
        user: str = "U1",
        settle: float | None = None,
    ) -> Answer:
        """Choose in a menu, picker or overflow: an option's value, text or the option itself; an id; a date.

        Raises:
            LookupError: there is no such element, or it does not offer that.
        """
        holder = where.holder(action_id=action_id, block_id=block_id) if isinstance(where, Answer) else where
        element = find(holder.blocks, action_id=action_id, block_id=block_id)
        choice = chosen(element, choice)
        holder.values.setdefault(element.block_id, {})[element.action_id] = {"type": element.type, **choice}
        return await self._act(holder, element, choice, user, settle)

    def fill(self, where: Where, choice: Any, *, action_id: str) -> None:
        """Type or choose without the app being told yet: it is in the state of what is sent next."""
        holder = where.holder(action_id=action_id) if isinstance(where, Answer) else where
        element = find(holder.blocks, action_id=action_id)
        state = {"type": element.type, **chosen(element, choice)}
        holder.values.setdefault(element.block_id, {})[element.action_id] = state

    async def suggest(
        self,
        action_id: str,
        value: str,
        *,
        user: str = "U1",
        where: Where | None = None,
        signing: Signing = "good",
    ) -> list[dict[str, Any]]:
        """Type into an external select and give the options that are offered, out of their groups.

        Raises:
            SlackError: the options are none that Slack would show, or none came in time.
            ValueError: Slack would not ask yet, `value` being shorter than `min_query_length`.
        """
        holder = self._holder_of(action_id, user, where)
        element = find(holder.blocks, action_id=action_id) if holder is not None else None
        least = MIN_QUERY_LENGTH if element is None else element.raw.get("min_query_length", MIN_QUERY_LENGTH)
        if element is not None and len(value) < least:
            raise ValueError(f"Slack asks from {least} characters on")
        payload = payloads.block_suggestion(
            self.workspace, user, holder, element=element, action_id=action_id, value=value
        )
        ack = await self.transport.deliver(Delivery("interactive", payload, signing=signing), self.ack_timeout)
        if not ack.acked:
            raise SlackError(ack.error or "dispatch_failed")
        self.refuse("options", check_options(ack.payload))
        groups = ack.payload.get("option_groups")
        return (
            list(ack.payload["options"]) if groups is None else [each for group in groups for each in group["options"]]
        )

    async def open_home(self, *, user: str = "U1", settle: float | None = None) -> Answer:
        """Open the app's Home tab; Slack sends the view along where one was published.

        Source: https://docs.slack.dev/reference/events/app_home_opened
        """
        where, ts = self.workspace.im(user), self.workspace.new_ts()
        event: dict[str, Any] = {"type": "app_home_opened", "user": user, "channel": where.id, "tab": "home"}
        event["event_ts"] = ts
        if user in self.workspace.homes:
            event["view"] = as_view(self.workspace, self.workspace.homes[user])
        return await self.event(event, answer=Answer(user), settle=settle)

    async def mention(
        self,
        text: str,
        *,
        channel: str = "C1",
        user: str = "U1",
        thread_ts: str | None = None,
        settle: float | None = None,
    ) -> Answer:
        """Write a message that mentions the bot."""
        where = self.workspace.channel(channel)
        event = self._written("app_mention", text, where.id, user, thread_ts)
        return await self.event(event, answer=Answer(user, where.id, thread_ts or event["ts"]), settle=settle)

    async def direct_message(self, text: str, *, user: str = "U1", settle: float | None = None) -> Answer:
        """Write to the bot."""
        where = self.workspace.im(user)
        event = {**self._written("message", text, where.id, user, None), "channel_type": "im"}
        return await self.event(event, answer=Answer(user, where.id, event["ts"]), settle=settle)

    async def own_message(self, message: Message, *, settle: float | None = None) -> Answer:
        """Tell the app of a message of its own, as Slack does in direct messages; it must not answer itself."""
        event = {**as_event(self.workspace, message), "channel": message.channel, "event_ts": message.ts}
        kind = "im" if self.workspace.channels[message.channel].is_im else "channel"
        return await self.event({**event, "channel_type": kind}, answer=Answer(message.user, None), settle=settle)

    def _written(self, kind: str, text: str, channel: str, user: str, thread_ts: str | None) -> dict[str, Any]:
        ts = self.workspace.new_ts()
        self.workspace.show(Message(ts, channel, "user", text, user=user, thread_ts=thread_ts))
        event = {"type": kind, "user": user, "text": text, "ts": ts, "channel": channel, "event_ts": ts}
        event |= {"team": self.workspace.users[user].team_id, "client_msg_id": f"client-{ts}"}
        return event if thread_ts is None else {**event, "thread_ts": thread_ts}

    async def event(
        self,
        event: dict[str, Any],
        *,
        times: int = 1,
        event_id: str | None = None,
        answer: Answer | None = None,
        signing: Signing = "good",
        settle: float | None = None,
    ) -> Answer:
        """Send any event; `times` above one sends it again under the same event_id, marked as a retry."""
        answer = answer or Answer(event.get("user", "U1"), event.get("channel"))
        event_id = event_id or f"Ev{self.workspace.number():08d}"
        payload = payloads.event_callback(self.workspace, event, event_id)
        for attempt in range(times):
            reason = "timeout" if attempt else ""
            await self.deliver(answer, "events_api", payload, signing=signing, settle=settle, retry=(attempt, reason))
        return answer

    async def submit_view(
        self,
        where: Answer | View,
        values: dict[str, Any] | None = None,
        *,
        user: str = "U1",
        settle: float | None = None,
    ) -> Answer:
        """Submit a modal; `values` is block_id -> action_id -> the element's state."""
        view = where.views[-1] if isinstance(where, Answer) else where
        answer = Answer(user)
        trigger_id = self.workspace.trigger(answer)
        payload = payloads.view_submission(self.workspace, user, view, values or {}, trigger_id=trigger_id)

        def take(answer: Answer, reply: Any) -> None:
            self._take_view_reply(answer, view, reply if isinstance(reply, dict) else {})

        return await self.deliver(answer, "interactive", payload, take, settle=settle)

    def _take_view_reply(self, answer: Answer, view: View, reply: dict[str, Any]) -> None:
        what = reply.get("response_action")
        if what in ("update", "push"):
            reasons = check_view(reply.get("view"))
            self.note(answer, "view_submission", reasons)
            if not reasons:
                shown = self.workspace.view(reply["view"], view.user, view if what == "update" else None)
                self.workspace.modals[shown.id] = shown
                answer.saw(shown)
        elif what != "errors":
            view.closed = True

    async def _act(
        self, holder: Message | View, element: Element, choice: dict[str, Any], user: str, settle: float | None
    ) -> Answer:
        channel = holder.channel if isinstance(holder, Message) else None
        answer = Answer(user, channel)
        if isinstance(holder, Message) and holder.deleted:
            raise LookupError("the message was deleted")
        if isinstance(holder, Message) and holder.ephemeral_to not in (None, user):
            raise LookupError(f"{user} does not see a message that only {holder.ephemeral_to} sees")
        source = holder if isinstance(holder, Message) else None
        url = None if source is None else self.response_urls.new(answer, source.channel, source)
        payload = payloads.block_actions(
            self.workspace,
            user,
            holder,
            [payloads.action(element, choice)],
            trigger_id=self.workspace.trigger(answer),
            response_url=url,
        )
        return await self.deliver(answer, "interactive", payload, settle=settle)

    def _holder_of(self, action_id: str, user: str, where: Where | None) -> Message | View | None:
        if where is not None:
            return where.holder(action_id=action_id) if isinstance(where, Answer) else where
        shown: list[Message | View] = [view for view in self.workspace.modals.values() if not view.closed]
        shown += [self.workspace.homes[user]] if user in self.workspace.homes else []
        shown += reversed([each for each in self.workspace.timeline if each.ephemeral_to in (None, user)])
        for holder in shown:
            try:
                find(holder.blocks, action_id=action_id)
            except LookupError:
                continue
            return holder
        return None
