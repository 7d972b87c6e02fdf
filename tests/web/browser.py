"""A headless Chromium for the page's tests: where it is found, how it is started, and what it must never do."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def require_browser() -> None:
    """Skip where no browser is installed; fail where there has to be one (CI=true)."""
    if CHROMIUM.exists():
        return
    reason = f"{CHROMIUM} is not installed; the page is tested in a browser where it is (apt-get install chromium)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Start Chromium and end it."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(_ARGUMENTS))
        try:
            yield started
        finally:
            await started.close()


@dataclass
class Conduct:
    """What a page did that it should not: requests to elsewhere, errors on the console."""

    url: str
    expected: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "data:", "about:")):
            self.outside.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not (self.expected and self.expected in message.text):
            self.errors.append(message.text)


@asynccontextmanager
async def visit(started: Browser, url: str, *, expected: str = "", **options: Any) -> AsyncIterator[Page]:
    """Open a tab of a fresh profile at `url`; afterwards nothing outside may have been asked and nothing gone wrong.

    Messages on the console that contain `expected` are none of the things that went wrong.
    """
    conduct = Conduct("/".join(url.split("/", 3)[:3]), expected)
    context: BrowserContext = await started.new_context(**{"viewport": {"width": 1360, "height": 900}, **options})
    context.set_default_timeout(10_000)
    page = await context.new_page()
    conduct.watch(page)
    try:
        await page.goto(url)
        yield page
    finally:
        await context.close()
    assert conduct.outside == []
    assert conduct.errors == []
