"""The Next digest tab in a real browser: its controls, its buttons, sending to the chat, and how it looks."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.samples import entry_file, write
from tests.web.browser import visit
from tests.web.rig import Rig, served
from tests.web.test_accessible import SCHEMES, _violations
from tests.web.test_chat_in_browser import both

pytestmark = pytest.mark.asyncio(loop_scope="module")

BRIEFINGS = Path(__file__).parents[2] / "briefings"


async def ready(page: Page) -> None:
    await expect(page.locator("#status")).to_have_text("live")


async def test_a_control_draws_the_edition_again(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url + "/digest?seen=2020-01-01") as page:
        await ready(page)
        for look in (".sl-message", ".dc-message"):
            await expect(page.locator(look).first).to_contain_text("Nicholas Burns")
        await page.get_by_label("diplomacy").check()
        for look in (".sl-message", ".dc-message"):
            await expect(page.locator(look).first).to_contain_text("Antony Blinken")
            await expect(page.locator(look).first).not_to_contain_text("Nicholas Burns")
        assert "topics=diplomacy" in page.url
        await expect(page.get_by_label("diplomacy")).to_be_focused()
        await page.get_by_label("It has seen nothing yet").check()
        await expect(page.locator(".sl-message").first).to_contain_text("This is the first digest in this channel.")
        await page.get_by_label("As if last seen on").fill("2026-11-24")
        await expect(page.locator(".verdict")).to_contain_text("nothing would be posted")
        await page.get_by_label("On a day without news").select_option("note")
        await expect(page.locator(".verdict")).to_contain_text("a one-line note would be posted")
        await page.go_back()
        await expect(page.locator(".verdict")).to_contain_text("nothing would be posted")


async def test_every_item_and_every_omission_has_its_reason(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url + "/digest?seen=2020-01-01&topics=diplomacy") as page:
        row = page.locator(".reasons tbody tr").first
        await expect(row).to_contain_text("Antony Blinken")
        await expect(row).to_contain_text("new since Wed 1 Jan 2020: this channel has not seen it")
        left = page.locator("details.left")
        await left.locator("summary").click()
        await expect(left).to_contain_text("topic not asked for: only diplomacy")
        await expect(left).to_contain_text("Wang Yi")
        await expect(left).not_to_contain_text("Secret Draft")


async def test_a_saved_file_changes_the_edition(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url + "/digest?seen=2020-01-01") as page:
        await ready(page)
        fields = {"bottom_line": "He was dismissed in July 2023.", "topics": ["chips"]}
        text = entry_file("Another One", **fields)
        (page_of_samples.root / "people/another-one.md").write_text(text, encoding="utf-8")
        await expect(page.locator(".sl-message").first).to_contain_text("He was dismissed in July 2023.")
        await expect(page.get_by_label("chips")).to_be_visible()


async def test_buttons_lead_to_the_answers_they_bring(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url + "/digest?seen=2020-01-01&topics=diplomacy") as page:
        await page.locator(".sl-message").get_by_role("link", name="Antony Blinken").click()
        await expect(page.locator(".dc-message")).to_contain_text("Antony Blinken led US diplomacy")
        await page.get_by_role("link", name="Back to the edition").click()
        await expect(page.locator(".dc-message")).to_contain_text("Briefing digest")


async def test_a_click_sends_the_edition_to_the_chat_where_its_buttons_work(
    chromium: Browser, page_of_samples: Rig
) -> None:
    async with visit(chromium, page_of_samples.url + "/digest?seen=2020-01-01&topics=diplomacy") as page:
        await page.get_by_role("button", name="Send it to the chat").click()
        for log in both(page):
            edition = log.locator("article").first
            await expect(edition).to_contain_text("Briefing digest, Tuesday 24 November 2026")
            await expect(edition).not_to_contain_text("Only")  # everybody in the channel sees it
            await expect(edition).to_be_in_viewport()
            await edition.get_by_role("button", name="Antony Blinken").click()
            await expect(log.locator("article").last).to_contain_text("Antony Blinken led US diplomacy")
        await expect(page.locator(".cannot")).to_have_count(0)


async def test_an_edition_is_read_from_its_beginning_however_long(chromium: Browser) -> None:
    async with served(BRIEFINGS) as rig, visit(chromium, rig.url + "/digest?seen=2025-01-01") as page:
        await page.get_by_role("button", name="Send it to the chat").click()
        for log in both(page):
            await expect(log.locator("article").first.get_by_text("Briefing digest")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_axe_finds_nothing(chromium: Browser, page_of_samples: Rig, scheme: str) -> None:
    address = page_of_samples.url + "/digest?seen=2020-01-01&topics=diplomacy"
    async with visit(chromium, address, color_scheme=scheme, bypass_csp=True) as page:
        await page.locator("details.left summary").first.click()
        assert await _violations(page) == []
        await page.goto(page_of_samples.url + "/digest?seen=2026-11-24&topics=diplomacy")
        assert await _violations(page) == []
        await page.goto(address)
        await page.get_by_role("button", name="Send it to the chat").click()
        await expect(page.locator("#discord-log article").first).to_be_visible()
        assert await _violations(page) == []


async def test_no_sideways_scrolling_on_a_phone(chromium: Browser, tmp_path: Path) -> None:
    phone = {"width": 390, "height": 800}
    wide = {"people/wide-one.md": entry_file("W" * 110, topics=["x" * 32, "y" * 31], bottom_line="Z" * 280)}
    async with served(write(tmp_path, wide)) as rig, visit(chromium, rig.url, viewport=phone) as page:
        for query in ("seen=2020-01-01", "first=yes", "seen=2026-11-24"):
            await page.goto(f"{rig.url}/digest?{query}")
            await ready(page)
            assert await page.evaluate("document.documentElement.scrollWidth") == phone["width"], query
