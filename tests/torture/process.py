"""The bot as `briefbot run` starts it, with short times of a claim, and a safety off where a test wants to see why."""

import argparse
import asyncio
import sys

from bot.app import serve
from bot.digests.deliver import Safety
from bot.digests.lease import Terms
from bot.digests.service import Rules
from bot.settings import load_settings


def main() -> int:
    """Run until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lease", type=float, default=8.0)
    parser.add_argument("--settle", type=float, default=3.0)
    parser.add_argument("--timeout", type=float, default=3.0)
    parser.add_argument("--no-read-back", action="store_true")
    parser.add_argument("--no-deadline", action="store_true")
    given = parser.parse_args()
    terms = Terms(lease=given.lease, settle=given.settle, timeout=given.timeout)
    safety = Safety(read_back=not given.no_read_back, deadline=not given.no_deadline)
    return asyncio.run(serve(load_settings(None), rules=Rules(terms=terms, safety=safety, sweep=1.0)))


if __name__ == "__main__":
    sys.exit(main())
