"""What is wrong between files: told in the file where it can be mended, and never a reason to unserve the others."""

from pathlib import Path
from typing import Any

import pytest

from bot.library.load import load
from bot.library.problem import Level
from tests.library.samples import entry_text, library_of, source_fields, write


def told(root: Path, **files: str) -> list[tuple[str, str, str]]:
    """Return file, message and hint of each problem in a library of these people, first line first."""
    library = library_of(root, {f"people/{name.replace('_', '-')}.md": text for name, text in files.items()})
    return [(each.file.removeprefix("people/"), each.message, each.hint) for each in library.problems]


@pytest.mark.parametrize(
    "fields",
    [
        {"related": ["wang-ji"]},
        {"not_to_be_confused_with": ["wang-ji"]},
        {"parent": "wang-ji"},
        {"roles": [{"office": "Minister", "holder": "wang-ji", "general_knowledge": "taught at school"}]},
        {"roles": [{"office": "Minister", "organisation": "wang-ji", "general_knowledge": "taught at school"}]},
    ],
)
def test_an_id_that_does_not_exist(fields: dict[str, Any], tmp_path: Path) -> None:
    found = told(tmp_path, qin_gang=entry_text("Qin Gang", **fields), wang_yi=entry_text("Wang Yi"))
    assert found == [("qin-gang.md", "no entry is called wang-ji", "did you mean wang-yi?")]


def test_an_id_that_does_not_exist_is_told_where_it_stands(tmp_path: Path) -> None:
    text = entry_text("Qin Gang").replace("sources:\n- id", "related:\n- a-b\n-   c-d\nsources:\n- id")
    library = library_of(tmp_path, {"people/qin-gang.md": text})
    lines = text.split("\n")
    assert [(each.line, each.column) for each in library.problems] == [
        (lines.index("- a-b") + 1, 3),
        (lines.index("-   c-d") + 1, 5),
    ]


@pytest.mark.parametrize("field", ["related", "not_to_be_confused_with", "parent"])
def test_an_entry_that_names_itself(field: str, tmp_path: Path) -> None:
    value: Any = "qin-gang" if field == "parent" else ["qin-gang"]
    found = told(tmp_path, qin_gang=entry_text("Qin Gang", **{field: value}))
    assert [message for _, message, _ in found] == [
        "the entry is its own parent" if field == "parent" else "the entry names itself"
    ]


def test_a_pair_told_on_one_side_only_is_a_warning(tmp_path: Path) -> None:
    text = entry_text("Qin Gang", not_to_be_confused_with=["wang-yi"])
    library = library_of(tmp_path, {"people/qin-gang.md": text, "people/wang-yi.md": entry_text("Wang Yi")})
    assert [(each.level, each.message) for each in library.problems] == [
        (Level.WARNING, "wang-yi does not say the same of this entry")
    ]


def alias(name: str, **fields: Any) -> dict[str, Any]:
    return {"name": name, "sort": "short"} | fields


@pytest.mark.parametrize(
    ("one", "two"),
    [("Burns", "burns"), ("Añó", "ano"), ("S.C.S.", "SCS"), ("安东尼·布林肯", "安东尼 布林肯"), ("ＡＢ", "ab")],
)
def test_a_name_claimed_twice_is_told_in_both_files(one: str, two: str, tmp_path: Path) -> None:
    found = told(
        tmp_path,
        nicholas_burns=entry_text("Nicholas Burns", names=[alias(one)]),
        william_burns=entry_text("William Burns", names=[alias(two)]),
    )
    assert found == [
        ("nicholas-burns.md", f"{one!r} is also a name of william-burns", "both say shared: true there"),
        ("william-burns.md", f"{two!r} is also a name of nicholas-burns", "both say shared: true there"),
    ]


def test_a_shared_name_is_no_mistake_where_both_say_so(tmp_path: Path) -> None:
    one, two = (
        entry_text("Nicholas Burns", names=[alias("Burns", shared=True)]),
        entry_text("William Burns", names=[alias("Burns", shared=True)]),
    )
    assert told(tmp_path, nicholas_burns=one, william_burns=two) == []
    two = entry_text("William Burns", names=[alias("Burns")])
    assert [file for file, _, _ in told(tmp_path, nicholas_burns=one, william_burns=two)] == ["william-burns.md"]


def test_a_name_that_is_anothers_title_has_to_be_shared_by_the_one_that_can_say_so(tmp_path: Path) -> None:
    found = told(tmp_path, taiwan=entry_text("Taiwan"), strait=entry_text("Strait", names=[alias("taiwan")]))
    assert found == [("strait.md", "'taiwan' is also a name of taiwan", "say shared: true, or leave it out")]


def test_two_entries_of_one_title(tmp_path: Path) -> None:
    found = told(tmp_path, one=entry_text("Taiwan"), two=entry_text("TAIWAN"))
    assert [message for _, message, _ in found] == [
        "'Taiwan' is also the title of two",
        "'TAIWAN' is also the title of one",
    ]


def claim(claim_id: str, **fields: Any) -> dict[str, Any]:
    return {"id": claim_id, "text": "Something happened.", "sources": ["wire"]} | fields


def test_claims_of_other_entries_have_to_exist(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        one=entry_text("One", claims=[claim("a", same_as="three#a", superseded_by="two#bb")]),
        two=entry_text("Two", claims=[claim("bbb")]),
    )
    assert found == [
        ("one.md", "no claim is called three#a", "write claim-id, or entry-id#claim-id"),
        ("one.md", "no claim is called two#bb", "did you mean two#bbb?"),
    ]


@pytest.mark.parametrize("sort", ["supersedes", "same_as"])
def test_a_circle_through_several_entries_is_told_in_each(sort: str, tmp_path: Path) -> None:
    def text(title: str, target: str) -> str:
        return entry_text(title, claims=[claim("a", **{sort: [target] if sort == "supersedes" else target})])

    found = told(tmp_path, one=text("One", "two#a"), two=text("Two", "three#a"), three=text("Three", "one#a"))
    assert [(file, message) for file, message, _ in found] == [
        (f"{name}.md", f"{sort} runs in a circle") for name in ("one", "three", "two")
    ]


def test_superseding_told_from_both_ends_is_no_circle(tmp_path: Path) -> None:
    one = entry_text("One", claims=[claim("a", superseded_by="two#a")])
    assert told(tmp_path, one=one, two=entry_text("Two", claims=[claim("a", supersedes=["one#a"])])) == []


def test_parents_in_a_circle(tmp_path: Path) -> None:
    found = told(tmp_path, one=entry_text("One", parent="two"), two=entry_text("Two", parent="one"))
    assert [message for _, message, _ in found] == ["its parents run in a circle"] * 2


def test_a_long_chain_is_no_circle_and_costs_nothing(tmp_path: Path) -> None:
    claims = [claim("c0"), *(claim(f"c{n}", supersedes=[f"c{n - 1}"]) for n in range(1, 2_000))]
    assert told(tmp_path, one=entry_text("One", claims=claims)) == []


def test_pointing_at_a_broken_file_is_no_mistake(tmp_path: Path) -> None:
    one = entry_text("One", related=["two"], claims=[claim("a", same_as="two#gone")])
    library = library_of(tmp_path, {"people/one.md": one, "people/two.md": "---\ntitle: [\n---\n"})
    assert {problem.file for problem in library.problems} == {"people/two.md"}
    assert list(library.entries_by_id) == ["one"]


def test_what_is_wrong_between_files_unserves_neither(tmp_path: Path) -> None:
    good = entry_text("Nicholas Burns", names=[alias("Burns")], related=["william-burns"])
    before = library_of(tmp_path, {"people/nicholas-burns.md": good, "people/william-burns.md": entry_text("W. Burns")})
    assert before.problems == ()
    write(tmp_path, {"people/william-burns.md": entry_text("William Burns", names=[alias("Burns")])})
    after = load(tmp_path, before)
    assert {problem.file for problem in after.problems} == {"people/nicholas-burns.md", "people/william-burns.md"}
    assert after.entries_by_id["nicholas-burns"] is before.entries_by_id["nicholas-burns"]
    assert after.entries_by_id["william-burns"].title == "W. Burns", "the last version without a mistake"
    assert dict(after.stale) == {"william-burns": "people/william-burns.md"}
    (tmp_path / "people/william-burns.md").unlink()
    alone = load(tmp_path, after)
    assert [problem.message for problem in alone.problems] == ["no entry is called william-burns"]
    assert list(alone.entries_by_id) == list(load(tmp_path).entries_by_id) == ["nicholas-burns"]
    assert not alone.stale


def test_a_source_list_with_an_unreadable_id_raises_no_doubt_about_its_uses(tmp_path: Path) -> None:
    text = entry_text("One", sources=[source_fields("wire") | {"id": "Wire"}])
    assert [message for _, message, _ in told(tmp_path, one=text)] == ["sources[1].id: 'Wire' is not of the right form"]
