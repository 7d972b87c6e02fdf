"""What is typed behind `/digest subscribe`: any sensible order, and never anything but options or a plain refusal."""

import itertools
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import spec
from bot.commands.digest_completion import completing, subcommands
from bot.commands.digest_order import read_order, schedule_of, wants_of
from bot.commands.digest_words import read_words, take_channel
from bot.commands.parse import clean
from bot.commands.request import Caller
from bot.commands.router import Router
from bot.digests.model import OnEmpty, Schedule, Wants
from bot.errors import BadRequestError
from bot.library.load import load
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience
from tests.samples import CALLER, NOW, library

TOPICS = frozenset({"taiwan", "chips", "south-china-sea", "trade", "export-controls"})
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("", {}),
        (
            "7:30 shanghai weekdays topics taiwan,chips on-empty note",
            {"time": "7:30", "zone": "shanghai", "days": "weekdays", "topics": "taiwan,chips", "on-empty": "note"},
        ),
        ("weekdays 8am new york", {"days": "weekdays", "time": "8am", "zone": "new york"}),
        ("8am, shanghai, mon-fri", {"time": "8am", "zone": "shanghai", "days": "mon-fri"}),
        ("mon, wed and fri at 7 pm in beijing", {"days": "mon wed and fri", "time": "at 7 pm", "zone": "beijing"}),
        ("at 8 every weekday", {"time": "at 8", "days": "weekday"}),
        ("every day at noon UTC", {"days": "every day", "time": "at noon", "zone": "UTC"}),
        ("topics south china sea, chips 9pm", {"topics": "south china sea,chips", "time": "9pm"}),
        ("topics south china sea and chips", {"topics": "south china sea,chips"}),
        ("topics: taiwan, chips zone taipei", {"topics": "taiwan,chips", "zone": "taipei"}),
        ("zone=taiwan --topics=trade 8", {"zone": "taiwan", "topics": "trade", "time": "8"}),
        ("about trade，chips", {"topics": "trade,chips"}),
        ("kinds people, events topics chips", {"kinds": "people,events", "topics": "chips"}),
        ("7:30 chips people", {"time": "7:30", "topics": "chips", "kinds": "people"}),
        ("topics all kinds all", {"topics": "all", "kinds": "all"}),
        ("on empty note", {"on-empty": "note"}),
        ("when empty: skip 7", {"on-empty": "skip", "time": "7"}),
        ("duties", {"duties": "yes"}),
        ("duties no 8am", {"duties": "no", "time": "8am"}),
        ("time zone shanghai time 7 pm", {"zone": "shanghai", "time": "7 pm"}),
        ("days mon tue 7", {"days": "mon tue", "time": "7"}),
        ("tz cst", {"zone": "cst"}),
        ("topics taiwn 8am", {"topics": "taiwn", "time": "8am"}),
        ("周一至周五 早上7点 北京", {"days": "周一至周五", "time": "早上7点", "zone": "北京"}),
    ],
)
def test_words_become_options(typed: str, options: dict[str, str]) -> None:
    assert read_words(typed, TOPICS, NOW) == options


@pytest.mark.parametrize(
    ("typed", "sentence", "advice"),
    [
        ("25:00 shanghai", "“25:00” is no time of day.", "Did you mean 05:00 or 15:00?"),
        ("7:30 shangai weekdays", "what “shangai” means", "Did you mean Asia/Shanghai?"),
        ("7:30 new yrok", "what “new yrok” means", "Did you mean America/New York?"),
        ("weekdys 8 utc", "what “weekdys” means", "Did you mean weekdays"),
        ("8 utc chps", "what “chps” means", "Did you mean chips?"),
        ("qqqqq", "what “qqqqq” means", "/digest help shows how."),
        ("7:30 8:30", "One digest has one time, and there are “7:30” and “8:30”.", ""),
        ("utc shanghai", "One digest has one time zone", ""),
        ("8am taiwan", "“taiwan” is a topic and a time zone.", "Write topics taiwan, or zone taiwan."),
        ("8 topics", "Nothing stands behind “topics”.", ""),
        ("on-empty", "Nothing stands behind “on-empty”.", ""),
        ("on-empty note on-empty skip", "on-empty is one thing", ""),
        ("7 UTC+5:45", "I do not know what “UTC+5:45” means here.", "Did you mean Asia/Kathmandu"),
    ],
)
def test_what_cannot_be_placed_is_said_with_the_nearest(typed: str, sentence: str, advice: str) -> None:
    with pytest.raises(BadRequestError) as refused:
        read_words(typed, TOPICS, NOW)
    assert sentence in refused.value.sentence
    assert advice in refused.value.advice


def test_the_order_makes_no_difference() -> None:
    for parts in itertools.permutations(("7:30", "new york", "mon-fri", "topics taiwan, chips", "on-empty note")):
        order = read_order(read_words(" ".join(parts), TOPICS, NOW), TOPICS, NOW)
        schedule, wants = schedule_of(order, None, ""), wants_of(order, None)
        assert schedule == Schedule(time(7, 30), "America/New_York", (0, 1, 2, 3, 4)), parts
        assert wants == Wants(("taiwan", "chips"), on_empty=OnEmpty.NOTE), parts


WORDS = st.sampled_from(
    (
        *("7:30", "25:61", "8", "shanghai", "new", "york", "cst", "weekdays", "mon-fri", "mun", "and", "at", "北京"),
        *("topics", "kinds", "on-empty", "note", "duties", "zone", "time", "days", "taiwan", "chips", "people", "all"),
        *(",", "=", ":", "-", "qqq"),
    )
)


@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=200))
def test_any_words_are_options_or_refused_in_words(typed: str) -> None:
    try:
        order = read_order(read_words(clean(typed), TOPICS, NOW), TOPICS, NOW)
        schedule = schedule_of(order, None, "UTC")
    except BadRequestError as error:
        assert error.sentence  # noqa: PT017 - what is raised is one of two ways to be right
    else:
        assert schedule.weekdays
        assert set(wants_of(order, None).topics) <= TOPICS


def test_every_example_in_help_is_understood_of_the_library_that_is_shipped() -> None:
    shipped = load(ROOT / "briefings")
    topics = {topic for topic, _ in shipped.topics(Viewer(Audience.PUBLIC, datetime.now(UTC)))}
    root = spec.command("digest")
    assert root is not None
    said = [example.removeprefix("/digest ") for each in (root, *root.subcommands) for example in each.examples]
    subscribing = [words.removeprefix("subscribe ") for words in said if words.startswith("subscribe ")]
    assert len(subscribing) > 1
    for words in subscribing:
        read_order(read_words(words, topics, NOW), topics, NOW)
    names = {each.last for each in root.subcommands} | spec.HELP_WORDS
    assert {words.partition(" ")[0] for words in said} <= names


ROUTER = Router(library, lambda: NOW)


def offered(option: str, partial: str, caller: Caller = CALLER) -> list[str]:
    return [each.value for each in ROUTER.complete("digest subscribe", option, partial, caller)]


def test_options_complete() -> None:
    assert offered("zone", "shang")[0] == "Asia/Shanghai"
    assert offered("zone", "new y")[0] == "America/New York"
    assert len(offered("zone", "a")) == 25
    assert "UTC" in offered("zone", "")
    assert offered("days", "week") == ["weekdays", "weekends"]
    assert offered("topics", "dip") == ["diplomacy"]
    assert offered("topics", "") == ["diplomacy", "all"]
    assert offered("kinds", "people,ev") == ["people,events"]
    assert "people,people" not in offered("kinds", "people,")
    assert offered("on-empty", "n") == ["note"]
    assert offered("time", "7") == []
    assert [each.value for each in ROUTER.complete("digest", "zone", "x", CALLER)] == []


@pytest.mark.parametrize(
    ("words", "option", "rest"),
    [
        ("subscribe sh", "zone", "sh"),
        ("subscribe 7:30 sh", "zone", "sh"),
        ("subscribe 7:30 new yo", "zone", "new yo"),
        ("subscribe 7:30 utc topics tai", "topics", "tai"),
        ("subscribe topics taiwan, ch", "topics", "taiwan, ch"),
        ("subscribe topics taiwan kinds pe", "kinds", "pe"),
        ("subscribe on-empty n", "on-empty", "n"),
    ],
)
def test_a_line_is_completed_where_it_ends(words: str, option: str, rest: str) -> None:
    found = completing(words)
    assert found is not None
    assert (found.command, found.option, words[found.start :]) == ("digest subscribe", option, rest)


@pytest.mark.parametrize("words", ["", "sub", "list ", "pause #ne", "nonsense x"])
def test_a_line_without_options_is_completed_by_none(words: str) -> None:
    assert completing(words) is None


def test_subcommands_complete() -> None:
    assert [each.last for each in subcommands("s")] == ["subscribe", "status"]
    assert len(subcommands("")) == len(spec.DIGEST)
    assert subcommands("list ") == ()


@pytest.mark.parametrize(
    ("words", "channel", "rest"),
    [
        ("7:30 shanghai", "", "7:30 shanghai"),
        ("#news 7:30 shanghai", "#news", "7:30 shanghai"),
        ("7:30 in #news shanghai", "#news", "7:30 shanghai"),
        ("to <#C012AB|news>", "<#C012AB|news>", ""),
        ("<#C012AB|> 8 utc topics taiwan, chips", "<#C012AB|>", "8 utc topics taiwan, chips"),
        ("8 utc channel C012AB", "C012AB", "8 utc"),
        ("channel: #news weekdays", "#news", "weekdays"),
        ("--channel=#新闻 weekdays", "#新闻", "weekdays"),
        ("8 #news utc #news", "#news", "8 utc"),
        ("number#5 8 utc", "", "number#5 8 utc"),
    ],
)
def test_a_channel_is_taken_out_of_the_words(words: str, channel: str, rest: str) -> None:
    assert take_channel(words) == (channel, rest)


def test_two_channels_are_one_too_many() -> None:
    with pytest.raises(BadRequestError, match="One digest goes to one channel, and there are “#a” and “#b”"):
        take_channel("8 utc #a #b")


@given(
    st.text(max_size=200) | st.lists(WORDS | st.sampled_from(["#a", "<#C1|b>", "channel"]), max_size=12).map(" ".join)
)
def test_any_words_have_a_channel_or_none(typed: str) -> None:
    try:
        channel, rest = take_channel(clean(typed))
    except BadRequestError as error:
        assert error.advice  # noqa: PT017 - what is raised is one of two ways to be right
    else:
        assert take_channel(rest)[0] in {"", channel} or channel
