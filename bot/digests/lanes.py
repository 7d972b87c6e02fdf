"""Whose turn it is: the workspaces that have something open, so that a slow or dead one delays no other."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import TextClause
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digests.ledger_sql import LANES_AFTER, LANES_FROM

LANES: Final = 64
"""Workspaces a claim looks at, at least."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many parts of a workspace a claim may take, of how many its budget has room for."""

    workspace: str
    count: int
    room: int


class Turns:
    """Goes round the workspaces of each platform, and remembers where it was."""

    def __init__(self) -> None:
        """Begin at the first."""
        self._after: dict[str, str] = {}

    async def lanes(self, connection: AsyncConnection, platform: str, most: int) -> tuple[list[str], bool]:
        """Return the next workspaces with something open, and whether they are all there are."""
        after = self._after.get(platform)
        if after is None:
            found = await _find(connection, LANES_FROM, platform, "", most)
            return found, len(found) < most
        found = await _find(connection, LANES_AFTER, platform, after, most)
        if len(found) == most:
            return found, False
        first = await _find(connection, LANES_FROM, platform, "", most)
        known = set(found)
        both = found + [each for each in first if each not in known]
        return both[:most], len(both) < most

    def went(self, platform: str, workspace: str | None) -> None:
        """Note the last workspace that had its turn; None: all had."""
        if workspace is None:
            self._after.pop(platform, None)
        else:
            self._after[platform] = workspace


def shares(rooms: Mapping[str, int], allowed: int) -> list[Share]:
    """Return `allowed` parts dealt out evenly to the workspaces that have room, in order."""
    free = [workspace for workspace, room in rooms.items() if room][:allowed]
    if not free:
        return []
    each, over = divmod(allowed, len(free))
    return [
        Share(workspace, min(rooms[workspace], each + (number < over)), rooms[workspace])
        for number, workspace in enumerate(free)
    ]


def shares_json(dealt: Sequence[Share]) -> str:
    """Return shares as the statement takes them."""
    return json.dumps([[each.workspace, each.count] for each in dealt])


async def _find(connection: AsyncConnection, query: TextClause, platform: str, after: str, most: int) -> list[str]:
    rows = await connection.execute(query, {"platform": platform, "after": after, "most": most})
    return list(rows.scalars())
