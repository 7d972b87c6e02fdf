"""The Dockerfile, as far as it can be held to its word without an engine."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import typer.main
from packaging.specifiers import SpecifierSet

from bot.cli import cli
from bot.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]

Instruction = tuple[str, str]


def stages() -> list[list[Instruction]]:
    """Return the instructions of each stage, with continued lines joined."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    found: list[list[Instruction]] = []
    for line in joined.splitlines():
        name, _, rest = line.partition(" ")
        if name == "FROM":
            found.append([])
        found[-1].append((name, " ".join(rest.split())))
    return found


def of(stage: list[Instruction], name: str) -> list[str]:
    return [rest for each, rest in stage if each == name]


BUILD, FINAL = stages()


def test_both_stages_stand_on_one_tagged_python_that_the_project_supports() -> None:
    images = {rest.split()[0] for stage in (BUILD, FINAL) for rest in of(stage, "FROM")}
    (image,) = images
    match = re.fullmatch(r"python:(\d+\.\d+)-slim", image)
    assert match is not None
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert match[1] in SpecifierSet(project["requires-python"])


def test_everything_copied_is_there_and_let_through() -> None:
    let_through = {
        line.removeprefix("!").rstrip("/")
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {
        source.rstrip("/")
        for rest in of(BUILD, "COPY") + of(FINAL, "COPY")
        if not rest.startswith("--from=")
        for source in rest.split()[:-1]
    }
    assert copied == let_through
    assert [source for source in sorted(copied) if not (ROOT / source).exists()] == []


def test_the_build_has_what_the_project_is_built_from() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    copied = {source for rest in of(BUILD, "COPY") for source in rest.split()[:-1]}
    needed = {"pyproject.toml", project["project"]["readme"], *project["project"]["license-files"]}
    needed |= set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert needed <= copied


def test_nothing_is_installed_without_its_hash() -> None:
    installs = [each for rest in of(BUILD, "RUN") for each in rest.split("&&") if "pip install" in each]
    assert len(installs) == 2
    assert "--require-hashes -r requirements-postgres.txt" in installs[0]
    assert "--no-deps --no-build-isolation ." in installs[1]


def test_it_runs_without_root_and_writes_to_its_volume_alone() -> None:
    assert of(FINAL, "RUN") == []
    environ = dict(pair.split("=", 1) for pair in of(FINAL, "ENV")[0].split())
    (volume,) = of(FINAL, "VOLUME")
    assert environ["BRIEFBOT_DATABASE__URL"].removeprefix("sqlite:///").startswith(f"{volume}/")
    assert f"--from=build --chown={of(FINAL, 'USER')[0]} {volume} {volume}" in of(FINAL, "COPY")
    (user,) = of(FINAL, "USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    assert "PYTHONDONTWRITEBYTECODE=1" in of(FINAL, "ENV")[0].split()


@pytest.mark.parametrize("name", ["CMD", "HEALTHCHECK"])
def test_its_commands_are_commands_of_briefbot(name: str) -> None:
    (rest,) = of(FINAL, name)
    program, command = json.loads(rest[rest.index("[") :])
    assert program == "briefbot"
    assert command in typer.main.get_group(cli).commands


def test_its_variables_are_settings_that_let_it_be_reached() -> None:
    environ = dict(pair.split("=", 1) for pair in of(FINAL, "ENV")[0].split())
    settings = load_settings(ROOT / "config/briefbot.toml", environ)
    assert {settings.web.host, settings.slack.host} == {"0.0.0.0"}  # noqa: S104 - inside the container
    assert of(FINAL, "EXPOSE") == [f"{Settings().web.port} {Settings().slack.port}"]


def test_the_default_paths_lead_to_what_is_baked_in() -> None:
    assert of(FINAL, "WORKDIR") == ["/app"]
    places = dict(rest.split() for rest in of(FINAL, "COPY") if not rest.startswith("--from="))
    assert places[str(Settings().briefings.path)] == str(Settings().briefings.path)
    assert places["config"] == "config"
