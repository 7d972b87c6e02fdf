"""People: they type commands, ask for completions and press buttons, as their clients would let them."""

import asyncio
import secrets
from collections.abc import Iterator
from typing import Any

from tests.wire.discord.gateway import Gateway
from tests.wire.discord.interactions import Interactions
from tests.wire.discord.mentions import walk
from tests.wire.discord.payloads import COMMAND, COMPLETION, COMPONENT
from tests.wire.discord.places import GUILD, VIEW
from tests.wire.discord.records import Answer, Choice, Message
from tests.wire.discord.registry import Registry
from tests.wire.discord.world import APPLICATION, CHANNEL, World

USER = 1001
CHANNEL_OPTION = 7
_TYPES = {str: 3, int: 4, bool: 5, float: 10}
_PERMISSIONS = "2248473465835073"


class People:
    """What a person can do; mixed into the server."""

    world: World
    gateway: Gateway
    registry: Registry
    interactions: Interactions
    patience = 2.0
    """Seconds that a person waits for a command to be registered."""

    async def command(
        self,
        name: str,
        options: dict[str, Any] | None = None,
        *,
        user: int = USER,
        channel: int = CHANNEL,
        guild: int | None = GUILD,
        locale: str = "en-US",
        owner: str = "guild",
        outdated: bool = False,
    ) -> Answer:
        """Use a slash command and wait for the first response, or for the time in which it had to come.

        Args:
            name: of the command; a subcommand's after a space.
            options: by name.
            user: who.
            channel: where; ignored in direct messages.
            guild: which server; None for direct messages with the bot.
            locale: the person's language.
            owner: "guild" if the server has installed the bot, "user" if only the person has.
            outdated: send what the bot has not registered, as a client does that has not noticed a change.

        Raises:
            LookupError: when no such command or option is registered.
            ValueError: when a required option is missing or a text too long to be typed.
        """
        root, *below = name.split()
        known = {} if outdated else await self.registry.registered(root, guild, self.patience)
        data = {"id": known.get("id", "1"), "name": root, "type": 1}
        data["options"] = _filled(known, below, options or {}, outdated=outdated)
        data |= self._resolved(data["options"], user, guild)
        answer = self._ask(COMMAND, user=user, channel=channel, guild=guild, owner=owner)
        return await self._send(answer, data, locale)

    async def autocomplete(
        self,
        name: str,
        option: str,
        text: str,
        *,
        options: dict[str, Any] | None = None,
        user: int = USER,
        channel: int = CHANNEL,
        guild: int | None = GUILD,
        locale: str = "en-US",
        owner: str = "guild",
    ) -> list[Choice]:
        """Type into an option and give what is proposed; nothing when no answer came in time.

        Raises:
            LookupError: when there is no such command or option, or the option does not complete.
        """
        root, *below = name.split()
        known = await self.registry.registered(root, guild, self.patience)
        filled = _filled(known, below, {**(options or {}), option: text}, partial=True, focused=option)
        data = {"id": known["id"], "name": root, "type": 1, "options": filled}
        answer = self._ask(COMPLETION, user=user, channel=channel, guild=guild, owner=owner)
        return (await self._send(answer, data, locale)).choices

    async def press(
        self,
        message: Message,
        label: str | None = None,
        *,
        custom_id: str | None = None,
        values: list[str] | None = None,
        user: int = USER,
        locale: str = "en-US",
        owner: str = "guild",
    ) -> Answer:
        """Press a button by its label or custom_id, or choose `values` in the select that has the custom_id.

        Raises:
            LookupError: when this person does not see such a control, or it cannot be pressed.
        """
        control = _control(message, label, custom_id, user)
        channel = self.world.channels[message.channel_id]
        data = {"component_type": control["type"], "custom_id": control["custom_id"], "id": control.get("id", 1)}
        if values is not None:
            offered = {option["value"] for option in control.get("options") or ()}
            if control["type"] == 3 and not set(values) <= offered:
                raise LookupError(f"{values} are not all in {sorted(offered)}")
            data["values"] = values
        answer = self._ask(COMPONENT, user=user, channel=channel.id, guild=channel.guild, owner=owner, source=message)
        return await self._send(answer, data, locale)

    def _ask(
        self, kind: int, *, user: int, channel: int, guild: int | None, owner: str, source: Message | None = None
    ) -> Answer:
        place = self.world.direct(user).id if guild is None else channel
        if guild is not None and (guild not in self.world.guilds or place not in self.world.channels):
            raise LookupError(f"there is no channel {place} in server {guild}")
        token = secrets.token_urlsafe(24)
        return Answer(self.world.snowflake(), token, kind, user, place, guild, source, owner)

    async def _send(self, answer: Answer, data: dict[str, Any], locale: str) -> Answer:
        self.interactions.expect(answer)
        payload = self._payload(answer, data, locale)
        await self.gateway.dispatch("INTERACTION_CREATE", payload, guild=answer.guild)
        try:
            async with asyncio.timeout(self.interactions.timeout), answer.changed:
                await answer.changed.wait_for(lambda: answer.responded)
        except TimeoutError:
            self.interactions.expire(answer)
        return answer

    def _resolved(self, options: list[dict[str, Any]], user: int, guild: int | None) -> dict[str, Any]:
        """Give the channels that were chosen, with what this person may do there."""
        chosen = [each["value"] for each in _leaves(options) if each["type"] == CHANNEL_OPTION]
        found = {}
        for number in chosen:
            channel = self.world.channels[int(number)]
            if channel.guild != guild or not self.world.sees(user, channel):
                raise LookupError(f"{user} is not offered {channel.name}")
            may = int(self.world.member(user, permissions=_PERMISSIONS)["permissions"]) | VIEW
            found[number] = {**self.world.channel(channel), "permissions": str(may), "app_permissions": _PERMISSIONS}
        return {"resolved": {"channels": found}} if found else {}

    def _payload(self, answer: Answer, data: dict[str, Any], locale: str) -> dict[str, Any]:
        channel = self.world.channels[answer.channel]
        payload: dict[str, Any] = {
            "id": str(answer.id),
            "application_id": str(APPLICATION),
            "type": answer.type,
            "token": answer.token,
            "version": 1,
            "data": data,
            "channel_id": str(channel.id),
            "channel": self.world.channel(channel),
            "locale": locale,
            "entitlements": [],
            "attachment_size_limit": 10 * 1024 * 1024,
            "app_permissions": _PERMISSIONS,
        }
        if answer.source is not None:
            payload["message"] = self.world.message(answer.source)
        if answer.guild is None:
            owners = {"1": str(answer.user)} if answer.owner == "user" else {"0": "0"}
            return payload | {
                "user": self.world.user(answer.user),
                "context": 1,
                "authorizing_integration_owners": owners,
            }
        owners = {"1": str(answer.user)} if answer.owner == "user" else {"0": str(answer.guild)}
        return payload | {
            "guild_id": str(answer.guild),
            "guild": {"id": str(answer.guild), "locale": "en-US", "features": []},
            "guild_locale": "en-US",
            "member": self.world.member(answer.user, permissions=_PERMISSIONS),
            "context": 0,
            "authorizing_integration_owners": owners,
        }


def _filled(
    known: dict[str, Any],
    below: list[str],
    options: dict[str, Any],
    *,
    partial: bool = False,
    outdated: bool = False,
    focused: str = "",
) -> list[dict[str, Any]]:
    """Give the options of a command as its client sends them, subcommands nested."""
    defined = {each["name"]: each for each in known.get("options") or ()}
    if below:
        inner = defined[below[0]] if not outdated else {"type": 1 if len(below) == 1 else 2}
        held = _filled(inner, below[1:], options, partial=partial, outdated=outdated, focused=focused)
        return [{"name": below[0], "type": inner["type"], "options": held}]
    filled = []
    for name, typed in options.items():
        if name not in defined and not outdated:
            raise LookupError(f"no option {name!r}; there is {list(defined)}")
        option = defined.get(name, {})
        value = str(typed) if option.get("type") == CHANNEL_OPTION else typed
        if len(str(value)) > option.get("max_length", 6000):
            raise ValueError(f"{name} takes {option.get('max_length', 6000)} characters at most")
        filled.append({"name": name, "type": option.get("type") or _TYPES[type(value)], "value": value})
        if name == focused:
            if not option.get("autocomplete"):
                raise LookupError(f"{name} does not complete")
            filled[-1]["focused"] = True
    missing = [name for name, option in defined.items() if option.get("required") and name not in options]
    if missing and not partial:
        raise ValueError(f"required: {missing}")
    return filled


def _leaves(options: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in options:
        yield from _leaves(each["options"]) if "options" in each else (each,)


def _control(message: Message, label: str | None, custom_id: str | None, user: int) -> dict[str, Any]:
    if message.deleted or (message.ephemeral and message.seen_by != user):
        raise LookupError(f"{user} does not see that message")
    for part in walk(message.components):
        if part.get("custom_id") is None:
            continue
        if part["custom_id"] == custom_id or (label is not None and part.get("label") == label):
            if part.get("disabled"):
                raise LookupError(f"{part.get('label')!r} is disabled")
            return part
    raise LookupError(f"no such control; there is {message.buttons()}")
