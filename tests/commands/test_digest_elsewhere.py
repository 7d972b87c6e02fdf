"""`/digest` about another channel than the one it is typed in: a forum's, say, in which no command can be typed."""

from dataclasses import replace

import pytest

from bot.commands import spec
from bot.commands.request import Caller, Elsewhere, Owner
from bot.contract import Fate, SendError, Target
from bot.digests.model import State
from bot.library.vocabulary import Audience
from bot.reply import Action
from tests.commands.digest_rig import HERE, MANAGER, Channel, Person
from tests.commands.memory_desk import Line, MemoryDesk, edition
from tests.samples import NOW

THERE = Target("slack", "T1", "C2")
SUBCOMMANDS = [each.last for each in spec.DIGEST]


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk(NOW)


@pytest.fixture
def channel(desk: MemoryDesk) -> Channel:
    return Channel(desk)


def seeing(there: Person) -> Caller:
    """Somebody who sees the channel `#news`, by its name, its id and as Slack writes it."""
    news = Elsewhere("C2", "#news", there)
    known = {"#news": news, "C2": news, "<#C2|news>": news, "C1": Elsewhere("C1", "#here", there)}
    return replace(MANAGER, person=Person(sees=known, own_zone="Asia/Tokyo"))


ASKER = seeing(Person())


@pytest.mark.parametrize("typed", ["#news 8 utc weekdays", "8 utc <#C2|news> weekdays", "8 utc weekdays channel C2"])
async def test_another_channel_is_subscribed(channel: Channel, desk: MemoryDesk, typed: str) -> None:
    shown = await channel.type(f"subscribe {typed}", ASKER)
    assert "Subscribed in #news" in shown
    assert "/digest subscribe #news and what is to be different" in shown
    assert list(desk.kept) == [THERE]
    assert desk.checked == [THERE]
    assert desk.kept[THERE].schedule.weekdays == (0, 1, 2, 3, 4)


async def test_by_name_it_is_an_option_also_beside_a_whole_line(channel: Channel, desk: MemoryDesk) -> None:
    await channel.choose("subscribe", ASKER, time="7:30 taipei weekdays", channel="C2")
    assert desk.kept[THERE].schedule.zone == "Asia/Taipei"
    assert "The digest in #news was changed" in await channel.choose("subscribe", ASKER, time="9", channel="C2")
    await channel.choose("subscribe", ASKER, time="7:30 utc #news")
    assert list(desk.kept) == [THERE]


async def test_one_in_the_field_and_one_in_the_line_are_two(channel: Channel, desk: MemoryDesk) -> None:
    shown = await channel.choose("subscribe", ASKER, time="7:30 utc #news", channel="C2")
    assert "Name one of them." in shown
    assert desk.kept == {}


async def test_every_subcommand_is_about_the_channel_that_is_named(channel: Channel, desk: MemoryDesk) -> None:
    desk.edition = edition(Line("Balloon", "new"))
    await channel.type("subscribe 8 utc #news", ASKER)
    assert "The digest in #news" in await channel.type("list #news", ASKER)
    assert "The next edition comes" in await channel.type("preview in #news", ASKER)
    assert "An extra edition is on its way to #news." in await channel.type("now #news", ASKER)
    assert "Recent editions in #news" in await channel.type("status #news", ASKER)
    assert "The digest in #news is paused" in await channel.type("pause #news", ASKER)
    assert desk.kept[THERE].state is State.PAUSED
    assert "/digest resume #news goes on with it." in await channel.type("list #news", ASKER)
    assert "The digest in #news goes on" in await channel.type("resume #news", ASKER)
    shown = await channel.type("unsubscribe #news", ASKER)
    assert "The digest in #news has ended." in shown
    assert "/digest subscribe #news 08:00 UTC" in shown
    assert desk.kept == {}
    assert "No digest comes to #news yet." in await channel.type("list #news", ASKER)
    assert "Set one up with /digest subscribe #news 8:00" in await channel.type("status #news", ASKER)


async def test_buttons_are_about_it_too_and_ask_again_who_sees_it(channel: Channel, desk: MemoryDesk) -> None:
    await channel.type("subscribe 8 utc #news", ASKER)
    await channel.type("subscribe 8 utc", ASKER)
    await channel.type("list #news", ASKER)
    assert "The digest in #news is paused" in await channel.press("Pause", ASKER)
    assert (desk.kept[THERE].state, desk.kept[HERE].state) == (State.PAUSED, State.ACTIVE)
    await channel.press("Unsubscribe", ASKER)
    assert "There is no such channel." in await channel.press("Yes, end it", MANAGER)
    await channel.type("list #news", ASKER)
    await channel.press("Unsubscribe", ASKER)
    assert "The digest in #news has ended." in await channel.press("Yes, end it", ASKER)
    assert list(desk.kept) == [HERE]


@pytest.mark.parametrize("what", SUBCOMMANDS)
async def test_nobody_hears_of_or_changes_what_they_do_not_see(channel: Channel, desk: MemoryDesk, what: str) -> None:
    await channel.type("subscribe 8 utc topics diplomacy #news", ASKER)
    before = dict(desk.kept)
    for person in (Person(), None):
        shown = await channel.type(f"{what} #news", replace(MANAGER, person=person))
        assert ("There is no such channel." if person else "I cannot tell who you are.") in shown
        assert "diplomacy" not in shown
    assert (desk.kept, desk.editions, desk.previewed) == (before, {}, [])


async def test_who_may_manage_is_asked_as_of_the_other_channel(channel: Channel, desk: MemoryDesk) -> None:
    there = Person("Only admins may.")
    for typed in ("subscribe 8 utc #news", "now #news", "pause #news"):
        assert "You may not change the digest in #news. Only admins may." in await channel.type(typed, seeing(there))
    assert there.asked == ["manage"] * 3
    assert (desk.kept, desk.checked) == ({}, [])


@pytest.mark.parametrize(("others_read", "audience"), [(True, Audience.PUBLIC), (False, Audience.INTERNAL)])
async def test_who_reads_the_other_channel_sets_what_it_is_told(
    channel: Channel, desk: MemoryDesk, others_read: bool, audience: Audience
) -> None:
    caller = replace(seeing(Person(others_read=others_read)), audience=Audience.INTERNAL)
    await channel.type("subscribe 8 utc #news", caller)
    assert desk.kept[THERE].audience is audience


async def test_the_other_channel_has_to_fit(channel: Channel, desk: MemoryDesk) -> None:
    desk.refusals[THERE] = SendError(Fate.REFUSED, "not_in_channel", "I am not in the channel.", "Invite me.")
    assert "I am not in the channel. Invite me." in await channel.type("subscribe 8 utc #news", ASKER)
    assert desk.kept == {}


async def test_ones_own_channel_by_name_is_here(channel: Channel, desk: MemoryDesk) -> None:
    assert "in #here" not in await channel.type("subscribe 8 utc channel C1", ASKER)
    assert list(desk.kept) == [HERE]
    assert channel.last is not None
    assert [action.args for action in channel.last.actions] == [("1",)] * 4


async def test_where_there_are_no_channels_it_is_said_so(channel: Channel, desk: MemoryDesk) -> None:
    caller = Caller("terminal", "ada", "terminal", person=Owner())
    assert "There are no channels here." in await channel.type("subscribe 8 utc #news", caller)
    assert desk.kept == {}


async def test_a_button_with_a_channel_that_is_none_does_nothing(channel: Channel, desk: MemoryDesk) -> None:
    await channel.type("subscribe 8 utc #news", ASKER)
    reply = await channel.router.press(Action("digest-end", "", ("1", "C9")).encode(), ASKER)
    assert "There is no such channel." in reply.summary
    assert list(desk.kept) == [THERE]
