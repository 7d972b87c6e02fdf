"""The bare loop that the bot's deliveries are held against: aiohttp posts the same bodies, and that is all.

python -m tests.bench.bare_posts URL BASE TOKEN IN_FLIGHT: posts each edition that is open in the database at URL, once.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from typing import Any

import aiohttp
import discord
from discord.http import handle_message_parameters
from sqlalchemy import select

from bot.contract import Part, Target
from bot.digests.claiming import part_key
from bot.platforms.discord.parts import Ready, nonce
from bot.platforms.slack.history import metadata
from bot.storage.database import Database
from bot.storage.tables import editions

Post = tuple[str, bytes]
"""An address and a body."""


async def posts(url: str, base: str) -> list[Post]:
    """Return what is to be posted below `base`, as the bot's carriers would."""
    database = await Database.open(url)
    async with database.read() as connection:
        rows = (await connection.execute(select(editions).where(editions.c.state == "open"))).all()
    await database.close()
    return [_post(row, base) for row in rows]


def _post(row: Any, base: str) -> Post:
    target = Target(row.platform, row.workspace, row.channel)
    part = Part(part_key(target, row.subscription, row.slot, 1), json.loads(row.bodies)[0])
    if target.platform == "slack":
        more = {"channel": target.channel, "metadata": metadata(part.key), "unfurl_links": False, "unfurl_media": False}
        return f"{base}chat.postMessage", json.dumps({**json.loads(part.body), **more}).encode()
    return f"{base}/channels/{target.channel}/messages", json.dumps(_discord(part, target)).encode()


def _discord(part: Part, target: Target) -> Any:
    arguments = Ready.read(part).arguments()
    arguments.pop("silent")
    words, nobody = nonce(part.key, target.channel), discord.AllowedMentions.none()
    with handle_message_parameters(**arguments, nonce=words, allowed_mentions=nobody) as made:
        return made.payload


async def post_all(found: Iterator[Post], session: aiohttp.ClientSession) -> None:
    """Post one after the other."""
    for address, body in found:
        async with session.post(address, data=body) as answer:
            if answer.status >= 300:
                raise RuntimeError(f"{answer.status}: {(await answer.text())[:200]}")
            json.loads(await answer.read())


async def run(url: str, base: str, token: str, in_flight: int) -> None:
    """Post everything, so many at a time."""
    found = iter(await posts(url, base))
    headers = {"Authorization": token, "Content-Type": "application/json; charset=utf-8"}
    async with aiohttp.ClientSession(headers=headers, connector=aiohttp.TCPConnector(limit=in_flight)) as session:
        await asyncio.gather(*(post_all(found, session) for _ in range(in_flight)))


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
