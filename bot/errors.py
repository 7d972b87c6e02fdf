"""The one family of errors: what a person reads, what they can do, and a reference that leads to the log.

Boundary: this module knows no command, no platform and no file format. It sits at the bottom of the house, so that
every room can raise and report in the same words.
"""

import secrets
from typing import NamedTuple

import structlog

_log = structlog.get_logger("briefbot")

# No 0/o, 1/l/i: a reference is read aloud over the phone.
_REFERENCE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_REFERENCE_LENGTH = 8


class BriefbotError(Exception):
    """Say in one plain sentence what went wrong and, in `advice`, what to do about it.

    Raise it where the reader can act on the words. Everything else may stay an ordinary exception: the border
    (`report`) turns it into a neutral sentence and keeps the details in the log.
    """

    def __init__(self, sentence: str, advice: str = "") -> None:
        """Keep `sentence` and `advice`; both are shown to chat users and must hold no secret and no exception text."""
        super().__init__(sentence)
        self.sentence = sentence
        self.advice = advice


class BadRequestError(BriefbotError):
    """The words typed cannot be understood: a wrong date, an unknown option. Never logged as a failure."""


class RefusedError(BriefbotError):
    """A platform refused us for good (token revoked, intents missing): stop that platform, never loop."""


class Incident(NamedTuple):
    """What the reader is told of a failure: sentence, advice, and the reference under which the log has the rest."""

    sentence: str
    advice: str
    reference: str


def new_reference() -> str:
    """Return a fresh eight-character reference, e.g. ``k7m2pq9x``."""
    return "".join(secrets.choice(_REFERENCE_ALPHABET) for _ in range(_REFERENCE_LENGTH))


def report(error: BaseException, *, action: str, **ids: str | int | None) -> Incident:
    """Log `error` with its traceback under a new reference and return what the reader may see of it.

    `action` is the stable name of what was being done; `ids` are identifiers, never content or secrets.
    """
    reference = new_reference()
    _log.error("failed", action=action, reference=reference, exc_info=error, **ids)
    if isinstance(error, BriefbotError):
        return Incident(error.sentence, error.advice, reference)
    return Incident(
        sentence="Something went wrong on our side, and nothing was changed.",
        advice="Try again in a minute; if it happens again, send the reference to whoever runs this bot.",
        reference=reference,
    )
