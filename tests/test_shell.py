"""The commands in a shell: any bytes in, UTF-8 out, an exit status to go by, and an end without a traceback."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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


@pytest.mark.parametrize("env", LOCALES)
def test_one_bad_byte_spoils_one_character_and_no_answer(briefings: Path, env: Mapping[str, str]) -> None:
    given = "\ufeffblinken\n秦刚\n".encode() + b"bl\xffin\xc3ken\nburns\n"
    done = briefbot("brief", "--stdin", "--briefings", str(briefings), given=given, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [each["query"] for each in _objects(done)] == ["blinken", "秦刚", "bl\ufffdin\ufffdken", "burns"]
    assert [each["outcome"] for each in _objects(done)][::3] == ["match", "ambiguous"]
    chat = briefbot("chat", "--briefings", str(briefings), given=given, env=env)
    assert (chat.returncode, chat.stderr) == (0, b"")
    told = chat.stdout.decode("utf-8")
    assert told.startswith("Antony Blinken\n")
    assert "Which one?" in told


@pytest.mark.parametrize("env", LOCALES)
def test_arguments_are_taken_for_utf8(briefings: Path, env: Mapping[str, str]) -> None:
    asked = ("--briefings", str(briefings), "--format", "json")
    found = _objects(briefbot("brief", "布林肯".encode(), *asked, env=env))
    assert [(each["query"], each["entry"]) for each in found] == [("布林肯", "antony-blinken")]
    spoilt = briefbot("brief", b"blinken\xff", *asked, env=env)
    assert (spoilt.returncode, spoilt.stderr) == (0, b"")
    assert _objects(spoilt)[0]["query"] == "blinken\ufffd"
    assert "·" in briefbot("brief", "blinken", *asked[:2], env=env).stdout.decode("utf-8")


def test_only_a_line_feed_ends_a_line(briefings: Path) -> None:
    queries = ["qin\rgang", "a\u2028b\u2029c\u0085d", "nul\x00 bell\a esc\x1b[31m c1\x9b del\x7f", "x\x0b\x0c\x1c", ""]
    given = "\n".join(queries).encode() + b"\nburns\r\nwang yi"
    done = briefbot("brief", "--stdin", "--briefings", str(briefings), given=given)
    assert done.returncode == 0
    assert [each["query"] for each in _objects(done)] == [*queries, "burns", "wang yi"]
    assert _objects(done)[0]["entry"] == "qin-gang"
    assert not set(done.stdout.decode("utf-8")) & set("\r\x7f\x85\x9b\u2028\u2029")


@pytest.mark.parametrize("library", ["missing", "empty", "all broken"])
def test_an_empty_library_is_not_an_answer(tmp_path: Path, library: str) -> None:
    folder = tmp_path / "it's here"
    if library != "missing":
        write(folder, {"people/qin-gang.md": "---\nkind: x\n---\n"} if library == "all broken" else {})
    for command in (("brief", "blinken"), ("brief", "--stdin"), ("chat",)):
        done = briefbot(*command, "--briefings", str(folder), given=b"blinken\n")
        assert (done.returncode, done.stdout) == (2, b"")
        told = done.stderr.decode()
        assert told.count("\n") == 1
        assert "no entry could be loaded" in told
        assert "briefbot check '" in told


@pytest.mark.parametrize("command", [("brief", "blinken", "--format", "json"), ("brief", "--stdin"), ("chat",)])
def test_broken_files_are_counted_once_and_beside_the_answers(broken: Path, command: tuple[str, ...]) -> None:
    done = briefbot(*command, "--briefings", str(broken), given=b"blinken\nburns\n")
    assert done.returncode == 0
    assert done.stderr.decode().count("\n") == 1
    assert (
        f"2 files have errors and may be missing from the answers; `briefbot check '{broken}'`" in done.stderr.decode()
    )
    assert b"errors" not in done.stdout


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


@pytest.mark.parametrize(
    ("arguments", "given", "status"),
    [
        (("quantum zebra",), "", 0),
        (("burns",), "", 0),
        (("help",), "", 0),
        (("blinken", "--as-of", "2023-02-30"), "", 2),
        (("blinken as-of 2199",), "", 2),
        (("blinken", "--as-of", "2023-02-30", "--format", "json"), "", 2),
        (("--stdin", "--as-of", "2023-02-30"), "blinken\nburns\n", 2),
        (("--stdin",), "blinken as-of 2023-02-30\nburns\n", 0),
        (("--stdin",), "", 0),
    ],
)
def test_the_exit_status(briefings: Path, arguments: tuple[str, ...], given: str, status: int) -> None:
    done = briefbot("brief", *arguments, "--briefings", str(briefings), given=given.encode())
    assert done.returncode == status
    assert len(_objects(done) if "--stdin" in arguments else [done.stdout]) == given.count("\n") or not given


@pytest.mark.parametrize("arguments", [("x", "--format", "json"), ("--stdin",)])
def test_a_failure_of_ours_is_one_and_its_traceback_goes_to_the_log(
    briefings: Path, arguments: tuple[str, ...]
) -> None:
    command = [sys.executable, "-c", FAILING, "brief", *arguments, "--briefings", str(briefings)]
    done = subprocess.run(command, input=b"x\n", capture_output=True, timeout=30, env=dict(PLAIN), check=False)
    assert done.returncode == 1
    (answer,) = _objects(done)
    assert answer["reference"]
    assert str(answer["reference"]).encode() in done.stderr
    assert b"kaboom" in done.stderr


@contextmanager
def _answering(briefings: Path, command: tuple[str, ...]) -> Iterator[subprocess.Popen[bytes]]:
    """Run `command` until it has answered its first question, and leave it waiting for the next."""
    arguments = [sys.executable, "-m", "bot", *command, "--briefings", str(briefings)]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe, env=dict(PLAIN)) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"blinken\n")
        process.stdin.flush()
        assert b"Antony Blinken" in process.stdout.readline()
        yield process


@pytest.mark.parametrize("command", [("brief", "--stdin"), ("chat",)])
def test_a_reader_who_leaves_ends_it_without_a_word(briefings: Path, command: tuple[str, ...]) -> None:
    with _answering(briefings, command) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"blinken\n" * 10)
        process.stdin.close()
        assert process.wait(10) == 141
        assert process.stderr.read() == b""


@pytest.mark.parametrize("command", [("brief", "--stdin"), ("chat",)])
def test_ctrl_c_ends_it_at_once_without_a_word(briefings: Path, command: tuple[str, ...]) -> None:
    with _answering(briefings, command) as process:
        assert process.stderr is not None
        process.send_signal(signal.SIGINT)
        assert process.wait(5) == 130
        assert process.stderr.read() == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")  # noqa: PTH110
@pytest.mark.parametrize("command", ["brief", "chat", "check"])
def test_a_full_disk_is_said_so(briefings: Path, command: str) -> None:
    told = {"brief": ["blinken", "--briefings", str(briefings)], "chat": ["--briefings", str(briefings)]}
    arguments = [sys.executable, "-m", "bot", command, *told.get(command, [str(briefings)])]
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            arguments, input=b"xi\n", stdout=full, stderr=subprocess.PIPE, timeout=30, env=dict(PLAIN), check=False
        )
    assert done.returncode == 1
    assert done.stderr == b"briefbot: the answer could not be written: No space left on device.\n"
