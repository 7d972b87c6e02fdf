"""The Makefile calls commands that exist, with options that they know."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import cli

ROOT = Path(__file__).parents[2]
CALLS = re.findall(
    r"(?m)(?:\$\(BIN\)/briefbot|\"\$bin/briefbot\") (.+?)(?: \$\(ARGS\))?$",
    (ROOT / "Makefile").read_text("utf-8") + (ROOT / ".ci/check").read_text("utf-8"),
)


def test_there_are_calls_to_look_at() -> None:
    assert [call.split()[0] for call in CALLS] == ["preview", "check"]


def understood(*arguments: str) -> bool:
    # Help is shown only when the rest was understood, and nothing is started for it.
    return CliRunner().invoke(cli, [*arguments, "--help"]).exit_code == 0


@pytest.mark.parametrize("call", CALLS)
def test_every_call_is_understood(call: str) -> None:
    assert understood(*call.split())
    assert not understood(*call.split(), "--no-such-option")


def test_every_target_is_told_in_the_readme_or_in_help() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.search(r"(?m)^\.PHONY: (.+)$", makefile)
    assert targets is not None
    for target in targets[1].split():
        assert re.search(rf"(?m)^{target}:.*## \w", makefile), target
