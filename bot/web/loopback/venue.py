"""A venue: a channel on a platform, with what was said in it; played by this process for one reader at a time."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from aiohttp import web
from htpy import Element

from bot.contract import Carrier
from bot.reply import Reply
from bot.web.drawing import Controls, Json, Option

HOME_ID = "home"
KEPT = 200
"""Posts that are remembered of a channel."""


class Form(StrEnum):
    """What a post is."""

    SAID = "said"  # what the reader typed
    MESSAGE = "message"  # what the bot sent
    WAITING = "waiting"  # the bot has asked for time
    NOTE = "note"  # what the platform itself would say
    HOME = "home"  # the bot's own page in the platform


@dataclass(frozen=True, slots=True)
class Post:
    """One thing that stands in a channel; `payload` is the bot's message as it was sent, else `words` are shown."""

    id: str
    form: Form
    at: datetime
    words: str = ""
    payload: Json | None = None
    private: bool = False
    used: str = ""


class Change(StrEnum):
    """What happened to a post."""

    ADDED = "added"
    REPLACED = "replaced"
    REMOVED = "removed"


class Transcript:
    """What stands in one channel for one reader, oldest first; whoever looks on hears of each change."""

    def __init__(self, number: int, clock: Callable[[], datetime], heard: Callable[[Change, Post], None]) -> None:
        """Begin empty; `number` makes the channel's ids differ from other readers'."""
        self.number = number
        self._clock = clock
        self._heard = heard
        self._posts: OrderedDict[str, Post] = OrderedDict()
        self._counted = 0

    @property
    def posts(self) -> Iterable[Post]:
        """All that stands in the channel."""
        return tuple(self._posts.values())

    def get(self, post_id: str) -> Post | None:
        """Return the post called `post_id`, or None."""
        return self._posts.get(post_id)

    def say(self, words: str) -> None:
        """Show what the reader typed."""
        self._add(Post(self._local_id(), Form.SAID, self._clock(), words))

    def note(self, words: str) -> None:
        """Show what the platform itself says."""
        self._add(Post(self._local_id(), Form.NOTE, self._clock(), words))

    def post(self, post_id: str, payload: Json, *, private: bool, used: str = "") -> None:
        """Show a message of the bot, under a new id or in the place of the post that has it."""
        old = self._posts.get(post_id)
        if old is None:
            self._add(Post(post_id, Form.MESSAGE, self._clock(), "", payload, private, used))
        else:
            self._change(replace(old, form=Form.MESSAGE, payload=payload, private=private))

    def home(self, view: Json) -> None:
        """Show the bot's own page, in the place of the one that stands there."""
        if HOME_ID in self._posts:
            self._change(replace(self._posts[HOME_ID], payload=view))
        else:
            self._add(Post(HOME_ID, Form.HOME, self._clock(), "", view))

    def wait(self, post_id: str, *, private: bool, used: str = "") -> None:
        """Show that the bot will answer later under this id."""
        self._add(Post(post_id, Form.WAITING, self._clock(), "", None, private, used))

    def remove(self, post_id: str) -> None:
        """Take a post away."""
        post = self._posts.pop(post_id, None)
        if post is not None:
            self._heard(Change.REMOVED, post)

    def _add(self, post: Post) -> None:
        self._posts[post.id] = post
        while len(self._posts) > KEPT:
            self._posts.popitem(last=False)
        self._heard(Change.ADDED, post)

    def _change(self, post: Post) -> None:
        self._posts[post.id] = post
        self._heard(Change.REPLACED, post)

    def _local_id(self) -> str:
        self._counted += 1
        return f"local-{self._counted}"


class Venue(Protocol):
    """A platform as the page plays it."""

    @property
    def name(self) -> str:
        """The platform's name: ``slack``, ``discord``."""
        ...

    @property
    def title(self) -> str:
        """The platform's name as people write it."""
        ...

    def routes(self) -> list[web.RouteDef]:
        """Return what the bot's SDK asks of the platform."""
        ...

    async def start(self, url: str) -> None:
        """Build the platform's handlers; `url` is this web server's own address."""
        ...

    async def close(self) -> None:
        """Let go of what `start` built."""
        ...

    async def command(self, where: Transcript, command: str, words: str) -> None:
        """Send a command as if the reader had typed it; what comes of it appears in `where`."""
        ...

    async def talk(self, where: Transcript, words: str) -> None:
        """Send words that are no command."""
        ...

    async def press(self, where: Transcript, post: Post, key: str, value: str) -> None:
        """Press the control `key` of a post, choosing `value` where it is a menu."""
        ...

    async def search(self, where: Transcript, post: Post, key: str, partial: str) -> Sequence[Option]:
        """Return what the bot offers while the reader types into the menu `key`."""
        ...

    async def broadcast(self, where: Transcript, reply: Reply) -> None:
        """Let the bot post `reply` into the channel by itself, as it posts an edition."""
        ...

    def carrier(self) -> Carrier:
        """Return what carries editions into the readers' channels. Raises RuntimeError before `start`."""
        ...

    @property
    def has_home(self) -> bool:
        """Whether the bot has a page of its own on the platform."""
        ...

    async def visit_home(self, where: Transcript) -> None:
        """Open the bot's own page."""
        ...

    def draw(self, post: Post, controls: Controls) -> Element:
        """Return the bot's message as the platform shows it."""
        ...
