"""Who asked what, where, in which language: all that a handler may know of the world outside the library."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience


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


@dataclass(frozen=True, slots=True)
class Request:
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


@dataclass(frozen=True, slots=True)
class Choice:
    """One completion: what is shown and what is sent when it is chosen."""

    label: str
    value: str
