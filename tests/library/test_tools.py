"""What editors' tools are given: the check's report, the schema, the text of a new briefing."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.library.load import load
from bot.library.new import new_entry_text, write_new
from bot.library.report import check_folder
from bot.library.schema import entry_schema, schema_text
from bot.library.vocabulary import Kind
from tests.library.samples import GOOD, entry_text, swapped, write

BROKEN = swapped("kind: person", "kind: persn").replace("topics: [diplomacy]", "topics: ['100%, a:b']")
FILE = "people/antony-blinken.md"
SCHEMA = Path(__file__).parents[2] / "config" / "entry.schema.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(
        tmp_path, {FILE: BROKEN, "people/a.md": entry_text("A", related=["b"]), "people/b.md": entry_text("B")}
    )


def test_the_report_names_every_problem_so_that_an_editor_can_go_there(folder: Path) -> None:
    text, clean = check_folder(folder, "text")
    first, second, last = text.splitlines()
    assert first == (
        f"{folder}/{FILE}:3:7: error: kind: 'persn' is none of the allowed values "
        "(did you mean person? one of person, organisation, issue, event, place, agreement)"
    )
    assert second.startswith(f"{folder}/{FILE}:20:10: error: topics[1]: '100%, a:b' is not of the right form (")
    assert last == "2 entries can be served: 2 errors, 0 warnings."
    assert not clean


def test_the_report_as_json(folder: Path) -> None:
    text, clean = check_folder(folder, "json")
    first, second = json.loads(text)
    assert {name: first[name] for name in ("file", "line", "column", "level")} == {
        "file": f"{folder}/{FILE}",
        "line": 3,
        "column": 7,
        "level": "error",
    }
    assert second["message"] == "topics[1]: '100%, a:b' is not of the right form"
    assert set(first) == {"file", "line", "column", "level", "message", "hint"}
    assert not clean


def test_the_report_as_annotations_escapes_what_github_would_read(folder: Path) -> None:
    text, clean = check_folder(folder, "github")
    first, second = text.splitlines()
    assert first.startswith(f"::error file={folder}/{FILE},line=3,col=7::kind: 'persn' is none of")
    assert "::topics[1]: '100%25, a:b' is not" in second
    assert not clean
    odd = folder / "a,b:c%"
    write(odd, {"people/x.md": entry_text("X", related=["gone"])})
    assert f"file={folder}/a%2Cb%3Ac%25/people/x.md,line=" in check_folder(odd, "github")[0]


@pytest.mark.parametrize(
    ("output", "said"), [("text", "1 entry can be served: 0 errors, 0 warnings.\n"), ("json", "[]\n"), ("github", "")]
)
def test_a_clean_folder_is_told_so(output: str, said: str, tmp_path: Path) -> None:
    assert check_folder(write(tmp_path, {FILE: GOOD}), output) == (said, True)


def test_warnings_leave_a_folder_clean(tmp_path: Path) -> None:
    write(tmp_path, {FILE: swapped("name: Tony Blinken", "name: Antony Blinken")})
    text, clean = check_folder(tmp_path, "github")
    assert text.startswith("::warning file=")
    assert clean


def test_one_file_is_judged_within_its_library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_folder(folder / "people/a.md", "text") == ("1 entry can be served: 0 errors, 0 warnings.\n", True)
    monkeypatch.chdir(folder / "people")
    text, clean = check_folder(Path("antony-blinken.md"), "text")
    assert text.count(f"{FILE}:") == 2
    assert text.endswith("0 entries can be served: 2 errors, 0 warnings.\n")
    assert not clean
    monkeypatch.chdir(folder)
    assert check_folder(Path(FILE), "text")[0].startswith(f"{FILE}:3:7: error")


@pytest.mark.parametrize("path", ["notes.md", "people/notes.txt", "persons/a.md"])
def test_a_file_that_is_no_briefing_is_not_called_clean(path: str, tmp_path: Path) -> None:
    write(tmp_path, {path: GOOD})
    text, clean = check_folder(tmp_path / path, "text")
    assert "not where briefings lie (a briefing is FOLDER/KIND/ID.md" in text
    assert not clean


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    text, clean = check_folder(tmp_path / "gone", "text")
    assert text.startswith(f"{tmp_path}/gone:1:1: error: no such folder (")
    assert not clean


def test_the_published_schema_is_the_format() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()
    assert entry_schema()["$id"] == "urn:briefbot:entry"


def head(text: str) -> Any:
    return yaml.load(text.split("---\n")[1], Loader=yaml.BaseLoader) | {"edition": 2, "claims": _claims(text)}  # noqa: S506 - makes text only


def _claims(text: str) -> Any:
    claims = yaml.load(text.split("---\n")[1], Loader=yaml.BaseLoader)["claims"]  # noqa: S506 - makes text only
    return [claim | ({"disputed": True} if "disputed" in claim else {}) for claim in claims]


def test_the_schema_accepts_a_good_head_and_says_what_is_wrong_with_a_bad_one() -> None:
    validator = jsonschema.Draft202012Validator(entry_schema())
    validator.check_schema(entry_schema())
    assert [error.message for error in validator.iter_errors(head(GOOD))] == []
    bad = head(GOOD) | {"kind": "persn", "surprise": 1, "as_of": 2026, "claims": [], "topics": ["No Slug"]}
    found = {(*error.absolute_path,) or error.validator for error in validator.iter_errors(bad)}
    assert found == {("kind",), "additionalProperties", ("as_of",), ("claims",), ("topics", 0)}


def test_every_field_says_what_it_is_for_in_the_schema() -> None:
    schema = entry_schema()
    assert all(model.get("description") for model in schema["$defs"].values()), "each concept has its sentence"


@pytest.mark.parametrize("kind", Kind)
def test_a_new_briefing_passes_the_check_as_a_draft(kind: Kind, tmp_path: Path) -> None:
    path = write_new(tmp_path, kind, "new-one", 'The "New" One: \\ a #1')
    assert path == tmp_path / kind.folder / "new-one.md"
    library = load(tmp_path)
    assert library.problems == ()
    entry = library.entries_by_id["new-one"]
    assert (entry.title, entry.status) == ('The "New" One: \\ a #1', "draft")


def test_the_commented_lines_of_a_new_briefing_are_of_the_right_form() -> None:
    text = new_entry_text(Kind.PERSON, "new-one", "New One", date(2026, 1, 1))
    filled = text.replace("# names:  # other", "names:  # other").replace("#   - ", "  - ").replace("#     ", "    ")
    filled = filled.replace("# sources:", "sources:").replace(
        "general_knowledge: Replace this line by sources, for example sources [agency].", "sources: [agency]"
    )
    validator = jsonschema.Draft202012Validator(entry_schema())
    assert [error.message for error in validator.iter_errors(head(filled) | {"edition": 1})] == []
    assert "names" in head(filled)


@pytest.mark.parametrize(
    ("slug", "title", "said"),
    [
        ("New One", None, "the file's name is the entry's id"),
        ("../../outside", None, "is no id, but a path"),
        ("x" * 49, None, "the file's name is the entry's id"),
        ("new-one", "x" * 121, "title has 121 characters"),
        ("new-one", "a\u202eb", "invisible character U+202E"),
    ],
)
def test_a_new_briefing_that_cannot_be_is_refused_and_nothing_is_written(
    slug: str, title: str | None, said: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        write_new(tmp_path, Kind.PERSON, slug, title)
    assert list(tmp_path.iterdir()) == []


def test_a_new_briefing_overwrites_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"events/visit.md": "kept"})
    with pytest.raises(FileExistsError, match="has that id already"):
        write_new(tmp_path, Kind.PERSON, "visit", None)
    assert not (tmp_path / "people").exists()
