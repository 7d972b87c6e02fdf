"""The connection to Discord: one client of discord.py, built with its commands and buttons, and connected elsewhere.

It asks for the `guilds` intent alone and keeps no messages and no members: an interaction brings all it needs.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import discord
import structlog
import yarl

from bot.commands.router import Commands
from bot.errors import report
from bot.library.vocabulary import Audience
from bot.platforms.discord.answer import PATIENCE, Answers
from bot.platforms.discord.commands import CommandTree
from bot.platforms.discord.sync import keep_in_step

_log = structlog.get_logger("briefbot")


_api_base: ContextVar[str] = ContextVar("discord_api_base", default=discord.http.Route.BASE)


class _ApiBase:
    """The REST address of the context that asks."""

    def __get__(self, route: discord.http.Route | None, owner: type[discord.http.Route]) -> str:
        return _api_base.get()


def use_api(api_base: str) -> None:
    """Send discord.py's REST calls to `api_base` (no trailing slash, ``…/api/v10``), and ask there for the gateway.

    Holds for the current task or context and all that it starts, so that a page that plays Discord can stand beside
    the real one in a process. discord.py itself has one address only: `Route.BASE`, read for each call.
    """
    discord.http.Route.BASE = _ApiBase()  # type: ignore[assignment]  # it is read as text, by its `__get__`
    _api_base.set(api_base)


@contextmanager
def api(api_base: str) -> Iterator[None]:
    """Do so while the context lasts, in a task that something else has started."""
    before = _api_base.get()
    use_api(api_base)
    try:
        yield
    finally:
        _api_base.set(before)


def build_client(
    commands: Commands,
    *,
    audience: Audience = Audience.PUBLIC,
    roles: Sequence[str] = (),
    patience: float = PATIENCE,
) -> "BriefClient":
    """Return a client that answers with `commands`, not connected; it serves one connection and is then used up."""
    return BriefClient(Answers(commands, audience=audience, roles=roles, patience=patience))


class BriefClient(discord.AutoShardedClient):
    """discord.py's client with our commands, our buttons and nothing else."""

    def __init__(self, answers: Answers) -> None:
        """Take what answers; nothing is connected and no setting read."""
        # It would warn that voice lacks its libraries; this bot has no voice.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        intents = discord.Intents.none()
        intents.guilds = True
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
        )
        self.answers = answers
        self.tree = CommandTree(self, answers)
        self._live: set[int] = set()
        self._launched: set[int] = set()
        self._in_step: asyncio.Task[None] | None = None
        self._presses: set[asyncio.Task[None]] = set()
        self._connection.parsers["INTERACTION_CREATE"] = self.receive

    @property
    def connected(self) -> bool:
        """Whether interactions can arrive on every shard at this moment."""
        return bool(self._live) and not self.is_closed() and len(self._live) == (self.shard_count or 1)

    async def setup_hook(self) -> None:
        """Begin to compare Discord's list of commands with ours, beside connecting: it may have to wait or to retry."""
        self._in_step = asyncio.create_task(keep_in_step(self.tree), name="discord-commands")

    def receive(self, interaction: dict[str, Any]) -> None:
        """Answer an interaction in Discord's own JSON, as the gateway delivers it.

        What cannot be read is logged and left: discord.py would end the connection for it, and everybody's answers.
        """
        try:
            if interaction.get("type") == discord.InteractionType.component.value:
                self._press(discord.Interaction(data=interaction, state=self._connection))  # type: ignore[arg-type]  # Discord's shape
            else:
                self._connection.parse_interaction_create(interaction)  # type: ignore[arg-type]  # checked there
        except Exception as error:  # noqa: BLE001 - the border: one odd interaction is not to end the others
            report(error, action="discord.receive")

    def _press(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press, in a task of its own; discord.py's command tree has the commands.

        What a button means stands in its custom_id, so it works after a restart and on any replica. discord.py's
        dynamic items would do too, but they rebuild the whole message first, and are silent where they cannot.
        """
        data: dict[str, Any] = dict(interaction.data or {})
        action = data.get("custom_id")
        if not isinstance(action, str):
            raise TypeError("a press of nothing")
        task = asyncio.create_task(self.answers.press(interaction, action), name="discord-press")
        self._presses.add(task)  # the loop itself keeps no task alive
        task.add_done_callback(self._presses.discard)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard, once: where discord.py would retry for ever and in silence, raise ConnectionError.

        Later connections go to the same gateway, which need not be the one that discord.py has built in.
        """
        if shard_id in self._launched:
            raise ConnectionError(f"the gateway did not let shard {shard_id} in")
        self._launched.add(shard_id)
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
        await super().launch_shard(gateway, shard_id, initial=initial)

    async def on_shard_connect(self, shard_id: int) -> None:
        """Note that a shard has a new session."""
        self._live.add(shard_id)
        _log.info("shard connected", action="discord.gateway", shard=shard_id)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Note that a shard has its session back."""
        self._live.add(shard_id)
        _log.info("shard resumed", action="discord.gateway", shard=shard_id)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Note that a shard has lost its connection; discord.py takes it up again."""
        self._live.discard(shard_id)
        _log.info("shard disconnected", action="discord.gateway", shard=shard_id)

    async def close(self) -> None:
        """Disconnect; answers that are still in hand are given up, for the adapter has waited for them before."""
        if self._in_step is not None:
            self._in_step.cancel()
        given_up = 0 if self.is_closed() else self.answers.give_up()
        if given_up:
            _log.warning("answers given up", action="discord.close", answers=given_up)
        try:
            await super().close()
        finally:
            await self.http.close()  # discord.py comes to it last, and not where it is cut off before
