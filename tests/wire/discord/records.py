"""What a test looks at: the REST calls a bot made, the messages there are, and how an interaction was answered."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.wire.discord.mentions import Ping, pings_of, walk
from tests.wire.discord.payloads import COMPONENTS_V2, EPHEMERAL

LOADING = 1 << 7
NO_RESPONSE = "The application did not respond"


@dataclass(frozen=True, slots=True)
class RestCall:
    """One REST call; `path` without the base address and the `query`, `at` in seconds of the loop's clock."""

    method: str
    path: str
    json: Any
    headers: dict[str, str]
    at: float
    query: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a person sees it; `url` only for a link."""

    label: str
    custom_id: str | None
    url: str | None
    disabled: bool


@dataclass(slots=True)
class Message:
    """A message of the bot, as it is now; `versions` are the bodies it had before, oldest first."""

    id: int
    channel_id: int
    guild_id: int | None
    content: str = ""
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    flags: int = 0
    interaction_id: int | None = None
    seen_by: int | None = None
    nonce: str | None = None
    allowed_mentions: dict[str, Any] | None = None
    deleted: bool = False
    edited: int = 0
    at: float = 0.0
    versions: list[dict[str, Any]] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def thinking(self) -> bool:
        """Whether it is nothing yet but "… is thinking"."""
        return bool(self.flags & LOADING)

    @property
    def layout(self) -> bool:
        """Whether it is made of the second generation of components."""
        return bool(self.flags & COMPONENTS_V2)

    def body(self) -> dict[str, Any]:
        """Give what the bot sent, as one body."""
        return {
            "content": self.content,
            "embeds": self.embeds,
            "components": self.components,
            "attachments": self.attachments,
            "flags": self.flags & ~(EPHEMERAL | LOADING),
            "allowed_mentions": self.allowed_mentions,
        }

    def change(self, body: dict[str, Any], *, edit: bool = True) -> None:
        """Take over the fields that a checked body brings; null empties one."""
        if edit:
            self.versions.append(self.body())
            self.edited += 1
        for key in ("embeds", "components", "attachments"):
            if key in body:
                setattr(self, key, body[key] or [])
        if "content" in body:
            self.content = body["content"] or ""
        self.allowed_mentions = body.get("allowed_mentions")
        self.flags = self.flags & ~LOADING | (body.get("flags") or 0)

    def pings(self) -> list[Ping]:
        """List whom the message notifies, or did in a version before."""
        interaction = self.interaction_id is not None
        bodies = [*self.versions, self.body()]
        found = [pings_of(body, self.id, interaction=interaction and index == 0) for index, body in enumerate(bodies)]
        return list(dict.fromkeys(ping for each in found for ping in each))

    def text(self) -> str:
        """Give every word a reader sees, in reading order: content, embeds, components."""
        return "\n".join(part for part in self._texts() if part)

    def buttons(self) -> list[Button]:
        """List the buttons in reading order."""
        return [
            Button(part.get("label") or "", part.get("custom_id"), part.get("url"), bool(part.get("disabled")))
            for part in walk(self.components)
            if part.get("type") == 2
        ]

    def _texts(self) -> Iterator[str]:
        yield self.content
        for embed in self.embeds:
            yield (embed.get("author") or {}).get("name") or ""
            yield embed.get("title") or ""
            yield embed.get("description") or ""
            for each in embed.get("fields") or ():
                yield each["name"]
                yield each["value"]
            yield (embed.get("footer") or {}).get("text") or ""
        for part in walk(self.components):
            for key in ("content", "label", "placeholder", "description"):
                yield part.get(key) or ""
            for option in part.get("options") or ():
                yield option["label"]
                yield option.get("description") or ""
            for item in part.get("items") or ():
                yield item.get("description") or ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One proposal of a completion."""

    name: str
    value: str | int | float


@dataclass(eq=False)
class Answer:
    """What became of one interaction, and still becomes: later messages and edits arrive here too.

    Attributes:
        responded: whether a first response was taken in time.
        first_ms: milliseconds from the dispatch to it; None without one.
        callback_type: its type (4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal).
        messages: the messages it made or changed, in order of their first appearance.
        error: what Discord shows the person in place of an answer.
    """

    id: int
    token: str
    type: int
    user: int
    channel: int
    guild: int | None
    source: Message | None = None
    owner: str = "guild"
    sent_at: float = 0.0
    first_ms: float | None = None
    callback_type: int | None = None
    messages: list[Message] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    modal: dict[str, Any] | None = None
    original: Message | None = None
    follow_ups: int = 0
    error: str | None = None
    changed: asyncio.Condition = field(default_factory=asyncio.Condition, repr=False)

    @property
    def responded(self) -> bool:
        """Whether a first response was taken in time."""
        return self.callback_type is not None

    @property
    def ephemeral(self) -> bool:
        """Whether all that it shows, and it shows something, is for one person's eyes."""
        return bool(self.messages) and all(each.ephemeral for each in self.messages)

    def text(self) -> str:
        """Give every visible word of its messages."""
        return "\n".join(each.text() for each in self.messages if not each.deleted)

    def buttons(self) -> list[Button]:
        """List the buttons of its messages."""
        return [button for each in self.messages if not each.deleted for button in each.buttons()]

    def shown(self) -> list[Message]:
        """List its messages that say something: not deleted, and no longer "thinking"."""
        return [each for each in self.messages if not each.deleted and not each.thinking]

    async def wait(self, count: int = 1, timeout: float = 2.0) -> "Answer":  # noqa: ASYNC109 - a test's own patience
        """Wait until `count` messages say something.

        Raises:
            TimeoutError: with what there is instead.
        """
        try:
            async with asyncio.timeout(timeout), self.changed:
                await self.changed.wait_for(lambda: len(self.shown()) >= count)
        except TimeoutError:
            raise TimeoutError(f"{len(self.shown())} of {count} messages after {timeout} s: {self!r}") from None
        return self

    async def add(self, message: Message) -> None:
        """Note a message that it made or changed."""
        if message not in self.messages:
            self.messages.append(message)
        await self.note()

    async def note(self) -> None:
        """Wake whoever waits."""
        async with self.changed:
            self.changed.notify_all()
