"""What people do in Slack: type commands, press, choose, open the Home tab, mention, write to the bot."""

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from tests.wire.slack import payloads
from tests.wire.slack.checks import check_message, check_options, check_view
from tests.wire.slack.choosing import chosen
from tests.wire.slack.delivery import Ack, Delivery, Kind, Signing, Transport
from tests.wire.slack.reading import Element, find
from tests.wire.slack.records import Answer, Message, View
from tests.wire.slack.response_url import ResponseUrls
from tests.wire.slack.shapes import Refusal
from tests.wire.slack.workspace import SlackError, Workspace

Where = Answer | Message | View
TakeAck = Callable[[Answer, Any], None]

MIN_QUERY_LENGTH = 3  # an external select's own default


class People(ABC):
    """The part of the server that acts for people."""

    workspace: Workspace
    response_urls: ResponseUrls
    ack_timeout: float
    settle: float
    refusals: list[tuple[str, Refusal]]

    @property
    @abstractmethod
    def transport(self) -> Transport:
        """Give the way in which the app is reached."""

    @abstractmethod
    def refuse(self, via: str, reasons: list[Refusal]) -> None:
        """Refuse a payload for its first reason."""

    async def command(
        self,
        name: str,
        text: str = "",
        *,
        user: str = "U1",
        channel: str = "C1",
        signing: Signing = "good",
        settle: float | None = None,
        **extra: str,
    ) -> Answer:
        """Type a slash command; `extra` is added to the payload or replaces what is there."""
        space = self.workspace
        where = space.channel(channel)
        answer = Answer(user, where.id)
        url, trigger_id = self.response_urls.new(answer, where.id), space.trigger(answer)
        payload = payloads.command(space, name, text, user, where, response_url=url, trigger_id=trigger_id)
        return await self._deliver(
            answer, "slash_commands", {**payload, **extra}, self._show_ack, signing=signing, settle=settle
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
        return await self._act(holder, element, chosen(element, choice), user, settle)

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
        """Open the app's Home tab."""
        where, ts = self.workspace.im(user), self.workspace.new_ts()
        event = {"type": "app_home_opened", "user": user, "channel": where.id, "tab": "home", "event_ts": ts}
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

    def _written(self, kind: str, text: str, channel: str, user: str, thread_ts: str | None) -> dict[str, Any]:
        ts = self.workspace.new_ts()
        self.workspace.timeline.append(Message(ts, channel, "user", text, user=user, thread_ts=thread_ts))
        event = {"type": kind, "user": user, "text": text, "ts": ts, "channel": channel, "event_ts": ts}
        event |= {"team": self.workspace.team_id, "client_msg_id": f"client-{ts}"}
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
            await self._deliver(answer, "events_api", payload, signing=signing, settle=settle, retry=(attempt, reason))
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

        return await self._deliver(answer, "interactive", payload, take, settle=settle)

    def _take_view_reply(self, answer: Answer, view: View, reply: dict[str, Any]) -> None:
        what = reply.get("response_action")
        if what in ("update", "push"):
            reasons = check_view(reply.get("view"))
            self._note(answer, "view_submission", reasons)
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
        return await self._deliver(answer, "interactive", payload, settle=settle)

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

    async def _deliver(
        self,
        answer: Answer,
        kind: Kind,
        payload: dict[str, Any],
        take: TakeAck | None = None,
        *,
        signing: Signing = "good",
        settle: float | None = None,
        retry: tuple[int, str] = (0, ""),
    ) -> Answer:
        self.workspace.open_answer(answer)
        delivery = Delivery(kind, payload, retry_num=retry[0], retry_reason=retry[1], signing=signing)
        ack: Ack = await self.transport.deliver(delivery, self.ack_timeout)
        answer.acked, answer.ack_ms, answer.ack_payload = ack.acked, ack.ms, ack.payload
        answer.error, answer.status = ack.error, ack.status
        if ack.acked and take is not None:
            take(answer, ack.payload)
        patience = self.settle if settle is None else settle
        if answer.acked and not answer.effects and patience and answer.error is None:
            with contextlib.suppress(TimeoutError):  # nothing to see is an answer too
                await answer.wait(1, patience)
        return answer

    def _show_ack(self, answer: Answer, payload: Any) -> None:
        """Show what rode in the acknowledgement of a command.

        Only commands are answered in this way: Slack ignores the body that acknowledges block_actions.
        """
        if not payload:
            return
        reasons = [Refusal("invalid_payload", "", "must provide an object")]
        if isinstance(payload, dict):
            reasons = check_message(payload, "ack")
        self._note(answer, "ack", reasons)
        if not reasons and answer.channel is not None:
            in_channel = payload.get("response_type") == "in_channel"
            self.workspace.post(
                answer.channel,
                payload,
                "ack",
                answer=answer,
                ephemeral_to=None if in_channel else answer.user,
                response_type=payload.get("response_type"),
            )

    def _note(self, answer: Answer, via: str, reasons: list[Refusal]) -> None:
        answer.refusals += reasons
        self.refusals += [(via, reason) for reason in reasons]
        if reasons:
            answer.error = reasons[0].error_code
