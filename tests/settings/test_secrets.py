from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import SPECS, Settings, Spec, load_settings
from tests.settings.refusal import SECRET, told


def test_a_secret_can_stand_in_a_file(folder: Path) -> None:
    Path("token").write_text("test-token\n", "utf-8")
    settings = load_settings(environ={"BRIEFBOT_DISCORD__TOKEN_FILE": "token"})
    assert settings.discord.token == SecretStr("test-token")


def test_an_empty_secret_is_unset(folder: Path) -> None:
    empty = {spec.variable + end: "" for spec in SPECS if spec.secret for end in ("", "_FILE")}
    assert load_settings(environ=empty) == Settings()


def test_a_set_value_beside_an_empty_file_variable_is_not_set_twice(folder: Path) -> None:
    settings = load_settings(environ={"BRIEFBOT_DISCORD__TOKEN": "test-token\n", "BRIEFBOT_DISCORD__TOKEN_FILE": ""})
    assert settings.discord.token == SecretStr("test-token")


def test_secrets_are_in_no_text_of_the_settings(folder: Path) -> None:
    environ = {"BRIEFBOT_DISCORD__TOKEN": SECRET, "BRIEFBOT_SLACK__BOT_TOKEN": SECRET}
    environ["BRIEFBOT_SLACK__APP_TOKEN"] = SECRET
    settings = load_settings(environ=environ)
    for text in (str(settings), repr(settings), settings.model_dump_json(), str(settings.model_dump())):
        assert SECRET not in text


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "is in a file that cannot be read: No such file or directory"),
        (b"", "is in a file that is empty"),
        (b"\n", "is in a file that is empty"),
        (b"\xff\xfe" + SECRET.encode(), "is in a file that cannot be read: it holds no plain text"),
        (SECRET.encode() + b"\nand a second line", "must be one word as the platform shows it"),
    ],
)
def test_a_file_that_holds_no_secret_is_refused(folder: Path, content: bytes | None, why: str) -> None:
    if content is not None:
        Path(SECRET).write_bytes(content)
    (line,) = told(environ={"BRIEFBOT_DISCORD__TOKEN_FILE": SECRET})
    assert line.startswith(f"BRIEFBOT_DISCORD__TOKEN_FILE: discord.token {why}")


def test_a_secret_given_twice_is_refused(folder: Path) -> None:
    given = {"BRIEFBOT_DISCORD__TOKEN": SECRET, "BRIEFBOT_DISCORD__TOKEN_FILE": "token"}
    (line,) = told(environ=given)
    assert line == (
        "BRIEFBOT_DISCORD__TOKEN_FILE: discord.token is set twice: by BRIEFBOT_DISCORD__TOKEN and by "
        "BRIEFBOT_DISCORD__TOKEN_FILE; unset one of them"
    )


def test_a_secret_with_a_word_before_it_is_refused(folder: Path) -> None:
    (line,) = told(environ={"BRIEFBOT_DISCORD__TOKEN": f"Bot {SECRET}"})
    assert line.endswith("without spaces or line breaks; leave out the word in front of it")


@pytest.mark.parametrize("spec", [spec for spec in SPECS if spec.secret], ids=lambda spec: spec.name)
def test_a_secret_in_the_file_is_refused(folder: Path, spec: Spec) -> None:
    section, key, name = spec.section, spec.key, spec.name
    lines = told(f'# a comment\n[{section}]\n\n{key} = "{SECRET}"\n{key}_file = "token"\n')
    assert lines[0].startswith(
        f"test.toml:4: {name} is a secret and must not stand in a file that is shared; take it out"
    )
    assert lines[1].startswith(f"test.toml:5: {name}_file may be set in the environment only")


def test_a_token_in_the_wrong_place_is_not_shown(folder: Path) -> None:
    assert "xoxb" not in "".join(told(environ={"BRIEFBOT_SLACK__MODE": "xoxb-test-1"}))
    assert "xapp" not in "".join(told('[slack]\nmode = "xapp-test-1"\n'))


def test_a_database_without_an_address_is_a_file() -> None:
    assert Settings().database.address == SecretStr("sqlite:///briefbot.db")


@pytest.mark.parametrize(
    "address", ["sqlite:///data/briefbot.db", "postgres://a:b@c/d", "postgresql://a:b@c:5432/d?sslmode=require"]
)
def test_the_databases_that_there_are_may_be_named(folder: Path, address: str) -> None:
    settings = load_settings(environ={"BRIEFBOT_DATABASE__URL": address})
    assert settings.database.address == SecretStr(address)


@pytest.mark.parametrize("address", ["mysql://bot:hunter22@db/x", "briefbot.db", "postgresql:/bot:hunter22@db/x"])
def test_another_database_is_refused_without_its_password(folder: Path, address: str) -> None:
    (line,) = told(environ={"BRIEFBOT_DATABASE__URL": address})
    assert line.startswith("BRIEFBOT_DATABASE__URL: database.url must be sqlite:///FILE or postgresql://")
    assert "hunter22" not in line
