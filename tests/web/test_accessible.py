"""axe finds nothing, in the light and in the dark, on every page and in every state."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from tests.web.browser import visit
from tests.web.rig import Rig
from tests.web.test_chat_in_browser import say

pytestmark = pytest.mark.asyncio(loop_scope="module")

SCHEMES = ("light", "dark")


async def _violations(page: Page) -> list[str]:
    found = (await Axe().run(page)).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_the_chat(chromium: Browser, page_of_samples: Rig, scheme: str) -> None:
    async with visit(chromium, page_of_samples.url, color_scheme=scheme, bypass_csp=True) as page:
        assert await _violations(page) == []
        for line in ("/brief blinken", "/brief burns", "/brief hostile entry", "/briefings"):
            await say(page, line)
        await expect(page.locator("#slack-log article")).to_have_count(4)
        await expect(page.locator("#discord-log article")).to_have_count(4)
        await page.get_by_role("button", name="Open App Home").click()
        await expect(page.get_by_role("region", name="App Home")).to_be_visible()
        await page.locator("#line").fill("/brief bur")
        await expect(page.locator("#choices li").first).to_be_visible()
        assert await _violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_the_preview(chromium: Browser, page_of_samples: Rig, scheme: str) -> None:
    broken = page_of_samples.root / "people/qin-gang.md"
    async with visit(chromium, page_of_samples.url, color_scheme=scheme, bypass_csp=True) as page:
        for address in ("/preview/people/antony-blinken", "/preview/people/hostile-entry?style=embed"):
            await page.goto(page_of_samples.url + address)
            await page.locator("details.json summary").first.click()
            assert await _violations(page) == [], address
        await page.goto(page_of_samples.url + "/preview/people/qin-gang")
        broken.write_text(broken.read_text("utf-8").replace("2023-06-18", "2023-06-31"), "utf-8")
        await expect(page.get_by_role("alert")).to_be_visible()
        assert await _violations(page) == []
