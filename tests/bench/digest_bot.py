"""The bot as `briefbot run` starts it, for measurements of editions; `--unpaced` lifts its pace on Discord and Slack.

That is for seeing what the bot itself takes: there is no such setting, since both would ban who used it.
"""

import asyncio
import sys

from bot.app import serve
from bot.contract import Pace, Scope
from bot.platforms.discord import carrier as discord
from bot.platforms.slack import carrier as slack
from bot.settings import load_settings


def main() -> int:
    """Run until told to stop."""
    if "--unpaced" in sys.argv:
        discord.PACE = slack.PACE = Pace({Scope.CHANNEL: 1.0})
    return asyncio.run(serve(load_settings(None)))


if __name__ == "__main__":
    sys.exit(main())
