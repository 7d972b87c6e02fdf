"""The README keeps its word: commands, subcommands and files it names are there."""

import re
from pathlib import Path

import typer.main

from bot.cli import cli
from bot.commands.docs import markdown_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_commands_is_the_one_in_the_code() -> None:
    found = re.search(r"<!-- commands:.*?-->\n(.*?)\n<!-- /commands -->", README, re.DOTALL)
    assert found is not None
    assert found[1] == markdown_table()


def test_every_subcommand_is_told() -> None:
    group = typer.main.get_group(cli)
    told = {"healthcheck": "Dockerfile", "schema": "README.md"}
    for name in group.commands:
        place = (ROOT / told.get(name, "README.md")).read_text(encoding="utf-8")
        assert re.search(rf"briefbot[\", ]+{name}\b", place), f"briefbot {name} is told nowhere"


def test_every_file_it_links_to_is_there() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert targets
    for target in targets:
        assert (ROOT / target).exists(), target
