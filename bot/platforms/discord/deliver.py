"""A drawn reply reaches its reader: first response, follow-ups, edits; and what is done when Discord will not take it.

The order of things Discord prescribes
(https://docs.discord.com/developers/interactions/receiving-and-responding): one first response within three seconds,
or a deferral and then an edit of it; after that, follow-ups for fifteen minutes.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import aiohttp
import discord
import structlog

from bot.errors import BriefbotError, Incident, report
from bot.platforms.discord.limits import CONTENT, FOLLOW_UPS, shorten
from bot.platforms.discord.markup import escape
from bot.platforms.discord.render import DiscordMessage, Style
from bot.reply import Callout, Reply, Tone, Visibility, text

_log = structlog.get_logger("briefbot")

Interaction = discord.Interaction[Any]
Draw = Callable[[Reply, Style | None], Sequence[DiscordMessage]]

# JSON error codes (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json)
_UNKNOWN_INTERACTION, _UNKNOWN_WEBHOOK, _ALREADY_ACKNOWLEDGED = 10062, 10015, 40060
_UNREACHABLE = (aiohttp.ClientError, OSError)  # a timeout is an OSError too
_SHARED = "Posted for everyone in this channel."
_ELSEWHERE = "Discord takes no more messages here. Ask on a server that has this bot to read the rest."
_BEGUN = "briefbot.begun"
"""Key in an interaction's `extras`: Discord has its first response, though its word of that was lost."""


class Deferral:
    """Tells Discord to wait when an answer takes long: starts after `seconds` unless it was ended before."""

    def __init__(self, interaction: Interaction, seconds: float) -> None:
        """Start the clock."""
        self._interaction = interaction
        self._task: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(seconds, self._begin)

    def _begin(self) -> None:
        self._task = asyncio.create_task(self._defer(), name="discord-defer")

    async def _defer(self) -> None:
        # A button promises nothing: its answer may become a new message or an edit. A command's answer is private.
        promised = self._interaction.type is discord.InteractionType.application_command
        defer = self._interaction.response.defer
        try:
            await _begin(self._interaction, lambda: defer(ephemeral=promised, thinking=promised))
        except Exception as error:  # noqa: BLE001 - the answer is still to come, whatever became of this
            _log.warning("not deferred", action="discord.defer", error=type(error).__name__)

    async def end(self) -> None:
        """Stop the clock; where the deferral is on its way already, wait until it has arrived."""
        self._timer.cancel()
        if self._task is not None:
            await self._task


async def deliver(interaction: Interaction, reply: Reply, draw: Draw) -> None:
    """Bring `reply` to the reader, all of it and in order; never raises.

    `draw` draws a reply in a style, or in the one that suits when it is None. What Discord refuses is told to the
    reader in plain words with a reference, and logged under it; an interaction that is gone is only logged.
    """
    try:
        if not (reply.replaces and await _replace(interaction, reply, draw)):
            await _send(interaction, _fitted(interaction, reply, draw), private=reply.visibility is Visibility.PRIVATE)
    except discord.HTTPException as error:
        if error.code in {_UNKNOWN_INTERACTION, _UNKNOWN_WEBHOOK}:
            _log.warning("interaction gone", action="discord.deliver", interaction=interaction.id, code=error.code)
            return
        refused = error.status == 400  # noqa: PLR2004 - HTTP's own number: the body is wrong, the fault is ours
        await _apologise(interaction, error, reply.summary if refused else "")
    except Exception as error:  # noqa: BLE001 - the border: whatever happened, the reader gets a sentence
        await _apologise(interaction, error, "")


def _fitted(interaction: Interaction, reply: Reply, draw: Draw) -> Sequence[DiscordMessage]:
    """Return `reply` drawn in no more messages than Discord takes; the last one says so where that is not all."""
    drawn = draw(reply, None)
    if interaction.is_guild_integration() or len(drawn) <= FOLLOW_UPS:
        return drawn
    ending = Reply((Callout(Tone.WARNING, text(_ELSEWHERE)),), _ELSEWHERE, reply.outcome, actions=reply.actions)
    return (*drawn[: FOLLOW_UPS - 1], draw(ending, None)[0])


async def _send(interaction: Interaction, drawn: Sequence[DiscordMessage], *, private: bool) -> None:
    first, *rest = drawn
    if not _begun(interaction):
        send = interaction.response.send_message
        await _begin(interaction, lambda: send(**first.arguments(), ephemeral=private))
    elif interaction.type is discord.InteractionType.component:
        await interaction.followup.send(**first.arguments(), ephemeral=private)
    elif private:
        await interaction.edit_original_response(**first.arguments())
    else:  # the deferral promised a private answer and Discord holds us to it
        await interaction.edit_original_response(content=_SHARED)
        await interaction.followup.send(**first.arguments(), ephemeral=False)
    for message in rest:
        await interaction.followup.send(**message.arguments(), ephemeral=private)


async def _begin(interaction: Interaction, respond: Callable[[], Awaitable[object]]) -> None:
    """Make the first response; once more when the connection broke, for Discord takes a first response only once."""
    for tries_left in (1, 0):
        try:
            await respond()
        except _UNREACHABLE:
            if not tries_left:
                raise
        except discord.HTTPException as error:
            if error.code != _ALREADY_ACKNOWLEDGED:
                raise
            interaction.extras[_BEGUN] = True
            return
        else:
            return


def _begun(interaction: Interaction) -> bool:
    return interaction.response.is_done() or _BEGUN in interaction.extras


async def _replace(interaction: Interaction, reply: Reply, draw: Draw) -> bool:
    """Put `reply` in the place of the message whose button was pressed; return False where that cannot be.

    A private reply never goes into a message that everybody sees. A Components V2 message stays one for ever, so a
    reply takes its place only if it fits into one message of the same style.
    """
    message = interaction.message
    if message is None or (reply.visibility is Visibility.PRIVATE and not message.flags.ephemeral):
        return False
    drawn = draw(reply, "components" if message.flags.components_v2 else "embed")
    if len(drawn) != 1:
        return False
    if _begun(interaction):
        await interaction.edit_original_response(**drawn[0].arguments())
    else:
        await _begin(interaction, lambda: interaction.response.edit_message(**drawn[0].arguments()))
    return True


async def _apologise(interaction: Interaction, error: Exception, summary: str) -> None:
    """Log `error` and tell the reader, in plain text that Discord cannot refuse; with the answer's `summary` if any."""
    incident = report(error, action="discord.deliver", interaction=interaction.id)
    words = _plain(incident, summary)
    try:
        if _begun(interaction):
            await interaction.followup.send(words, ephemeral=True)
        else:
            await interaction.response.send_message(words, ephemeral=True)
    except Exception as again:  # noqa: BLE001 - the border: there is nobody left to tell but the log
        _log.error("not told", action="discord.deliver", reference=incident.reference, error=type(again).__name__)


def _plain(incident: Incident, summary: str) -> str:
    reference = f"\n-# Reference: {incident.reference}"
    words = escape(summary) if summary else escape(f"{incident.sentence} {incident.advice}")
    return shorten(words, CONTENT - len(reference)) + reference


OUTDATED = BriefbotError(
    "Discord showed an older version of this command.", "Type it again in a minute; restarting Discord helps."
)
"""What a user is told who chose a command or an option that is no longer ours."""
