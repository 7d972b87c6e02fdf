"""Owners hear once, whoever tells them, and are tried again a few times where they could not be told."""

from bot.digests.notices import ATTEMPTS
from bot.digests.records import Notice, Refuse
from bot.digests.teller import Teller
from tests.digests.postbox import Postbox
from tests.digests.rig import Rig


async def _refused(rig: Rig) -> None:
    await rig.subscribe()
    rig.clock.on(minutes=31)
    await rig.plan()
    (claimed,) = await rig.claim()
    await rig.ledger.flush([Refuse(claimed.id, claimed.lease, "Archived.")])


async def test_a_teller_that_dies_leaves_it_to_another(rig: Rig) -> None:
    await _refused(rig)
    (lost,) = await rig.notices.claim(("slack",), lease_seconds=60)
    rig.clock.on(seconds=59)
    assert await rig.notices.claim(("slack",)) == ()
    rig.clock.on(seconds=1)
    (again,) = await rig.notices.claim(("slack",), lease_seconds=60)
    assert (again.id, again.attempts) == (lost.id, 2)
    await rig.notices.flush([lost])  # the lease is not its own any more
    rig.clock.on(seconds=60)
    (third,) = await rig.notices.claim(("slack",))
    await rig.notices.flush([third])
    rig.clock.on(days=1)
    assert await rig.notices.claim(("slack",)) == ()


async def test_who_cannot_be_told_is_given_up_in_the_end(rig: Rig) -> None:
    await _refused(rig)
    tried: list[Notice] = []
    for _ in range(ATTEMPTS + 2):
        notices = await rig.notices.claim(("slack",))
        tried += notices
        await rig.notices.flush([], notices)
        rig.clock.on(hours=1)
    assert [each.attempts for each in tried] == list(range(1, ATTEMPTS + 1))


async def test_who_is_on_a_platform_that_is_away_hears_once_it_is_back(rig: Rig) -> None:
    """As after a token was revoked: another platform's being there is no reason to give up."""
    await _refused(rig)
    slack, discord = Postbox("slack"), Postbox("discord")
    teller = Teller(rig.notices, {"slack": slack, "discord": discord})
    slack.ready = slack.reachable = False
    for _ in range(ATTEMPTS + 1):
        await teller.tell()
        rig.clock.on(hours=1)
    slack.ready = slack.reachable = True
    await teller.tell()
    await teller.tell()
    ((_, said),) = slack.told
    assert "Edition of 26 November 2026, 07:00: Archived." in said
