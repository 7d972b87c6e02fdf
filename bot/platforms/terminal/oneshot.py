"""One question, one answer: `briefbot brief QUERY`, and its machine-readable form for scripts and tests."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from bot.commands.request import Caller
from bot.commands.router import Commands
from bot.library.vocabulary import Audience
from bot.platforms.terminal.render import addresses, plain_text
from bot.reply import Outcome, Reply

_LOOK_UPS = frozenset({Outcome.MATCH, Outcome.AMBIGUOUS, Outcome.NONE})
_BREAKS = re.compile("[\x7f-\x9f\u2028\u2029]")
"""What JSON may hold as it is, but would end a line for some readers, or do something to a terminal."""

FAILED = 1
NOT_UNDERSTOOD = 2
_STATUSES = {Outcome.FAILED: FAILED, Outcome.INVALID: NOT_UNDERSTOOD}


async def ask(commands: Commands, query: str, as_of: str | None, audience: Audience = Audience.PUBLIC) -> Reply:
    """Return the reply to `/brief query`, for the day `as_of` when it is given."""
    caller = Caller("terminal", "one-shot", "terminal", audience=audience)
    if as_of is None:
        return await commands.run("brief", query, caller)
    return await commands.run("brief", {"query": query, "as-of": as_of}, caller)


def as_text(reply: Reply) -> str:
    """Return the answer in plain text, with the addresses of its links below."""
    return "\n".join((plain_text(reply), *addresses(reply)))


def as_json(query: str, reply: Reply) -> str:
    """Return one JSON object on one line: query, outcome, entry, text, and where the answer stands in time.

    `outcome` is match, ambiguous or none; help, a refused date or a failure found nothing, so they are none.
    `text` is what the reader sees before opening anything folded.
    """
    outcome = reply.outcome if reply.outcome in _LOOK_UPS else Outcome.NONE
    answer = {
        "query": query,
        "outcome": outcome.value,
        "entry": reply.entry_id,
        "text": plain_text(reply),
        "choices": [action.args[0] for action in reply.actions if action.name == "open"],
        "provenance": asdict(reply.provenance) if reply.provenance else None,
        "reference": reply.reference,
    }
    return json_line(answer)


def json_line(answer: Mapping[str, object]) -> str:
    """Return `answer` as JSON on one line, whatever it holds."""
    line = json.dumps(answer, ensure_ascii=False, default=str)
    return _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def exit_status(outcomes: Iterable[Outcome], *, asked: bool) -> int:
    """Return 0 for answers, an honest "nothing" and help among them; else `FAILED` or `NOT_UNDERSTOOD`.

    Only what was `asked` on the command line can be a mistake in it; a line of input tells its own in its answer.
    """
    found = {_STATUSES.get(outcome, 0) for outcome in outcomes}
    if FAILED in found:
        return FAILED
    return NOT_UNDERSTOOD if asked and NOT_UNDERSTOOD in found else 0


def queries(lines: Iterable[str]) -> Iterator[str]:
    """Yield one query a line, without its line end; an empty line is an empty query and gets an answer too."""
    for line in lines:
        yield line.removesuffix("\n").removesuffix("\r")
