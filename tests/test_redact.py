import pytest

from bot.redact import Redactor

# Made up, in the shape of a real one, and put together here so that nothing in the file looks like one.
_DISCORD = ".".join(("Q" * 24, "abcdef", "x" * 30))
_SLACK = "xoxb-0000-test"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (_SLACK, "[secret]"),
        (f"a {_SLACK}, b", "a [secret], b"),
        (f"\\n{_SLACK}", "\\n[secret]"),
        ("xapp-1-test", "[secret]"),
        ("xoxe.xoxp-1-test", "[secret]"),
        (f"token {_DISCORD}!", "token [secret]!"),
        ("wss://host/link/?ticket=abc-1&app_id=2", "wss://host/link/?ticket=[secret]&app_id=2"),
        ("POST https://hooks.slack.com/commands/T1/2/abc now", "POST https://hooks.slack.com/commands/[secret] now"),
        ("https://discord.com/api/v10/webhooks/12/ab_C-d/messages", "https://discord.com/api/v10/webhooks/12/[secret]/messages"),
        ("/interactions/12/ab_C-d/callback", "/interactions/12/[secret]/callback"),
        ("'Authorization': 'Bot abc.def'", "'Authorization': 'Bot [secret]'"),
        ("Authorization: Bearer abc", "Authorization: Bearer [secret]"),
    ],
)  # fmt: skip
def test_what_has_the_shape_of_a_token_is_cut_out(text: str, left: str) -> None:
    assert Redactor()(text) == left


@pytest.mark.parametrize(
    "text",
    ["/brief blinken", "briefings/people/antony-blinken.md:12:3", "2026-11-24T10:41:57.106028Z", "slack_bolt.AsyncApp"],
)
def test_other_words_stay(text: str) -> None:
    assert Redactor(["made-up-secret"])(text) == text


def test_known_secrets_are_cut_out_whole_even_when_one_begins_another() -> None:
    assert Redactor(["ab", "abcd", ""])("abcd ab") == "[secret] [secret]"


def test_a_known_secret_is_found_in_json() -> None:
    assert Redactor(['a"b'])('{"x": "a\\"b"}') == '{"x": "[secret]"}'
