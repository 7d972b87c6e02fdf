"""What a reader is told: the answer, the choice, nothing, another day; over the sample library and the real loader."""

import json
import re
from dataclasses import replace

import pytest

from bot.commands.request import Caller
from bot.commands.router import Router
from bot.library.vocabulary import Audience
from bot.platforms.terminal.render import plain_text
from bot.reply import Action, Outcome, Reply, Visibility
from tests.samples import CALLER, HOSTILE, NOW, Failing, library, router


@pytest.fixture(scope="module")
def commands() -> Router:
    return router()


async def ask(commands: Router, words: str, command: str = "brief", caller: Caller = CALLER) -> Reply:
    return await commands.run(command, words, caller)


def button(reply: Reply, label: str) -> Action:
    return next(action for action in reply.actions if action.label.startswith(label))


async def press(commands: Router, reply: Reply, label: str) -> Reply:
    return await commands.press(button(reply, label).encode(), CALLER)


async def test_the_answer_has_all_a_careful_reader_looks_for(commands: Router) -> None:
    reply = await ask(commands, "blinken")
    words = plain_text(reply)
    assert (reply.outcome, reply.entry_id, reply.visibility) == (Outcome.MATCH, "antony-blinken", Visibility.PRIVATE)
    assert "led US diplomacy" in words
    assert "Why it matters" in words
    assert re.search(
        r"3 February 2023 · He put off a trip.*\[2\] Disputed\. China: It was a civilian airship\. \[3\]", words
    )
    assert "18–19 June 2023" in words
    assert "Sources: [1] Publisher state · [2] Publisher wire · [3] Publisher ministry" in words
    assert re.search(
        r"As of 31 May 2026 · checked 1 November 2026 · not yet reviewed · edition 1 · [0-9a-f]{12}", words
    )
    assert [action.label for action in reply.actions] == [
        "Timeline",
        "Sources",
        "Related",
        "Background",
        "Share to channel",
    ]
    assert reply.provenance is not None
    assert reply.summary.startswith("Antony Blinken: ")


@pytest.mark.parametrize(
    "words", ["Blinken", "antony blinken", "BLINKEN", "布林肯", "secstate", "blinkin", "blin", "who is blinken"]
)
async def test_many_ways_to_ask_find_the_one_entry(commands: Router, words: str) -> None:
    assert (await ask(commands, words)).entry_id == "antony-blinken"


async def test_an_ambiguous_name_offers_both_and_opens_either(commands: Router) -> None:
    reply = await ask(commands, "burns")
    assert reply.outcome is Outcome.AMBIGUOUS
    assert {action.args[0] for action in reply.actions} == {"nicholas-burns", "william-burns"}
    opened = await press(commands, reply, "William")
    assert opened.entry_id == "william-burns"
    assert "Not to be confused with Nicholas Burns" in plain_text(opened)


async def test_the_unknown_is_said_so_with_nothing_made_up(commands: Router) -> None:
    reply = await ask(commands, "quantum zebra farming")
    assert reply.outcome is Outcome.NONE
    assert reply.entry_id is None
    assert plain_text(reply).startswith("Nothing on “quantum zebra farming”.")


@pytest.mark.parametrize("day", ["2023-06-19", "19 June 2023", "June 2023"])
async def test_another_day_gets_the_answer_of_that_day(commands: Router, day: str) -> None:
    words = plain_text(await ask(commands, f"blinken as-of {day}"))
    assert "Antony Blinken is the US Secretary of State." in words
    assert "led US diplomacy" not in words
    assert (
        "2025" not in words.split("From the edition of 31 May 2026")[0]
    )  # not in the description either, which is of today
    assert "US Secretary of State" in words.split("On ")[1]
    assert "He met Qin Gang" in words
    assert "He left office" not in words
    assert "What came later is left out" in words


async def test_before_the_first_day_there_is_no_edition(commands: Router) -> None:
    reply = await ask(commands, "blinken as-of 2019")
    assert reply.outcome is Outcome.NONE
    assert "No edition of Antony Blinken before 26 January 2021." in plain_text(reply)
    assert (await press(commands, reply, "Today")).outcome is Outcome.MATCH


async def test_a_day_kept_in_the_buttons(commands: Router) -> None:
    reply = await ask(commands, "blinken as-of 2023-06-18")
    opened = await press(commands, reply, "Timeline")
    timeline = plain_text(opened)
    assert "3 February 2023" in timeline
    assert "as of 18 June 2023" in timeline
    assert "2025" not in timeline
    assert "18–19 June" not in timeline, "that visit was not over"
    assert "As of 18 June 2023" in plain_text(await press(commands, opened, "Briefing"))
    shared = await press(commands, reply, "Share")
    assert "As of 18 June 2023" in plain_text(shared)


@pytest.mark.parametrize(
    ("words", "told"), [("blinken as-of soon", "cannot read"), ("blinken as-of 2031", "still to come")]
)
async def test_a_wrong_day_is_told_in_words(commands: Router, words: str, told: str) -> None:
    reply = await ask(commands, words)
    assert reply.outcome is Outcome.INVALID
    assert told in plain_text(reply)


async def test_sharing_is_public_and_says_who(commands: Router) -> None:
    shared = await press(commands, await ask(commands, "blinken"), "Share")
    assert shared.visibility is Visibility.PUBLIC
    assert "Shared by Ada." in plain_text(shared)
    assert not any(action.name == "share" for action in shared.actions)


async def test_folded_parts_open(commands: Router) -> None:
    reply = await ask(commands, "blinken")
    sources = plain_text(await press(commands, reply, "Sources"))
    assert "1. Publisher state: Report state, 18 June 2023 (official document)" in sources
    assert "3. Publisher ministry: Report ministry, 18 June 2023 (wire; zh)" in sources
    background = plain_text(await press(commands, reply, "Background"))
    for words in ("He was deputy secretary before.", "• One", "Quoted words.", "布林肯", "Earlier bottom lines"):
        assert words in background
    related = await press(commands, reply, "Related")
    assert (await press(commands, related, "Qin Gang")).entry_id == "qin-gang"


async def test_timelines_run_in_order_and_by_span(commands: Router) -> None:
    whole = plain_text(await ask(commands, "blinken", "timeline"))
    days = ["26 January 2021", "3 February 2023", "18–19 June 2023", "20 January 2025"]
    assert [whole.index(day) for day in days] == sorted(whole.index(day) for day in days)
    year = plain_text(await ask(commands, "blinken 2023", "timeline"))
    assert "26 January 2021 ·" not in year
    day = await ask(commands, "2023-06-18..2023-06-18", "timeline")
    across = "\n".join(plain_text(page) for page in (day, await press(commands, day, "Later")))
    assert "Qin Gang has a claim" in across
    assert "Qin Gang: Qin Gang has a claim" in across
    nothing = await ask(commands, "blinken 1999", "timeline")
    assert nothing.outcome is Outcome.NONE
    choice = await ask(commands, "burns 2023", "timeline")
    assert {action.name for action in choice.actions} == {"dates"}
    assert "Timeline: William Burns" in plain_text(await press(commands, choice, "William"))


async def test_browsing_goes_by_shelf_and_page(commands: Router) -> None:
    shelves = await ask(commands, "", "briefings")
    assert "People" in plain_text(shelves)
    people = await press(commands, shelves, "People")
    assert "page 1 of 2" in plain_text(people)
    second = await press(commands, people, "Next")
    assert "page 2 of 2" in plain_text(second)
    assert (await press(commands, second, "Previous")).summary == people.summary
    assert "Antony Blinken" in plain_text(await ask(commands, "Diplomacy", "briefings"))
    assert "No shelf is called “cooking”" in plain_text(await ask(commands, "cooking", "briefings"))


@pytest.mark.parametrize("words", ["Secret Draft", "Inner Circle", "Under Embargo"])
async def test_what_must_not_be_seen_surfaces_nowhere(commands: Router, words: str) -> None:
    for partial in (words, words[:4], words.replace("e", "a")):
        assert words not in plain_text(await ask(commands, partial)).replace(f"“{partial}”", "")
        assert not any(words in choice.label for choice in commands.complete("brief", "query", partial, CALLER))
    everything = await ask(commands, "all", "briefings")
    assert words not in plain_text(everything)
    entry_id = words.lower().replace(" ", "-")
    for action in ("open", "sources", "share", "timeline", "background"):
        reply = await commands.press(Action(action, "", (entry_id, "")).encode(), CALLER)
        assert reply.outcome is Outcome.INVALID
        assert words not in plain_text(reply)


async def test_an_inner_place_sees_inner_entries(commands: Router) -> None:
    insider = replace(CALLER, audience=Audience.INTERNAL)
    assert (await ask(commands, "inner circle", caller=insider)).entry_id == "inner-circle"


async def test_staleness_travels_with_the_answer(commands: Router) -> None:
    expired = plain_text(await ask(commands, "long expired"))
    assert "Expired on 1 June 2026." in expired
    assert "has a claim" not in expired
    assert "Long Expired is the subject" in expired
    assert "Publisher wire" in expired
    overdue = plain_text(await ask(commands, "review overdue"))
    assert "Review was due by 1 June 2026." in overdue
    assert "has a claim" in overdue


@pytest.mark.parametrize("command", ["brief", "timeline", "briefings", "nonsense"])
@pytest.mark.parametrize("words", HOSTILE)
async def test_whatever_is_typed_gets_a_plain_answer(commands: Router, command: str, words: str) -> None:
    reply = await ask(commands, words, command)
    assert reply.blocks
    assert reply.summary.strip()
    assert reply.outcome is not Outcome.FAILED
    assert len(reply.summary) < 1_000
    assert not any(char < " " and char != "\n" for char in plain_text(reply))
    assert commands.complete(command, "query", words, CALLER) is not None


@pytest.mark.parametrize(
    "pressed",
    [
        "",
        "bb1",
        "bb1|",
        "bb1|nope",
        "bb1|open",
        "bb1|open|../../etc/passwd|",
        "bb1|more|antony-blinken||99",
        "bb1|browse|x|-1",
        "bb1|dates|antony-blinken|..|zzz",
        "bb1|open|antony-blinken|2023-99-99",
        "bb1|open|a|b|c|d|e",
        "x" * 5_000,
    ],
)
async def test_a_forged_button_is_answered_in_words(commands: Router, pressed: str) -> None:
    reply = await commands.press(pressed, CALLER)
    assert reply.blocks
    assert reply.outcome is not Outcome.FAILED


async def test_a_failure_has_a_sentence_advice_and_a_reference_and_no_details() -> None:
    for reply in (await Failing().run("brief", "blinken", CALLER), await Failing().press("bb1|open|x|", CALLER)):
        words = plain_text(reply)
        assert reply.outcome is Outcome.FAILED
        assert reply.reference is not None
        assert reply.reference in words
        assert "Try again" in words
        assert "kaboom" not in words
    assert Failing().complete("brief", "query", "bli", CALLER) == ()


async def test_the_longest_entry_is_paged_and_nothing_is_lost(commands: Router) -> None:
    reply = await ask(commands, "longest entry")
    seen, waiting, pages = plain_text(reply), list(reply.actions), 0
    assert len(seen) < 8_000
    while waiting:
        action = waiting.pop()
        if action.name in {"more", "sources", "background"}:
            page = await commands.press(action.encode(), CALLER)
            seen += "\n" + plain_text(page)
            waiting += page.actions
            pages += 1
    entry = library().entries_by_id["longest-entry"]
    assert pages > 10
    missing = set(re.findall(r"w\d+x\d+", json.dumps(entry.model_dump(mode="json")))) - set(
        re.findall(r"w\d+x\d+", seen)
    )
    assert not missing


async def test_the_same_question_is_composed_once_until_the_library_or_the_minute_changes() -> None:
    clock = [NOW]
    commands = Router(library, lambda: clock[0])
    first = await ask(commands, "blinken")
    assert await ask(commands, "blinken") is first
    clock[0] = NOW.replace(minute=1)
    assert await ask(commands, "blinken") is not first


@pytest.mark.parametrize("words", ["help", "HELP", "?", ""])
async def test_help_names_every_command(commands: Router, words: str) -> None:
    reply = await ask(commands, words)
    assert reply.outcome is Outcome.HELP
    for usage in ("/brief QUERY [as-of DATE]", "/timeline [QUERY] [FROM..TO]", "/briefings [TOPIC|KIND]"):
        assert usage in plain_text(reply)


async def test_completion_starts_somewhere_and_narrows(commands: Router) -> None:
    assert commands.complete("brief", "query", "", CALLER)
    assert commands.complete("brief", "query", "bli", CALLER)[0].value == "antony-blinken"
    assert commands.complete("brief", "query", "布", CALLER)[0].value == "antony-blinken"
    assert "people" in [choice.value for choice in commands.complete("briefings", "shelf", "peo", CALLER)]
    assert commands.complete("brief", "as-of", "20", CALLER) == ()
    assert commands.complete("nope", "query", "x", CALLER) == ()
