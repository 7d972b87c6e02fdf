from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import SPECS, Settings, SettingsError, SlackSettings, WebSettings, advice, load_settings
from tests.settings.refusal import SECRET, refused, told

FORMS = {spec.name: spec.form for spec in SPECS}


@pytest.mark.parametrize(
    ("config", "line", "name", "shown"),
    [
        ("[web]\r\n\r\nport = true\r\n", 3, "web.port", "true"),
        ('[web]\nport = "80"\n', 2, "web.port", '"80"'),
        ('# none\n[web]\nallowed_hosts = [\n  "a b",\n]', 3, "web.allowed_hosts", '["a b"]'),
        ("[web]\nallowed_hosts = []", 2, "web.allowed_hosts", "[]"),
        ("web = { page = 1 }", 1, "web.page", "1"),
        ("[shutdown]\ngrace = nan", 2, "shutdown.grace", "NaN"),
        ("[slack.mode]\nx = 1", 1, "slack.mode", '{"x": 1}'),
        (f"[briefings]\n\npoll = '{'p' * 100}'", 3, "briefings.poll", f'"{"p" * 59}…'),
    ],
)
def test_a_wrong_value_in_the_file(folder: Path, config: str, line: int, name: str, shown: str) -> None:
    assert told(config) == [f"test.toml:{line}: {name} must be {FORMS[name]}, not {shown}"]


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("slack.mode", "HTTP", '"HTTP"'),
        ("slack.mode", "", "empty"),
        ("slack.base_url", "https://slack.com/api", '"https://slack.com/api"'),
        ("slack.base_url", "slack.com/api/", '"slack.com/api/"'),
        ("discord.api_base", "http://h/api/", '"http://h/api/"'),
        ("discord.api_base", "", "empty"),
        ("web.host", "http://h", '"http://h"'),
        ("web.host", "[::1]", '"[::1]"'),
        ("web.port", "65536", '"65536"'),
        ("web.port", "", "empty"),
        ("web.page", "perhaps", '"perhaps"'),
        ("web.allowed_hosts", "localhost:8080", '"localhost:8080"'),
        ("briefings.poll_interval", "0", '"0"'),
        ("briefings.audience", "everyone", '"everyone"'),
        ("shutdown.grace", "5", '"5"'),
    ],
)
def test_a_wrong_value_in_the_environment(folder: Path, name: str, value: str, shown: str) -> None:
    variable = "BRIEFBOT_" + name.replace(".", "__").upper()
    assert told(environ={variable: value}) == [f"{variable}: {name} must be {FORMS[name]}, not {shown}"]


@pytest.mark.parametrize(
    ("config", "line", "name", "hint"),
    [
        ('[slak]\nmode = "http"', 2, "slak.mode", "did you mean slack.mode?"),
        ("[slak]", 1, "slak", "did you mean slack?"),
        ("[web]\nprot = 1", 2, "web.prot", "did you mean web.port?"),
        ("\n[log]\nx = 1", 3, "log.x", "[log] has level, format"),
        (
            "x = 1",
            1,
            "x",
            "the tables are [slack], [discord], [web], [briefings], [digests], [database], [log], [shutdown]",
        ),
    ],
)
def test_an_unknown_name_in_the_file(folder: Path, config: str, line: int, name: str, hint: str) -> None:
    assert told(config) == [f"test.toml:{line}: {name} is not a setting; {hint}"]


@pytest.mark.parametrize(
    ("variable", "hint"),
    [
        ("BRIEFBOT_SLAK__MODE", "did you mean BRIEFBOT_SLACK__MODE?"),
        ("BRIEFBOT_SLACK_MODE", "did you mean BRIEFBOT_SLACK__MODE?"),
        ("BRIEFBOT_SLACK_BOT_TOKEN_FILE", "did you mean BRIEFBOT_SLACK__BOT_TOKEN_FILE?"),
        ("briefbot_log__level", "did you mean BRIEFBOT_LOG__LEVEL?"),
        ("BRIEFBOT_CONFG", "did you mean BRIEFBOT_CONFIG?"),
        ("BRIEFBOT_X", "config/briefbot.toml lists them all"),
        ("BRIEFBOT_WEB__PORT_FILE", "only secrets are read from files; set BRIEFBOT_WEB__PORT"),
    ],
)
def test_an_unknown_name_in_the_environment(folder: Path, variable: str, hint: str) -> None:
    assert told(environ={variable: SECRET}) == [f"environment: {variable} is not a setting; {hint}"]


@pytest.mark.parametrize("config", ["web = 1", "[[web]]"])
def test_a_section_that_is_no_table(folder: Path, config: str) -> None:
    assert told(config) == ["test.toml:1: web must be a table, written [web] on a line of its own"]


@pytest.mark.parametrize(
    ("config", "line", "why"),
    [
        ("[web]\nport = 1\nport = 2", 3, "Cannot overwrite a value"),
        ("[slack]\nmode = http", 2, 'Invalid value; text stands in double quotes: mode = "http"'),
        ('[slack]\nmode = "http', 2, "Unterminated string"),
    ],
)
def test_a_file_that_is_no_toml(folder: Path, config: str, line: int, why: str) -> None:
    assert told(config) == [f"test.toml:{line}: the file is not TOML: {why}"]


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    problems = refused(
        '[web]\nport = -1\n[log]\nlevl = "info"\n',
        {"BRIEFBOT_X": "1", "BRIEFBOT_LOG__LEVEL": "loud", "BRIEFBOT_SLACK__BOT_TOKEN": "xoxb-test"},
    )
    names = [problem.name for problem in problems]
    assert names == ["log.levl", "BRIEFBOT_X", "web.port", "log.level", "slack.app_token"]


@pytest.mark.parametrize("by_variable", [True, False])
def test_a_file_that_was_named_must_be_there(folder: Path, by_variable: bool) -> None:
    environ = {"BRIEFBOT_CONFIG": "nowhere.toml"} if by_variable else {}
    with pytest.raises(SettingsError, match=r"^nowhere\.toml: the file cannot be read: No such file or directory$"):
        load_settings(None if by_variable else Path("nowhere.toml"), environ)


def test_a_file_that_is_not_text_is_refused(folder: Path) -> None:
    Path("bytes.toml").write_bytes(b"\xff\x00")
    with pytest.raises(SettingsError, match=r"^bytes\.toml: the file cannot be read: it holds no UTF-8 text$"):
        load_settings(Path("bytes.toml"), {})


@pytest.mark.parametrize(
    ("given", "blamed", "missing"),
    [
        ({"BOT_TOKEN": SECRET}, "BOT_TOKEN", "app_token"),
        ({"BOT_TOKEN": SECRET, "MODE": "http"}, "BOT_TOKEN", "signing_secret"),
        ({"BOT_TOKEN": SECRET, "MODE": "http", "APP_TOKEN": SECRET}, "BOT_TOKEN", "signing_secret"),
        ({"APP_TOKEN": SECRET}, "APP_TOKEN", "bot_token"),
        ({"SIGNING_SECRET": SECRET}, "SIGNING_SECRET", "bot_token"),
    ],
)
def test_a_missing_partner_is_named(folder: Path, given: dict[str, str], blamed: str, missing: str) -> None:
    (problem,) = refused(environ={f"BRIEFBOT_SLACK__{key}": value for key, value in given.items()})
    assert problem.place == f"BRIEFBOT_SLACK__{blamed}"
    assert problem.name == f"slack.{missing}"
    assert problem.message.startswith("must be set too: ")
    assert problem.hint.startswith(f"set BRIEFBOT_SLACK__{missing.upper()}")


def test_an_app_token_as_bot_token_is_hinted_at_when_its_partner_is_missing(folder: Path) -> None:
    (problem,) = refused(environ={"BRIEFBOT_SLACK__BOT_TOKEN": "xapp-test"})
    assert problem.hint.endswith("; the bot token begins with xapp-, as app-level tokens do")


def test_two_servers_cannot_share_a_port(folder: Path) -> None:
    slack = {"BOT_TOKEN": SECRET, "SIGNING_SECRET": SECRET, "MODE": "http", "PORT": "8080"}
    (line,) = told(environ={f"BRIEFBOT_SLACK__{key}": value for key, value in slack.items()})
    assert line.startswith("BRIEFBOT_SLACK__PORT: slack.port must differ from web.port, and both are 8080; ")


def test_an_unknown_mode_does_not_ask_for_partners(folder: Path) -> None:
    lines = told(environ={"BRIEFBOT_SLACK__MODE": "htp", "BRIEFBOT_SLACK__BOT_TOKEN": SECRET})
    assert lines == ['BRIEFBOT_SLACK__MODE: slack.mode must be "socket" or "http", not "htp"']


def test_tokens_mixed_up_are_advice_and_no_refusal(folder: Path) -> None:
    mixed = {"BRIEFBOT_SLACK__BOT_TOKEN": "xapp-test", "BRIEFBOT_SLACK__APP_TOKEN": "xoxb-test"}
    assert [problem.name for problem in advice(load_settings(environ=mixed))] == ["slack.bot_token", "slack.app_token"]
    right = SlackSettings(bot_token=SecretStr("xoxb-test"), app_token=SecretStr("xapp-test"))
    assert advice(Settings(slack=right)) == ()


def test_a_page_open_to_other_machines_is_advised_against() -> None:
    opened = Settings(web=WebSettings(page=True, host="0.0.0.0"))  # noqa: S104 - a value to judge, nothing listens
    assert [problem.name for problem in advice(opened)] == ["web.page"]
    assert advice(Settings(web=WebSettings(page=True))) == ()
