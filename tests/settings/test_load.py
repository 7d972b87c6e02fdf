from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import SPECS, Settings, WebSettings, load_settings
from tests.settings.refusal import SECRET, told


def test_the_environment_goes_over_the_file_and_the_file_over_the_default(folder: Path) -> None:
    Path("test.toml").write_text('[web]\nport = 9000\nhost = "::1"\n', "utf-8")
    settings = load_settings(Path("test.toml"), {"BRIEFBOT_WEB__PORT": "9001"})
    assert settings.web == WebSettings(port=9001, host="::1")


def test_the_default_file_is_read_from_here(folder: Path) -> None:
    Path("config").mkdir()
    Path("config/briefbot.toml").write_text("web.port = 9000", "utf-8")
    assert load_settings(environ={}).web.port == 9000


def test_a_variable_names_the_file_and_the_argument_goes_over_it(folder: Path) -> None:
    Path("one.toml").write_text("web.port = 1", "utf-8")
    Path("two.toml").write_text("web.port = 2", "utf-8")
    assert load_settings(environ={"BRIEFBOT_CONFIG": "one.toml"}).web.port == 1
    assert load_settings(Path("two.toml"), {"BRIEFBOT_CONFIG": "one.toml"}).web.port == 2


def test_every_setting_can_come_from_the_environment(folder: Path) -> None:
    given = {
        "BRIEFBOT_SLACK__MODE": "http",
        "BRIEFBOT_SLACK__BOT_TOKEN": "xoxb-test",
        "BRIEFBOT_SLACK__APP_TOKEN": "xapp-test",
        "BRIEFBOT_SLACK__SIGNING_SECRET": "signed",
        "BRIEFBOT_SLACK__BASE_URL": "http://127.0.0.1:9/api/",
        "BRIEFBOT_SLACK__HOST": "0.0.0.0",  # noqa: S104 - a value to read, nothing listens
        "BRIEFBOT_SLACK__PORT": "0",
        "BRIEFBOT_DISCORD__TOKEN": "test-token",
        "BRIEFBOT_DISCORD__API_BASE": "http://127.0.0.1:9/api/v10",
        "BRIEFBOT_WEB__HOST": "localhost",
        "BRIEFBOT_WEB__PORT": "81",
        "BRIEFBOT_WEB__PAGE": "true",
        "BRIEFBOT_WEB__ALLOWED_HOSTS": "bot.example, [::1]",
        "BRIEFBOT_BRIEFINGS__PATH": "elsewhere",
        "BRIEFBOT_BRIEFINGS__STYLE": "style.yaml",
        "BRIEFBOT_BRIEFINGS__POLL": "always",
        "BRIEFBOT_BRIEFINGS__POLL_INTERVAL": "2",
        "BRIEFBOT_BRIEFINGS__AUDIENCE": "internal",
        "BRIEFBOT_DIGESTS__ENABLED": "false",
        "BRIEFBOT_DIGESTS__SLACK_MANAGERS": "admins",
        "BRIEFBOT_DIGESTS__DISCORD_ROLES": "Editors, 4001",
        "BRIEFBOT_DIGESTS__PATIENCE_HOURS": "6",
        "BRIEFBOT_DATABASE__URL": "postgresql://bot:pass@db.example/briefbot",
        "BRIEFBOT_LOG__LEVEL": "warning",
        "BRIEFBOT_LOG__FORMAT": "json",
        "BRIEFBOT_SHUTDOWN__GRACE": "1.5",
    }
    assert set(given) == {spec.variable for spec in SPECS}
    settings = load_settings(environ=given)
    for spec in SPECS:
        value = getattr(getattr(settings, spec.section), spec.key)
        assert value != spec.default, spec.name
    assert settings.web.allowed_hosts == ("bot.example", "[::1]")
    assert settings.briefings.path == Path("elsewhere")
    assert settings.digests.discord_roles == ("Editors", "4001")
    assert settings.database.address.get_secret_value() == "postgresql://bot:pass@db.example/briefbot"
    assert [secret.get_secret_value() for secret in settings.secrets()] == [
        "xoxb-test",
        "xapp-test",
        "signed",
        "test-token",
        "postgresql://bot:pass@db.example/briefbot",
    ]


def test_the_sdks_own_variables_are_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(variable, SECRET)
    monkeypatch.setenv("BRIEFBOT_WEB__PORT", "82")
    assert load_settings() == Settings(web=WebSettings(port=82))


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings().web.port = 1  # type: ignore[misc]  # that it is frozen is what is tested


def test_making_settings_reads_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFBOT_WEB__PORT", "82")
    assert Settings().web.port == 8080


def test_variables_that_kubernetes_sets_for_a_service_are_no_settings(folder: Path) -> None:
    links = {
        "BRIEFBOT_SERVICE_HOST": "10.0.0.1",
        "BRIEFBOT_SERVICE_PORT": "8080",
        "BRIEFBOT_SERVICE_PORT_HTTP": "8080",
        "BRIEFBOT_PORT": "tcp://10.0.0.1:8080",
        "BRIEFBOT_PORT_8080_TCP": "tcp://10.0.0.1:8080",
        "BRIEFBOT_PORT_8080_TCP_ADDR": "10.0.0.1",
        "BRIEFBOT_WEB_PORT": "tcp://10.0.0.1:8080",
    }
    assert load_settings(environ=links) == Settings()
    assert told(environ={"BRIEFBOT_PORT": "8080"})[0].startswith("environment: BRIEFBOT_PORT is not a setting")
