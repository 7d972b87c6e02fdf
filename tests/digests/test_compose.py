"""What an edition tells, in which order, how much of it, and what it says where there is nothing to tell."""

from datetime import date

import pytest

from bot.commands.press import press
from bot.digests.edition import Before, Kept, Section
from bot.digests.layout import BUTTONS, MOST, MOST_OVERALL
from bot.digests.model import OnEmpty, Wants
from bot.library.vocabulary import Kind
from bot.reply import Divider, Heading, Outcome, Visibility, lines, plain
from tests.digests.editions import (
    NOW,
    changed,
    claim,
    edition,
    files,
    made,
    of,
    path,
    reason,
    seen,
    words,
)
from tests.library.samples import entry_text
from tests.samples import CALLER

NOTHING = Before(None, Kept({}))
ONE, TWO = files("Ada One"), files("Ben Two")


def test_what_the_channel_has_not_seen_is_new_and_the_rest_is_left_out_with_the_reason() -> None:
    found = changed(ONE, ONE | TWO)
    (item,) = found.items[:1]
    assert (item.section, item.entry_id) == (Section.NEW, "ben-two")
    assert item.reason == "new since Tue 24 Nov: this channel has not seen it"
    assert "Ben Two: Ben Two is the subject of this sample." in words(found.reply)
    assert found.news
    assert found.posts


def test_the_unchanged_say_since_when() -> None:
    found = changed(files("Ada One", "Cleo Three"), files("Ada One", "Cleo Three") | TWO)
    unchanged = {each.entry_id: each.reason for each in found.left_out}
    assert found.spotlight in {"ada-one", "cleo-three"}
    (left,) = unchanged
    assert unchanged[left] == "unchanged since Tue 24 Nov: this channel has seen it"


def test_the_title_has_the_date_and_everybody_sees_it() -> None:
    reply = changed(ONE, ONE | TWO).reply
    assert reply.blocks[0] == Heading("Briefing digest, Thursday 26 November 2026")
    assert reply.visibility is Visibility.PUBLIC
    assert reply.outcome is Outcome.LIST
    assert reply.summary == "Digest of 26 November 2026: 1 new, 1 spotlight. Ben Two"


def test_the_sections_come_in_their_order() -> None:
    many = files("Ada One", "Cleo Three", "Dora Four", "Eve Five", "Finn Six")
    corrected = {"corrections": [{"date": "2026-10-30", "was": "It was.", "now": "It is."}]}
    now = (
        many
        | TWO
        | files("Ada One", **corrected)
        | files("Cleo Three", bottom_line="Another line.")
        | files("Dora Four", expires="2026-12-01", review_by="2026-11-20")
        | files("Eve Five", claims=[claim("one", "It happened.", date="2020-11-26")])
    )
    del now[path("Finn Six")]
    was = many | {path("Dora Four"): now[path("Dora Four")], path("Eve Five"): now[path("Eve Five")]}
    found = changed(was, now, wants=Wants(duties=True))
    assert list(dict.fromkeys(item.section for item in found.items)) == list(Section)
    headings = [block.text for block in found.reply.blocks if isinstance(block, Heading) and block.level == 2]
    assert headings == [section.heading for section in Section]
    assert of(found, Section.WITHDRAWN) == ["finn-six"]


def test_why_it_matters_is_told_once_an_entry() -> None:
    now = files("Ben Two", why_it_matters="It decides much.", claims=[claim("one", "It happened.", date="2020-11-26")])
    found = changed(ONE, ONE | now)
    assert [item.section for item in found.items if item.entry_id == "ben-two"] == [Section.NEW, Section.ON_THIS_DAY]
    assert words(found.reply).count("Why it matters: It decides much.") == 1


def test_a_section_has_its_maximum_and_the_rest_stands_below_the_rule() -> None:
    titles = [f"Person {letter}" for letter in "ABCDEFGH"]
    found = changed(ONE, ONE | files(*titles))
    assert [item.below for item in found.items if item.section is Section.NEW] == [False] * 5 + [True] * 3
    assert all(f"{title}: {title} is the subject" in words(found.reply) for title in titles)
    rule = next(place for place, block in enumerate(found.reply.blocks) if isinstance(block, Divider))
    above = "\n".join(plain(spans) for spans in lines(found.reply.blocks[:rule]))
    assert "Person E: " in above
    assert "Person F: " not in above
    assert "And 3 more, below." in words(found.reply)
    assert {action.args[0] for action in found.reply.actions} >= {f"person-{letter}" for letter in "abcdefgh"}


def test_the_short_list_has_a_maximum_over_all_sections() -> None:
    was = files(*[f"Old {place}" for place in range(20)])
    now = files(*[f"Old {place}" for place in range(10)], bottom_line="Another line.")
    now |= files(*[f"New {place}" for place in range(10)])
    now |= files(*[f"Day {place}" for place in range(9)], claims=[claim("one", "It was.", date="2020-11-26")])
    found = changed(was, now)
    shown = [item for item in found.items if not item.below]
    assert len(shown) == MOST_OVERALL
    assert all(len([item for item in shown if item.section is section]) <= MOST[section] for section in Section)
    assert found.spotlight == ""
    assert found.spotlit == ()


def test_an_import_of_hundreds_is_named_counted_and_can_be_browsed() -> None:
    titles = [f"Import number {place}" for place in range(300)]
    now = made(ONE | files(*titles))
    found = edition(now, seen(made(ONE)))
    told = {item.title for item in found.items if item.section is Section.NEW}
    rest = {each.title: each.reason for each in found.left_out if each.section is Section.NEW}
    assert told | set(rest) == set(titles)
    named = [title for title, why in rest.items() if why.endswith("named below")]
    assert all(title in words(found.reply) for title in (*told, *named))
    counted = len(titles) - len(told) - len(named)
    assert f"And {counted} more: browse them all." in words(found.reply)
    assert len(found.reply.actions) <= BUTTONS
    (browse,) = [action for action in found.reply.actions if action.name == "browse"]
    assert f"{len(titles) + 1} entries" in words(press(now, browse.encode(), CALLER, NOW))
    assert len(words(found.reply)) < 20_000


def test_the_first_edition_says_what_is_to_come_instead_of_listing_the_library() -> None:
    now = made(ONE | TWO | files("Cleo Three"))
    found = edition(now, NOTHING)
    assert found.news
    assert "It follows 3 briefings." in words(found.reply)
    assert of(found, Section.NEW) == []
    assert found.spotlight
    assert any(action.name == "browse" for action in found.reply.actions)
    assert {each.reason for each in found.left_out} == {
        "there when the digests of this channel began: behind the Browse button"
    }


@pytest.mark.parametrize(
    ("wants", "shelf"),
    [
        (Wants(), "all"),
        (Wants(kinds=(Kind.PERSON,)), "people"),
        (Wants(topics=("trade",)), "trade"),
        (Wants(topics=("trade",), kinds=(Kind.PERSON,)), "all"),
        (Wants(topics=("trade", "taiwan")), "all"),
        (Wants(topics=("places",)), "all"),
    ],
)
def test_browse_leads_to_all_that_was_asked_for(wants: Wants, shelf: str) -> None:
    now = made(files("Ada One", topics=["trade", "places"]))
    (browse,) = [each for each in edition(now, NOTHING, wants=wants).reply.actions if each.name == "browse"]
    assert browse.args == (shelf, "0")
    assert "Ada One" in words(press(now, browse.encode(), CALLER, NOW))


def test_a_topic_that_there_is_not_leads_to_everything() -> None:
    for topic in ("nonsense", "a|b", "x" * 200):
        found = edition(made(files("Ada One")), NOTHING, wants=Wants(topics=(topic,)))
        assert [each.encode() for each in found.reply.actions] == ["bb1|browse|all|0"]
        assert "It follows 0 briefings." in words(found.reply)


@pytest.mark.parametrize("on_empty", OnEmpty)
def test_without_news_there_is_a_note_or_nothing_as_was_asked_for(on_empty: OnEmpty) -> None:
    found = changed(ONE, ONE, wants=Wants(on_empty=on_empty))
    assert not found.news
    assert found.posts is (on_empty is OnEmpty.NOTE)
    assert words(found.reply) == "Nothing new in the briefings since Tue 24 Nov."
    assert found.items == ()
    assert reason(found, "ada-one").startswith("unchanged since Tue 24 Nov")


def test_what_lies_ahead_alone_is_no_news_until_its_day() -> None:
    ahead = files("Ada One", claims=[claim("one", "It will be.", date="2026-11-28", forecast={"outcome": "pending"})])
    found = changed(ahead, ahead)
    assert not found.news
    waiting = "nothing is new or dated today: no edition for this alone"
    assert waiting in {each.reason for each in found.left_out}
    assert changed(ahead, ahead, today=date(2026, 11, 28)).news


def test_skipped_slots_are_told_with_the_next_edition() -> None:
    missed = "Two editions were skipped while the bot was away."
    found = edition(made(ONE | TWO), seen(made(ONE), missed=missed))
    assert words(found.reply).splitlines()[1] == missed
    note = edition(made(ONE), seen(made(ONE), missed=missed), wants=Wants(on_empty=OnEmpty.NOTE))
    assert words(note.reply).splitlines() == [missed, "Nothing new in the briefings since Tue 24 Nov."]


def test_what_was_not_asked_for_is_left_out_and_says_so() -> None:
    wants = Wants(topics=("trade",), kinds=(Kind.PERSON,))
    was = made(files("Ada One", topics=["trade"]))
    now = made(
        files("Ada One", "Gus Trade", topics=["trade"])
        | files("Hal War", topics=["military"])
        | files("Ida Nothing")
        | {"events/a-fair.md": entry_text("A fair", kind="event", topics=["trade"])}
    )
    found = edition(now, seen(was, wants=wants), wants=wants)
    assert of(found, Section.NEW) == ["gus-trade"]
    assert reason(found, "hal-war") == "topic not asked for: only trade"
    assert reason(found, "ida-nothing") == "topic not asked for: only trade"
    assert reason(found, "a-fair") == "kind not asked for: only people"


def test_an_entry_that_left_the_topics_is_not_told_as_withdrawn() -> None:
    wants = Wants(topics=("trade",))
    now = made(files("Ada One", topics=["military"]))
    found = edition(now, seen(made(files("Ada One", topics=["trade"])), wants=wants), wants=wants)
    assert found.items == ()
    assert reason(found, "ada-one") == "topic not asked for: only trade"


def test_reviews_are_told_where_they_were_asked_for_with_their_owner() -> None:
    now = (
        files("Ada One", review_by="2026-11-20", owner="The desk")
        | files("Ben Two", review_by="2026-12-10")
        | files("Cleo Three", review_by="2026-12-11")
        | files("Dora Four", review_by="2026-11-26")
    )
    found = changed(now, now, wants=Wants(duties=True))
    assert of(found, Section.REVIEW) == ["ada-one", "dora-four", "ben-two"]
    told = words(found.reply)
    assert "Ada One: review was due by 20 November 2026, 6 days ago. Owner: The desk." in told
    assert "Dora Four: review is due by 26 November 2026, today. It has no owner." in told
    assert "Ben Two: review is due by 10 December 2026, in 14 days." in told
    assert not changed(now, now).news


def test_an_edition_without_a_known_day_names_none() -> None:
    found = edition(made(ONE | TWO), seen(made(ONE), since=None))
    assert found.items[0].reason == "new: this channel has not seen it"


def test_every_button_works_days_later() -> None:
    now = made(ONE | TWO | files("Day Three", claims=[claim(f"c{n}", "It was.", date="2020-11-26") for n in range(6)]))
    found = edition(now, seen(made(ONE)))
    assert {action.name for action in found.reply.actions} == {"open", "dates"}
    for action in found.reply.actions:
        later = press(now, action.encode(), CALLER, NOW.replace(day=30))
        assert later.outcome in {Outcome.MATCH, Outcome.LIST}
    days = next(action for action in found.reply.actions if action.name == "dates")
    assert "6 dated claims" in words(press(now, days.encode(), CALLER, NOW))
