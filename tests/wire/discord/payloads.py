"""Bodies that a bot sends: messages, first responses to interactions, and choices.

Each check is a pure function from a body to the reasons for which Discord would refuse it; none means accepted.
Numbers: https://docs.discord.com/developers/resources/message#create-message and
https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object.
"""

from typing import Any

from tests.wire.discord.components import check_components, check_layout
from tests.wire.discord.embeds import check_embeds
from tests.wire.discord.refusal import EMPTY_MESSAGE, Form, Refusal, units

CONTENT = 2000
NONCE = 25
CHOICES = 25
CHOICE_TEXT = 100
MENTIONS = 100

CROSSPOSTED, SUPPRESS_EMBEDS, EPHEMERAL, SILENT, COMPONENTS_V2 = 1 << 0, 1 << 2, 1 << 6, 1 << 12, 1 << 15
_SENDABLE = SUPPRESS_EMBEDS | SILENT | 1 << 13 | COMPONENTS_V2  # 1 << 13: a voice message

PONG, MESSAGE, DEFER_MESSAGE, DEFER_UPDATE, UPDATE, AUTOCOMPLETE, MODAL = 1, 4, 5, 6, 7, 8, 9
COMMAND, COMPONENT, COMPLETION, MODAL_SUBMIT = 2, 3, 4, 5
"""Types of interactions, beside those of responses."""
_ANSWERS = {
    COMMAND: (MESSAGE, DEFER_MESSAGE, MODAL),
    COMPONENT: (MESSAGE, DEFER_MESSAGE, DEFER_UPDATE, UPDATE, MODAL),
    COMPLETION: (AUTOCOMPLETE,),
    MODAL_SUBMIT: (MESSAGE, DEFER_MESSAGE, DEFER_UPDATE, UPDATE),
}


def check_message(body: object, *, interaction: bool = False, path: str = "") -> list[Refusal]:
    """Check a message that is sent, or that an edit leaves behind.

    Args:
        body: the JSON of the request.
        interaction: whether it answers an interaction, where it may be ephemeral.
        path: where the message stands in the request; "data" in a first response.
    """
    refusals: list[Refusal] = []
    form = Form(body, path, refusals)
    flags = form.number("flags", 0, 2**31 - 1) or 0
    allowed = _SENDABLE | (EPHEMERAL if interaction else 0)
    if flags & ~allowed:
        form.refuse("flags", "MESSAGE_FLAGS_INVALID", "These flags cannot be set on this message")
    form.flag("tts")
    _check_nonce(form)
    _check_mentions(form)
    visible = _check_v2(form) if flags & COMPONENTS_V2 else _check_v1(form)
    if not visible and not refusals:
        form.refuse("", EMPTY_MESSAGE, "Cannot send an empty message")
    return refusals


def check_interaction_response(body: object, *, interaction_type: int = COMMAND) -> list[Refusal]:
    """Check a first response to an interaction of a type (2 command, 3 component, 4 autocomplete, 5 modal)."""
    refusals: list[Refusal] = []
    form = Form(body, "", refusals)
    answers = _ANSWERS[interaction_type]
    which = form.given("type", required=True)
    if which is None:
        return refusals
    if which not in answers:
        choices = ", ".join(str(each) for each in answers) + ("," if len(answers) == 1 else "")
        form.refuse("type", "BASE_TYPE_CHOICES", f"Value must be one of ({choices}).")
        return refusals
    data = form.given("data", required=which in {MESSAGE, AUTOCOMPLETE, MODAL})
    if data is None:
        return refusals
    if which == MESSAGE or (which == UPDATE and data):
        refusals += check_message(data, interaction=True, path="data")
    elif which == AUTOCOMPLETE:
        refusals += check_choices(data.get("choices") if isinstance(data, dict) else None, path="data.choices")
    return refusals


def check_choices(choices: object, *, path: str = "choices", least: int = 0) -> list[Refusal]:
    """Check choices of a completion or of an option: at most 25, names of 1 to 100, values of a string, number."""
    refusals: list[Refusal] = []
    key = path.rpartition(".")[2]
    form = Form({key: choices}, path.rpartition(".")[0], refusals)
    names: set[str] = set()
    for choice in form.items(key, CHOICES, least=least, required=True):
        name = choice.text("name", CHOICE_TEXT, least=1, required=True)
        if name in names:
            choice.refuse(
                "", "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS", "Option choice name already used"
            )
        names.add(name)
        value = choice.given("value", required=True)
        if isinstance(value, str):
            choice.length("value", units(value), CHOICE_TEXT, 1)
        elif value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            choice.refuse("value", "STRING_TYPE_CONVERT", "Could not interpret value as string.")
    return refusals


def _check_v1(form: Form) -> bool:
    content = form.text("content", CONTENT)
    embeds = check_embeds(form)
    check_components(form)  # buttons alone are an empty message
    files = form.fields.get("attachments"), form.fields.get("sticker_ids"), form.fields.get("poll")
    return bool(content.strip()) or embeds or any(files)


def _check_v2(form: Form) -> bool:
    for key in ("content", "embeds", "sticker_ids", "poll"):
        if form.fields.get(key):
            form.refuse(
                key,
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )
    return check_layout(form)


def _check_nonce(form: Form) -> None:
    nonce = form.given("nonce")
    if isinstance(nonce, str):
        form.length("nonce", units(nonce), NONCE)
    elif nonce is not None and (isinstance(nonce, bool) or not isinstance(nonce, int)):
        form.refuse("nonce", "STRING_TYPE_CONVERT", "Could not interpret value as string.")


def _check_mentions(form: Form) -> None:
    if form.given("allowed_mentions") is None:
        return
    allowed = form.under("allowed_mentions")
    parse: Any = allowed.given("parse")
    known = ("everyone", "users", "roles")
    for index, each in enumerate(parse if isinstance(parse, list) else ()):
        if each not in known:
            allowed.refuse(f"parse.{index}", "BASE_TYPE_CHOICES", f"Value must be one of {known}.")
    for key in ("users", "roles"):
        listed: Any = allowed.given(key)
        if isinstance(listed, list):
            allowed.length(key, len(listed), MENTIONS)
            if listed and isinstance(parse, list) and key in parse:
                allowed.refuse(
                    "",
                    "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                    f'parse:["{key}"] and {key}: [ids...] are mutually exclusive.',
                )
