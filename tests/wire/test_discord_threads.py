"""The loopback Discord's permissions, forums, threads and announcements, seen through discord.py."""

import discord
import pytest

from tests.wire.discord import DiscordServer, places
from tests.wire.discord.bare import BareClient, connected


def refused(status: int, code: int) -> "pytest.RaisesExc[discord.HTTPException]":
    """Return what expects Discord's refusal with `status` and `code`."""
    return pytest.RaisesExc(discord.HTTPException, check=lambda error: (error.status, error.code) == (status, code))
