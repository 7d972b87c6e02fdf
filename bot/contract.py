"""What a platform is: the protocol every adapter keeps, and its limits as data.

Beside `reply` at the bottom of the house, so that the core can speak of platforms without knowing any.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Limits:
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


class Platform(Protocol):
    """A chat product the bot answers on. Five members; a new need is a field on `Reply` or `Limits`, not a sixth.

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

    async def run(self) -> None:
        """Connect, and serve until closed."""
        ...

    async def close(self) -> None:
        """Finish what is in hand and disconnect."""
        ...
