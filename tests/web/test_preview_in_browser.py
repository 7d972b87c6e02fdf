"""The Preview tab in a real browser: live reload, mistakes, views, search, and the looks of the whole page."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests import samples
from tests.web.browser import visit
from tests.web.rig import Rig

QIN = "/preview/people/qin-gang"
_BROKEN = samples.entry_file("Qin Gang").replace("2023-06-18", "2023-06-31")

pytestmark = pytest.mark.asyncio(loop_scope="module")


def _rewrite(rig: Rig, text: str, path: str = "people/qin-gang.md") -> None:
    (rig.root / path).write_text(text, encoding="utf-8")


async def test_a_saved_file_is_drawn_again(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url + QIN) as page:
        await expect(page.locator("#status")).to_have_text("live")
        await page.locator("details.json summary").first.click()
        _rewrite(page_of_samples, samples.entry_file("Qin Gang", bottom_line="He was dismissed in July 2023."))
        for look in (".sl-message", ".dc-message"):
            await expect(page.locator(look)).to_contain_text("He was dismissed in July 2023.")
        await expect(page.locator("#status")).to_contain_text("reloaded")
        # What the editor had opened is still open: nothing was loaded anew.
        await expect(page.locator("details.json").first).to_have_attribute("open", "")


async def test_a_broken_file_shows_its_line_over_the_last_good_version(chromium: Browser, page_of_samples: Rig) -> None:
    line = next(at for at, text in enumerate(_BROKEN.splitlines(), start=1) if "2023-06-31" in text)
    async with visit(chromium, page_of_samples.url + QIN) as page:
        await expect(page.locator("#status")).to_have_text("live")
        _rewrite(page_of_samples, _BROKEN)
        problems = page.get_by_role("alert")
        await expect(problems).to_contain_text(f"people/qin-gang.md:{line}:")
        await expect(problems.locator("pre").first).to_contain_text("2023-06-31")
        await expect(problems.locator(".caret").first).to_have_text("^")
        await expect(page.locator("main")).to_contain_text("below is the last version that loaded")
        await expect(page.locator(".sl-message")).to_contain_text("Qin Gang is the subject of this sample.")
        await expect(page.locator("#entries a[aria-current]")).to_contain_text("has errors")
        _rewrite(page_of_samples, samples.entry_file("Qin Gang"))
        await expect(problems).to_have_count(0)


async def test_files_come_and_go(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url + "/preview/people/li-shangfu", expected="404 (Not Found)") as page:
        await expect(page.locator("main")).to_contain_text("There is no entry here")
        _rewrite(page_of_samples, samples.entry_file("Li Shangfu"), "people/li-shangfu.md")
        await expect(page.locator("h1")).to_have_text("Li Shangfu")
        await expect(page.locator("#entries")).to_contain_text("Li Shangfu")
        (page_of_samples.root / "people/li-shangfu.md").unlink()
        await expect(page.locator("main")).to_contain_text("There is no entry here")


async def test_what_is_hidden_is_named_by_its_file_alone(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url + "/preview/people/secret-draft") as page:
        await expect(page.locator("main")).to_contain_text("draft: shown to nobody")
        await expect(page.locator("main")).not_to_contain_text("is the subject of this sample")


async def test_buttons_lead_to_the_answers_they_bring(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url + "/preview/people/antony-blinken") as page:
        await page.locator(".sl-message").get_by_role("link", name="Timeline").click()
        await expect(page.locator(".dc-message")).to_contain_text("Timeline")
        await page.get_by_role("link", name="Back to the first answer").click()
        await expect(page.locator(".sl-message")).to_contain_text("Why it matters")
        await page.go_back()
        await expect(page.locator(".dc-message")).to_contain_text("Timeline")


async def test_styles_meters_and_json(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url + QIN) as page:
        await expect(page.locator(".dc-container")).to_have_count(1)
        await page.get_by_role("link", name="Embed").click()
        await expect(page.locator(".dc-embed")).to_have_count(1)
        await expect(page.get_by_role("meter", name="Blocks")).to_be_visible()
        await expect(page.locator(".meter", has_text="Blocks").locator("output")).to_contain_text(" / 50")
        sent = page.locator("details.json").first
        await sent.locator("summary").click()
        await expect(sent.locator("pre")).to_contain_text('"type": "actions"')


async def test_finding_an_entry_by_keyboard(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url + "/preview/people/antony-blinken") as page:
        await page.locator("h1").click()
        await page.keyboard.press("/")
        await expect(page.locator("#find-box")).to_be_focused()
        await page.keyboard.type("秦刚")
        await expect(page.locator("#entries a")).to_have_count(1)
        await page.keyboard.press("Enter")
        await expect(page.locator("h1")).to_have_text("Qin Gang")


async def test_the_skip_link_leads_to_the_content(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url + QIN) as page:
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.locator("main")).to_be_focused()


async def test_the_theme_is_remembered(chromium: Browser, page_of_samples: Rig) -> None:
    async def back(page: Page) -> str:
        return str(await page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor"))

    async with visit(chromium, page_of_samples.url, color_scheme="light") as page:
        light = await back(page)
        await page.get_by_role("button", name="Dark").click()
        dark = await back(page)
        assert light != dark
        await page.reload()
        assert await back(page) == dark
        await page.get_by_role("button", name="Auto").click()
        assert await back(page) == light


async def test_no_sideways_scrolling_on_a_phone(chromium: Browser, page_of_samples: Rig) -> None:
    phone = {"width": 390, "height": 800}
    _rewrite(page_of_samples, _BROKEN)
    addresses = ("/", "/preview/people/longest-entry", "/preview/people/hostile-entry", QIN)
    async with visit(chromium, page_of_samples.url, viewport=phone) as page:
        for address in addresses:
            await page.goto(page_of_samples.url + address)
            await expect(page.locator("#status")).to_have_text("live")
            assert await page.evaluate("document.documentElement.scrollWidth") == phone["width"], address
