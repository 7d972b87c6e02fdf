"""What discord.py says when a client is built: nothing about libraries for voice, which this bot does not use."""

import discord
import pytest

from bot.platforms.discord.client import build_client
from tests.platforms.discord.script import Script


async def test_a_client_is_built_without_a_word_about_voice(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(discord.VoiceClient, "warn_nacl", True)
    monkeypatch.setattr(discord.VoiceClient, "warn_dave", True)
    build_client(Script())
    assert not caplog.records
