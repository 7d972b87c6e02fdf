"""`briefbot digest due` and `status`: what comes next and what became of the last editions, as text or as JSON."""

from collections.abc import Iterator, Sequence

from bot.digests.desk import EditionStatus, PartStatus
from bot.digests.model import Subscription
from bot.digests.overview import Coming, Past
from bot.platforms.terminal.oneshot import json_line

NOBODY = "No channel has subscribed to a digest yet."


def due_text(found: Sequence[Coming]) -> str:
    """Return a line for each subscription: when its next edition comes, where to."""
    lines = []
    for each in found:
        if each.slot is None:
            why = each.subscription.paused_reason or "paused by hand"
            lines.append(f"paused                      {_place(each.subscription)}  {why}")
        else:
            zone = each.subscription.schedule.zone
            lines.append(f"{each.slot.at:%Y-%m-%d %H:%M} UTC        {_place(each.subscription)}  ({zone})")
    return "\n".join(lines) or NOBODY


def due_json(found: Sequence[Coming]) -> str:
    """Return one JSON object a line."""
    return "\n".join(
        json_line(
            {
                **_identifiers(each.subscription),
                "slot": each.slot.key if each.slot else None,
                "at": each.slot.at.isoformat() if each.slot else None,
                "zone": each.subscription.schedule.zone,
                "state": each.subscription.state.value,
                "paused_reason": each.subscription.paused_reason,
            }
        )
        for each in found
    )


def status_text(found: Sequence[Past]) -> str:
    """Return each subscription with its newest editions, one a line."""
    return "\n".join(line for each in found for line in _status_lines(each)) or NOBODY


def status_json(found: Sequence[Past]) -> str:
    """Return one JSON object for each edition, one a line."""
    return "\n".join(
        json_line({**_identifiers(each.subscription), **_edition(edition)})
        for each in found
        for edition in each.editions
    )


def _status_lines(past: Past) -> Iterator[str]:
    yield _place(past.subscription)
    if not past.editions:
        yield "  no edition yet"
    for edition in past.editions:
        extra = " (extra)" if edition.extra else ""
        yield f"  {edition.slot}{extra}: {'; '.join(_part(part) for part in edition.parts)}"


def _part(part: PartStatus) -> str:
    return " ".join(filter(None, (part.state.value, part.link, f"({part.reason})" if part.reason else "")))


def _edition(edition: EditionStatus) -> dict[str, object]:
    return {
        "slot": edition.slot,
        "when": edition.when.isoformat(),
        "extra": edition.extra,
        "parts": [{"state": part.state.value, "link": part.link, "reason": part.reason} for part in edition.parts],
    }


def _place(subscription: Subscription) -> str:
    target = subscription.target
    return f"#{subscription.id} {target.platform} {target.workspace or '-'}/{target.channel}"


def _identifiers(subscription: Subscription) -> dict[str, object]:
    target = subscription.target
    return {
        "subscription": subscription.id,
        "platform": target.platform,
        "workspace": target.workspace,
        "channel": target.channel,
    }
