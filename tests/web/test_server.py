"""The server: probes, what every answer carries, who is refused, how failures are told, starting and stopping."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot.errors import BriefbotError
from bot.observe import Health, Metrics
from bot.settings import WebSettings
from bot.web.guard import CSP
from bot.web.healthcheck import alive
from bot.web.live import Streams
from bot.web.server import Part, WebServer


class Bench:
    """A part with routes to try things on."""

    def __init__(self) -> None:
        self.url = ""
        self.streams = Streams()

    def add_to(self, app: web.Application) -> None:
        app.router.add_post("/echo", self._echo)
        app.router.add_get("/broken", self._broken)
        app.router.add_get("/live", self._live)
        app.on_shutdown.append(self.streams.close)

    async def started(self, url: str) -> None:
        self.url = url

    async def _echo(self, request: web.Request) -> web.Response:
        return web.Response(text=await request.text())

    async def _broken(self, _request: web.Request) -> web.Response:
        raise ZeroDivisionError("the secret of the house")

    async def _live(self, request: web.Request) -> web.StreamResponse:
        return await self.streams.serve(request, "ada", {"revision": "1"})


@asynccontextmanager
async def serving(
    page: Part | None = None, health: Health | None = None, **settings: object
) -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    values = WebSettings.model_validate({"port": 0, **settings})
    async with WebServer(values, health or Health(), Metrics(), page) as server, aiohttp.ClientSession() as session:
        yield session, server.url


async def test_probes_of_a_healthy_bot() -> None:
    health = Health()
    health.add("library", lambda: (True, "12 entries"))
    async with serving(health=health) as (session, url):
        async with session.get(f"{url}/healthz") as response:
            assert (response.status, await response.json()) == (200, {"live": True})
        async with session.get(f"{url}/readyz") as response:
            told = await response.json()
            assert (response.status, told["checks"]) == (200, {"library": {"ok": True, "detail": "12 entries"}})
        async with session.get(f"{url}/metrics") as response:
            assert response.headers["Content-Type"].startswith("text/plain; version=")
            assert "# TYPE briefbot_commands_total counter" in await response.text()


async def test_not_ready_names_the_part() -> None:
    health = Health()
    health.add("library", lambda: (True, "12 entries"))
    health.add("watcher", lambda: (False, "died"))
    async with serving(health=health) as (session, url):
        async with session.get(f"{url}/readyz") as response:
            assert response.status == 503
            assert (await response.json())["checks"]["watcher"] == {"ok": False, "detail": "died"}
        async with session.get(f"{url}/healthz") as response:
            assert response.status == 200


async def test_without_a_page_there_are_only_probes() -> None:
    async with serving() as (session, url):
        for path in ("/", "/preview", "/live", "/static/page.css", "/loopback/slack/x"):
            async with session.get(url + path) as response:
                assert response.status == 404, path


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "/broken"])
async def test_every_answer_carries_the_headers(path: str) -> None:
    async with serving(Bench()) as (session, url), session.get(url + path) as response:
        assert response.headers["Content-Security-Policy"] == CSP
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"


def test_the_policy_is_strict() -> None:
    assert CSP == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        ("localhost:1", "/readyz", 200),
        ("LOCALHOST", "/readyz", 200),
        ("[::1]:8080", "/readyz", 200),
        ("10.1.2.3:8080", "/readyz", 200),
        ("[fd00::1]", "/readyz", 200),
        ("evil.example", "/readyz", 403),
        ("127.0.0.1.evil.example", "/readyz", 403),
        ("localhost.", "/readyz", 403),
        ("10.1.2.3", "/nowhere", 403),
        ("evil.example", "/nowhere", 403),
        ("", "/readyz", 403),
    ],
)
async def test_hosts(host: str, path: str, status: int) -> None:
    async with serving(Bench()) as (session, url), session.get(url + path, headers={"Host": host}) as response:
        assert response.status == status


async def test_hosts_are_settable() -> None:
    async with serving(Bench(), allowed_hosts=("briefs.example.org",)) as (session, url):
        for host, status in (("briefs.example.org:443", 404), ("localhost", 403)):
            async with session.get(f"{url}/nowhere", headers={"Host": host}) as response:
                assert response.status == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "http://localhost:1"}, 403),
    ],
)
async def test_posts_from_other_sites(headers: dict[str, str], status: int) -> None:
    async with (
        serving(Bench()) as (session, url),
        session.post(f"{url}/echo", data="x", headers=headers) as response,
    ):
        assert response.status == status


async def test_posts_from_the_page_itself() -> None:
    async with serving(Bench()) as (session, url), session.post(f"{url}/echo", headers={"Origin": url}) as response:
        assert response.status == 200


async def test_a_request_may_not_be_endless() -> None:
    async with serving(Bench()) as (session, url), session.post(f"{url}/echo", data=b"x" * 300_000) as response:
        assert response.status == 413


async def test_a_failure_is_told_by_reference(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        async with serving(Bench()) as (session, url), session.get(f"{url}/broken") as response:
            assert response.status == 500
            words = await response.text()
    assert "Reference: " in words
    assert "ZeroDivisionError" not in words
    assert "secret of the house" not in words


async def test_a_taken_port_is_one_sentence() -> None:
    async with serving() as (_, url):
        port = int(url.rpartition(":")[2])
        with pytest.raises(BriefbotError, match=f"cannot listen on 127.0.0.1, port {port}"):
            await WebServer(WebSettings(port=port), Health(), Metrics()).start()


async def test_the_part_is_told_the_address() -> None:
    bench = Bench()
    async with serving(bench, host="0.0.0.0") as (_, url):  # noqa: S104 - that it is no address to call is the point
        assert bench.url == url
        assert url.startswith("http://127.0.0.1:")


async def test_open_streams_do_not_delay_the_end() -> None:
    bench = Bench()
    server = WebServer(WebSettings(port=0), Health(), Metrics(), bench)
    await server.start()
    async with aiohttp.ClientSession() as session, session.get(f"{server.url}/live") as response:
        assert response.headers["Content-Type"] == "text/event-stream"
        assert (await response.content.readuntil(b"\n\n")).endswith(b'data: {"revision": "1"}\n\n')
        bench.streams.tell("library", {"revision": "2"})
        assert await response.content.readuntil(b"\n\n") == b'event: library\ndata: {"revision": "2"}\n\n'
        bench.streams.tell("chat", {"id": "1"}, "grace")
        bench.streams.tell("chat", {"id": "2"}, "ada")
        assert json.loads((await response.content.readuntil(b"\n\n")).partition(b"data: ")[2]) == {"id": "2"}
        async with asyncio.timeout(1.5):
            await server.stop()
        assert await response.content.read() == b""
    await server.stop()


async def test_healthcheck_is_about_life_and_not_about_a_part_that_a_restart_would_not_mend() -> None:
    health = Health()
    health.add("slack", lambda: (False, "refused: a wrong token"))
    async with serving(health=health) as (_, url):
        port = int(url.rpartition(":")[2])
        for host in ("127.0.0.1", "0.0.0.0", "localhost"):  # noqa: S104 - asked, not bound
            assert await asyncio.to_thread(alive, host, port) == (True, "alive")
    ok, words = await asyncio.to_thread(alive, "127.0.0.1", port)
    assert (ok, words.startswith("no answer")) == (False, True)


async def test_healthcheck_of_something_else() -> None:
    async def other(_request: web.BaseRequest) -> web.Response:
        return web.json_response([])

    runner = web.ServerRunner(web.Server(other))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert await asyncio.to_thread(alive, "127.0.0.1", runner.addresses[0][1]) == (False, "not a briefbot")
    await runner.cleanup()
