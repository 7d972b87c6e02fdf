"""Proxies: the environment's, and where it says there is none."""

import pytest

from bot.platforms.slack.proxy import proxy_for
from tests.platforms.slack.rig import connected
from tests.platforms.slack.script import Script
from tests.wire.slack import SlackServer

NOBODY = "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("environment", "url", "proxy"),
    [
        ({}, "https://slack.com/api/", None),
        ({"HTTPS_PROXY": "http://p:1"}, "https://slack.com/api/", "http://p:1"),
        ({"HTTPS_PROXY": "http://p:1"}, "wss://wss-primary.slack.com/link/?ticket=1", "http://p:1"),
        ({"https_proxy": "http://p:1"}, "http://slack.example.org/", None),
        ({"ALL_PROXY": "http://p:1"}, "https://slack.com/api/", "http://p:1"),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "slack.com"}, "https://hooks.slack.com:443/x", None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "*"}, "wss://wss-primary.slack.com/", None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "example.org"}, "https://slack.com/api/", "http://p:1"),
        ({"HTTPS_PROXY": "http://p:1"}, "not an address", None),
    ],
)
def test_the_environment_says_which(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], url: str, proxy: str | None
) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(url) == proxy


async def test_what_is_exempt_is_reached_directly_by_every_way(
    slack: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, NOBODY)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    async with connected(slack, Script()):
        first = await slack.command("/brief", "blinken")
        assert "One wire report." in (await slack.press(first, label="Sources")).visible()
        assert "Qin Gang" in (await slack.mention("<@UBOT> blinken")).visible()
