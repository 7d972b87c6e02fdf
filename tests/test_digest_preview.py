"""`briefbot digest preview`: an edition from the files alone, with its reasons, as a person and as a script read it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.samples import entry_file, write
from tests.test_cli import briefbot


@pytest.fixture(scope="module")
def briefings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    claims = [
        {"id": "old", "text": "Ada began.", "date": "2020-11-26", "sources": ["wire"]},
        {"id": "new", "text": "Ada went on.", "date": "2026-06-18", "sources": ["wire"]},
    ]
    return write(
        tmp_path_factory.mktemp("library"),
        {
            "people/ada-one.md": entry_file("Ada One", claims=claims, topics=["taiwan"], review_by="2026-06-01"),
            "people/ben-two.md": entry_file("Ben Two"),
            "events/a-fair.md": entry_file("A fair", kind="event", topics=["trade"]),
            "people/secret-draft.md": entry_file("Secret Draft", status="draft"),
            "people/inner-circle.md": entry_file("Inner Circle", audience="internal"),
        },
    )


def preview(briefings: Path, *options: str) -> dict[str, Any]:
    done = briefbot("digest", "preview", "--briefings", str(briefings), "--format", "json", *options)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    return dict(json.loads(line))


def test_the_edition_and_the_reasons_in_words(briefings: Path) -> None:
    done = briefbot("digest", "preview", "--briefings", str(briefings), "--seen", "2026-06-17", "--day", "2026-06-20")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith("Briefing digest, Saturday 20 June 2026\n")
    assert "• New. 18 June 2026 · Ada went on. [Publisher wire]" in done.stdout
    assert "[Publisher wire] https://example.org/wire" in done.stdout
    assert "It would be posted." in done.stdout
    assert "  Changed: Ada One · changed since Wed 17 Jun: 1 change" in done.stdout
    assert "unchanged since Wed 17 Jun: this channel has seen it: " in done.stdout
    assert "Secret" not in done.stdout
    assert "Inner" not in done.stdout


def test_the_same_for_scripts(briefings: Path) -> None:
    found = preview(briefings, "--seen", "2026-06-17", "--day", "2026-06-20")
    assert (found["news"], found["posts"]) == (True, True)
    assert found["items"][0] | {"words": ""} == {
        "section": "changed",
        "entry_id": "ada-one",
        "title": "Ada One",
        "words": "",
        "reason": "changed since Wed 17 Jun: 1 change",
        "below": False,
    }
    assert found["buttons"][0] == "bb1|open|ada-one|"
    told = {item["entry_id"] for item in found["items"]} | {each["entry_id"] for each in found["left_out"]}
    assert told == {"ada-one", "ben-two", "a-fair"}


def test_topics_kinds_and_audience(briefings: Path) -> None:
    kinds = preview(briefings, "--seen", "2020-01-01", "--kinds", "events, person", "--topics", "trade")
    assert [item["entry_id"] for item in kinds["items"]] == ["a-fair"]
    assert {each["reason"] for each in kinds["left_out"]} == {"topic not asked for: only trade"}
    inner = preview(briefings, "--seen", "2020-01-01", "--audience", "internal")
    assert "inner-circle" in {item["entry_id"] for item in inner["items"]}


def test_a_channel_that_begins_and_one_without_news(briefings: Path) -> None:
    assert "This is the first digest in this channel." in preview(briefings, "--seen", "nothing")["text"]
    quiet = ("--seen", "2026-06-19", "--day", "2026-06-20")
    assert preview(briefings, *quiet)["posts"] is False
    noted = preview(briefings, *quiet, "--on-empty", "note")
    assert (noted["news"], noted["posts"]) == (False, True)
    assert noted["text"] == "Nothing new in the briefings since Fri 19 Jun."
    assert preview(briefings, *quiet, "--duties")["items"][-1]["section"] == "review"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--topics", "tawian"), "There is no topic called tawian. There are: taiwan, trade."),
        (("--kinds", "ships"), "There is no kind called ships."),
        (("--day", "2026-02-30"), "There is no such day as 2026-02-30."),
        (("--day", "2026-06"), "2026-06 is no day. Write it as 2026-11-26."),
        (("--seen", "9999-12-31"), "9999-12-31 is no day."),
        (("--seen", "soon"), "soon is no day."),
    ],
)
def test_what_cannot_be_understood_is_said(briefings: Path, options: tuple[str, ...], words: str) -> None:
    done = briefbot("digest", "preview", "--briefings", str(briefings), *options)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr


def test_a_later_day_ends_no_embargo(tmp_path: Path) -> None:
    embargoed = entry_file("Under Embargo", publish_at="2190-01-01T00:00+00:00")
    folder = write(tmp_path, {"people/a.md": entry_file("Ada"), "people/under-embargo.md": embargoed})
    found = preview(folder, "--seen", "2020-01-01", "--day", "2190-06-01")
    assert {item["entry_id"] for item in found["items"]} == {"a"}
