"""The loopback Discord as a process of its own, gateway included, for tests that kill the bot's processes.

    python -m tests.wire.discord.serve [--port 0] [--token test-token] [--shards 1]

It prints one line of JSON, `api_base` (the bot's `BRIEFBOT_DISCORD__API_BASE`), `control` (see `control`) and `token`,
and serves until it is told to stop (SIGTERM, SIGINT). REST calls are counted, not kept.
"""

import argparse
import asyncio
import json
import signal
import sys

from tests.wire.discord.control import PREFIX, Control
from tests.wire.discord.rest import PREFIX as API
from tests.wire.discord.server import DiscordServer


async def serve(port: int, token: str, shards: int) -> None:
    """Serve until stopped."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    server = DiscordServer(port=port, token=token, shards=shards)
    server.rest.noting = False
    Control(server).add_to(server.app)
    async with server:
        control = server.api_base.removesuffix(API) + PREFIX
        sys.stdout.write(json.dumps({"api_base": server.api_base, "control": control, "token": token}) + "\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default="test-token")
    parser.add_argument("--shards", type=int, default=1)
    given = parser.parse_args()
    asyncio.run(serve(given.port, given.token, given.shards))


if __name__ == "__main__":
    main()
