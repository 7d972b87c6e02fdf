"""One interaction: hand something to the app, take its acknowledgement, show what came of it."""

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from tests.wire.slack.checks import check_message
from tests.wire.slack.delivery import Ack, Delivery, Kind, Signing, Transport
from tests.wire.slack.records import Answer
from tests.wire.slack.response_url import ResponseUrls
from tests.wire.slack.shapes import Refusal
from tests.wire.slack.workspace import Workspace

TakeAck = Callable[[Answer, Any], None]


class Interactions(ABC):
    """The part of the server that delivers and takes acknowledgements."""

    workspace: Workspace
    response_urls: ResponseUrls
    ack_timeout: float
    settle: float
    refusals: list[tuple[str, Refusal]]

    @property
    @abstractmethod
    def transport(self) -> Transport:
        """Give the way in which the app is reached."""

    @abstractmethod
    def refuse(self, via: str, reasons: list[Refusal]) -> None:
        """Refuse a payload for its first reason."""

    async def deliver(
        self,
        answer: Answer,
        kind: Kind,
        payload: dict[str, Any],
        take: TakeAck | None = None,
        *,
        signing: Signing = "good",
        settle: float | None = None,
        retry: tuple[int, str] = (0, ""),
    ) -> Answer:
        """Hand something to the app, fill in the answer, and wait a moment for something to be seen.

        Args:
            answer: what to fill in.
            kind: a command, an interaction or an event.
            payload: as Slack would send it.
            take: what to do with what rode in the acknowledgement.
            signing: how to sign it, over HTTP.
            settle: seconds to wait for the first effect; None takes the server's own, 0 does not wait.
            retry: which attempt this is, and why.
        """
        self.workspace.open_answer(answer)
        delivery = Delivery(kind, payload, retry_num=retry[0], retry_reason=retry[1], signing=signing)
        ack: Ack = await self.transport.deliver(delivery, self.ack_timeout)
        answer.acked, answer.ack_ms, answer.ack_payload = ack.acked, ack.ms, ack.payload
        answer.error, answer.status = ack.error, ack.status
        if ack.acked and take is not None:
            take(answer, ack.payload)
        patience = self.settle if settle is None else settle
        if answer.acked and not answer.effects and patience and answer.error is None:
            with contextlib.suppress(TimeoutError):  # nothing to see is an answer too
                await answer.wait(1, patience)
        return answer

    def show_ack(self, answer: Answer, payload: Any) -> None:
        """Show what rode in the acknowledgement of a command.

        Only commands are answered in this way: Slack ignores the body that acknowledges block_actions.
        """
        if not payload:
            return
        reasons = [Refusal("invalid_payload", "", "must provide an object")]
        if isinstance(payload, dict):
            reasons = check_message(payload, "ack")
        self.note(answer, "ack", reasons)
        if not reasons and answer.channel is not None:
            in_channel = payload.get("response_type") == "in_channel"
            self.workspace.post(
                answer.channel,
                payload,
                "ack",
                answer=answer,
                ephemeral_to=None if in_channel else answer.user,
                response_type=payload.get("response_type"),
            )

    def note(self, answer: Answer, via: str, reasons: list[Refusal]) -> None:
        """Keep the reasons for which something was not shown; the person is told the first one's code."""
        answer.refusals += reasons
        self.refusals += [(via, reason) for reason in reasons]
        if reasons:
            answer.error = reasons[0].error_code
