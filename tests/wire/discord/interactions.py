"""Answers to interactions: the first response, the original it made, and follow-ups.

Rules: https://docs.discord.com/developers/interactions/receiving-and-responding.
"""

import asyncio
import time
from typing import Any

from tests.wire.discord.payloads import (
    AUTOCOMPLETE,
    COMPONENTS_V2,
    DEFER_MESSAGE,
    DEFER_UPDATE,
    EPHEMERAL,
    MESSAGE,
    MODAL,
    UPDATE,
    check_interaction_response,
    check_message,
)
from tests.wire.discord.records import LOADING, NO_RESPONSE, Answer, Choice, Message
from tests.wire.discord.rest import ApiError, Call, FormError, Reply, Rest
from tests.wire.discord.world import World

TOKEN_SECONDS = 15 * 60
USER_INSTALL_FOLLOW_UPS = 5


class Interactions:
    """Every interaction that was dispatched, by its token, and the endpoints that answer it."""

    def __init__(self, world: World, rest: Rest, *, timeout: float) -> None:
        """Take the seconds within which the first response has to come."""
        self._world, self.timeout = world, timeout
        self.token_seconds = float(TOKEN_SECONDS)
        self.by_token: dict[str, Answer] = {}
        one = "/webhooks/{application}/{token}/messages/{message}"
        rest.route("POST", "/interactions/{id}/{token}/callback", self._respond)
        rest.route("POST", "/webhooks/{application}/{token}", self._follow_up)
        rest.route("GET", one, self._get)
        rest.route("PATCH", one, self._edit)
        rest.route("DELETE", one, self._delete)

    def expect(self, answer: Answer) -> None:
        """Begin to wait for the answer to an interaction that is about to be dispatched."""
        answer.sent_at = asyncio.get_running_loop().time()
        self.by_token[answer.token] = answer

    async def _respond(self, call: Call) -> Reply:
        now = asyncio.get_running_loop().time()
        answer = self.by_token.get(call.path["token"])
        late = answer is not None and not answer.responded and now - answer.sent_at > self.timeout
        if answer is None or late or str(answer.id) != call.path["id"]:
            raise ApiError(404, 10062, "Unknown interaction")
        if answer.responded:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        refusals = check_interaction_response(call.body, interaction_type=answer.type)
        if answer.source is not None and not refusals and call.body["type"] == UPDATE:
            refusals = _check_edit(answer.source, call.body.get("data") or {}, path="data")
        if refusals:
            raise FormError(refusals)
        answer.callback_type = call.body["type"]
        answer.first_ms = (now - answer.sent_at) * 1000
        answer.error = None
        await self._carry_out(answer, call.body["type"], call.body.get("data") or {})
        if call.query.get("with_response") in {"1", "true"}:
            return 200, self._callback(answer)
        return 204, None

    async def _carry_out(self, answer: Answer, which: int, data: dict[str, Any]) -> None:
        if which == MESSAGE:
            answer.original = await self._create(answer, data)
        elif which == DEFER_MESSAGE:
            kept = (data.get("flags") or 0) & EPHEMERAL
            answer.original = await self._create(answer, {"flags": kept | LOADING})
        elif which == DEFER_UPDATE:
            answer.original = answer.source
        elif which == UPDATE and answer.source is not None:
            answer.original = answer.source
            if data:
                answer.source.change({**data, "flags": kept_flags(data)})
                await answer.add(answer.source)
        elif which == AUTOCOMPLETE:
            answer.choices = [Choice(each["name"], each["value"]) for each in data.get("choices") or ()]
        elif which == MODAL:
            answer.modal = data
        await answer.note()

    async def _create(self, answer: Answer, body: dict[str, Any]) -> Message:
        message = Message(
            self._world.snowflake(), answer.channel, answer.guild, interaction_id=answer.id, at=time.time()
        )
        message.change(body, edit=False)
        message.flags = body.get("flags") or 0
        message.seen_by = answer.user if message.ephemeral else None
        self._world.keep(message)
        await answer.add(message)
        return message

    def _callback(self, answer: Answer) -> dict[str, Any]:
        interaction: dict[str, Any] = {"id": str(answer.id), "type": answer.type}
        shown = answer.original if answer.callback_type in {MESSAGE, DEFER_MESSAGE, UPDATE} else None
        if shown is None:
            return {"interaction": interaction}
        interaction |= {
            "response_message_id": str(shown.id),
            "response_message_loading": shown.thinking,
            "response_message_ephemeral": shown.ephemeral,
        }
        return {
            "interaction": interaction,
            "resource": {"type": answer.callback_type, "message": self._world.message(shown)},
        }

    # After the first response: the interaction's token is a webhook's.

    def _answered(self, call: Call) -> Answer:
        answer = self.by_token.get(call.path["token"])
        now = asyncio.get_running_loop().time()
        if answer is None or not answer.responded or answer.type == 4:
            raise ApiError(404, 10015, "Unknown Webhook")
        if now - answer.sent_at > self.token_seconds:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        return answer

    def _message(self, answer: Answer, call: Call) -> Message:
        wanted = call.path["message"]
        message = answer.original if wanted == "@original" else None
        if wanted.isdecimal():
            message = next((each for each in answer.messages if each.id == int(wanted)), None)
        if message is None or message.deleted:
            raise ApiError(404, 10008, "Unknown Message")
        return message

    async def _follow_up(self, call: Call) -> Reply:
        answer = self._answered(call)
        refusals = check_message(call.body, interaction=True)
        if refusals:
            raise FormError(refusals)
        original = answer.original
        if original is not None and original.thinking and not original.deleted:
            # The first follow-up after a deferral takes the place of "thinking", and is as private as that promised.
            original.change({**call.body, "flags": (call.body.get("flags") or 0) & ~EPHEMERAL}, edit=False)
            await answer.note()
            return 200, self._world.message(original)
        answer.follow_ups += 1
        if answer.owner == "user" and answer.follow_ups > USER_INSTALL_FOLLOW_UPS:
            raise ApiError(400, 40094, "Maximum number of follow-up messages for this interaction has been reached")
        return 200, self._world.message(await self._create(answer, call.body))

    async def _get(self, call: Call) -> Reply:
        return 200, self._world.message(self._message(self._answered(call), call))

    async def _edit(self, call: Call) -> Reply:
        answer = self._answered(call)
        message = self._message(answer, call)
        refusals = _check_edit(message, call.body or {})
        if refusals:
            raise FormError(refusals)
        message.change({**call.body, "flags": kept_flags(call.body)}, edit=not message.thinking)
        await answer.add(message)
        return 200, self._world.message(message)

    async def _delete(self, call: Call) -> Reply:
        answer = self._answered(call)
        self._message(answer, call).deleted = True
        await answer.note()
        return 204, None

    def expire(self, answer: Answer) -> None:
        """Say what Discord shows when no first response came in time."""
        if not answer.responded:
            answer.error = NO_RESPONSE


def check_edit(message: Message, body: dict[str, Any], *, interaction: bool, path: str = "") -> list[Any]:
    """Check an edit by what it would leave behind; the second generation of components cannot be left again."""
    after = {**message.body(), **{key: value for key, value in body.items() if key != "flags"}}
    after["flags"] = message.body()["flags"] | kept_flags(body)
    return check_message(after, interaction=interaction, path=path)


def _check_edit(message: Message, body: dict[str, Any], *, path: str = "") -> list[Any]:
    return check_edit(message, body, interaction=True, path=path)


def kept_flags(body: dict[str, Any]) -> int:
    """Give the flags that an edit may set: to hide embeds, and to turn to the second generation of components."""
    return int((body.get("flags") or 0) & (COMPONENTS_V2 | 1 << 2))
