"""The manifest: what is published, within Slack's limits, asking for no more than is used."""

import json
import re
from pathlib import Path

import pytest

from bot.commands.spec import COMMANDS
from bot.platforms.slack.manifest import EVENTS, SCOPES, manifest, manifest_text

PUBLISHED = Path(__file__).parents[3] / "config" / "slack-manifest.json"
URL = "https://bot.example.org/slack/events"


def test_the_published_one_is_made_from_the_table() -> None:
    assert PUBLISHED.read_text("utf-8") == manifest_text()


@pytest.mark.parametrize(("mode", "url"), [("socket", None), ("http", URL)])
def test_it_keeps_slacks_limits(mode: str, url: str | None) -> None:
    # https://docs.slack.dev/reference/app-manifest
    found = manifest(mode, url)
    about = found["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4_000
    assert len(found["features"]["bot_user"]["display_name"]) <= 80
    commands = found["features"]["slash_commands"]
    assert 0 < len(commands) <= 50
    for command in commands:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"])
        assert 0 < len(command["description"]) <= 2_000
        assert 0 < len(command["usage_hint"]) <= 1_000
        assert command["should_escape"] is (command["command"] == "/digest")
    assert len(found["settings"]["event_subscriptions"]["bot_events"]) <= 100


def test_every_command_of_the_table_is_in_it() -> None:
    offered = {each["command"]: each for each in manifest("socket")["features"]["slash_commands"]}
    assert set(offered) == {f"/{command.name}" for command in COMMANDS}
    assert offered["/brief"]["usage_hint"] == "QUERY [as-of DATE]"


def test_a_socket_needs_no_address_and_http_one_everywhere() -> None:
    socket, http = manifest("socket"), manifest("http", URL)
    assert "https://" not in json.dumps(socket)
    assert socket["settings"]["socket_mode_enabled"]
    assert not http["settings"]["socket_mode_enabled"]
    assert http["settings"]["event_subscriptions"]["request_url"] == URL
    assert http["settings"]["interactivity"]["request_url"] == URL
    assert http["settings"]["interactivity"]["message_menu_options_url"] == URL
    assert all(command["url"] == URL for command in http["features"]["slash_commands"])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("https://bot.example.org", URL),
        ("https://bot.example.org/", URL),
        (URL, URL),
        ("https://example.org/forwarded/to/the/bot", "https://example.org/forwarded/to/the/bot"),
    ],
)
def test_an_address_without_a_path_gets_the_one_where_the_bot_listens(given: str, told: str) -> None:
    found = manifest("http", given)
    assert found["settings"]["event_subscriptions"]["request_url"] == told
    assert {command["url"] for command in found["features"]["slash_commands"]} == {told}


def test_it_asks_for_what_is_used_and_no_more() -> None:
    found = manifest("socket")
    assert found["oauth_config"]["scopes"] == {"bot": sorted(SCOPES)}
    assert all(SCOPES.values())
    # Each event needs its scope; the rest is for commands, for answering, and for asking who somebody is.
    needed = {"app_mention": "app_mentions:read", "message.im": "im:history"}
    digests = {f"{kind}:{what}" for kind in ("channels", "groups", "im", "mpim") for what in ("history", "read")}
    digests |= {"metadata.message:read", "users:read"}
    assert {needed[event] for event in EVENTS if event in needed} | digests | {"commands", "chat:write"} == set(SCOPES)
    assert found["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


@pytest.mark.parametrize(
    ("mode", "url"), [("carrier-pigeon", None), ("http", None), ("socket", URL), ("http", "http://bot.example.org/")]
)
def test_what_does_not_fit_together_is_said_so(mode: str, url: str | None) -> None:
    with pytest.raises(ValueError, match="http"):
        manifest(mode, url)
