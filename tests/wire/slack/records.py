"""What the loopback Slack keeps: calls, messages, views, and the answer to one thing that a user did."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from tests.wire.slack.pings import Ping, pings_of
from tests.wire.slack.reading import Element, buttons, find, shown, shown_mrkdwn
from tests.wire.slack.shapes import Refusal


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One call of the Web API, as it came: `args` without the token, `at` in seconds of the monotonic clock."""

    method: str
    args: dict[str, Any]
    headers: dict[str, str]
    at: float


@dataclass(eq=False, slots=True)
class Message:
    """One message as people see it now; `versions` holds the payloads it had before it was changed."""

    ts: str
    channel: str
    via: str
    """What made it: "ack", "response_url", "chat.postMessage", "chat.postEphemeral" or "user"."""
    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    user: str = "UBOT"
    thread_ts: str | None = None
    reply_broadcast: bool = False
    ephemeral_to: str | None = None
    response_type: str | None = None
    metadata: dict[str, Any] | None = None
    unfurl_links: bool | None = None
    unfurl_media: bool | None = None
    payload: dict[str, Any] = field(default_factory=dict)
    """The arguments as sent, before block ids were filled in or text was cut."""
    versions: list[dict[str, Any]] = field(default_factory=list)
    deleted: bool = False
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What was chosen and typed in it: block_id -> action_id -> the element's state."""
    at: float = field(default_factory=time.time)
    """When it came, in seconds since the epoch."""

    def visible(self) -> str:
        """Show all words a reader can see: the blocks, or the text where there are none."""
        return shown(self.blocks) if self.blocks else shown_mrkdwn(self.text)

    def all_text(self) -> str:
        """Show the fallback text and the blocks."""
        return "\n".join(filter(None, (shown_mrkdwn(self.text), shown(self.blocks), shown(self.attachments))))

    def buttons(self) -> list[Element]:
        """List what can be pressed."""
        return buttons(self.blocks)

    @property
    def pings(self) -> list[Ping]:
        """List whom it mentions."""
        return pings_of(self.payload)

    def take(self, payload: dict[str, Any], blocks: list[dict[str, Any]], text: str) -> None:
        """Show something else from now on, and remember what was shown."""
        self.versions.append({"text": self.text, "blocks": self.blocks, "attachments": self.attachments})
        self.payload, self.blocks, self.text = payload, blocks, text
        self.attachments = payload.get("attachments") or []
        if "metadata" in payload:
            self.metadata = payload["metadata"]


@dataclass(eq=False, slots=True)
class View:
    """A Home tab or a modal as its user sees it now."""

    id: str
    user: str
    hash: str
    payload: dict[str, Any]
    blocks: list[dict[str, Any]]
    root_id: str = ""
    previous_id: str | None = None
    closed: bool = False
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What was chosen and typed in it: block_id -> action_id -> the element's state."""

    def text(self) -> str:
        """Show all words of it, its title and buttons included."""
        titles = [self.payload[name]["text"] for name in ("title", "submit", "close") if name in self.payload]
        return "\n".join([*titles, shown(self.blocks)])

    def buttons(self) -> list[Element]:
        """List what can be pressed."""
        return buttons(self.blocks)


@dataclass(eq=False, slots=True)
class Answer:
    """What came of one thing that a user did: the acknowledgement, and what they see because of it."""

    user: str
    channel: str | None = None
    event_ts: str | None = None
    acked: bool = False
    ack_ms: float | None = None
    ack_payload: Any = None
    error: str | None = None
    """What the user is told has failed: "operation_timeout", "dispatch_failed", "invalid_blocks" and the like."""
    status: int | None = None
    """The HTTP status of the acknowledgement, where it came by HTTP."""
    refusals: list[Refusal] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    response_url: str | None = None
    trigger_id: str | None = None
    started: float = field(default_factory=time.monotonic)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _effects: int = 0

    def saw(self, effect: Message | View) -> None:
        """Note that the user saw this appear or change."""
        seen: list[Any] = self.messages if isinstance(effect, Message) else self.views
        if effect not in seen:
            seen.append(effect)
        self._effects += 1
        self._changed.set()

    @property
    def effects(self) -> int:
        """Count what appeared or changed because of it."""
        return self._effects

    async def wait(self, count: int = 1, timeout: float = 3.0) -> "Answer":  # noqa: ASYNC109 - a test's own patience
        """Wait until at least `count` things (messages, views) appeared or changed because of it.

        Raises:
            TimeoutError: fewer came in time; the text says what did.
        """
        deadline = time.monotonic() + timeout
        while self._effects < count:
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), deadline - time.monotonic())
            except TimeoutError:
                raise TimeoutError(f"{self._effects} of {count} in {timeout} s; {self!r}") from None
        return self

    async def quiet(self, pause: float = 0.15) -> "Answer":
        """Wait until nothing more has come for a pause: a long answer comes in several messages."""
        seen = -1
        while seen != self._effects:
            seen = self._effects
            await asyncio.sleep(pause)
        return self

    @property
    def message(self) -> Message:
        """Give the only message.

        Raises:
            LookupError: there is none, or more than one.
        """
        if len(self.messages) != 1:
            raise LookupError(f"{len(self.messages)} messages, not one: {self!r}")
        return self.messages[0]

    def text(self) -> str:
        """Show all words of all messages and views that are still there: fallback text, blocks, buttons."""
        return "\n".join([*(each.all_text() for each in self._shown()), *(view.text() for view in self.views)])

    def visible(self) -> str:
        """Show what a reader sees, without the fallback texts of messages that have blocks."""
        return "\n".join([*(each.visible() for each in self._shown()), *(view.text() for view in self.views)])

    def _shown(self) -> list[Message]:
        return [each for each in self.messages if not each.deleted]

    def buttons(self) -> list[Element]:
        """List what can be pressed in what came."""
        shown_now: list[Message | View] = [*self._shown(), *self.views]
        return [button for each in shown_now for button in each.buttons()]

    def holder(
        self,
        *,
        action_id: str | None = None,
        block_id: str | None = None,
        value: str | None = None,
        label: str | None = None,
    ) -> Message | View:
        """Find the message or view that holds an element (see `reading.find`)."""
        holders: list[Message | View] = [*self._shown(), *self.views]
        for each in holders:
            try:
                find(each.blocks, action_id=action_id, block_id=block_id, value=value, label=label)
            except LookupError:
                continue
            return each
        raise LookupError(f"no element with {action_id=} {block_id=} {value=} {label=}; there is {self.buttons()}")

    def __repr__(self) -> str:
        """Say what is known, for a failed assertion."""
        return f"Answer(acked={self.acked}, error={self.error!r}, refusals={self.refusals}, text={self.text()!r})"
