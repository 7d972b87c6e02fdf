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
        ("(b'authorization', b'Bot abc.def')", "(b'authorization', b'Bot [secret]')"),
        (r'{\"Authorization\": \"Bot abc.def\"}', r'{\"Authorization\": \"Bot [secret]\"}'),
        ("{'type': 2, 'token': 'aW50ZXJ:hY3Rpb24', 'id': '1'}", "{'type': 2, 'token': '[secret]', 'id': '1'}"),
        ('{"token":"aW50ZXJhY3Rpb24=","id":"1"}', '{"token":"[secret]","id":"1"}'),
        (r'"{\"token\": \"aW50\", \"id\": 1}"', r'"{\"token\": \"[secret]\", \"id\": 1}"'),
        ("'bot_access_token': 'abc'", "'bot_access_token': '[secret]'"),
        (r'"response_url":"https:\/\/slack.example.org\/r\/1","a":1', '"response_url":"[secret]","a":1'),
        (r"https:\/\/hooks.slack.com\/commands\/T1\/2 now", r"https:\/\/hooks.slack.com\/commands\/[secret] now"),
        ("'response_url': 'https://slack.example.org/r/1?a=2',", "'response_url': '[secret]',"),
        ("a request - url: https://slack.example.org/r/1, body: {}", "a request - url: [secret], body: {}"),
    ],
)  # fmt: skip
def test_what_has_the_shape_of_a_token_is_cut_out(text: str, left: str) -> None:
    assert Redactor()(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "/brief blinken",
        '  File "/usr/lib/slack_bolt/middleware/authorization/async_multi_teams_authorization.py", line 9',
        "Sending a request - url: POST https://slack.com/api/chat.postMessage, params: {}",
        "the token is 'wrong': it expired",
        "authorization, then",
        '{"event": "applying authorization.AsyncMultiTeamsAuthorization", "level": "debug"}',
        '{"event": "authorization", "level": "debug"}',
        "briefings/people/antony-blinken.md:12:3",
        "2026-11-24T10:41:57.106028Z",
        "slack_bolt.AsyncApp",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert Redactor(["made-up-secret"])(text) == text


def test_known_secrets_are_cut_out_whole_even_when_one_begins_another() -> None:
    assert Redactor(["ab", "abcd", ""])("abcd ab") == "[secret] [secret]"


def test_a_known_secret_is_found_in_json() -> None:
    assert Redactor(['a"b'])('{"x": "a\\"b"}') == '{"x": "[secret]"}'
