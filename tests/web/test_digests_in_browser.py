"""`/digest` in the demo's chat in a real browser: the edition comes by itself, its buttons work, a link leads to it."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests import samples
from tests.web.browser import visit
from tests.web.rig import served_with_digests
from tests.web.test_chat_in_browser import both, say

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_edition_comes_by_itself_and_is_opened_from_the_status(chromium: Browser, tmp_path: Path) -> None:
    root = samples.write(tmp_path, samples.files())
    async with served_with_digests(root) as rig, visit(chromium, rig.url) as page:
        await expect(page.locator("#status")).to_have_text("live")
        await say(page, "/digest subscribe 7:30 shanghai topics diplomacy")
        for log in both(page):
            await expect(log.locator("article")).to_contain_text("07:30 every day, Asia/Shanghai")
        await say(page, "/digest now")
        for log in both(page):
            edition = log.locator("article").filter(has_text="Briefing digest, ")
            await expect(edition).to_be_in_viewport()
            await expect(edition).not_to_contain_text("Only")  # everybody in the channel sees it
            await edition.get_by_role("button", name="Antony Blinken").click()
            await expect(log.locator("article").last).to_contain_text("Antony Blinken led US diplomacy")
        for log in both(page):
            await log.get_by_role("button", name="Status").last.click()
            await expect(log.locator("article").last).to_contain_text("extra edition · sent")
            async with page.context.expect_page() as opening:
                await log.get_by_role("link", name="open").click()
            opened = await opening.value
            await expect(opened.locator(".post:target")).to_be_in_viewport()
            await expect(opened.locator(".post:target")).to_contain_text("Briefing digest, ")
            await opened.close()
        await expect(page.locator(".cannot")).to_have_count(0)
