"""The command line as a person and as a script use it: the real command, in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.samples import files, write

PLAIN: Mapping[str, str] = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


@pytest.fixture(scope="module")
def briefings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("library"), files())


def briefbot(*arguments: str, given: str = "", env: Mapping[str, str] = PLAIN) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=30,
        env=dict(env),
        check=False,
    )


def test_one_question_one_answer(briefings: Path) -> None:
    done = briefbot("brief", "布林肯", "--briefings", str(briefings))
    assert done.returncode == 0
    assert done.stdout.startswith("Antony Blinken\n")
    assert "[1] https://example.org/state" in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_another_day(briefings: Path) -> None:
    done = briefbot("brief", "blinken", "--as-of", "18 June 2023", "--briefings", str(briefings))
    assert "Antony Blinken is the US Secretary of State." in done.stdout


def test_a_query_a_line_gives_an_object_a_line(briefings: Path) -> None:
    lines = [
        "blinken",
        "burns",
        "",
        "quantum zebra",
        "x" * 3_000,
        "@everyone <!channel>",
        "秦刚",
        "blinken as-of 2023-06-18",
    ]
    done = briefbot("brief", "--stdin", "--briefings", str(briefings), given="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["query"] for answer in answers] == lines
    outcomes = ["match", "ambiguous", "none", "none", "none", "none", "match", "match"]
    assert [answer["outcome"] for answer in answers] == outcomes
    assert answers[0]["entry"] == "antony-blinken"
    assert answers[1]["choices"] == ["nicholas-burns", "william-burns"]
    assert "What came later is left out" in answers[7]["text"]
    assert all(answer["text"] for answer in answers)


def test_answers_are_flushed_one_by_one(briefings: Path) -> None:
    command = [sys.executable, "-m", "bot", "brief", "--stdin", "--briefings", str(briefings)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=dict(PLAIN)
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for query in ("blinken", "burns"):
            process.stdin.write(f"{query}\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["query"] == query
        process.stdin.close()
        assert process.wait(10) == 0


def test_chat_in_a_pipe_is_plain_text_with_buttons_by_number(briefings: Path) -> None:
    done = briefbot(
        "chat", "--briefings", str(briefings), given="blinken\n2\n/timeline 2023\nburns\n1\n\nquit\nnever read\n"
    )
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    for words in ("Antony Blinken", "Sources: Antony Blinken", "Timeline: all entries", "Which one?", "never"):
        assert (words in done.stdout) == (words != "never")


@pytest.mark.parametrize(
    "arguments", [("brief",), ("brief", "x", "--stdin"), ("brief", "x", "--format", "xml"), ("nope",)]
)
def test_wrong_arguments_end_with_two_and_words(arguments: tuple[str, ...]) -> None:
    done = briefbot(*arguments)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_stops_the_start_and_is_named(briefings: Path) -> None:
    done = briefbot("brief", "blinken", "--briefings", str(briefings), env={**PLAIN, "BRIEFBOT_SLAK__MODE": "http"})
    assert done.returncode == 2
    assert "BRIEFBOT_SLAK__MODE" in done.stderr
    assert "BRIEFBOT_SLACK__MODE" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_names_each_mistake_and_its_place(tmp_path: Path) -> None:
    texts = dict(files())
    texts["people/qin-gang.md"] = texts["people/qin-gang.md"].replace("kind: person", "kind: persn")
    folder = write(tmp_path, texts)
    text = briefbot("check", str(folder))
    assert text.returncode == 1
    line = texts["people/qin-gang.md"].splitlines().index("kind: persn") + 1
    assert f"{folder.as_posix()}/people/qin-gang.md:{line}:7: error: " in text.stdout
    assert "did you mean person" in text.stdout
    machine = json.loads(briefbot("check", str(folder), "--format", "json").stdout)
    assert [(each["line"], each["column"], each["level"]) for each in machine] == [(line, 7, "error")]
    hub = briefbot("check", str(folder), "--format", "github").stdout
    assert hub.startswith(f"::error file={folder.as_posix()}/people/qin-gang.md,line={line},col=7::")


def test_check_of_one_good_file_says_so(briefings: Path) -> None:
    done = briefbot("check", str(briefings / "people" / "antony-blinken.md"))
    assert done.returncode == 0
    assert "0 errors" in done.stdout


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    done = briefbot("check", str(tmp_path / "none"))
    assert done.returncode == 1
    assert "no such folder" in done.stdout
    answer = briefbot("brief", "blinken", "--briefings", str(tmp_path / "none"))
    assert answer.returncode == 2
    assert "no entry could be loaded" in answer.stderr


def test_a_new_briefing_passes_the_check_and_is_never_overwritten(tmp_path: Path) -> None:
    folder = write(tmp_path, files())
    made = briefbot("new", "person", "marco-rubio", "--title", 'Marco "M" Rubio: a test', "--briefings", str(folder))
    assert made.returncode == 0
    assert Path(made.stdout.strip()).is_file()
    assert briefbot("check", str(folder)).returncode == 0
    again = briefbot("new", "person", "marco-rubio", "--briefings", str(folder))
    assert again.returncode == 2
    assert "already" in again.stderr
    assert briefbot("new", "person", "../evil", "--briefings", str(folder)).returncode == 2


def test_schema_is_the_published_one() -> None:
    published = Path(__file__).parent.parent / "config" / "entry.schema.json"
    assert briefbot("schema").stdout == published.read_text(encoding="utf-8")


def test_run_without_a_token_says_what_to_do(briefings: Path) -> None:
    done = briefbot("run", "--briefings", str(briefings))
    assert done.returncode == 2
    assert "no platform has a token" in done.stderr
    assert "briefbot preview" in done.stderr


def test_manifest_and_invite_are_printed() -> None:
    manifest = json.loads(briefbot("slack", "manifest").stdout)
    assert {each["command"] for each in manifest["features"]["slash_commands"]} == {
        "/brief",
        "/timeline",
        "/briefings",
        "/digest",
    }
    assert briefbot("slack", "manifest", "--mode", "http").returncode == 2
    assert "client_id=123456789012345678" in briefbot("discord", "invite", "123456789012345678").stdout
    assert briefbot("discord", "invite", "nonsense").returncode == 2
    token = {**PLAIN, "BRIEFBOT_DISCORD__TOKEN": "MTAwMDAwMDAwMDAwMDAwMDAx.made.up"}
    invited = briefbot("discord", "invite", env=token)
    assert "client_id=100000000000000001" in invited.stdout
    assert "made" not in invited.stdout + invited.stderr
    assert "BRIEFBOT_DISCORD__TOKEN" in briefbot("discord", "invite").stderr


def test_the_version() -> None:
    assert briefbot("--version").stdout.startswith("briefbot ")
