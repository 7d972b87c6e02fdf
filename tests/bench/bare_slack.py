"""What the bot is measured against on Slack: a bare Bolt handler with default settings that echoes a constant.

python -m tests.bench.bare_slack socket|http PORT BASE_URL BOT_TOKEN APP_TOKEN SIGNING_SECRET
"""

import asyncio
import sys

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient


async def main(mode: str, port: int, *where: str) -> None:
    """Serve `/brief` until the process is ended."""
    base_url, bot_token, app_token, signing_secret = where
    app = AsyncApp(client=AsyncWebClient(token=bot_token, base_url=base_url), signing_secret=signing_secret)

    @app.command("/brief")
    async def brief(ack: AsyncAck) -> None:
        await ack("A constant.")

    if mode == "socket":
        handler = AsyncSocketModeHandler(app, app_token)
        await handler.connect_async()  # type: ignore[no-untyped-call]  # the SDK leaves it without types
    else:
        runner = web.AppRunner(app.web_app(), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    mode, port, *rest = sys.argv[1:]
    asyncio.run(main(mode, int(port), *rest))
