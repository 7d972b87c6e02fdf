"""Embeds: their limits, one by one and over a whole message.

Numbers: https://docs.discord.com/developers/resources/message#embed-object-embed-limits.
"""

from typing import Any

from tests.wire.discord.refusal import Form, units

EMBEDS = 10
EMBEDS_TOTAL = 6000
TITLE = FIELD_NAME = AUTHOR = 256
DESCRIPTION = 4096
FIELDS = 25
FIELD_VALUE = 1024
FOOTER = 2048
_MEDIA_SCHEMES = ("http", "https", "attachment")


def check_embeds(form: Form) -> bool:
    """Check the `embeds` of a message, and tell whether there is anything in them to be seen."""
    embeds = form.items("embeds", EMBEDS)
    seen = [_check_embed(embed) for embed in embeds]
    total = sum(_size(embed.fields) for embed in embeds)
    if total > EMBEDS_TOTAL:
        form.refuse("embeds", "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBEDS_TOTAL}")
    return any(seen)


def _check_embed(embed: Form) -> bool:
    visible = [embed.text("title", TITLE), embed.text("description", DESCRIPTION)]
    embed.url("url")
    embed.number("color", 0, 0xFFFFFF)
    for field in embed.items("fields", FIELDS):
        field.flag("inline")
        visible += [
            field.text("name", FIELD_NAME, required=True),
            field.text("value", FIELD_VALUE, required=True),
        ]
        for key in ("name", "value"):
            if field.fields.get(key) == "":
                field.refuse(key, "BASE_TYPE_REQUIRED", "This field is required")
    if embed.given("footer") is not None:
        visible.append(embed.under("footer").text("text", FOOTER, required=True))
    if embed.given("author") is not None:
        author = embed.under("author")
        author.url("url")
        visible.append(author.text("name", AUTHOR, required=True))
    for key in ("image", "thumbnail"):
        if embed.given(key) is not None:
            visible.append(embed.under(key).url("url", schemes=_MEDIA_SCHEMES, required=True))
    return any(text.strip() for text in visible)


def _size(embed: Any) -> int:
    fields = embed.get("fields")
    listed = fields if isinstance(fields, list) else []
    parts = [embed.get("title"), embed.get("description")]
    parts += [inner.get(key) for inner in listed if isinstance(inner, dict) for key in ("name", "value")]
    parts += [inner.get(key) for key, inner in _named(embed) if isinstance(inner, dict)]
    return sum(units(part) for part in parts if isinstance(part, str))


def _named(embed: Any) -> list[tuple[str, Any]]:
    return [("text", embed.get("footer")), ("name", embed.get("author"))]
