"""The README keeps its word: commands, subcommands and files it names are there."""

import re
from collections.abc import Iterator, Mapping
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


def subcommands(commands: Mapping[str, object], *before: str) -> Iterator[tuple[str, ...]]:
    """Yield every command that does something, with the words that lead to it."""
    for name, command in commands.items():
        inner = getattr(command, "commands", None)
        if inner:
            yield from subcommands(inner, *before, name)
        else:
            yield (*before, name)


def test_every_subcommand_is_told() -> None:
    told: dict[tuple[str, ...], str] = {("healthcheck",): "Dockerfile"}
    found = list(subcommands(typer.main.get_group(cli).commands))
    assert ("slack", "manifest") in found
    for words in found:
        place = (ROOT / told.get(words, "README.md")).read_text(encoding="utf-8")
        spelt = r"[\", ]+".join(words)
        assert re.search(rf"briefbot[\", ]+{spelt}\b", place), f"briefbot {' '.join(words)} is told nowhere"


def test_every_file_it_links_to_is_there() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert targets
    for target in targets:
        assert (ROOT / target).exists(), target
