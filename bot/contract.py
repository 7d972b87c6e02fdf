"""What a platform is: the protocol every adapter keeps, and its limits as data.

Beside `reply` at the bottom of the house, so that the core can speak of platforms without knowing any.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from bot.reply import Reply


class Limits(NamedTuple):
    """What one message of a platform can carry, in characters and pieces; sources stand where it is set."""

    message_text: int
    """Characters of text over all blocks of one message."""
    blocks: int
    """Blocks (or components, counting nested ones) of one message."""
    block_text: int
    """Characters of one block of text."""
    heading: int
    """Characters of one heading."""
    actions: int
    """Buttons of one message."""
    label: int
    """Characters of a button's label."""
    summary: int
    """Characters of the plain-text fallback; 0 where the platform has none."""
    choices: int
    """Completion choices in one answer."""
    choice_label: int
    """Characters of a completion choice."""


class Target(NamedTuple):
    """Where an edition goes, in the platform's own identifiers."""

    platform: str
    workspace: str
    """Slack's team, Discord's guild; empty in a direct message of Discord's."""
    channel: str


class Part(NamedTuple):
    """One message of an edition, as it was drawn and frozen: a second attempt sends the same."""

    key: str
    """What the message is recognised by: unique to edition, target and part; at most 40 of ``a-z0-9-``."""
    body: str
    """The message as JSON, as the carrier drew it, without the key."""


class Sent(NamedTuple):
    """What the platform took: its identifier for the message, and an address to open it at ("" where there is none)."""

    message: str
    link: str = ""


class Fate(StrEnum):
    """What an error means for the message and for what comes after it."""

    NOT_YET = "not yet"  # certainly not posted; may be tried again after `wait`
    REFUSED = "refused"  # this channel will not take it, now or later: its subscription is paused
    REVOKED = "revoked"  # the whole workspace will not: all of it is paused
    OURS = "ours"  # our message is at fault: nothing is paused, operators hear of it
    UNCERTAIN = "uncertain"  # may have been posted: look before posting again
    UNREADABLE = "unreadable"  # of looking: there is no way to know whether it was posted


class Scope(StrEnum):
    """Whose pace a refusal for too many requests is about."""

    CHANNEL = "channel"
    WORKSPACE = "workspace"
    PLATFORM = "platform"


class SendError(Exception):
    """A message that was not posted, or may not have been, in words for its owner.

    `code` is the platform's own word for it; `wait` the seconds it asks for, about `scope`. Holds no secret.
    """

    def __init__(
        self,
        fate: Fate,
        code: str,
        sentence: str = "",
        advice: str = "",
        *,
        wait: float = 0.0,
        scope: Scope = Scope.CHANNEL,
    ) -> None:
        """Keep what happened; `sentence` and `advice` are what the owner reads."""
        super().__init__(f"{fate}: {code}")
        self.fate = fate
        self.code = code
        self.sentence = sentence
        self.advice = advice
        self.wait = wait
        self.scope = scope


class Pace(NamedTuple):
    """How many messages a second a platform takes, by scope; a scope that is missing has no ceiling of its own.

    `begins`: with how many to begin where there is a ceiling of a workspace and nobody tells which.
    """

    per_second: Mapping[Scope, float]
    begins: float | None = None


class Carrier(Protocol):
    """How editions travel on one platform: drawn once, posted once, looked for when in doubt.

    Nothing of it retries by itself where the message may have arrived: that is the ledger's to decide.
    """

    @property
    def name(self) -> str:
        """The platform's name, as targets carry it."""
        ...

    @property
    def ready(self) -> bool:
        """Whether it can post at this moment."""
        ...

    @property
    def pace(self) -> Pace:
        """What the platform takes."""
        ...

    def draw(self, reply: Reply) -> tuple[str, ...]:
        """Return `reply` as the JSON of the messages to post, in order; needs no connection, and is pure."""
        ...

    async def check(self, target: Target) -> None:
        """Raise SendError where editions could not be posted to `target`, or looked for there, as things stand."""
        ...

    async def overheard(self, target: Target) -> bool:
        """Return whether people from outside read `target`, who may see no more than the public. Raises SendError."""
        ...

    async def post(self, target: Target, part: Part, first_try: datetime | None) -> Sent:
        """Post `part`; `first_try` is when it may have been posted before (None: certainly never).

        Raises SendError; whatever else it raises is taken for uncertain.
        """
        ...

    async def find(self, target: Target, part: Part, since: datetime) -> Sent | None:
        """Return `part` if it was posted to `target` at or after `since`, None if it certainly was not.

        Raises SendError: UNREADABLE where there is no way to know, NOT_YET or UNCERTAIN where it cannot be known now.
        """
        ...

    async def tell(self, target: Target, user: str, reply: Reply) -> bool:
        """Tell `user` alone, by direct message; return whether it arrived. Never raises."""
        ...


class Platform(Protocol):
    """A chat product the bot answers on. Six members; a new need is a field on `Reply` or `Limits`, not a seventh.

    `run` connects and serves until `close` is called. It raises `errors.RefusedError` when the platform will never let
    us in (wrong token): the supervisor stops it with one line. Anything else it raises is retried with back-off.
    `close` finishes the answers in hand, then lets `run` return; it may be called at any time, and twice.
    """

    @property
    def name(self) -> str:
        """The platform's name in settings, logs and `/readyz`: ``slack``, ``discord``, …."""
        ...

    @property
    def limits(self) -> Limits:
        """The platform's limits."""
        ...

    @property
    def connected(self) -> bool:
        """Whether commands can arrive at this moment."""
        ...

    @property
    def carrier(self) -> Carrier | None:
        """What carries editions there; None where there are no channels to subscribe."""
        ...

    async def run(self) -> None:
        """Connect, and serve until closed."""
        ...

    async def close(self) -> None:
        """Finish what is in hand and disconnect."""
        ...
