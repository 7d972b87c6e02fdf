"""A browser for the tests that need one, and the page over the sample library."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser

from tests import samples
from tests.web.browser import browser, require_browser
from tests.web.rig import Rig, served


@pytest_asyncio.fixture(loop_scope="module")
async def page_of_samples(tmp_path: Path) -> AsyncIterator[Rig]:
    """Serve the page over the sample library."""
    async with served(samples.write(tmp_path / "briefings", samples.files())) as rig:
        yield rig


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def chromium() -> AsyncIterator[Browser]:
    """Start one headless Chromium for all tests of a file; its tests share its event loop."""
    require_browser()
    async with browser() as started:
        yield started
