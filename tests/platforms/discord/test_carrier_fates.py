"""What becomes of an edition when Discord errs: each error has its fate, its words, and its effect on the next try."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from discord import Client, Message

from bot.contract import Fate, Scope, SendError
from bot.platforms.discord.carrier import DiscordCarrier
from bot.platforms.discord.fates import CODES
from bot.platforms.discord.rest import RestClient
from tests.platforms.discord.carrying import HERE, carrying, fate, here, keys, parts, refusal
from tests.platforms.discord.rig import until
from tests.wire.discord import DiscordServer

POSTS = "/channels/*/messages"
HOUR = 3600

TABLE = {
    Fate.REFUSED: (50001, 50013, 50008, 50024, 40058, 10003, 160005, 50083, 40067, 50007, 50278),
    Fate.REVOKED: (10004,),
    Fate.OURS: (50035, 50006, 40005),
    Fate.NOT_YET: (200000, 200001, 20016, 20028, 20029, 40003, 40006, 160006),
}
STATUS = {10003: 404, 10004: 404, 50001: 403, 50013: 403, 50007: 403, 50278: 403, 40005: 413, 20016: 429}


@pytest.fixture
async def discord() -> AsyncIterator[DiscordServer]:
    async with DiscordServer() as running:
        yield running
        assert running.pings == []


@pytest.fixture
async def carrier(discord: DiscordServer) -> AsyncIterator[DiscordCarrier]:
    async with carrying(discord) as connected:
        yield connected


def fail(discord: DiscordServer, code: int, times: int = -1) -> None:
    status = STATUS.get(code, 400)
    discord.fail("POST", POSTS, times=times, status=400 if status == 429 else status, code=code, message="No")


async def posted(carrier: DiscordCarrier) -> SendError:
    (part,) = parts(carrier)
    return await refusal(carrier.post(HERE, part, None))


def test_the_table_is_all_there_is() -> None:
    assert {code for codes in TABLE.values() for code in codes} == set(CODES)


@pytest.mark.parametrize(("expected", "code"), [(fate, code) for fate, codes in TABLE.items() for code in codes])
async def test_each_code_has_its_fate_and_words(
    discord: DiscordServer, carrier: DiscordCarrier, expected: Fate, code: int
) -> None:
    fail(discord, code)
    error = await posted(carrier)
    assert (error.fate, error.code) == (expected, str(code))
    assert error.sentence.endswith(".")
    assert error.advice.endswith(".")
    assert discord.messages == []
    tries = len(discord.called("POST", "/messages"))
    assert tries == (2 if expected is Fate.OURS else 1)  # once more as plain text
    assert carrier.ready


@pytest.mark.parametrize("code", [200000, 20016, 20028, 20029])
async def test_what_moderation_and_write_limits_hold_up_waits_for_hours(
    discord: DiscordServer, carrier: DiscordCarrier, code: int
) -> None:
    fail(discord, code)
    error = await posted(carrier)
    assert error.wait >= HOUR
    assert error.scope is (Scope.WORKSPACE if code == 20029 else Scope.CHANNEL)


@pytest.mark.parametrize(
    ("status", "expected"), [(403, Fate.REFUSED), (404, Fate.REFUSED), (400, Fate.OURS), (405, Fate.OURS)]
)
async def test_an_unknown_code_goes_by_its_status(
    discord: DiscordServer, carrier: DiscordCarrier, status: int, expected: Fate
) -> None:
    discord.fail("POST", POSTS, times=-1, status=status, code=99999)
    assert (await posted(carrier)).fate is expected


@pytest.mark.parametrize("code", TABLE[Fate.OURS])
async def test_what_discord_will_not_take_as_drawn_arrives_as_plain_text_and_is_logged(
    discord: DiscordServer, carrier: DiscordCarrier, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    fail(discord, code, times=1)
    (part,) = parts(carrier)
    sent = await carrier.post(HERE, part, None)
    (message,) = discord.messages
    assert sent.message == str(message.id)
    assert "王毅 met the delegation." in message.content
    assert message.flags & 4  # no link previews
    assert keys(discord) == [part.key]
    assert await carrier.find(HERE, part, datetime.now(UTC)) == sent
    assert "reference" in capsys.readouterr().out


@pytest.mark.parametrize("status", [500, 502, 503, 504, 524, 520])
@pytest.mark.parametrize("effect", [False, True])
async def test_a_server_error_says_nothing_of_the_effect_and_is_not_repeated(
    discord: DiscordServer, carrier: DiscordCarrier, status: int, effect: bool
) -> None:
    discord.fail("POST", POSTS, status=status, effect=effect)
    error = await posted(carrier)
    assert (error.fate, error.code) == (Fate.UNCERTAIN, str(status))
    assert len(discord.called("POST", "/messages")) == 1
    (part,) = parts(carrier)
    await carrier.post(HERE, part, datetime.now(UTC))
    assert keys(discord) == [part.key]


@pytest.mark.parametrize("effect", [False, True])
async def test_a_connection_that_breaks_says_nothing_of_the_effect(
    discord: DiscordServer, carrier: DiscordCarrier, effect: bool
) -> None:
    discord.fail("POST", POSTS, drop=True, effect=effect)
    assert (await posted(carrier)).fate is Fate.UNCERTAIN
    (part,) = parts(carrier)
    since = datetime.now(UTC)
    assert (await carrier.find(HERE, part, since) is not None) == effect
    await carrier.post(HERE, part, since)
    assert keys(discord) == [part.key]


async def test_a_connection_that_is_never_made_has_posted_nothing() -> None:
    async def send(client: Client) -> Message:
        return await client.get_partial_messageable(2001).send("x")

    async with DiscordServer() as running:
        rest = RestClient(running.api_base, running.token)
        await rest.post(send)
    await asyncio.sleep(0.05)  # the kept connection is closed, too
    for expected in (0.0, 4.0):  # not made; not tried so soon again
        error = await refusal(rest.post(send))
        assert (error.fate, error.scope) == (Fate.NOT_YET, Scope.PLATFORM)
        assert error.wait > expected
    await rest.close()


@pytest.mark.parametrize(
    ("scope", "about"), [("user", Scope.CHANNEL), ("shared", Scope.CHANNEL), ("global", Scope.PLATFORM)]
)
async def test_too_many_requests_are_told_at_once_and_not_waited_for(
    discord: DiscordServer, carrier: DiscordCarrier, scope: str, about: Scope
) -> None:
    discord.fail("POST", POSTS, status=429, retry_after=77.5, scope=scope)
    error = await posted(carrier)
    assert (error.fate, error.wait, error.scope) == (Fate.NOT_YET, 77.5, about)
    assert len(discord.called("POST", "/messages")) == 1


async def test_after_a_limit_on_everything_nothing_is_sent_until_it_is_over(
    discord: DiscordServer, carrier: DiscordCarrier
) -> None:
    discord.fail("POST", POSTS, status=429, retry_after=0.3, scope="global")
    assert (await posted(carrier)).wait == 0.3
    for _ in range(5):
        held = await posted(carrier)
        assert (held.fate, held.scope) == (Fate.NOT_YET, Scope.PLATFORM)
        assert 0 < held.wait <= 0.3
    assert len(discord.called("POST", "/messages")) == 1
    await asyncio.sleep(0.35)
    (part,) = parts(carrier)
    await carrier.post(HERE, part, None)
    assert keys(discord) == [part.key]


@pytest.mark.parametrize(("told", "wait"), [(1800.0, 1800.0), (0.0, 600.0)])
async def test_a_gatekeepers_429_is_about_everything(
    discord: DiscordServer, carrier: DiscordCarrier, told: float, wait: float
) -> None:
    discord.fail("POST", POSTS, status=429, retry_after=told, via=False)
    error = await posted(carrier)
    assert (error.fate, error.wait, error.scope) == (Fate.NOT_YET, wait, Scope.PLATFORM)


async def test_a_limit_with_room_left_is_no_reason_to_wait_however_long_it_lasts(
    discord: DiscordServer, carrier: DiscordCarrier
) -> None:
    discord.limit("POST", POSTS, most=5, per=100.0)
    for stem in "abcd":
        await carrier.post(HERE, parts(carrier, stem=stem)[0], None)
    assert len(discord.messages) == 4


async def test_a_refused_token_shuts_everything_until_there_is_a_new_connection(
    discord: DiscordServer, carrier: DiscordCarrier
) -> None:
    (part,) = parts(carrier)
    await carrier.post(here(2002), part, None)
    discord.fail("POST", POSTS, status=401, message="401: Unauthorized")
    error = await posted(carrier)
    assert (error.fate, error.code, error.scope) == (Fate.REVOKED, "401", Scope.PLATFORM)
    assert not carrier.ready


async def test_a_token_that_is_refused_at_the_door_is_revoked(discord: DiscordServer, carrier: DiscordCarrier) -> None:
    discord.fail("GET", "/users/@me", status=401)
    assert (await posted(carrier)).fate is Fate.REVOKED
    assert not carrier.ready


async def test_a_login_that_fails_has_posted_nothing_and_is_tried_again(
    discord: DiscordServer, carrier: DiscordCarrier
) -> None:
    discord.fail("GET", "/users/@me", times=2, drop=True)  # aiohttp repeats what only reads
    discord.fail("GET", "/oauth2/applications/@me", status=503)
    (part,) = parts(carrier)
    for _ in range(2):
        outcomes = await asyncio.gather(*(fate(carrier.post(HERE, part, None)) for _ in range(3)))
        assert outcomes == [Fate.NOT_YET] * 3
    await carrier.post(HERE, part, None)
    assert keys(discord) == [part.key]
    assert len(discord.called("GET", "/users/@me")) == 5  # the gateway's own, and three logins


async def test_a_post_that_is_cancelled_in_flight_may_have_arrived_and_is_not_doubled(
    discord: DiscordServer, carrier: DiscordCarrier
) -> None:
    (part,) = parts(carrier)
    await carrier.post(here(2002), part, None)
    discord.fail("POST", POSTS, delay=0.1)
    posting = asyncio.create_task(carrier.post(HERE, part, None))
    await until(lambda: len(discord.called("POST", "/messages")) == 2)
    posting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await posting
    await until(lambda: len(discord.messages) == 2)  # it landed all the same
    await carrier.post(HERE, part, datetime.now(UTC))
    assert len(discord.messages) == 2
