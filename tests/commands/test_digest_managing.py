"""Who may change a digest, and pausing, resuming and ending one, by words and by buttons."""

from dataclasses import replace

import pytest

from bot.commands import spec
from bot.commands.digest import NAME
from bot.commands.request import Caller, Owner
from bot.contract import Fate, SendError, Target
from bot.digests.model import State
from bot.platforms.terminal.render import plain_text
from bot.reply import Action
from tests.commands.digest_rig import HERE, MANAGER, READER, Channel, Person
from tests.commands.memory_desk import MemoryDesk
from tests.samples import NOW


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk(NOW)


@pytest.fixture
def channel(desk: MemoryDesk) -> Channel:
    return Channel(desk)


MANAGING = [each.last for each in spec.DIGEST if each.permission is spec.Permission.MANAGE]
PRESSES = [each for each in spec.ACTIONS if each.name.startswith(NAME)]


def test_who_may_do_what_is_in_the_table() -> None:
    assert MANAGING == ["subscribe", "now", "pause", "resume", "unsubscribe"]
    managing = {each.name for each in PRESSES if each.permission is spec.Permission.MANAGE}
    assert managing == {"digest-pause", "digest-resume", "digest-unsubscribe", "digest-end"}


@pytest.mark.parametrize("what", MANAGING)
@pytest.mark.parametrize("person", [Person("Only admins may."), None])
async def test_nobody_changes_what_they_may_not(
    channel: Channel, desk: MemoryDesk, what: str, person: Person | None
) -> None:
    await channel.type("subscribe 8 utc")
    before = desk.kept[HERE]
    caller = replace(MANAGER, person=person)
    for reply in (await channel.type(what, caller), await channel.choose(what, caller)):
        assert "You may not change the digest here." in reply
        assert ("Only admins may." if person else "cannot tell who you are") in reply
    assert desk.kept == {HERE: before}
    assert desk.editions == {}


@pytest.mark.parametrize("known", PRESSES, ids=lambda each: each.name)
async def test_every_button_is_checked_when_it_is_pressed(
    channel: Channel, desk: MemoryDesk, known: spec.ActionSpec
) -> None:
    await channel.type("subscribe 8 utc")
    before = dict(desk.kept)
    reply = await channel.router.press(Action(known.name, "", ("1",)).encode(), READER)
    refused = "You may not change the digest here." in plain_text(reply)
    assert refused == (known.permission is spec.Permission.MANAGE)
    assert desk.kept == before


@pytest.mark.parametrize("what", ["list", "status", "preview", "help"])
async def test_looking_is_for_everyone(channel: Channel, what: str) -> None:
    await channel.type("subscribe 8 utc")
    person = Person("Only admins may.")
    shown = await channel.type(what, replace(READER, person=person))
    assert "may not" not in shown
    assert person.asked == []


async def test_pause_and_resume_by_words_and_by_buttons(channel: Channel, desk: MemoryDesk) -> None:
    await channel.type("subscribe 8 utc")
    shown = await channel.press("Pause")
    assert "Paused." in shown
    assert "Next:" not in shown
    assert channel.labels() == ["Preview", "Status", "Resume", "Unsubscribe"]
    assert desk.kept[HERE].state is State.PAUSED
    assert "Next: Wed 25 Nov 08:00 (UTC)" in await channel.press("Resume")
    await channel.type("pause")
    assert desk.kept[HERE].state is State.PAUSED
    await channel.type("resume")
    assert desk.kept[HERE].state is State.ACTIVE


async def test_a_resumed_digest_has_to_fit_again(channel: Channel, desk: MemoryDesk) -> None:
    await channel.type("subscribe 8 utc")
    desk.pause_for(HERE, "The channel is archived. Unarchive it, then /digest resume.")
    assert "Paused. The channel is archived." in await channel.type("list")
    desk.refusals[HERE] = SendError(Fate.REFUSED, "is_archived", "The channel is archived.", "Unarchive it.")
    assert "The channel is archived." in await channel.type("resume")
    assert desk.kept[HERE].state is State.PAUSED


async def test_subscribing_ends_a_pause(channel: Channel, desk: MemoryDesk) -> None:
    await channel.type("subscribe 8 utc")
    await channel.type("pause")
    assert "The digest was changed" in await channel.type("subscribe")
    assert desk.kept[HERE].state is State.ACTIVE


async def test_unsubscribing_by_a_button_takes_a_second_press(channel: Channel, desk: MemoryDesk) -> None:
    await channel.type("subscribe 8 utc weekdays topics diplomacy")
    assert "End the digest here?" in await channel.press("Unsubscribe")
    assert HERE in desk.kept
    assert "08:00" in await channel.press("Keep it")
    await channel.press("Unsubscribe")
    shown = await channel.press("Yes, end it")
    assert "has ended" in shown
    assert desk.kept == {}
    back = shown.split("brings it back: ")[1].strip()
    assert back == "/digest subscribe 08:00 UTC weekdays topics diplomacy"
    assert "Subscribed" in await channel.type(back.removeprefix("/digest "))


async def test_a_button_of_what_is_gone_or_of_another_place_does_nothing(channel: Channel, desk: MemoryDesk) -> None:
    await channel.type("subscribe 8 utc")
    elsewhere = replace(MANAGER, place="C2")
    for name in ("digest-pause", "digest-end", "digest-preview", "digest-status"):
        reply = await channel.router.press(Action(name, "", ("1",)).encode(), elsewhere)
        assert "no longer there" in plain_text(reply)
        reply = await channel.router.press(Action(name, "", ("77",)).encode(), MANAGER)
        assert "no longer there" in plain_text(reply)
    for damaged in ("bb1|digest-pause", "bb1|digest-pause|", "bb1|digest-now|1", "bb1|digest-x|1"):
        assert "no longer there" in plain_text(await channel.router.press(damaged, MANAGER))
    assert desk.kept[HERE].state is State.ACTIVE


async def test_at_a_terminal_the_reader_may_manage(channel: Channel, desk: MemoryDesk) -> None:
    caller = Caller("terminal", "ada", "terminal", person=Owner())
    assert "Subscribed" in await channel.type("subscribe 8 utc", caller)
    assert list(desk.kept) == [Target("terminal", "", "terminal")]


def test_every_button_fits_and_is_in_the_table() -> None:
    for known in PRESSES:
        assert known.args == ("subscription", "channel")
        Action(known.name, known.label, (str(2**63), str(2**64))).encode()
