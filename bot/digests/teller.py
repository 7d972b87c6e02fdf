"""Owners hear once, in words, when their digest stopped, with what to do about it."""

from collections.abc import Mapping
from datetime import datetime

from bot.contract import Carrier
from bot.digests.notices import Notices
from bot.digests.records import Notice, NoticeKind
from bot.reply import Callout, Outcome, Paragraph, Reply, Tone, text
from bot.wording import day_words

_HEADS = {
    NoticeKind.PAUSED: "The digest that you ordered is paused: its channel takes no messages from me.",
    NoticeKind.WORKSPACE: "The digest that you ordered is paused, with all others of this workspace.",
    NoticeKind.BROKEN: "The digest that you ordered is paused: I cannot make out any more what was ordered.",
    NoticeKind.UNKNOWN: "An edition of the digest that you ordered may or may not have arrived.",
}
_WHAT_NOW = {
    NoticeKind.PAUSED: "Once that is mended, /digest resume there, or with its name elsewhere, lets it go on.",
    NoticeKind.WORKSPACE: "Once that is mended, /digest resume there, or with its name elsewhere, lets it go on.",
    NoticeKind.BROKEN: "/digest subscribe there orders it anew; what was posted is not posted again.",
    NoticeKind.UNKNOWN: "I do not send it again, so that nobody gets it twice; the next one comes as usual.",
}


class Teller:
    """Brings notices to owners, by direct message."""

    def __init__(self, notices: Notices, carriers: Mapping[str, Carrier]) -> None:
        """Take where notices are kept, and who carries by platform."""
        self._notices = notices
        self._carriers = carriers

    async def tell(self) -> None:
        """Tell what nobody was told yet; what does not arrive is tried again later, a few times.

        What is about a platform that is away waits for it: its token may be mended in days.
        """
        ready = [name for name, carrier in self._carriers.items() if carrier.ready]
        if not ready:
            return
        told: list[Notice] = []
        failed: list[Notice] = []
        for each in await self._notices.claim(ready):
            arrived = await self._carriers[each.target.platform].tell(each.target, each.owner, words(each))
            (told if arrived else failed).append(each)
        if told or failed:
            await self._notices.flush(told, failed)


def words(notice: Notice) -> Reply:
    """Return what the owner reads of `notice`."""
    head, what_now = _HEADS[notice.kind], _WHAT_NOW[notice.kind]
    when = f"Edition of {_slot_words(notice.slot)}: " if notice.slot else ""
    reason = f"{when}{notice.reason}"
    return Reply(
        blocks=(Callout(Tone.WARNING, text(head)), Paragraph(text(reason)), Paragraph(text(what_now))),
        summary=f"{head} {reason}",
        outcome=Outcome.LIST,
    )


def _slot_words(slot: str) -> str:
    """Return ``26 November 2026, 07:00``, whatever else the slot of an extra edition ends with."""
    at = datetime.fromisoformat(slot[: len("2026-11-26T07:00")])
    return f"{day_words(at.date())}, {at:%H:%M}"
