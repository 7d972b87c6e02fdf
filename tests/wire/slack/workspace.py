"""The workspace: its people and channels, what was said in them, Home tabs, modals and trigger ids."""

import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.wire.slack.checks import TEXT_MOST
from tests.wire.slack.reading import with_ids
from tests.wire.slack.records import Answer, Message, View

TRIGGER_SECONDS = 3.0
ATTRIBUTION_SECONDS = 30.0


class SlackError(Exception):
    """A call that Slack answers with `ok: false`.

    Attributes:
        code: Slack's error code.
        details: sentences for `response_metadata.messages`.
        more: what else the answer holds.
    """

    def __init__(self, code: str, details: tuple[str, ...] = (), **more: str) -> None:
        """Take the code, and what goes with it."""
        super().__init__(code)
        self.code = code
        self.details = details
        self.more = more


@dataclass(slots=True)
class Channel:
    """One conversation, as the bot finds it."""

    id: str
    name: str
    is_member: bool = True
    is_archived: bool = False
    is_private: bool = False
    is_im: bool = False
    is_mpim: bool = False
    is_ext_shared: bool = False
    im_user: str | None = None
    members: frozenset[str] | None = None
    """Who is in it, in order of their ids; None: everybody."""
    post_error: str | None = None
    """An error code that every post here is refused with, such as "restricted_action"."""


@dataclass(slots=True)
class User:
    """One person (or bot)."""

    id: str
    name: str
    tz: str = "America/New_York"
    tz_offset: int = -18_000
    locale: str = "en-US"
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_bot: bool = False
    team_id: str = "T1"


@dataclass(slots=True)
class Trigger:
    """One trigger_id: good for one view, for a moment."""

    user: str
    answer: Answer
    made: float = field(default_factory=time.monotonic)
    used: bool = False


class Workspace:
    """Everything in one place, without any protocol."""

    def __init__(self) -> None:
        """Start with two people, a bot, and two channels that the bot is in."""
        self.team_id, self.team_domain, self.app_id = "T1", "loopback", "A1"
        self.bot_user, self.bot_id = "UBOT", "BBOT"
        self.users = {
            "U1": User("U1", "ada", is_admin=True),
            "U2": User("U2", "bao", tz="Asia/Shanghai", tz_offset=28_800, locale="zh-CN"),
            "UBOT": User("UBOT", "briefbot", is_bot=True),
        }
        self.channels = {"C1": Channel("C1", "general"), "C2": Channel("C2", "random")}
        self.home_enabled = True
        self.timeline: list[Message] = []
        self.by_channel: dict[str, list[Message]] = {}
        self.lean = False
        """Whether messages are kept without their blocks and payloads, for where there are very many."""
        self.homes: dict[str, View] = {}
        self.modals: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.answers: list[Answer] = []
        self._numbers = itertools.count(1)
        self._ids = (f"x{number}" for number in itertools.count(1))

    def number(self) -> int:
        """Give the next number that nothing had before."""
        return next(self._numbers)

    def new_ts(self) -> str:
        """Make a time stamp that no message has."""
        return f"{int(time.time())}.{self.number():06d}"

    def im(self, user: str) -> Channel:
        """Find or open the direct messages between a person and the bot."""
        if user not in self.users:
            raise SlackError("user_not_found")
        return self.channels.setdefault(f"D{user}", Channel(f"D{user}", "directmessage", is_im=True, im_user=user))

    def channel(self, wanted: object) -> Channel:
        """Find a channel by id, by #name, or by a person's id.

        Raises:
            SlackError: channel_not_found.
        """
        if isinstance(wanted, str):
            if wanted in self.channels:
                return self.channels[wanted]
            if wanted in self.users:
                return self.im(wanted)
            for channel in self.channels.values():
                if wanted.lstrip("#") == channel.name and not channel.is_im:
                    return channel
        raise SlackError("channel_not_found")

    def writable(self, wanted: object) -> Channel:
        """Find a channel that the bot may post in.

        Raises:
            SlackError: channel_not_found, is_archived, not_in_channel, or what the channel was told to refuse with.
        """
        channel = self.channel(wanted)
        if channel.is_archived:
            raise SlackError("is_archived")
        if not channel.is_member:
            raise SlackError("channel_not_found" if channel.is_private else "not_in_channel")
        if channel.post_error is not None:
            raise SlackError(channel.post_error)
        return channel

    def message(self, channel: str, ts: object) -> Message:
        """Find a message that can be changed: ephemeral ones cannot be found again.

        Raises:
            SlackError: message_not_found.
        """
        for message in reversed(self.by_channel.get(channel, [])):
            if message.ts == ts and not message.deleted and message.ephemeral_to is None:
                return message
        raise SlackError("message_not_found")

    def show(self, message: Message) -> None:
        """Let a message stand in its channel."""
        self.timeline.append(message)
        self.by_channel.setdefault(message.channel, []).append(message)

    def post(
        self, channel: str, payload: Mapping[str, Any], via: str, *, answer: Answer | None = None, **more: Any
    ) -> Message:
        """Show a message from the app, and note for which interaction it came."""
        message = Message(
            ts=self.new_ts(),
            channel=channel,
            via=via,
            text=(payload.get("text") or "")[:TEXT_MOST],
            blocks=[] if self.lean else with_ids(payload.get("blocks") or [], self._ids),
            attachments=payload.get("attachments") or [],
            thread_ts=payload.get("thread_ts"),
            reply_broadcast=payload.get("reply_broadcast") is True,
            metadata=payload.get("metadata"),
            unfurl_links=payload.get("unfurl_links"),
            unfurl_media=payload.get("unfurl_media"),
            payload={} if self.lean else dict(payload),
            **more,
        )
        self.show(message)
        self._attribute(message, answer)
        return message

    def change(self, message: Message, payload: Mapping[str, Any], *, answer: Answer | None = None) -> None:
        """Show a message with other words."""
        text = (payload.get("text") or "")[:TEXT_MOST]
        message.take(dict(payload), with_ids(payload.get("blocks") or [], self._ids), text)
        self._attribute(message, answer)

    def delete(self, message: Message, *, answer: Answer | None = None) -> None:
        """Show a message no longer."""
        message.deleted = True
        self._attribute(message, answer)

    def view(self, payload: dict[str, Any], user: str, old: View | None = None) -> View:
        """Show a view to a person; in place of an old one it keeps that one's id."""
        view = old or View(id=f"V{self.number()}", user=user, hash="", payload={}, blocks=[])
        view.hash = f"{time.time():.0f}.{self.number()}"
        view.payload, view.blocks = payload, with_ids(payload.get("blocks") or [], self._ids)
        view.root_id = view.root_id or view.id
        return view

    def trigger(self, answer: Answer) -> str:
        """Make a trigger_id for an interaction."""
        trigger_id = f"{self.number()}.{self.number()}.abcdef"
        self.triggers[trigger_id] = Trigger(answer.user, answer)
        answer.trigger_id = trigger_id
        return trigger_id

    def exchange(self, trigger_id: object) -> Trigger:
        """Use a trigger_id up.

        Raises:
            SlackError: invalid_trigger_id, exchanged_trigger_id, expired_trigger_id.
        """
        trigger = self.triggers.get(trigger_id) if isinstance(trigger_id, str) else None
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.made > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def open_answer(self, answer: Answer) -> None:
        """Note an interaction to which messages may belong from now on."""
        self.answers.append(answer)

    def _attribute(self, message: Message, answer: Answer | None) -> None:
        """Tell the interaction that a message belongs to.

        Replies by ack and by response_url name theirs. A message by the Web API belongs to the interaction whose
        message it answers in a thread, or else to the latest one in that channel or of that person.
        """
        if answer is None:
            fresh = [each for each in self.answers if time.monotonic() - each.started < ATTRIBUTION_SECONDS]
            in_thread = [each for each in fresh if each.event_ts is not None and each.event_ts == message.thread_ts]
            here = [each for each in fresh if message.channel in (each.channel, f"D{each.user}")]
            answer = next(iter([*reversed(in_thread), *reversed(here)]), None)
        if answer is not None:
            answer.saw(message)
