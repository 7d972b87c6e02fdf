"""The two platforms, each in a process of its own that outlives the bots, and what arrived there."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.request import Request, urlopen

from bot.contract import Target

ROOT = Path(__file__).parent.parent.parent
TEAM = "T0001"


@dataclass(frozen=True, slots=True)
class Arrived:
    """One message of the bot's: where, and the key of the part that it is."""

    platform: str
    channel: str
    key: str
    order: int
    """Its place among the messages of its platform."""
    at: float
    """When, in seconds of that platform's clock."""


class World(Protocol):
    """One platform that runs beside us."""

    name: str
    pid: int
    """Its process."""
    environment: dict[str, str]
    """What a bot has to be started with to connect."""

    def channels(self, number: int) -> list[Target]:
        """Make channels that the bot may post to."""
        ...

    def faults(self, **given: Any) -> None:
        """Change what goes wrong."""
        ...

    def arrived(self) -> list[Arrived]:
        """List what arrived, in order."""
        ...

    def refused(self) -> int:
        """Count the requests that were refused for being too many."""
        ...


def ask(address: str, given: object = None) -> Any:
    """Ask a control; with `given`, as a POST."""
    body = None if given is None else json.dumps(given).encode()
    with urlopen(Request(address, data=body, headers={"Content-Type": "application/json"}), timeout=60) as answer:  # noqa: S310 - our own server
        return json.load(answer)


@contextmanager
def _process(module: str, *arguments: str) -> Iterator[dict[str, Any]]:
    """Run `module` while the context lasts; yield what its first line says."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield {"pid": process.pid, **json.loads(process.stdout.readline())}
    finally:
        process.terminate()
        process.wait()
        process.stdin.close()
        process.stdout.close()


class Slack:
    """A loopback Slack."""

    name = "slack"

    def __init__(self, told: dict[str, Any]) -> None:
        """Take what the process said."""
        self.pid = told["pid"]
        self._control = told["control"]
        self._made = 0
        self.environment = {
            "BRIEFBOT_SLACK__BASE_URL": told["base_url"],
            "BRIEFBOT_SLACK__BOT_TOKEN": told["bot_token"],
            "BRIEFBOT_SLACK__APP_TOKEN": told["app_token"],
        }

    def channels(self, number: int) -> list[Target]:
        """Make channels that the bot is a member of."""
        self._made += 1
        made = ask(f"{self._control}channels", {"number": number, "prefix": f"C{self._made:03d}"})
        return [Target("slack", TEAM, each) for each in made]

    def faults(self, **given: Any) -> None:
        """Change the weather."""
        ask(f"{self._control}faults", given)

    def limits(self, **given: float | None) -> None:
        """Change the pace that is taken."""
        ask(f"{self._control}limits", given)

    def arrived(self) -> list[Arrived]:
        """List what arrived."""
        found = ask(f"{self._control}messages")
        keyed = ((at, each) for at, each in enumerate(found) if each["key"])
        return [Arrived("slack", each["channel"], each["key"], at, each["at"]) for at, each in keyed]

    def refused(self) -> int:
        """Count the 429s."""
        limited = ask(f"{self._control}calls")["limited"]
        return int(limited if isinstance(limited, int) else sum(limited.values()))


class Discord:
    """A loopback Discord."""

    name = "discord"

    def __init__(self, told: dict[str, Any]) -> None:
        """Take what the process said."""
        self.pid = told["pid"]
        self._control = told["control"]
        self.environment = {
            "BRIEFBOT_DISCORD__API_BASE": told["api_base"],
            "BRIEFBOT_DISCORD__TOKEN": told["token"],
        }

    def channels(self, number: int) -> list[Target]:
        """Make channels in servers that the bot is in."""
        made = ask(f"{self._control}/channels", {"count": number})["channels"]
        return [Target("discord", each["workspace"], each["channel"]) for each in made]

    def faults(self, **given: Any) -> None:
        """Change the weather."""
        latency = given.pop("latency_ms", 0) / 1000
        ask(f"{self._control}/faults", {"latency": latency, **given})

    def arrived(self) -> list[Arrived]:
        """List what arrived."""
        found = ask(f"{self._control}/messages")["messages"]
        keyed = ((at, each) for at, each in enumerate(found) if each["key"])
        return [Arrived("discord", each["channel"], each["key"], at, each["time"]) for at, each in keyed]

    def refused(self) -> int:
        """Count the 429s."""
        return int(ask(f"{self._control}/stats")["limited"])


@contextmanager
def slack() -> Iterator[Slack]:
    """Run Slack while the context lasts."""
    with _process("tests.wire.slack.serve", "--while-stdin", "--lean") as told:
        yield Slack(told)


@contextmanager
def discord() -> Iterator[Discord]:
    """Run Discord while the context lasts."""
    with _process("tests.wire.discord.serve") as told:
        yield Discord(told)


@contextmanager
def worlds() -> Iterator[tuple[Slack, Discord]]:
    """Run both platforms while the context lasts."""
    with slack() as one, discord() as other:
        yield one, other
