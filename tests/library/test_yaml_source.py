"""YAML becomes plain data with the place of everything, alike with libyaml and with PyYAML's own parser."""

from typing import Any

import pytest
import yaml

from bot.library import yaml_source
from bot.library.place import Place
from bot.library.yaml_source import read_yaml
from tests.library.mistakes import ERRORS
from tests.library.samples import GOOD, marked, swapped


@pytest.fixture(params=[yaml.SafeLoader, yaml.CSafeLoader], ids=["python", "libyaml"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(yaml_source, "_Loader", request.param)
    return request.param


def value(text: str) -> Any:
    document = read_yaml(f"a: {text}\n")
    assert document.faults == []
    return document.data["a"]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-06-18", "2023-06-18"),
        ("2023-02-30", "2023-02-30"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("007", 7),
        ("-3", -3),
        ("9" * 5_000, "9" * 5_000),
        ("3.5", 3.5),
        ("1e999", "1e999"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("null", None),
        ("", None),
        ('"yes"', "yes"),
        ("'no'", "no"),
        ("|\n  two\n  lines", "two\nlines\n"),
        (">-\n  two\n  lines", "two lines"),
        ("nope", "nope"),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_scalars_are_those_of_yaml_1_2_and_dates_stay_text(text: str, expected: Any) -> None:
    assert value(text) == expected


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("word", ["yes", "Yes", "NO", "no", "on", "Off", "y", "N"])
def test_a_word_that_others_take_for_a_boolean_wants_quotation_marks(word: str) -> None:
    document = read_yaml(f"a: {word}\n", first_line=2)
    assert [(fault.place, fault.message) for fault in document.faults] == [
        (Place(2, 4), f"{word} without quotation marks")
    ]
    assert document.data == {"a": word}


@pytest.mark.usefixtures("loader")
def test_every_key_and_value_has_its_place() -> None:
    document = read_yaml("a: 1\n布:\n  - x\n  - {b: [y, 'z']}\nc:\n", first_line=2)
    assert document.data == {"a": 1, "布": ["x", {"b": ["y", "z"]}], "c": None}
    assert document.place(("a",)) == Place(2, 4)
    assert document.key_place(("布",)) == Place(3, 1)
    assert document.place(("布", 0)) == Place(4, 5)
    assert document.place(("布", 1, "b", 1)) == Place(5, 13)
    assert document.key_place(("布", 1, "b")) == Place(5, 6)
    assert document.place(("布", 1, "missing", 3)) == Place(5, 5), "the nearest that is written"
    assert document.place(("c",)) == Place(6, 1), "a value that is not there stands where its key does"


SYNTAX = [
    *("duplicate key", "NO", "anchor", "alias", "tag", "colon", "tick", "open quote", "quote in quote", "no colon"),
    *("open list", "indent", "second document", "key that is a list", "deep", "escaped control character"),
]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("what", SYNTAX)
def test_both_parsers_tell_a_slip_alike(what: str) -> None:
    old, new, message, hint = ERRORS[what]
    text, places = marked(swapped(old, new))
    first = read_yaml(text.split("\n---\n")[0].removeprefix("---\n"), first_line=2).faults[0]
    assert (first.place.line, first.place.column) == places[0]
    assert message in first.message
    assert hint in first.hint


@pytest.mark.usefixtures("loader")
def test_characters_that_yaml_does_not_read_are_told_at_their_place() -> None:
    assert [fault.place for fault in read_yaml("a: b\nc: d\x00\n", first_line=2).faults] == [Place(3, 5)]


@pytest.mark.usefixtures("loader")
def test_nothing_is_found_in_a_good_head() -> None:
    document = read_yaml(GOOD.split("\n---\n")[0].removeprefix("---\n"), first_line=2)
    assert document.faults == []
    assert document.data["names"][2] == {
        "name": "SecState",
        "sort": "office",
        "from": "2021-01-26",
        "until": "2025-01-20",
    }
