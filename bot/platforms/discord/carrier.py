"""How editions travel on Discord: `bot.contract.Carrier` over discord.py.

A message is posted with a nonce, so that Discord itself gives back the first one where it is posted again within some
minutes; and with a mark, by which it is found later. Posting waits for no limit and repeats nothing.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import structlog

from bot.contract import Fate, Pace, Part, Scope, SendError, Sent, Target
from bot.errors import report
from bot.platforms.discord import fates
from bot.platforms.discord.forum import Forums
from bot.platforms.discord.parts import Ready, draw, keys, nonce
from bot.platforms.discord.places import Kind, Place, Places
from bot.platforms.discord.publish import Publisher
from bot.platforms.discord.render import messages
from bot.platforms.discord.rest import RestClient
from bot.reply import Paragraph, Reply, Span

_log = structlog.get_logger("briefbot")

PACE = Pace({Scope.PLATFORM: 48.0, Scope.CHANNEL: 1.0})
"""Discord takes 50 requests a second from a bot (https://docs.discord.com/developers/topics/rate-limits); two are left
for what is not an edition, and for messages that come closer together than they were sent. A channel takes about five
messages in five seconds, as its headers say."""

NONCE_HOLDS = timedelta(minutes=2)
"""How long a nonce is sure to be remembered; Discord says “a few minutes”
(https://docs.discord.com/developers/resources/message#create-message)."""
_CLOCKS_DIFFER = timedelta(minutes=1)
_PAGE, _MESSAGES = 100, 2_000
"""Messages of one page of a channel, and of all that are looked through."""
_LOOKING_SECONDS = 15.0


class DiscordCarrier:
    """Carries editions to channels, threads, forums and direct messages."""

    def __init__(
        self,
        rest: RestClient,
        gateway: Callable[[], discord.Client | None],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take the REST client, what gives the client that is connected (None while there is none), and the clock."""
        self._rest, self._gateway, self._now = rest, gateway, now
        self._places, self._forums, self._publisher = Places(rest, gateway), Forums(rest), Publisher(rest)

    @property
    def name(self) -> str:
        """The platform's name, as targets carry it."""
        return "discord"

    @property
    def ready(self) -> bool:
        """Whether there is a connection, and the token has not been refused since it was made."""
        return self._gateway() is not None and not self._rest.refused

    @property
    def pace(self) -> Pace:
        """What Discord takes."""
        return PACE

    def draw(self, reply: Reply) -> tuple[str, ...]:
        """Return `reply` as the JSON of the messages to post, in order."""
        return draw(reply)

    async def check(self, target: Target) -> None:
        """Raise SendError where editions could not be posted to `target`, or looked for there, as things stand."""
        place = await self._places.of(target, fresh=True)
        if place.kind is Kind.DIRECT:
            await self._places.check_direct(place)
            return
        place.require()
        if not await self._may_read(place):
            raise fates.lacking(["read_message_history"])

    async def overheard(self, target: Target) -> bool:
        """Return whether channels of other servers may follow it: what is posted there is published. Raises SendError.

        Any other channel belongs to one server, and whoever adds the bot to that brings in all who read there. Source:
        https://docs.discord.com/developers/resources/channel#follow-announcement-channel
        """
        return (await self._places.of(target)).kind is Kind.ANNOUNCEMENT

    async def post(self, target: Target, part: Part, first_try: datetime | None) -> Sent:
        """Post `part`; `first_try` is when it may have been posted before (None: certainly never).

        Where the nonce may have been forgotten since, or there is none, it is looked for once more before. A message
        that Discord will not take as it is drawn goes as plain text. Raises SendError.
        """
        place = await self._places.of(target)
        ready = _read(part)
        if first_try is not None and not self._nonce_holds(place, first_try):
            found = await self.find(target, part, first_try)
            if found is not None:
                return found
        send = self._in_forum if place.kind is Kind.FORUM else self._in_channel
        try:
            return self._sent(target, place, await send(target, place, part, ready))
        except SendError as error:
            if error.code != fates.DELETED:
                raise
            _log.info("edition deleted before it was noted", action="discord.post", key=part.key)
            return Sent("")

    async def find(self, target: Target, part: Part, since: datetime) -> Sent | None:
        """Return `part` if it was posted to `target` at or after `since`.

        None means that it may be posted: it is not there or, where past messages cannot be read, Discord is sure to
        remember its nonce. Raises SendError: UNREADABLE where there is no way to know, NOT_YET where it cannot be known
        now.
        """
        try:
            place = await self._places.of(target)
            if not await self._may_read(place):
                if self._nonce_holds(place, since):
                    return None
                raise fates.HIDDEN.error("50013")
            look = self._forums.find if place.kind is Kind.FORUM else self._look
            message = await look(place, part, since)
        except SendError as error:
            raise fates.of_looking(error) from error
        return None if message is None else self._sent(target, place, message)

    async def tell(self, target: Target, user: str, reply: Reply) -> bool:
        """Send `reply` about `target` to `user` alone, directly; return whether it arrived. Never raises."""
        there = Span("The channel", url=f"https://discord.com/channels/{target.workspace or '@me'}/{target.channel}")
        about = replace(reply, blocks=(*reply.blocks, Paragraph((there,))))

        async def send(client: discord.Client) -> None:
            direct = await client.create_dm(discord.Object(int(user)))
            for message in messages(about):
                await direct.send(**message.arguments())

        try:
            await self._rest.post(send)
        except SendError as error:
            _log.warning("not told", action="discord.tell", user=user, code=error.code)
        except Exception as error:  # noqa: BLE001 - the border: whoever tells somebody has nothing else to try
            report(error, action="discord.tell", user=user)
        else:
            return True
        return False

    async def close(self) -> None:
        """Finish the calls in hand, and disconnect."""
        await self._publisher.close()
        await self._rest.close()

    async def _in_channel(self, target: Target, place: Place, part: Part, ready: Ready) -> discord.Message:
        return await self._post(_sender(place.id, target, part), ready, part)

    async def _in_forum(self, target: Target, place: Place, part: Part, ready: Ready) -> discord.Message:
        """Post into the edition's thread, or into a new one where there is none, or somebody has closed it."""
        thread = await self._forums.thread_of(place, part, ready.number, self._now())
        if thread is not None:
            try:
                return await self._post(_sender(thread, target, part), ready, part)
            except SendError as error:
                if error.code not in fates.CLOSED:
                    raise
        return await self._post(await self._forums.begin(place, part, ready), ready, part)

    async def _post(self, send: "_Send", ready: Ready, part: Part) -> discord.Message:
        try:
            return await self._rest.post(lambda client: send(client, ready.arguments()))
        except SendError as error:
            if error.fate is not Fate.OURS:
                raise
            report(error.__cause__ or error, action="discord.post", key=part.key, code=error.code)
        return await self._rest.post(lambda client: send(client, ready.plain()))

    def _sent(self, target: Target, place: Place, message: discord.Message) -> Sent:
        if place.kind is Kind.ANNOUNCEMENT:
            self._publisher.publish(message)
        where = f"{target.workspace or '@me'}/{message.channel.id}/{message.id}"
        return Sent(str(message.id), f"https://discord.com/channels/{where}")

    def _nonce_holds(self, place: Place, since: datetime) -> bool:
        return place.kind is not Kind.FORUM and timedelta() <= self._now() - since <= NONCE_HOLDS

    async def _look(self, place: Place, part: Part, since: datetime) -> discord.Message | None:
        """Look through the channel's messages, newest first: one page, and on until `since` by a clock that is off."""

        async def look(client: discord.Client) -> discord.Message | None:
            count = 0
            async for message in client.get_partial_messageable(place.id).history(limit=_MESSAGES):
                if message.author == client.user and part.key in keys(message):
                    return message
                count += 1
                if count % _PAGE == 0 and message.created_at < since - _CLOCKS_DIFFER:
                    return None
            if count >= _MESSAGES:
                raise fates.CROWDED.error("messages")
            return None

        return await self._rest.read(look, seconds=_LOOKING_SECONDS)

    async def _may_read(self, place: Place) -> bool:
        """Return whether past messages can be read. To who may not read them, Discord shows none and says nothing."""
        if place.readable is not None:
            return place.readable
        if place.kind is Kind.FORUM:
            return True  # its list of archived threads is refused to who may not
        try:  # one message alone is refused, too: there is none with the channel's own id
            await self._rest.read(lambda client: client.get_partial_messageable(place.id).fetch_message(place.id))
        except SendError as error:
            if error.code == fates.DELETED:
                return True
            if error.fate is Fate.REFUSED:
                return False
            raise
        return True


_Send = Callable[[discord.Client, dict[str, Any]], Awaitable[discord.Message]]


def _read(part: Part) -> Ready:
    try:
        return Ready.read(part)
    except (ValueError, KeyError, TypeError) as error:
        report(error, action="discord.post", key=part.key)
        raise fates.OURS.error("body") from error


def _sender(channel: int, target: Target, part: Part) -> _Send:
    """Return what posts a message to `channel` with the nonce of `part`."""
    words = nonce(part.key, target.channel)

    async def send(client: discord.Client, arguments: dict[str, Any]) -> discord.Message:
        return await client.get_partial_messageable(channel).send(**arguments, nonce=words)

    return send
