"""Whether an edition arrived: looked for among the bot's own messages, and what is said where they cannot be read."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.contract import Fate, Part, Scope
from bot.platforms.discord import carrier as carriers
from bot.platforms.discord.carrier import DiscordCarrier
from bot.platforms.discord.rest import RestClient
from tests.platforms.discord.carrying import EDITION, HERE, KEY, LONG, Watch, carrying, here, parts, refusal
from tests.wire.discord import DiscordServer
from tests.wire.discord.places import HISTORY, VIEW
from tests.wire.discord.records import Message

LIST = "/channels/*/messages"


@pytest.fixture
async def carrier(server: DiscordServer) -> AsyncIterator[DiscordCarrier]:
    async with carrying(server) as connected:
        yield connected


def now() -> datetime:
    return datetime.now(UTC)


def chatter(server: DiscordServer, count: int, words: str = "chat", channel: int = 2001) -> None:
    """Let somebody else say something."""
    for _ in range(count):
        message = Message(server.world.snowflake(), channel, HERE_GUILD, content=words, at=now().timestamp())
        message.extra["author"] = server.world.user(1001)
        message.allowed_mentions = {"parse": []}
        server.world.keep(message)


HERE_GUILD = int(HERE.workspace)


async def test_each_part_is_found_and_no_other(server: DiscordServer, carrier: DiscordCarrier) -> None:
    since = now()
    sent = [await carrier.post(HERE, part, None) for part in parts(carrier, LONG, "long")]
    (short,) = parts(carrier, EDITION, "short")
    assert await carrier.find(HERE, short, since) is None
    sent.append(await carrier.post(HERE, short, None))
    chatter(server, 5)
    found = [await carrier.find(HERE, part, since) for part in [*parts(carrier, LONG, "long"), short]]
    assert found == sent
    assert await carrier.find(here(2002), short, since) is None
    assert await carrier.find(HERE, Part("short-11", short.body), since) is None
    assert await carrier.find(HERE, Part("hort-1", short.body), since) is None


async def test_somebody_elses_words_are_no_edition(server: DiscordServer, carrier: DiscordCarrier) -> None:
    chatter(server, 1, f"-# Edition {KEY}")
    assert await carrier.find(HERE, parts(carrier)[0], now()) is None


async def test_it_is_found_under_pages_of_chatter(server: DiscordServer, carrier: DiscordCarrier) -> None:
    since = now()
    sent = await carrier.post(HERE, parts(carrier)[0], None)
    chatter(server, 350)
    assert await carrier.find(HERE, parts(carrier)[0], since) == sent
    assert len(server.called("GET", "/messages")) == 4


async def test_it_is_not_looked_for_before_its_time_but_a_clock_may_be_wrong(
    server: DiscordServer, carrier: DiscordCarrier
) -> None:
    chatter(server, 150)
    since = now() + timedelta(minutes=2)
    assert await carrier.find(HERE, parts(carrier)[0], since) is None
    assert len(server.called("GET", "/messages")) == 1
    sent = await carrier.post(HERE, parts(carrier)[0], None)
    assert await carrier.find(HERE, parts(carrier)[0], now() + timedelta(hours=3)) == sent


async def test_a_channel_with_too_much_chatter_cannot_be_known(
    server: DiscordServer, carrier: DiscordCarrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carriers, "_MESSAGES", 200)
    since = now()
    await carrier.post(HERE, parts(carrier)[0], None)
    chatter(server, 250)
    error = await refusal(carrier.find(HERE, parts(carrier)[0], since))
    assert error.fate is Fate.UNREADABLE
    assert "So much was posted" in error.sentence


async def test_a_channel_that_cannot_be_read_is_not_taken_for_an_empty_one(server: DiscordServer) -> None:
    server.world.channels[2001].denied = HISTORY
    watch = Watch()
    async with carrying(server) as connected:
        carrier = DiscordCarrier(connected._rest, connected._gateway, now=watch)
        (part,) = parts(carrier)
        since = now()
        sent = await carrier.post(HERE, part, None)
        assert await carrier.find(HERE, part, since) is None  # it may be posted: the nonce will tell
        assert await carrier.post(HERE, part, since) == sent
        watch.ahead = timedelta(minutes=2, seconds=1)
        for looked in (carrier.find(HERE, part, since), carrier.post(HERE, part, since)):
            error = await refusal(looked)
            assert error.fate is Fate.UNREADABLE
            assert "Read Message History" in error.advice
        watch.ahead = -timedelta(seconds=30)  # a clock that is behind is not trusted to know the nonce's age
        assert (await refusal(carrier.find(HERE, part, since))).fate is Fate.UNREADABLE
    assert len(server.messages) == 1


async def test_where_permissions_are_not_known_one_message_is_asked_for(server: DiscordServer) -> None:
    async with carrying(server) as connected:
        carrier = DiscordCarrier(connected._rest, lambda: None)  # nothing is in the cache
        (part,) = parts(carrier)
        assert await carrier.find(HERE, part, now() - timedelta(hours=1)) is None
        await carrier.check(HERE)
        server.world.channels[2001].denied = HISTORY
        error = await refusal(carrier.find(HERE, part, now() - timedelta(hours=1)))
        assert error.fate is Fate.UNREADABLE
        assert (await refusal(carrier.check(HERE))).sentence == (
            "The bot lacks the permission Read Message History in this channel."
        )


async def test_after_the_nonce_is_forgotten_a_post_looks_once_more(server: DiscordServer) -> None:
    watch = Watch()
    server.channels.nonce_seconds = 0.0
    async with carrying(server) as connected:
        carrier = DiscordCarrier(connected._rest, connected._gateway, now=watch)
        (part,) = parts(carrier)
        since = now()
        sent = await carrier.post(HERE, part, None)
        watch.ahead = timedelta(minutes=3)
        assert await carrier.post(HERE, part, since) == sent
    assert len(server.messages) == 1


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"status": 403, "code": 50001}, Fate.UNREADABLE),
        ({"status": 404, "code": 10003}, Fate.UNREADABLE),
        ({"status": 400, "code": 50035}, Fate.UNREADABLE),
        ({"status": 401}, Fate.NOT_YET),
        ({"status": 503}, Fate.NOT_YET),
        ({"status": 500}, Fate.NOT_YET),
        ({"drop": True, "times": 2}, Fate.NOT_YET),
        ({"status": 429, "retry_after": 9.0}, Fate.NOT_YET),
    ],
)
async def test_what_cannot_be_read_now_or_ever_is_told_apart(
    carrier: DiscordCarrier, how: dict[str, int], expected: Fate
) -> None:
    async with DiscordServer() as elsewhere, carrying(elsewhere) as other:
        elsewhere.fail("GET", LIST, **how)
        error = await refusal(other.find(HERE, parts(other)[0], now()))
        assert error.fate is expected
        assert len(elsewhere.called("GET", "/messages")) == how.get("times", 1)  # discord.py repeats nothing
        assert error.wait == how.get("retry_after", error.wait)


async def test_a_channel_that_vanished_cannot_be_known(server: DiscordServer) -> None:
    server.world.channels[2001].denied = VIEW
    async with carrying(server) as carrier:
        assert (
            await refusal(carrier.find(HERE, parts(carrier)[0], now() - timedelta(hours=1)))
        ).fate is Fate.UNREADABLE
        assert (await refusal(carrier.find(here(2999), parts(carrier)[0], now()))).fate is Fate.UNREADABLE


async def test_what_lands_late_is_found_and_not_doubled(server: DiscordServer, carrier: DiscordCarrier) -> None:
    (part,) = parts(carrier)
    server.rest.weather.change({"late": 1.0, "late_seconds": 0.1, "server_errors": 1.0})
    since = now()
    assert (await refusal(carrier.post(HERE, part, None))).fate is Fate.UNCERTAIN
    assert await carrier.find(HERE, part, since) is None
    await asyncio.gather(*server.rest.late)
    found = await carrier.find(HERE, part, since)
    assert found is not None
    assert found.message == str(server.messages[0].id)
    server.rest.weather.change({"late": 0.0})
    assert await carrier.post(HERE, part, since) == found


async def test_reading_is_bounded_in_time(server: DiscordServer, carrier: DiscordCarrier) -> None:
    rest = RestClient(server.api_base, server.token, seconds=0.2)
    server.fail("GET", "/channels/2001", delay=0.4)
    slow = DiscordCarrier(rest, lambda: None)
    error = await refusal(slow.find(HERE, parts(slow)[0], now()))
    assert (error.fate, error.code, error.scope) == (Fate.NOT_YET, "timeout", Scope.CHANNEL)
    await rest.close()
