"""A channel for the tests of `/digest`: the real router over a desk in memory, and people who may or may not manage."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.commands.request import Caller, Elsewhere
from bot.commands.router import Router
from bot.contract import Target
from bot.errors import BadRequestError
from bot.platforms.terminal.render import plain_text
from bot.reply import Reply, Visibility
from tests.commands.memory_desk import MemoryDesk
from tests.samples import NOW, library

HERE = Target("slack", "T1", "C1")


@dataclass
class Person:
    """Somebody, as a platform would tell of them; asked anew each time."""

    refusal: str = ""
    own_zone: str = "Asia/Shanghai"
    others_read: bool = False
    sees: Mapping[str, Elsewhere] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def may_not_manage(self) -> str:
        self.asked.append("manage")
        return self.refusal

    async def zone(self) -> str:
        self.asked.append("zone")
        return self.own_zone

    async def overheard(self) -> bool:
        self.asked.append("overheard")
        return self.others_read

    async def there(self, channel: str) -> Elsewhere:
        self.asked.append(f"there {channel}")
        if channel not in self.sees:
            raise BadRequestError("There is no such channel.")
        return self.sees[channel]


MANAGER = Caller("slack", "U1", "C1", "T1", "ada", person=Person())
READER = replace(MANAGER, user="U2", person=Person("Only admins may."))


class Channel:
    """One channel, where people type and press."""

    def __init__(self, desk: MemoryDesk) -> None:
        self.router = Router(library, lambda: NOW, desk=lambda: desk)
        self.last: Reply | None = None

    async def type(self, words: str, caller: Caller = MANAGER) -> str:
        return self._shown(await self.router.run("/digest", words, caller))

    async def choose(self, subcommand: str, caller: Caller = MANAGER, **options: str) -> str:
        named: Mapping[str, str] = {name.replace("_", "-"): words for name, words in options.items()}
        return self._shown(await self.router.run(f"digest {subcommand}", named, caller))

    async def press(self, label: str, caller: Caller = MANAGER) -> str:
        assert self.last is not None
        action = next(each for each in self.last.actions if each.label == label)
        return self._shown(await self.router.press(action.encode(), caller))

    def labels(self) -> list[str]:
        assert self.last is not None
        return [action.label for action in self.last.actions]

    def _shown(self, reply: Reply) -> str:
        self.last = reply
        assert reply.visibility is Visibility.PRIVATE
        assert reply.summary
        return plain_text(reply)
