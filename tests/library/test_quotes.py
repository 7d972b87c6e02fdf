"""A garbled quotation stands between quotation marks nowhere, whichever marks and wherever the words are."""

from pathlib import Path
from typing import Any

import pytest

from bot.library.problem import Problem
from tests.library.samples import entry_text, library_of

WORDS = "the sky is falling down now"
GARBLED = {"id": "sky", "text": WORDS, "form": "garbled", "speaker": "Ada", "sources": ["wire"]}
CLAIM = {"id": "one", "text": "A claim.", "date": "2023-06-18", "sources": ["wire"]}


def problems(root: Path, body: str = "", **fields: Any) -> list[Problem]:
    return list(library_of(root, {"people/ada.md": entry_text("Ada", body, **fields)}).problems)


def garbled_at(found: list[Problem]) -> list[int]:
    return [each.line for each in found if "garbled quotation in quotation marks" in each.message]


@pytest.mark.parametrize("quoted", [f'"{WORDS}"', f"“{WORDS}”", f"‘{WORDS}’", f"'{WORDS}'", f"«{WORDS}»"])
@pytest.mark.parametrize(
    "fields",
    [
        {"bottom_line": "He said Q."},
        {"claims": [CLAIM | {"text": "He said Q."}]},
        {"claims": [CLAIM | {"forecast": {"outcome": "happened", "text": "He said Q."}}]},
        {"corrections": [{"date": "2024-01-01", "was": "Nothing.", "now": "He said Q."}]},
        {"positions": [{"party": "China", "holds": "It said Q.", "sources": ["wire"]}]},
    ],
    ids=["bottom line", "claim", "forecast", "correction", "position"],
)
def test_in_any_field_and_any_marks(tmp_path: Path, fields: dict[str, Any], quoted: str) -> None:
    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: filled(each) for key, each in value.items()}
        if isinstance(value, list):
            return [filled(each) for each in value]
        return value.replace("Q", quoted) if isinstance(value, str) else value

    assert len(garbled_at(problems(tmp_path, quotations=[GARBLED], **filled(fields)))) == 1


def test_in_the_body_it_is_told_at_its_line(tmp_path: Path) -> None:
    body = f"## Background\n\nFirst.\n\nHe said “{WORDS}”.\n\n> {WORDS}\n\n## On “{WORDS}”\n\nEnd.\n"
    text = entry_text("Ada", body, quotations=[GARBLED]).split("\n")
    wanted = [number for number, line in enumerate(text, 1) if WORDS in line and "text:" not in line]
    assert garbled_at(problems(tmp_path, body, quotations=[GARBLED])) == wanted


def test_the_original_of_a_garbled_one_has_no_marks_either(tmp_path: Path) -> None:
    found = problems(tmp_path, quotations=[GARBLED | {"original": f"“{WORDS}”"}])
    assert [each.message for each in found] == ["a garbled quotation in quotation marks"]


@pytest.mark.parametrize("text", ["China's view and Xi's words.", "‘Core’ is the word.", "It isn’t Ada’s, is it?"])
def test_apostrophes_and_terms_are_no_quotations(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, f"## Background\n\n{text}\n", bottom_line=text, quotations=[GARBLED]) == []


@pytest.mark.parametrize(
    ("words", "mixed"),
    [
        ("It is likely, we say with high confidence, to fall.", True),
        ("It is likely, and our confidence is high.", True),
        ("It is likely that high confidence-building measures follow.", False),
        ("It is likely. Our confidence is high.", False),
    ],
)
@pytest.mark.parametrize("place", ["body", "claim", "forecast"])
def test_likelihood_and_confidence_share_no_sentence_anywhere(
    tmp_path: Path, place: str, words: str, *, mixed: bool
) -> None:
    places: dict[str, dict[str, Any]] = {
        "body": {"body": f"## Background\n\n{words}\n"},
        "claim": {"claims": [CLAIM | {"text": words}]},
        "forecast": {"claims": [CLAIM | {"forecast": {"outcome": "happened", "text": words}}]},
    }
    found = problems(tmp_path, **places[place])
    assert [each.message for each in found] == ["likelihood and confidence in one sentence"] * mixed
