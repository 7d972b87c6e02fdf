"""The invite link asks for what is used, and for nothing else."""

from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.platforms.discord.fates import CODES
from bot.platforms.discord.fates import PERMISSIONS as NEEDED
from bot.platforms.discord.invite import PERMISSIONS, SCOPES, application_id, invite_url

EVERYTHING = CODES[50013].advice


def test_the_link_has_the_scopes_and_the_permissions_that_editions_need() -> None:
    url = urlsplit(invite_url(100000000000000001))
    assert (url.scheme, url.netloc, url.path) == ("https", "discord.com", "/oauth2/authorize")
    assert parse_qs(url.query) == {
        "client_id": ["100000000000000001"],
        "scope": ["bot applications.commands"],
        "permissions": [str(1 << 10 | 1 << 11 | 1 << 14 | 1 << 16 | 1 << 38)],
    }


def test_what_an_edition_is_checked_for_is_what_the_link_asks_for() -> None:
    assert [asked.name for asked in PERMISSIONS] == list(NEEDED)
    assert all(words in EVERYTHING for words in NEEDED.values())


def test_everything_asked_for_has_a_reason_and_exists() -> None:
    assert all(asked.reason for asked in (*SCOPES, *PERMISSIONS))
    assert all(asked.name in discord.Permissions.VALID_FLAGS for asked in PERMISSIONS)


@pytest.mark.parametrize("words", ["", "12", "1" * 21, "abc", "١٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠١", "100000000000000001&scope=x"])
def test_what_is_no_id_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="no application id"):
        invite_url(words)


def test_the_id_is_the_first_part_of_a_token() -> None:
    assert application_id("MTAwMDAwMDAwMDAwMDAwMDAx.made.up") == 100000000000000001


@pytest.mark.parametrize("token", ["", "test-token", "!.x.y", "bm90YW51bWJlcg.x.y", "4pi6.x.y"])
def test_other_words_hold_no_id(token: str) -> None:
    assert application_id(token) is None
