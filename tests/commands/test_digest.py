"""`/digest subscribe` over a desk in memory: what is kept, what is said, and what is said of wrong words."""

import subprocess
import sys
from dataclasses import replace

import pytest

from bot.commands.router import Router
from bot.contract import Fate, SendError, Target
from bot.digests.model import EVERY_DAY, OnEmpty
from bot.errors import BriefbotError
from bot.library.vocabulary import Audience, Kind
from bot.platforms.terminal.render import plain_text
from bot.reply import Outcome
from tests.commands.digest_rig import HERE, MANAGER, Channel, Person
from tests.commands.memory_desk import MemoryDesk
from tests.samples import NOW, library


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk(NOW)


@pytest.fixture
def channel(desk: MemoryDesk) -> Channel:
    return Channel(desk)


async def test_a_subscription_says_when_the_next_three_come_and_what_they_hold(
    channel: Channel, desk: MemoryDesk
) -> None:
    shown = await channel.type("subscribe 7:30 weekdays topics diplomacy kinds people on-empty note")
    assert "Subscribed" in shown
    assert "Next: Wed 25 Nov 07:30 (UTC+8) · Thu 26 Nov 07:30 (UTC+8) · Fri 27 Nov 07:30 (UTC+8)" in shown
    assert "When: 07:30 Monday to Friday, Asia/Shanghai" in shown
    assert "About: diplomacy · people" in shown
    assert "On a day without news: a one-line note is posted" in shown
    assert "Change it with /digest subscribe" in shown
    assert "end it with /digest unsubscribe" in shown
    assert channel.labels() == ["Preview", "Status", "Pause", "Unsubscribe"]
    made = desk.kept[HERE]
    assert (made.owner, made.audience, made.schedule.weekdays) == ("U1", Audience.PUBLIC, (0, 1, 2, 3, 4))
    assert (made.wants.topics, made.wants.kinds) == (("diplomacy",), (Kind.PERSON,))
    assert made.wants.on_empty is OnEmpty.NOTE


async def test_whatever_is_not_said_has_its_default(channel: Channel, desk: MemoryDesk) -> None:
    shown = await channel.type("subscribe")
    assert "When: 08:00 every day, Asia/Shanghai" in shown
    assert "About: everything" in shown
    assert "nothing is posted" in shown
    assert "Reviews" not in shown
    assert desk.kept[HERE].schedule.weekdays == EVERY_DAY


async def test_options_by_name_are_the_same_as_words(channel: Channel, desk: MemoryDesk) -> None:
    await channel.type("subscribe 19h30 new york sat,sun topics diplomacy on-empty note duties")
    typed = desk.kept.pop(HERE)
    await channel.choose(
        "subscribe", time="7:30pm", zone="NYC", days="weekends", topics="Diplomacy", on_empty="note", duties="yes"
    )
    assert desk.kept[HERE] == typed


async def test_a_line_in_the_first_field_is_read_as_a_line(channel: Channel, desk: MemoryDesk) -> None:
    await channel.choose("subscribe", time="7:30 taipei topics diplomacy")
    assert desk.kept[HERE].schedule.zone == "Asia/Taipei"
    assert desk.kept[HERE].wants.topics == ("diplomacy",)


async def test_subscribing_again_changes_what_is_said_and_tells_was_and_now(channel: Channel, desk: MemoryDesk) -> None:
    await channel.type("subscribe 7:30 shanghai topics diplomacy")
    first = desk.kept[HERE]
    shown = await channel.type("subscribe 21:00 on-empty note")
    assert "The digest was changed" in shown
    assert "When: 07:30 every day, Asia/Shanghai → 21:00 every day, Asia/Shanghai" in shown
    assert "On a day without news: nothing is posted → a one-line note is posted" in shown
    assert "About: diplomacy (1 briefing now)\n" in shown
    assert len(desk.kept) == 1
    assert desk.kept[HERE].id == first.id
    assert desk.editions == {}, "it does not post at once"
    assert "About: diplomacy (1 briefing now) → everything" in await channel.type("subscribe topics all")
    assert "The digest stays as it was" in await channel.type("subscribe")


async def test_a_filter_that_nothing_fits_is_told_at_once(channel: Channel) -> None:
    shown = await channel.type("subscribe topics diplomacy kinds events")
    assert "About: diplomacy · events (no briefing fits that yet)" in shown


async def test_the_zone_of_the_caller_is_asked_for_only_where_it_is_needed(channel: Channel) -> None:
    person = Person(own_zone="America/New_York")
    caller = replace(MANAGER, person=person)
    await channel.type("subscribe 7 utc", caller)
    await channel.type("subscribe 8", caller)
    assert "zone" not in person.asked
    await channel.type("unsubscribe", caller)
    assert "America/New York" in await channel.type("subscribe 8", caller)
    assert person.asked.count("zone") == 1


@pytest.mark.parametrize("own_zone", ["", "Nowhere/Atlantis"])
async def test_where_nobody_tells_the_zone_it_is_asked_plainly(
    channel: Channel, desk: MemoryDesk, own_zone: str
) -> None:
    shown = await channel.type("subscribe 7:30", replace(MANAGER, person=Person(own_zone=own_zone)))
    assert "Whose time?" in shown
    assert "/digest subscribe 07:30 shanghai" in shown
    assert desk.kept == {}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"time": "25:00"}, "Did you mean 05:00 or 15:00?"),
        ({"zone": "shangai"}, "Did you mean Asia/Shanghai?"),
        ({"zone": "new yrok"}, "Did you mean America/New York?"),
        ({"zone": "CST"}, "Name one: America/Chicago, Asia/Shanghai"),
        ({"zone": "+5:30"}, "Asia/Kolkata"),
        ({"days": "mun-fri"}, "Did you mean Mon?"),
        ({"topics": "diplomcy"}, "Did you mean diplomacy?"),
        ({"kinds": "peple"}, "Did you mean people?"),
        ({"on-empty": "shout"}, "on-empty is skip or note"),
        ({"duties": "perhaps"}, "duties is yes or no"),
    ],
)
async def test_what_is_wrong_is_answered_with_the_nearest_right_ones(
    channel: Channel, desk: MemoryDesk, options: dict[str, str], told: str
) -> None:
    reply = await channel.router.run("digest subscribe", {"days": "daily", **options}, MANAGER)
    assert reply.outcome is Outcome.INVALID
    assert told in plain_text(reply)
    assert desk.kept == {}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("lst", "list"), ("sub", "subscribe"), ("stop", "unsubscribe"), ("histroy", ""), ("history", "status")],
)
async def test_an_unknown_subcommand_is_answered_with_the_nearest(channel: Channel, typed: str, meant: str) -> None:
    shown = await channel.type(typed)
    assert f"There is no /digest {typed}." in shown
    assert (f"Did you mean /digest {meant}?" in shown) == bool(meant)


@pytest.mark.parametrize("words", ["", "help", "?", "subscribe help"])
async def test_usage_is_there_for_the_asking(channel: Channel, words: str) -> None:
    shown = await channel.type(words)
    assert "/digest subscribe [TIME] [ZONE] [DAYS]" in shown
    assert channel.last is not None
    assert channel.last.outcome is Outcome.HELP


async def test_where_digests_are_off_it_is_said_and_usage_is_still_there() -> None:
    router = Router(library, lambda: NOW)
    for words in ("list", "subscribe 8 utc", "status"):
        assert "Digests are off here." in plain_text(await router.run("/digest", words, MANAGER))
    assert "off here" in plain_text(await router.press("bb1|digest-pause|1", MANAGER))
    assert "/digest subscribe" in plain_text(await router.run("/digest", "help", MANAGER))


@pytest.mark.parametrize("resume", ["/digest resume", "`/digest resume`"])
async def test_what_a_place_refuses_is_said_before_anything_is_kept(
    channel: Channel, desk: MemoryDesk, resume: str
) -> None:
    advice = f"Add me with /invite @briefbot, then {resume}."
    desk.refusals[HERE] = SendError(Fate.REFUSED, "not_in_channel", "I am not in the channel.", advice)
    shown = await channel.type("subscribe 8 utc")
    assert "I am not in the channel. Add me with /invite @briefbot, then the same command again." in shown
    assert desk.kept == {}
    desk.refusals[HERE] = SendError(Fate.NOT_YET, "ClientConnectorError", "Slack cannot be reached.")
    assert "Slack cannot be reached. Try again in a minute." in await channel.type("subscribe 8 utc")


async def test_what_the_desk_says_of_itself_is_told_in_its_words(channel: Channel, desk: MemoryDesk) -> None:
    class Starting(MemoryDesk):
        async def subscriptions(self, target: Target) -> tuple[()]:
            raise BriefbotError("Digests are still starting.", "Try again in a minute.")

    router = Router(library, lambda: NOW, desk=lambda: Starting(NOW))
    reply = await router.run("/digest", "list", MANAGER)
    assert "Digests are still starting." in plain_text(reply)
    assert reply.outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("own", "others_read", "kept"),
    [
        (Audience.PUBLIC, False, Audience.PUBLIC),
        (Audience.INTERNAL, False, Audience.INTERNAL),
        (Audience.INTERNAL, True, Audience.PUBLIC),
        (Audience.RESTRICTED, True, Audience.PUBLIC),
    ],
)
async def test_where_others_read_along_a_digest_holds_what_is_public(
    channel: Channel, desk: MemoryDesk, own: Audience, others_read: bool, kept: Audience
) -> None:
    person = Person(others_read=others_read)
    await channel.type("subscribe 8 utc", replace(MANAGER, audience=own, person=person))
    assert desk.kept[HERE].audience is kept
    assert ("overheard" in person.asked) == (own is not Audience.PUBLIC)


def test_the_command_needs_no_database() -> None:
    modules = "bot.app, bot.commands.digest, bot.commands.digest_completion, bot.digests.desk"
    found = subprocess.run(
        [sys.executable, "-c", f"import sys, {modules}; print([m for m in sys.modules if m.startswith('sqlalchemy')])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[]"
