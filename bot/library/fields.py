"""The forms a field of an entry may have: ids, instants, addresses, lines of text."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_INSTANT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})"
ENTRY_ID_LENGTH = 48
CLAIM_ID_LENGTH = 32


def _single_line(value: str) -> str:
    line = " ".join(value.split())
    return value if line == value else line  # the same text is shared where it stands in many places


def _up_to(limit: int) -> StringConstraints:
    return StringConstraints(min_length=1, max_length=limit, strip_whitespace=True)


def _instant(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not re.fullmatch(_INSTANT, value, re.ASCII):
        raise ValueError("an instant is written with its offset: 2026-01-31T09:00+08:00")
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"no such instant: {value} ({error})") from None


EntryId = Annotated[str, StringConstraints(pattern=SLUG, max_length=ENTRY_ID_LENGTH)]
LocalId = Annotated[str, StringConstraints(pattern=SLUG, max_length=CLAIM_ID_LENGTH)]
ClaimRef = Annotated[
    str,
    StringConstraints(pattern=r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*#)?[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=96),
    Field(description="A claim: `claim-id` in this entry, or `entry-id#claim-id`."),
]
Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "pattern": f"^{_INSTANT}$", "description": "With its offset."}),
]
Flag = Annotated[bool, Field(strict=True)]
Address = Annotated[str, StringConstraints(pattern=r"^(?i:https?)://[^\s<>|\\^`{}\"]+$", max_length=500)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")]
Name = Annotated[str, _up_to(80), AfterValidator(_single_line)]
Short = Annotated[str, _up_to(120), AfterValidator(_single_line)]
Line = Annotated[str, _up_to(200), AfterValidator(_single_line)]
Long = Annotated[str, _up_to(300), AfterValidator(_single_line)]
Statement = Annotated[str, _up_to(600), AfterValidator(_single_line)]
