"""A question gets the claim that answers it first, the rest behind a button; one without is kept for editors."""

from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.commands.router import Router
from bot.library.library import Library
from bot.library.load import load
from bot.library.visibility import Viewer
from bot.reply import Bullets, Outcome, Reply, plain
from tests.samples import CALLER, NOW, entry_file, write

CLAIMS = [
    {"id": "seen", "text": "People in Montana saw the balloon in the sky.", "date": "2023-02-01", "sources": ["wire"]},
    {"id": "more-1", "text": "It flew over Alaska.", "date": "2023-01-28", "sources": ["wire"]},
    {"id": "more-2", "text": "It flew over Canada.", "date": "2023-01-30", "sources": ["wire"]},
    {
        "id": "postponed",
        "text": "Washington postponed the trip because of the balloon.",
        "date": "2023-02-03",
        "sources": ["wire"],
    },
    {
        "id": "late",
        "text": "Recovered sensors of the balloon were examined.",
        "date": "2023-03-03",
        "sources": ["wire"],
    },
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    files = {
        "events/balloon-2023.md": entry_file("Balloon over Montana, February 2023", kind="event", claims=CLAIMS),
        "people/ada-lovelace.md": entry_file("Ada Lovelace"),
    }
    made = load(write(tmp_path_factory.mktemp("questions"), files))
    assert made.problems == ()
    return made


@pytest.fixture
def router(library: Library) -> Router:
    return Router(lambda: library, lambda: NOW)


def claims_of(reply: Reply) -> list[str]:
    return [plain(item) for block in reply.blocks if isinstance(block, Bullets) for item in block.items]


async def ask(router: Router, words: str) -> Reply:
    return await router.run("brief", words, CALLER)


async def test_the_claim_that_answers_is_first_and_alone_and_the_rest_behind_the_button(router: Router) -> None:
    reply = await ask(router, "why was the february balloon trip postponed?")
    assert reply.outcome is Outcome.MATCH
    assert ["because of the balloon" in each for each in claims_of(reply)] == [True]
    assert isinstance(reply.blocks[2], Bullets), "before the bottom line"
    assert reply.summary.endswith("Washington postponed the trip because of the balloon.")
    button = next(each for each in reply.actions if each.name == "more")
    assert button.label == "4 more"
    rest = claims_of(await router.press(button.encode(), CALLER))
    assert len(rest) == 4
    assert not any("because of the balloon" in each for each in rest)


async def test_what_is_shared_is_the_answer_to_the_question(router: Router) -> None:
    reply = await ask(router, "why was the february balloon trip postponed?")
    share = next(each for each in reply.actions if each.name == "share")
    shared = await router.press(share.encode(), CALLER)
    assert claims_of(shared) == claims_of(reply)
    assert "Shared by" in str(shared.blocks)


async def test_a_name_gets_the_entry_in_its_own_order(router: Router) -> None:
    shown = claims_of(await ask(router, "balloon over montana february 2023"))
    assert len(shown) == len(CLAIMS)
    assert "Montana" in shown[0]


async def test_a_claim_of_later_never_answers_for_a_past_day(router: Router) -> None:
    now = await ask(router, "what became of the recovered balloon sensors?")
    assert "examined" in claims_of(now)[0]
    then = await ask(router, "what became of the recovered balloon sensors? as-of 2023-02-10")
    assert then.outcome is Outcome.MATCH
    assert not any("examined" in each for each in claims_of(then))


@pytest.mark.parametrize("page", ["1.99", "1.x", "1.", "9.3.3", ".", "1.3.3.3.3.3", "١.٢"])
async def test_a_damaged_button_still_opens_a_page(page: str, router: Router) -> None:
    reply = await router.press(f"bb1|more|balloon-2023||{page}", CALLER)
    assert reply.outcome in {Outcome.MATCH, Outcome.INVALID}


async def test_a_question_without_an_answer_is_logged_for_editors_and_never_who_asked(router: Router) -> None:
    with capture_logs() as logged:
        await ask(router, "Best  PIZZA near me?")
        await ask(router, "Best  PIZZA near me?")
        await ask(router, "ada lovelace")
    found: list[dict[str, Any]] = [dict(each) for each in logged if each.get("action") == "search.none"]
    assert [each["question"] for each in found] == ["best pizza near me"] * 2
    assert CALLER.user not in str(found)
    assert CALLER.name not in str(found)


async def test_the_first_question_waits_off_the_loop_and_a_name_not_at_all(tmp_path: Path) -> None:
    made = load(write(tmp_path, {"people/ada-lovelace.md": entry_file("Ada Lovelace")}))
    router, viewer = Router(lambda: made, lambda: NOW), Viewer(CALLER.audience, NOW)
    await ask(router, "ada lovelace")
    assert not made.is_prepared(viewer)
    await ask(router, "something else entirely")
    assert made.is_prepared(viewer)
