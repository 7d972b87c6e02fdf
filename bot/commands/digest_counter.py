"""Where a request about digests is answered: who asks, about which place, at which desk, and what they may do."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.commands import spec
from bot.commands.digest_reader import Reader
from bot.commands.request import Caller, Elsewhere
from bot.contract import Fate, SendError
from bot.digests.desk import Desk
from bot.digests.model import Subscription
from bot.errors import BadRequestError
from bot.library.library import Library
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience

_log = structlog.get_logger("briefbot")

_RESUME = re.compile("`?/digest resume`?")
_STRANGER = "I cannot tell who you are."


@dataclass(frozen=True, slots=True)
class Counter:
    """Where a request is answered: the desk, or None where there is none, the library, who asks, and when."""

    desk: Desk | None
    library: Library
    caller: Caller
    now: datetime
    elsewhere: Elsewhere | None = None
    """The place that is asked about, where it is not the one in which somebody asks: the caller is as of there."""

    @property
    def open(self) -> Desk:
        """The desk. Raises BadRequestError where there is none."""
        if self.desk is None:
            raise closed()
        return self.desk

    @property
    def reader(self) -> Reader:
        """Who reads what is told."""
        return Reader.of(self.library, Viewer(self.caller.audience, self.now), self.elsewhere)

    async def at(self, channel: str) -> "Counter":
        """Return the counter for `channel`, as it was typed or chosen; this one where none was.

        Raises BadRequestError where there is no such channel, or the caller does not see it.
        """
        if not channel:
            return self
        if self.caller.person is None:
            raise BadRequestError(_STRANGER)
        there = await self.caller.person.there(channel)
        if there.place == self.caller.place:
            return self
        return replace(self, caller=replace(self.caller, place=there.place, person=there.person), elsewhere=there)

    async def allow(self, permission: spec.Permission) -> None:
        """Raise BadRequestError where the caller may not do what needs `permission`."""
        if permission is not spec.Permission.MANAGE:
            return
        person = self.caller.person
        reason = await person.may_not_manage() if person else _STRANGER
        if reason:
            raise BadRequestError(f"You may not change the digest {self.reader.where}.", reason)

    async def audience(self) -> Audience:
        """Return what everybody who reads in the place may see: the public's share where others read along."""
        caller = self.caller
        if caller.audience is Audience.PUBLIC or caller.person is None or await caller.person.overheard():
            return Audience.PUBLIC
        return caller.audience

    async def here(self, wanted: str = "") -> Subscription | None:
        """Return the place's subscription, if it is the one `wanted` where that is said; buttons name theirs."""
        found = await self.open.subscriptions(self.caller.target)
        return next((each for each in found if not wanted or str(each.id) == wanted), None)

    async def known(self, wanted: str = "") -> Subscription:
        """Return the place's subscription. Raises BadRequestError where there is none."""
        found = await self.here(wanted)
        if found is None:
            raise gone() if wanted else self._none()
        return found

    async def fits(self) -> None:
        """Raise BadRequestError, with what to do, where the bot could not post to the place."""
        try:
            await self.open.check(self.caller.target)
        except SendError as error:
            later = error.fate in {Fate.NOT_YET, Fate.UNCERTAIN}
            # The carrier's advice is for a digest that was stopped; here there may be none yet.
            advice = _RESUME.sub("the same command again", error.advice)
            raise BadRequestError(
                error.sentence or "I could not post there.", advice or ("Try again in a minute." if later else "")
            ) from error

    def note(self, what: str, subscription: Subscription) -> None:
        """Log a change, with identifiers alone."""
        target, user = subscription.target, self.caller.user
        _log.info(
            "digest changed",
            action=f"digest.{what}",
            subscription=subscription.id,
            platform=target.platform,
            workspace=target.workspace,
            channel=target.channel,
            user=user,
        )

    def _none(self) -> BadRequestError:
        reader = self.reader
        advice = f"Set one up with {reader.command('subscribe')} 8:00 and your city."
        return BadRequestError(f"No digest comes {reader.towards}.", advice)


def closed() -> BadRequestError:
    """Return what is told where there are no digests."""
    return BadRequestError("Digests are off here.", "They come from a bot that runs in Slack or Discord.")


def gone() -> BadRequestError:
    """Return what is told of a digest that there is no more."""
    return BadRequestError("That digest is no longer there.", "/digest list says what there is.")
