"""The loopback Discord's limits, one by one: at each the last that passes and the first that is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.wire.discord import Refusal, check_interaction_response, check_message
from tests.wire.discord.refusal import error_body

V2 = 1 << 15
Made = dict[str, Any]


def codes(refusals: list[Refusal]) -> set[str | int]:
    return {each.code for each in refusals}


def embed(**parts: Any) -> Made:
    return {"embeds": [parts]}


def fields(count: int) -> Made:
    return embed(fields=[{"name": "n", "value": "v"}] * count)


def row(*held: Made) -> Made:
    return {"content": "x", "components": [{"type": 1, "components": list(held)}]}


def button(**parts: Any) -> Made:
    return {"type": 2, "style": 2, "label": "Go", "custom_id": "go", **parts}


def link(url: str) -> Made:
    return {"type": 2, "style": 5, "label": "Open", "url": url}


def buttons(count: int) -> list[Made]:
    return [button(custom_id=str(index)) for index in range(count)]


def select(count: int = 1, **parts: Any) -> Made:
    options = [{"label": str(index), "value": str(index)} for index in range(count)]
    return {"type": 3, "custom_id": "choose", "options": options, **parts}


def text(content: str) -> Made:
    return {"type": 10, "content": content}


def layout(*held: Made, **more: Any) -> Made:
    return {"flags": V2, "components": list(held), **more}


def container(*held: Made, **more: Any) -> Made:
    return {"type": 17, "components": list(held), **more}


def section(texts: int = 1, **more: Any) -> Made:
    return {"type": 9, "components": [text("t")] * texts, "accessory": button(), **more}


def gallery(count: int = 1, url: str = "https://example.org/a.png") -> Made:
    return {"type": 12, "items": [{"media": {"url": url}}] * count}


LENGTH, BETWEEN = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH"

# What makes a message of a size, the largest size that passes, and what the next one is refused with.
SIZES: list[tuple[str, Callable[[int], Made], int, str | int]] = [
    ("content", lambda n: {"content": "x" * n}, 2000, LENGTH),
    ("embeds", lambda n: {"embeds": [{"title": "x"}] * n}, 10, LENGTH),
    ("embed title", lambda n: embed(title="x" * n), 256, LENGTH),
    ("embed description", lambda n: embed(description="x" * n), 4096, LENGTH),
    ("embed fields", fields, 25, LENGTH),
    ("field name", lambda n: embed(fields=[{"name": "x" * n, "value": "v"}]), 256, LENGTH),
    ("field value", lambda n: embed(fields=[{"name": "n", "value": "x" * n}]), 1024, LENGTH),
    ("footer", lambda n: embed(footer={"text": "x" * n}), 2048, LENGTH),
    ("author", lambda n: embed(author={"name": "x" * n}), 256, LENGTH),
    (
        "all embeds",
        lambda n: {"embeds": [{"description": "x" * 3000}, {"title": "t", "description": "x" * (n - 3001)}]},
        6000,
        "MAX_EMBED_SIZE_EXCEEDED",
    ),
    ("rows", lambda n: {"content": "x", "components": [row(each)["components"][0] for each in buttons(n)]}, 5, LENGTH),
    ("buttons in a row", lambda n: row(*buttons(n)), 5, BETWEEN),
    ("button label", lambda n: row(button(label="x" * n)), 80, LENGTH),
    ("custom_id", lambda n: row(button(custom_id="x" * n)), 100, BETWEEN),
    ("link", lambda n: row(link("https://e.org/".ljust(n, "x"))), 512, LENGTH),
    ("options of a select", lambda n: row(select(n)), 25, BETWEEN),
    ("placeholder", lambda n: row(select(placeholder="x" * n)), 150, LENGTH),
    ("components", lambda n: layout(*[text("t")] * n), 40, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    ("nested ones", lambda n: layout(container(*[text("t")] * (n - 1))), 40, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    ("one text", lambda n: layout(text("x" * n)), 4000, BETWEEN),
    (
        "all texts",
        lambda n: layout(text("x" * 2000), container(text("x" * (n - 2000)))),
        4000,
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    ("bytes of one text", lambda n: layout(text("字" * (n // 3) + "x" * (n % 3))), 10_158, 0),
    ("texts of a section", lambda n: layout(section(n)), 3, BETWEEN),
    ("items of a gallery", lambda n: layout(gallery(n)), 10, BETWEEN),
    ("nonce", lambda n: {"content": "x", "nonce": "x" * n}, 25, LENGTH),
]


@pytest.mark.parametrize(("make", "most", "code"), [each[1:] for each in SIZES], ids=[each[0] for each in SIZES])
def test_the_largest_passes_and_the_next_is_refused(make: Callable[[int], Made], most: int, code: str | int) -> None:
    assert check_message(make(most)) == []
    assert code in codes(check_message(make(most + 1)))


PASS: list[Made] = [
    {"content": "words"},
    {"embeds": [{"title": "x", "image": {"url": "https://example.org/a.png"}}]},
    row(button(), link("https://example.org")),
    row(button(label=None, emoji={"name": "📄"})),
    row(button(emoji={"id": "123", "name": "ours"})),
    row({"type": 5, "custom_id": "who"}),
    layout(container(section(), {"type": 14, "divider": True, "spacing": 2}, accent_color=0xFF0000, spoiler=False)),
    layout(section(accessory={"type": 11, "media": {"url": "https://example.org/a.png"}}), gallery()),
    layout({"type": 13, "file": {"url": "attachment://a.txt"}}, attachments=[{"id": 0, "filename": "a.txt"}]),
    {"content": "x", "allowed_mentions": {"parse": []}},
    {"content": "x", "allowed_mentions": {"parse": ["roles"], "users": ["1"]}},
]

REFUSED: list[tuple[Made, str, str | int]] = [
    ({}, "", 50006),
    ({"content": " \n "}, "", 50006),
    ({"components": row(button())["components"]}, "", 50006),
    (layout(), "", 50006),
    ({"content": 5}, "content", "STRING_TYPE_CONVERT"),
    ({"content": "x", "flags": 1 << 6}, "flags", "MESSAGE_FLAGS_INVALID"),
    (embed(fields=[{"name": "n"}]), "embeds.0.fields.0.value", "BASE_TYPE_REQUIRED"),
    (embed(title="x", url="javascript:alert(1)"), "embeds.0.url", "URL_TYPE_INVALID_SCHEME"),
    (embed(title="x", url="https://"), "embeds.0.url", "URL_TYPE_INVALID_URL"),
    ({"content": "x", "components": [button()]}, "components.0", "UNION_TYPE_CHOICES"),
    ({"content": "x", "components": [text("t")]}, "components.0", "UNION_TYPE_CHOICES"),
    (row(), "components.0.components", BETWEEN),
    (row(button(), button()), "components.0.components.1", "COMPONENT_CUSTOM_ID_DUPLICATED"),
    (row(button(), select()), "components.0.components.1", "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    (row(button(label="")), "components.0.components.0", "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"),
    (row(button(custom_id=None)), "components.0.components.0.custom_id", "BASE_TYPE_REQUIRED"),
    (row(button(style=9)), "components.0.components.0.style", "NUMBER_TYPE_MAX"),
    (row(button(emoji={"name": "x"})), "components.0.components.0.emoji.name", "COMPONENT_INVALID_EMOJI"),
    (row(link("")), "components.0.components.0.url", "BASE_TYPE_REQUIRED"),
    (row(link("javascript:alert(1)")), "components.0.components.0.url", "URL_TYPE_INVALID_SCHEME"),
    (
        row({**link("https://example.org"), "custom_id": "x"}),
        "components.0.components.0",
        "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
    ),
    (row(select(2, max_values=3)), "components.0.components.0.max_values", "SELECT_COMPONENT_MAX_VALUES_TOO_LARGE"),
    (layout(text("t"), content="x"), "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    (layout(text("t"), embeds=[{}]), "embeds", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    (layout(text(" ")), "components.0.content", BETWEEN),
    (layout(container()), "components.0.components", BETWEEN),
    (layout(container(container(text("t")))), "components.0.components.0", "UNION_TYPE_CHOICES"),
    (layout(button()), "components.0", "UNION_TYPE_CHOICES"),
    (layout(section(accessory=None)), "components.0.accessory", "BASE_TYPE_REQUIRED"),
    (layout({"type": 14, "spacing": 3}), "components.0.spacing", "NUMBER_TYPE_MAX"),
    (layout(gallery(url="file:///etc/passwd")), "components.0.items.0.media.url", "URL_TYPE_INVALID_SCHEME"),
    (
        layout(gallery(url="attachment://missing.png")),
        "components.0.items.0.media",
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
    (layout(container(text("t"), id=7), {**text("u"), "id": 7}), "components.1.id", "COMPONENT_ID_DUPLICATED"),
    (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
]


@pytest.mark.parametrize("body", PASS)
def test_what_discord_takes_passes(body: Made) -> None:
    assert check_message(body) == []


@pytest.mark.parametrize(("body", "path", "code"), REFUSED)
def test_what_discord_does_not_take_is_refused_in_its_place(body: Made, path: str, code: str | int) -> None:
    assert (path, code) in [(each.path, each.code) for each in check_message(body)]


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        (2, {"type": 4, "data": {"content": "x", "flags": 1 << 6}}, None),
        (2, {"type": 4, "data": {"content": "x" * 2001}}, LENGTH),
        (2, {"type": 4, "data": {}}, 50006),
        (2, {"type": 4}, "BASE_TYPE_REQUIRED"),
        (2, {"type": 5}, None),
        (2, {"type": 6}, "BASE_TYPE_CHOICES"),
        (3, {"type": 6}, None),
        (3, {"type": 7, "data": {"content": "x"}}, None),
        (4, {"type": 4, "data": {"content": "x"}}, "BASE_TYPE_CHOICES"),
        (4, {"type": 8, "data": {"choices": []}}, None),
        (4, {"type": 8, "data": {"choices": [{"name": "n", "value": "v"}] * 26}}, LENGTH),
        (2, {}, "BASE_TYPE_REQUIRED"),
    ],
)
def test_a_first_response_has_to_suit_its_interaction(kind: int, body: Made, code: str | int | None) -> None:
    found = codes(check_interaction_response(body, interaction_type=kind))
    assert found == set() if code is None else code in found


def test_errors_are_told_in_the_shape_of_the_body() -> None:
    status, body = error_body(check_message(embed(title="x" * 257)))
    assert status == 400
    assert body == {
        "message": "Invalid Form Body",
        "code": 50035,
        "errors": {
            "embeds": {"0": {"title": {"_errors": [{"code": LENGTH, "message": "Must be 256 or fewer in length."}]}}}
        },
    }


@pytest.mark.parametrize(
    "body", [None, [], "text", 5, {"embeds": 5}, {"embeds": [5]}, {"components": {}}, {"flags": "x"}]
)
def test_what_is_not_even_a_message_is_refused_without_an_exception(body: object) -> None:
    assert check_message(body) != []
    assert check_interaction_response({"type": 4, "data": body}) != []
