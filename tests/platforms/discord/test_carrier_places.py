"""Where editions go: announcements are published, threads come back, forums get a thread each; checks name causes."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.contract import Fate, Sent, Target
from bot.platforms.discord.carrier import DiscordCarrier
from tests.platforms.discord.carrying import EDITION, HERE, LONG, carrying, here, keys, parts, refusal
from tests.platforms.discord.rig import until
from tests.wire.discord import DiscordServer, places
from tests.wire.discord.places import EMBED, GRANTED, HISTORY, SEND, SEND_IN_THREADS, VIEW, Channel

FORUM, NEWS, THREAD, PLACE = 2010, 2011, 2012, 2001


@pytest.fixture
async def discord() -> AsyncIterator[DiscordServer]:
    async with DiscordServer() as running:
        running.add_channel(FORUM, "digests", type=places.FORUM)
        running.add_channel(NEWS, "news", type=places.ANNOUNCEMENT)
        running.add_channel(THREAD, "a thread", type=places.PUBLIC_THREAD, parent=PLACE, owner=1001)
        yield running
        assert running.pings == []


@pytest.fixture
async def carrier(discord: DiscordServer) -> AsyncIterator[DiscordCarrier]:
    async with carrying(discord) as connected:
        yield connected


def now() -> datetime:
    return datetime.now(UTC)


async def all_of(carrier: DiscordCarrier, target: Target, stem: str = "edition") -> list[Sent]:
    return [await carrier.post(target, part, None) for part in parts(carrier, LONG, stem)]


def threads(discord: DiscordServer) -> list[Channel]:
    return [each for each in discord.world.channels.values() if each.parent == FORUM]


async def test_an_announcement_is_published_once(discord: DiscordServer, carrier: DiscordCarrier) -> None:
    (part,) = parts(carrier)
    sent = await carrier.post(here(NEWS), part, None)
    await until(lambda: bool(discord.messages[0].flags & 1))
    assert await carrier.find(here(NEWS), part, now()) == sent
    assert await carrier.post(here(NEWS), part, now()) == sent
    await carrier.post(HERE, part, None)
    await asyncio.sleep(0.05)
    assert len(discord.called("POST", "/crosspost")) == 1


async def test_only_an_announcement_channel_is_read_by_others(carrier: DiscordCarrier) -> None:
    assert await carrier.overheard(here(NEWS))
    assert not any([await carrier.overheard(each) for each in (HERE, here(FORUM), here(THREAD))])


@pytest.mark.parametrize("how", [{"status": 429, "retry_after": 3600.0}, {"status": 400, "code": 20022}])
async def test_what_is_not_published_has_been_posted(
    discord: DiscordServer, carrier: DiscordCarrier, how: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    discord.fail("POST", "/channels/*/crosspost", times=-1, **how)
    sent = await carrier.post(here(NEWS), parts(carrier)[0], None)
    assert sent.message == str(discord.messages[0].id)
    said: list[str] = []

    def logged() -> bool:
        said.append(capsys.readouterr().out)
        return "not published" in "".join(said)

    await until(logged)
    assert carrier.ready


async def test_an_announcement_that_could_not_be_published_yet_is_tried_again(
    discord: DiscordServer, carrier: DiscordCarrier
) -> None:
    discord.fail("POST", "/channels/*/crosspost", status=503, effect=True)
    discord.fail("POST", "/channels/*/crosspost", status=429, retry_after=0.05)
    await carrier.post(here(NEWS), parts(carrier)[0], None)
    await until(lambda: bool(discord.messages[0].flags & 1))
    await until(lambda: len(discord.called("POST", "/crosspost")) == 3)


async def test_an_archived_thread_comes_back_but_a_locked_one_does_not(
    discord: DiscordServer, carrier: DiscordCarrier
) -> None:
    thread = discord.world.channels[THREAD]
    discord.threads.archive(thread)
    (part,) = parts(carrier)
    sent = await carrier.post(here(THREAD), part, None)
    assert not thread.archived
    assert await carrier.find(here(THREAD), part, now()) == sent
    discord.threads.archive(thread)
    thread.locked = True
    error = await refusal(carrier.post(here(THREAD), parts(carrier, stem="next")[0], None))
    assert (error.fate, error.code) == (Fate.REFUSED, "160005")


async def test_a_forum_gets_a_thread_for_each_edition_and_all_its_parts_in_it(
    discord: DiscordServer, carrier: DiscordCarrier
) -> None:
    sent = await all_of(carrier, here(FORUM))
    other = await carrier.post(here(FORUM), parts(carrier, EDITION, "other")[0], None)
    first, second = threads(discord)
    assert (first.name, second.name) == ("Daily briefing", "Daily briefing, 26 November 2026")
    assert {each.channel_id for each in discord.messages[:-1]} == {first.id}
    assert [each.message for each in sent] == [str(each.id) for each in discord.messages[:-1]]
    assert sent[1].link == f"https://discord.com/channels/3001/{first.id}/{sent[1].message}"
    assert keys(discord)[-1] == "other-1"
    assert other.message == str(second.id)


async def test_another_process_finds_the_thread_in_which_an_edition_goes_on(discord: DiscordServer) -> None:
    async with carrying(discord) as carrier:
        begun, *rest = parts(carrier, LONG)
        await carrier.post(here(FORUM), parts(carrier, EDITION, "yesterday")[0], None)
        await carrier.post(here(FORUM), begun, None)
    discord.threads.add(discord.world.channels[FORUM], "by somebody else", owner=1001)
    discord.threads.archive(threads(discord)[1])
    async with carrying(discord) as carrier:
        for part in rest:
            await carrier.post(here(FORUM), part, None)
        found = [await carrier.find(here(FORUM), part, now()) for part in [begun, *rest]]
    begun_in = threads(discord)[1].id
    assert {each.channel_id for each in discord.messages[1:]} == {begun_in}
    assert [each.message for each in found if each] == [str(each.id) for each in discord.messages[1:]]


async def test_a_part_whose_thread_was_deleted_begins_one_of_its_own(discord: DiscordServer) -> None:
    async with carrying(discord) as carrier:
        first, second, *_ = parts(carrier, LONG)
        await carrier.post(here(FORUM), first, None)
    del discord.world.channels[threads(discord)[0].id]
    async with carrying(discord) as carrier:
        sent = await carrier.post(here(FORUM), second, None)
        assert await carrier.find(here(FORUM), second, now()) == sent
    assert [each.name for each in threads(discord)] == ["2: Daily briefing"]


async def test_a_part_whose_thread_was_closed_under_way_begins_one_for_the_rest(
    discord: DiscordServer, carrier: DiscordCarrier
) -> None:
    first, second, third, *_ = parts(carrier, LONG)
    await carrier.post(here(FORUM), first, None)
    (begun,) = threads(discord)
    discord.threads.archive(begun)
    begun.locked = True
    await carrier.post(here(FORUM), second, None)
    del discord.world.channels[threads(discord)[1].id]
    sent = await carrier.post(here(FORUM), third, None)
    assert [each.name for each in threads(discord)] == ["Daily briefing", "3: Daily briefing"]
    assert await carrier.find(here(FORUM), third, now()) == sent


@pytest.mark.parametrize("status", [500, 502, 503, 504, None])
@pytest.mark.parametrize("archived", [False, True])
async def test_a_thread_in_doubt_is_looked_for_and_never_begun_twice(
    discord: DiscordServer, carrier: DiscordCarrier, status: int | None, archived: bool
) -> None:
    (part,) = parts(carrier)
    since = now()
    discord.fail("POST", "/channels/*/threads", status=status, drop=status is None, effect=True)
    assert (await refusal(carrier.post(here(FORUM), part, None))).fate is Fate.UNCERTAIN
    assert len(discord.called("POST", "/threads")) == 1  # discord.py itself would have begun five
    if archived:
        discord.threads.archive(threads(discord)[0])
    found = await carrier.find(here(FORUM), part, since)
    assert found == await carrier.post(here(FORUM), part, since)
    assert len(threads(discord)) == 1


async def test_a_thread_that_was_never_begun_is_not_found(discord: DiscordServer, carrier: DiscordCarrier) -> None:
    (part,) = parts(carrier)
    discord.fail("POST", "/channels/*/threads", drop=True, effect=False)
    assert (await refusal(carrier.post(here(FORUM), part, None))).fate is Fate.UNCERTAIN
    assert await carrier.find(here(FORUM), part, now()) is None
    await carrier.post(here(FORUM), part, now())
    assert len(threads(discord)) == 1


async def test_a_forum_is_read_by_permission_or_not_at_all(discord: DiscordServer) -> None:
    discord.world.channels[FORUM].denied = HISTORY
    async with carrying(discord) as connected:
        (part,) = parts(connected)
        await connected.post(here(FORUM), part, None)
        assert (await refusal(connected.find(here(FORUM), part, now()))).fate is Fate.UNREADABLE
        blind = DiscordCarrier(connected._rest, lambda: None)
        assert (await refusal(blind.find(here(FORUM), part, now()))).fate is Fate.UNREADABLE


async def test_a_forum_with_too_many_threads_of_ours_cannot_be_known(
    discord: DiscordServer, carrier: DiscordCarrier
) -> None:
    for _ in range(51):
        discord.threads.add(discord.world.channels[FORUM], "ours", owner=100)
    assert (await refusal(carrier.find(here(FORUM), parts(carrier)[0], now()))).fate is Fate.UNREADABLE


async def test_threads_from_before_are_not_looked_at(discord: DiscordServer, carrier: DiscordCarrier) -> None:
    (part,) = parts(carrier)
    await carrier.post(here(FORUM), part, None)
    discord.threads.archive(threads(discord)[0])
    assert await carrier.find(here(FORUM), part, now() + timedelta(days=2, minutes=1)) is None
    assert discord.called("GET", "/messages") == []


CHECKS = [
    (PLACE, VIEW, "the permission View Channel in"),
    (PLACE, SEND, "the permission Send Messages in"),
    (PLACE, EMBED, "the permission Embed Links in"),
    (PLACE, HISTORY, "the permission Read Message History in"),
    (PLACE, EMBED | HISTORY, "the permissions Embed Links and Read Message History in"),
    (PLACE, SEND | EMBED | HISTORY, "the permissions Send Messages and Read Message History in"),
    (FORUM, SEND, "the permission Send Messages in"),
    (FORUM, SEND_IN_THREADS, "the permission Send Messages in Threads in"),
    (NEWS, SEND, "the permission Send Messages in"),
]


@pytest.mark.parametrize(("channel", "denied", "words"), CHECKS)
async def test_a_check_names_the_permission_that_is_missing(
    discord: DiscordServer, channel: int, denied: int, words: str
) -> None:
    discord.world.channels[channel].denied = denied
    async with carrying(discord) as carrier:
        error = await refusal(carrier.check(here(channel)))
    assert error.fate is Fate.REFUSED
    assert words in error.sentence
    assert discord.called("GET", f"/channels/{channel}") == []  # the gateway had told of it


async def test_a_thread_has_the_permissions_of_its_parent(discord: DiscordServer) -> None:
    discord.world.channels[PLACE].denied = SEND
    async with carrying(discord) as carrier:
        await carrier.check(here(THREAD))  # what is not allowed in the channel may be in its threads
        assert (await refusal(carrier.check(HERE))).code == "50013"
    discord.world.channels[PLACE].denied = SEND_IN_THREADS
    async with carrying(discord) as carrier:
        await carrier.check(HERE)
        error = await refusal(carrier.check(here(THREAD)))
    assert "Send Messages in Threads" in error.sentence


async def test_a_permission_taken_from_the_bots_role_is_noticed(discord: DiscordServer) -> None:
    discord.world.granted[places.GUILD] = GRANTED & ~HISTORY
    async with carrying(discord) as carrier:
        assert "Read Message History" in (await refusal(carrier.check(HERE))).sentence


async def test_a_check_passes_where_everything_is_allowed(discord: DiscordServer, carrier: DiscordCarrier) -> None:
    for channel in (PLACE, FORUM, NEWS, THREAD):
        await carrier.check(here(channel))
    await carrier.check(here(discord.world.direct(1002).id, None))


async def test_settings_that_keep_editions_out_are_told(discord: DiscordServer) -> None:
    discord.world.channels[FORUM].tag_required = True
    discord.world.channels[THREAD].locked = True
    discord.add_channel(2020, "category", type=places.CATEGORY)
    async with carrying(discord) as carrier:
        told = {each: await refusal(carrier.check(here(each))) for each in (FORUM, THREAD, 2020, 2999)}
        posted = await refusal(carrier.post(here(FORUM), parts(carrier)[0], None))
    assert {number: (each.fate, each.code) for number, each in told.items()} == {
        FORUM: (Fate.REFUSED, "40067"),
        THREAD: (Fate.REFUSED, "160005"),
        2020: (Fate.REFUSED, "50024"),
        2999: (Fate.REFUSED, "10003"),
    }
    assert (posted.fate, posted.code) == (Fate.REFUSED, "40067")


@pytest.mark.parametrize("target", [Target("discord", "4001", "2001"), Target("discord", "", "2001")])
async def test_a_channel_is_checked_against_its_server(carrier: DiscordCarrier, target: Target) -> None:
    assert (await refusal(carrier.check(target))).fate is Fate.REFUSED


@pytest.mark.parametrize("target", [Target("discord", "x", "2001"), Target("discord", "3001", "２０"), here(0)])
async def test_what_is_no_channel_is_refused(carrier: DiscordCarrier, target: Target) -> None:
    assert (await refusal(carrier.post(target, parts(carrier)[0], None))).fate is Fate.REFUSED


async def test_a_direct_message_is_a_place_too(discord: DiscordServer, carrier: DiscordCarrier) -> None:
    direct = here(discord.world.direct(1002).id, None)
    (part,) = parts(carrier)
    sent = await carrier.post(direct, part, None)
    assert sent.link == f"https://discord.com/channels/@me/{direct.channel}/{sent.message}"
    assert await carrier.find(direct, part, now()) == sent
    discord.channels.closed.add(1002)
    error = await refusal(carrier.post(direct, parts(carrier, stem="next")[0], None))
    assert (error.fate, error.code) == (Fate.REFUSED, "50007")


async def test_a_channel_that_the_gateway_did_not_tell_of_is_asked_for_once(
    discord: DiscordServer, carrier: DiscordCarrier
) -> None:
    discord.add_channel(2030, "new", type=places.ANNOUNCEMENT)
    for stem in ("a", "b", "c"):
        await carrier.post(here(2030), parts(carrier, stem=stem)[0], None)
    assert len(discord.called("GET", "/channels/2030")) == 1
    await carrier.check(here(2030))
    assert len(discord.called("GET", "/channels/2030")) == 2
