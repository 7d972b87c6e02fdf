"""The application's own endpoints: who it is, where its gateway is, and the commands it has registered.

Rules: https://docs.discord.com/developers/interactions/application-commands#endpoints.
"""

import asyncio
from typing import Any

from tests.wire.discord.commands import check_commands
from tests.wire.discord.gateway import Gateway
from tests.wire.discord.rest import ApiError, Call, FormError, Reply, Rest
from tests.wire.discord.world import APPLICATION, World

_LEFT_OUT_WHEN_EMPTY = ("required", "autocomplete", "options", "choices", "min_length", "max_length")


class Registry:
    """The commands of each scope: None for the global ones, or a server's id."""

    def __init__(self, world: World, rest: Rest, gateway: Gateway) -> None:
        """Add the routes."""
        self._world, self._gateway = world, gateway
        self.commands: dict[int | None, list[dict[str, Any]]] = {None: []}
        self.syncs = 0
        """How often the global commands were overwritten as a whole."""
        self._changed = asyncio.Condition()
        rest.route("GET", "/gateway/bot", self._gateway_address)
        rest.route("GET", "/users/@me", self._me)
        rest.route("GET", "/oauth2/applications/@me", self._application)
        rest.route("GET", "/applications/@me", self._application)
        for place in ("/applications/{application}/commands", "/applications/{application}/guilds/{guild}/commands"):
            rest.route("GET", place, self._list)
            rest.route("PUT", place, self._overwrite)
            rest.route("POST", place, self._create)
            rest.route("DELETE", f"{place}/{{command}}", self._delete)

    def find(self, name: str, guild: int | None, kind: int = 1) -> dict[str, Any] | None:
        """Give the command that a person in a server would see under a name."""
        seen = [*self.commands.get(guild, []), *self.commands[None]]
        return next((each for each in seen if each["name"] == name and each["type"] == kind), None)

    async def registered(self, name: str, guild: int | None, patience: float) -> dict[str, Any]:
        """Give a command, waiting for the bot to register it.

        Raises:
            LookupError: when it does not.
        """
        try:
            async with asyncio.timeout(patience), self._changed:
                await self._changed.wait_for(lambda: self.find(name, guild) is not None)
        except TimeoutError:
            names = [each["name"] for each in self.commands[None]]
            raise LookupError(f"/{name} is not registered; there is {names}") from None
        return self.find(name, guild) or {}

    async def _gateway_address(self, _call: Call) -> Reply:
        starts = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 16}
        return 200, {"url": self._gateway.address, "shards": self._gateway.shards, "session_start_limit": starts}

    async def _me(self, _call: Call) -> Reply:
        return 200, self._world.bot()

    async def _application(self, _call: Call) -> Reply:
        return 200, self._world.application()

    def _scope(self, call: Call) -> int | None:
        if call.path["application"] != str(APPLICATION):
            raise ApiError(403, 20012, "You are not authorized to perform this action on this application")
        guild = call.path.get("guild")
        if guild is not None and int(guild) not in self._world.guilds:
            raise ApiError(403, 50001, "Missing Access")
        return None if guild is None else int(guild)

    async def _list(self, call: Call) -> Reply:
        return 200, self.commands.get(self._scope(call), [])

    async def _overwrite(self, call: Call) -> Reply:
        scope = self._scope(call)
        await self._check(call.body)
        old = {(each["name"], each["type"]): each["id"] for each in self.commands.get(scope, [])}
        self.commands[scope] = [self._stored(each, old.get((each["name"], each.get("type", 1)))) for each in call.body]
        self.syncs += scope is None
        await self._notify()
        return 200, self.commands[scope]

    async def _create(self, call: Call) -> Reply:
        scope = self._scope(call)
        same = [
            each
            for each in self.commands.get(scope, [])
            if (each["name"], each["type"]) == (call.body.get("name"), call.body.get("type", 1))
        ]
        others = [each for each in self.commands.get(scope, []) if each not in same]
        await self._check([*others, call.body])
        stored = self._stored(call.body, same[0]["id"] if same else None)
        self.commands[scope] = [*others, stored]
        await self._notify()
        return (200 if same else 201), stored

    async def _delete(self, call: Call) -> Reply:
        scope = self._scope(call)
        kept = [each for each in self.commands.get(scope, []) if each["id"] != call.path["command"]]
        if len(kept) == len(self.commands.get(scope, [])):
            raise ApiError(404, 10063, "Unknown application command")
        self.commands[scope] = kept
        return 204, None

    async def _check(self, commands: Any) -> None:
        refusals = check_commands(commands)
        if refusals:
            raise FormError(refusals)

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _stored(self, command: dict[str, Any], known_as: str | None) -> dict[str, Any]:
        """Give a command as Discord gives it back: with defaults and ids, and without what says nothing."""
        defaults = {
            "id": known_as or str(self._world.snowflake()),
            "application_id": str(APPLICATION),
            "version": str(self._world.snowflake()),
            "type": 1,
            "description": "",
            "default_member_permissions": None,
            "nsfw": False,
            "contexts": None,
            "integration_types": [0],
        }
        given = {key: value for key, value in command.items() if value is not None}
        if "default_member_permissions" in given:
            given["default_member_permissions"] = str(given["default_member_permissions"])
        return _tidy({**defaults, **given})


def _tidy(value: dict[str, Any]) -> dict[str, Any]:
    kept = {key: each for key, each in value.items() if each or key not in _LEFT_OUT_WHEN_EMPTY}
    if "options" in kept:
        kept["options"] = [_tidy(option) for option in kept["options"]]
    return kept
