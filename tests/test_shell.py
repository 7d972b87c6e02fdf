"""The commands in a shell: any bytes in, UTF-8 out, an exit status to go by, and an end without a traceback."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.samples import files, write

PLAIN: Mapping[str, str] = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
LOCALES: tuple[Mapping[str, str], ...] = (
    {"PYTHONIOENCODING": "utf-8:strict"},
    {"PYTHONIOENCODING": "ascii"},
    {"LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
)
FAILING = """
import bot.commands.router as router
def kaboom(*_):
    raise RuntimeError("kaboom: the disk is gone")
router._HANDLERS = {**router._HANDLERS, "brief": kaboom}
from bot.__main__ import main
main()
"""


@pytest.fixture(scope="module")
def briefings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("library"), files())


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = dict(files())
    for path in ("people/qin-gang.md", "people/wang-yi.md"):
        texts[path] = texts[path].replace("kind: person", "kind: persn\nnonsense: 1")
    return write(tmp_path_factory.mktemp("a broken library"), texts)


def briefbot(
    *arguments: str | bytes, given: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, input=given, capture_output=True, timeout=30, env={**PLAIN, **(env or {})}, check=False
    )


def _objects(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


@pytest.mark.parametrize("output", ["text", "json", "github"])
def test_a_folder_without_a_briefing_fails_the_check(tmp_path: Path, output: str) -> None:
    done = briefbot("check", str(write(tmp_path, {})), "--format", output)
    told = done.stdout.decode()
    assert done.returncode == 1
    assert "no briefing in this folder" in told
    if output == "json":
        assert [(each["file"], each["level"]) for each in json.loads(told)] == [(str(tmp_path), "error")]
    if output == "github":
        assert told.startswith(f"::error file={tmp_path},line=1,col=1::")
