"""Every platform that carries editions, one after the other, held to what `bot.contract.Carrier` promises."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.commands.request import Caller
from bot.commands.router import Router
from bot.contract import Carrier, Fate, Part, SendError
from bot.reply import Outcome, Paragraph, Reply, Visibility, text
from tests.platforms.contract import Channel, Harness, carrying_names, deliver, harness_of, platform_names
from tests.samples import HOSTILE, router

KEY = "k7m2pq9xk7m2pq9xk7m2pq9x-1"


@pytest.fixture(scope="module")
def commands() -> Router:
    return router()


@pytest.fixture(params=carrying_names())
async def reader(request: pytest.FixtureRequest, commands: Router) -> AsyncIterator[Harness]:
    async with harness_of(request.param)(commands) as harness:
        yield harness


@pytest.fixture
def carrier(reader: Harness) -> Carrier:
    assert reader.platform.carrier is not None
    return reader.platform.carrier


@pytest.fixture
def channel(reader: Harness) -> Channel:
    assert reader.channel is not None
    return reader.channel


async def edition(commands: Router, query: str = "blinken") -> Reply:
    """Return an answer as if it were an edition: with text, links and buttons."""
    reply = await commands.run("brief", query, Caller("test", "editor", "test"))
    return replace(reply, visibility=Visibility.PUBLIC)


async def part(carrier: Carrier, commands: Router, key: str = KEY) -> Part:
    return Part(key, carrier.draw(await edition(commands))[0])


@pytest.mark.parametrize("name", platform_names())
async def test_who_carries_has_a_carrier_and_nobody_else(name: str, commands: Router) -> None:
    async with harness_of(name)(commands) as reader:
        assert (reader.platform.carrier is not None) == (name in carrying_names())
        assert (reader.channel is not None) == (name in carrying_names())


async def test_the_same_key_sent_twice_posts_once(carrier: Carrier, channel: Channel, commands: Router) -> None:
    started, sent = datetime.now(UTC), await part(carrier, commands)
    channel.lose_answer()
    with suppress(SendError):  # a platform that knows the key by itself may have recovered by now
        await carrier.post(channel.target, sent, None)
    second = await deliver(carrier, channel.target, sent, started)
    third = await deliver(carrier, channel.target, sent, started)
    assert second.message == third.message
    assert len(await channel.editions()) == 1


async def test_what_was_never_posted_is_not_found_and_then_is_posted_once(
    carrier: Carrier, channel: Channel, commands: Router
) -> None:
    started, sent = datetime.now(UTC), await part(carrier, commands)
    assert await carrier.find(channel.target, sent, started) is None
    await deliver(carrier, channel.target, sent, started)
    assert len(await channel.editions()) == 1


async def test_two_editions_alike_both_arrive(carrier: Carrier, channel: Channel, commands: Router) -> None:
    first = await carrier.post(channel.target, await part(carrier, commands), None)
    second = await carrier.post(channel.target, await part(carrier, commands, KEY.replace("-1", "-2")), None)
    assert first.message != second.message
    assert len(await channel.editions()) == 2


async def test_drawing_is_pure_and_holds_no_key(carrier: Carrier, channel: Channel, commands: Router) -> None:
    reply = await edition(commands)
    before = carrier.draw(reply)
    await carrier.post(channel.target, Part(KEY, before[0]), None)
    assert carrier.draw(reply) == before
    assert not any(KEY in body for body in before)


async def test_a_long_one_arrives_in_order_and_pings_nobody(
    reader: Harness, carrier: Carrier, channel: Channel
) -> None:
    words = [f"word{number}" for number in range(4_000)]
    blocks = [Paragraph(text(" ".join(words[at : at + 100]) + f" {hostile}")) for at, hostile in _hostile(len(words))]
    bodies = carrier.draw(Reply(tuple(blocks), "A long edition.", Outcome.LIST, visibility=Visibility.PUBLIC))
    assert len(bodies) > 1
    for number, body in enumerate(bodies, 1):
        await carrier.post(channel.target, Part(f"longkey-{number}", body), None)
    seen = "\n".join(each.text for each in await channel.editions())
    assert [word for word in seen.split() if word in set(words)] == words
    assert (reader.pinged(), reader.refused()) == ([], [])


def _hostile(number: int) -> list[tuple[int, str]]:
    return [(at, HOSTILE[place % len(HOSTILE)]) for place, at in enumerate(range(0, number, 100))]


async def test_buttons_of_an_edition_answer_in_private(
    reader: Harness, carrier: Carrier, channel: Channel, commands: Router
) -> None:
    bodies = carrier.draw(await edition(commands))
    for number, body in enumerate(bodies, 1):
        await carrier.post(channel.target, Part(f"buttonkey-{number}", body), None)
    seen = (await channel.editions())[-1]
    assert not any(button.startswith("Share") for button in seen.buttons)
    pressed = await reader.press(seen, "Timeline")
    assert "Timeline" in pressed.text
    assert pressed.private


async def test_a_channel_that_takes_nothing_is_told_in_words(
    carrier: Carrier, channel: Channel, commands: Router
) -> None:
    await carrier.check(channel.target)
    channel.bar()
    for trying in (carrier.check(channel.target), carrier.post(channel.target, await part(carrier, commands), None)):
        with pytest.raises(SendError) as refused:
            await trying
        assert refused.value.fate is Fate.REFUSED
        assert refused.value.sentence.endswith(".")
        assert "/digest resume" in refused.value.advice


async def test_an_owner_is_told_alone(reader: Harness, carrier: Carrier, channel: Channel, commands: Router) -> None:
    assert await carrier.tell(channel.target, channel.owner, await edition(commands))
    assert "Antony Blinken" in "\n".join(await channel.told())
    assert await channel.editions() == ()
    assert await carrier.tell(channel.target, "nobody", await edition(commands)) is False


async def test_what_is_closed_is_not_ready_and_says_what_it_did_not_do(
    reader: Harness, carrier: Carrier, channel: Channel, commands: Router
) -> None:
    assert carrier.ready
    assert carrier.name == channel.target.platform
    sent = await part(carrier, commands)
    await reader.platform.close()
    with pytest.raises(SendError) as refused:
        await _until_refused(carrier, channel, sent)
    assert refused.value.fate is Fate.NOT_YET
    assert not carrier.ready
    assert not await carrier.tell(channel.target, channel.owner, await edition(commands))


async def _until_refused(carrier: Carrier, channel: Channel, sent: Part) -> None:
    for number in range(50):
        await carrier.post(channel.target, sent._replace(key=f"closing-{number}"), None)
