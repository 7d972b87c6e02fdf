import tomllib
from pathlib import Path

from bot.settings import SPECS, Settings, load_settings

ROOT = Path(__file__).parents[2]


def test_the_shipped_file_gives_the_defaults() -> None:
    assert load_settings(ROOT / "config/briefbot.toml", {}) == Settings()


def test_the_shipped_file_has_every_setting_under_a_comment() -> None:
    text = (ROOT / "config/briefbot.toml").read_text("utf-8")
    document = tomllib.loads(text)
    for spec in SPECS:
        if spec.secret:
            assert f"# Secret: {spec.variable} " in text
        else:
            assert spec.key in document[spec.section], spec.name
    settings = {f"{section}.{key}" for section, table in document.items() for key in table}
    assert settings == {spec.name for spec in SPECS if not spec.secret}


def test_every_setting_says_what_it_is_for_and_what_it_may_hold() -> None:
    for spec in SPECS:
        assert spec.description.endswith("."), spec.name
        assert spec.form, spec.name


def test_the_readme_names_every_secret_and_how_to_override_the_rest() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    missing = [spec.variable for spec in SPECS if spec.secret and spec.variable not in text]
    assert missing == []
    assert "config/briefbot.toml" in text
    assert "_FILE" in text


def test_without_file_and_environment_the_defaults_hold(folder: Path) -> None:
    assert load_settings(environ={}) == Settings()
