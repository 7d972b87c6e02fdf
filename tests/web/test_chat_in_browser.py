"""The Chat tab in a real browser: typed, pressed, completed, by keyboard, on both platforms at once."""

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.web.browser import visit
from tests.web.rig import Rig

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def say(page: Page, line: str) -> None:
    """Type a line and send it, whatever is offered to complete it."""
    await page.locator("#line").fill(line)
    await page.locator("#line").press("Escape")
    await page.locator("#line").press("Enter")


def pane(page: Page, venue: str) -> Locator:
    return page.locator(f"#{venue}-log")


def both(page: Page) -> tuple[Locator, Locator]:
    return pane(page, "slack"), pane(page, "discord")


async def test_a_command_is_answered_in_both_panes(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url) as page:
        await expect(page.locator("#status")).to_have_text("live")
        await say(page, "/brief blinken")
        for log in both(page):
            await expect(log).to_contain_text("you: /brief blinken")
            await expect(log.locator("article")).to_contain_text("Antony Blinken")
        await expect(pane(page, "slack")).to_contain_text("Only visible to you")
        await expect(pane(page, "discord")).to_contain_text("Only you can see this")
        await expect(page.locator(".cannot")).to_have_count(0)
        await expect(page.locator("#line")).to_have_value("")


async def test_an_empty_pane_says_what_to_do_until_something_stands_in_it(
    chromium: Browser, page_of_samples: Rig
) -> None:
    async with visit(chromium, page_of_samples.url) as page:
        await expect(page.locator("#discord-log")).to_contain_text("as Discord would draw it")
        await page.fill("#line", "/brief blinken")
        await page.keyboard.press("Enter")
        await expect(page.locator(".dc-message")).to_be_visible()
        await expect(page.locator("#discord-log .welcome")).to_be_hidden()


async def test_a_button_answers_in_its_own_pane(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url) as page:
        await say(page, "/brief blinken")
        slack, discord = both(page)
        await slack.get_by_role("button", name="Timeline").click()
        await expect(slack.locator("article")).to_have_count(2)
        await expect(slack.locator("article").last).to_contain_text("Timeline")
        await expect(discord.locator("article")).to_have_count(1)
        await discord.get_by_role("button", name="Sources").click()
        await expect(discord.locator("article")).to_have_count(2)
        await expect(discord.locator("article").last).to_contain_text("Sources")


async def test_sharing_posts_for_everybody(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url) as page:
        await say(page, "/brief qin gang")
        for log, private in zip(both(page), ("Only visible to you", "Only you can see this"), strict=True):
            await log.get_by_role("button", name="Share").click()
            shared = log.locator("article").filter(has_not_text=private)
            await expect(shared).to_have_count(1)
            await expect(shared).to_contain_text("Qin Gang")


async def test_a_choice_among_names(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url) as page:
        await say(page, "/brief burns")
        for log in both(page):
            await log.get_by_role("button", name="William Burns").click()
            await expect(log.locator("article").last).to_contain_text("William Burns is the subject of this sample.")


async def test_completion_by_keyboard(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url) as page:
        line, choices = page.locator("#line"), page.locator("#choices li")
        await line.press_sequentially("/br")
        await expect(choices.first).to_contain_text("/brief")
        await line.press("Tab")
        await expect(line).to_have_value("/brief ")
        await line.press_sequentially("秦")
        await expect(choices).to_have_count(1)
        await expect(line).to_have_attribute("aria-expanded", "true")
        await line.press("ArrowDown")
        await expect(choices.first).to_have_attribute("aria-selected", "true")
        await line.press("Enter")
        await expect(choices).to_have_count(0)
        await line.press("Enter")
        for log in both(page):
            await expect(log.locator("article")).to_contain_text("Qin Gang")


async def test_what_was_typed_comes_back(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url) as page:
        line = page.locator("#line")
        await say(page, "/brief blinken")
        await say(page, "/briefings")
        await line.press("ArrowUp")
        await expect(line).to_have_value("/briefings")
        await line.press("ArrowUp")
        await expect(line).to_have_value("/brief blinken")
        await line.press("ArrowDown")
        await line.press("ArrowDown")
        await expect(line).to_have_value("")


async def test_the_app_home_is_searched_and_read(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url) as page:
        slack = pane(page, "slack")
        await page.get_by_role("button", name="Open App Home").click()
        home = slack.get_by_role("region", name="App Home")
        await expect(home).to_contain_text("Briefings")
        await home.locator("input").press_sequentially("qin")
        await expect(slack.locator("datalist option")).to_have_count(1)
        await home.locator("input").press("Enter")
        await expect(home).to_contain_text("Qin Gang is the subject of this sample.")
        await home.get_by_role("button", name="All briefings").click()
        await expect(home).not_to_contain_text("Qin Gang is the subject of this sample.")
        await expect(pane(page, "discord").locator("article")).to_have_count(0)


async def test_a_mention_is_answered_where_the_bot_hears_it(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url) as page:
        slack, discord = both(page)
        await say(page, "@briefbot blinken")
        await expect(slack.locator("article")).to_contain_text("Antony Blinken")
        await expect(discord).to_contain_text("On Discord the bot sees commands and buttons only.")
        await say(page, "hello there")
        await expect(slack).to_contain_text("In a channel the bot sees commands and mentions only")
        await say(page, "/bring blinken")
        await expect(slack).to_contain_text("/bring is not a valid command")
        await expect(discord).to_contain_text("Discord offers no command called /bring.")


async def test_hostile_words_stay_words(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url) as page:
        await say(page, "/brief <img src=x onerror=alert(1)> @everyone <!channel> <@U1> [x](javascript:alert(1))")
        for log in both(page):
            await expect(log.locator("article")).to_have_count(1)
            await expect(log.locator("img, script, [href^='javascript']")).to_have_count(0)
            await expect(log.locator(".sl-mention, .dc-mention")).to_have_count(0)


async def test_readers_do_not_see_each_other(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url) as ada, visit(chromium, page_of_samples.url) as ben:
        await say(ada, "/brief blinken")
        await expect(pane(ada, "slack").locator("article")).to_have_count(1)
        await say(ben, "/brief wang yi")
        await expect(pane(ben, "slack").locator("article")).to_contain_text("Wang Yi")
        await expect(pane(ben, "slack")).not_to_contain_text("Antony Blinken")
        await expect(pane(ada, "slack")).not_to_contain_text("Wang Yi is")


async def test_what_was_said_is_there_after_a_reload(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url) as page:
        await say(page, "/brief blinken")
        await expect(pane(page, "discord").locator("article").first).to_be_visible()
        await expect(pane(page, "slack").locator("article").first).to_be_visible()
        await page.reload()
        for log in both(page):
            await expect(log.locator("article")).to_contain_text("Antony Blinken")
            await expect(log).to_have_attribute("role", "log")


async def test_the_answer_is_read_from_its_beginning(chromium: Browser, page_of_samples: Rig) -> None:
    async with visit(chromium, page_of_samples.url) as page:
        await say(page, "/brief longest entry")
        for log in both(page):
            await expect(log.locator("article").first).to_be_in_viewport()
        await expect(page.locator("#line")).to_be_in_viewport()


async def test_what_a_button_brings_is_in_sight_however_much_stands_above(
    chromium: Browser, page_of_samples: Rig
) -> None:
    async with visit(chromium, page_of_samples.url) as page:
        await say(page, "/brief blinken")
        for log in both(page):
            for count, label in enumerate(("Background", "Sources", "Related"), 2):
                await log.locator("article").first.get_by_role("button", name=label).click()
                await expect(log.locator("article")).to_have_count(count)
                await expect(log.locator("article").last).to_be_in_viewport()
