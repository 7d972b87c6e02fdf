"""Who asked what, where, in which language: all that a handler may know of the world outside the library."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.contract import Target
from bot.errors import BadRequestError
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience


class Person(Protocol):
    """What a platform can be asked about the person, when it matters; every answer is fresh enough to be relied on."""

    async def may_not_manage(self) -> str:
        """Return in a sentence why they may not manage what the place is sent; empty where they may. Never raises."""
        ...

    async def zone(self) -> str:
        """Return the name of their time zone as the platform tells it; empty where it does not. Never raises."""
        ...

    async def overheard(self) -> bool:
        """Return whether people from elsewhere read along in the place, or it cannot be told. Never raises."""
        ...

    async def there(self, channel: str) -> "Elsewhere":
        """Return the place `channel` of the same workspace, as it was typed or chosen, with whom to ask about it.

        Raises BadRequestError, in words, where there is none, or the person does not see it.
        """
        ...


class Elsewhere(NamedTuple):
    """Another place than the one in which somebody asks."""

    place: str
    """The platform's identifier."""
    name: str
    """What it is called, such as ``#news``."""
    person: Person
    """Whoever asks, as of there."""


class Owner:
    """Somebody who has the bot to themselves, at a terminal or on the page: they may do anything."""

    async def may_not_manage(self) -> str:
        """Return nothing: they may."""
        return ""

    async def zone(self) -> str:
        """Return nothing: a terminal does not tell."""
        return ""

    async def overheard(self) -> bool:
        """Return that nobody else reads."""
        return False

    async def there(self, channel: str) -> Elsewhere:
        """Raise BadRequestError: there is one place."""
        del channel
        raise BadRequestError("There are no channels here.", "Leave the channel out; Slack and Discord have some.")


@dataclass(frozen=True, slots=True)
class Caller:
    """The person and the place a request came from, in the platform's own identifiers.

    `name` is the display name that a shared answer carries as plain text; never an address that would ping.
    """

    platform: str
    user: str
    place: str
    workspace: str = ""
    name: str = ""
    language: str = "en"
    audience: Audience = Audience.PUBLIC
    home: str = ""
    """The workspace that the bot is in, where the person belongs to another one."""
    person: Person | None = field(default=None, compare=False)
    """Whom to ask about the person; without one nobody may manage anything."""

    @property
    def target(self) -> Target:
        """The place, as what is sent there by itself is addressed."""
        return Target(self.platform, self.home or self.workspace, self.place)


class Request(NamedTuple):
    """One command with its options as typed, who typed it, and the instant it is answered for."""

    command: str
    options: Mapping[str, str]
    caller: Caller
    now: datetime

    @property
    def viewer(self) -> Viewer:
        """What this caller may see, for every look-up."""
        return Viewer(self.caller.audience, self.now)

    def option(self, name: str) -> str:
        """Return the option called `name`, stripped, or an empty string."""
        return self.options.get(name, "").strip()


class Choice(NamedTuple):
    """One completion: what is shown and what is sent when it is chosen."""

    label: str
    value: str
