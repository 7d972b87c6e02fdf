"""Components of a message: rows of controls (the first generation), or a layout (the second, flag 1 << 15).

Shapes: https://docs.discord.com/developers/components/reference. The 4,000 characters of text are what discord.py
(`LayoutView.content_length`) and users report; the size in bytes is discord-api-docs issue 8554: beyond it Discord
answers 500 rather than 400, which bites in Chinese first, at about 3,380 characters.
"""

from collections.abc import Callable

from tests.wire.discord.controls import ROW, Tally, check_button, check_row, enter, kind
from tests.wire.discord.refusal import Form, units

SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
BUTTON = 2
ROWS = 5
COMPONENTS = 40
LAYOUT_TEXT = 4000
LAYOUT_BYTES = 10_170
TEXT_OVERHEAD = 12
"""Bytes that each text display costs beside its own UTF-8."""
MEDIA = 10
MEDIA_DESCRIPTION = 1024
_MANY = 1000  # the total is what is limited
_HELD = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
_MEDIA_SCHEMES = ("http", "https", "attachment")


def check_components(form: Form) -> bool:
    """Check the `components` of a message of the first generation, and tell whether there are any."""
    tally = Tally()
    rows = form.items("components", ROWS)
    for row in rows:
        if kind(row, (ROW,)) is not None:
            check_row(row, tally)
    return bool(rows)


def check_layout(form: Form) -> bool:
    """Check the `components` of a message of the second generation, and tell whether there are any."""
    tally = Tally(attachments=_attached(form))
    before = len(form.refusals)
    parts = form.items("components", _MANY)
    for part in parts:
        _check_part(part, (*_HELD, CONTAINER), tally)
    if len(form.refusals) == before:  # the whole is looked at once each part is right
        _check_totals(form, tally)
    return bool(parts)


def _check_totals(form: Form, tally: Tally) -> None:
    if tally.components > COMPONENTS:
        form.refuse(
            "components",
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"Total number of components cannot exceed {COMPONENTS}",
        )
    if sum(map(units, tally.texts)) > LAYOUT_TEXT:
        form.refuse(
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Components displayable text size exceeds maximum size of {LAYOUT_TEXT}",
        )
    elif sum(len(text.encode()) + TEXT_OVERHEAD for text in tally.texts) > LAYOUT_BYTES:
        form.refuse("components", 0, "500: Internal Server Error")


def _check_part(part: Form, allowed: tuple[int, ...], tally: Tally) -> None:
    which = kind(part, allowed)
    if which is not None:
        _CHECKS[which](part, tally)


def _check_container(container: Form, tally: Tally) -> None:
    enter(container, tally)
    container.number("accent_color", 0, 0xFFFFFF)
    container.flag("spoiler")
    for part in container.items("components", _MANY, least=1, required=True):
        _check_part(part, _HELD, tally)


def _check_section(section: Form, tally: Tally) -> None:
    enter(section, tally)
    for text in section.items("components", 3, least=1, required=True):
        _check_part(text, (TEXT,), tally)
    if section.given("accessory", required=True) is not None:
        _check_part(section.under("accessory"), (BUTTON, THUMBNAIL), tally)


def _check_text(text: Form, tally: Tally) -> None:
    enter(text, tally)
    # A text of its own may be as long as all of them together, so only the total has an upper end to report.
    content = text.given("content", required=True)
    if content is None:
        return
    if not isinstance(content, str):
        text.refuse("content", "STRING_TYPE_CONVERT", "Could not interpret value as string.")
    else:
        text.length("content", units(content.strip()), LAYOUT_TEXT, 1)
        tally.texts.append(content)


def _check_thumbnail(thumbnail: Form, tally: Tally) -> None:
    enter(thumbnail, tally)
    _check_media(thumbnail, tally)


def _check_gallery(gallery: Form, tally: Tally) -> None:
    enter(gallery, tally)
    for item in gallery.items("items", MEDIA, least=1, required=True):
        _check_media(item, tally)


def _check_media(form: Form, tally: Tally) -> None:
    form.text("description", MEDIA_DESCRIPTION)
    form.flag("spoiler")
    if form.given("media", required=True) is not None:
        _check_address(form.under("media"), _MEDIA_SCHEMES, tally)


def _check_file(form: Form, tally: Tally) -> None:
    enter(form, tally)
    form.flag("spoiler")
    if form.given("file", required=True) is not None:
        _check_address(form.under("file"), ("attachment",), tally)


def _check_address(media: Form, schemes: tuple[str, ...], tally: Tally) -> None:
    scheme, _, name = media.url("url", schemes=schemes, required=True).partition("://")
    if scheme == "attachment" and name not in tally.attachments:
        media.refuse(
            "",
            "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
            "The referenced attachment was not found",
        )


def _check_separator(separator: Form, tally: Tally) -> None:
    enter(separator, tally)
    separator.flag("divider")
    separator.number("spacing", 1, 2)


def _attached(form: Form) -> set[str]:
    listed = form.fields.get("attachments")
    attachments = listed if isinstance(listed, list) else []
    return {str(each.get("filename")) for each in attachments if isinstance(each, dict)}


_CHECKS: dict[int, Callable[[Form, Tally], None]] = {
    ROW: check_row,
    BUTTON: check_button,
    SECTION: _check_section,
    TEXT: _check_text,
    THUMBNAIL: _check_thumbnail,
    GALLERY: _check_gallery,
    FILE: _check_file,
    SEPARATOR: _check_separator,
    CONTAINER: _check_container,
}
