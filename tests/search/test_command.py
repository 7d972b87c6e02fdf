"""`briefbot search` for people and scripts: the protocol, the explanation, the limit, wrong arguments."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EVALUATE = Path(__file__).with_name("evaluate.py")


def search(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "search", *arguments],
        input=given, capture_output=True, text=True, encoding="utf-8", timeout=30, check=False, cwd=ROOT,
    )  # fmt: skip


def test_one_line_of_json_a_query_flushed_at_once() -> None:
    command = [sys.executable, "-m", "bot", "search", "--json", "--stdin"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for query, outcome in (("blinkin", "match"), ("burns", "ambiguous"), ("best pizza near me", "none")):
            process.stdin.write(f"{query}\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert (answer["query"], answer["outcome"]) == (query, outcome)
            assert set(answer) == {"query", "outcome", "results", "took_ms"}
            assert all(set(each) == {"id", "title", "aliases", "score"} for each in answer["results"])
        process.stdin.close()
        assert process.wait(10) == 0


def test_the_published_evaluation_takes_the_command_as_it_is() -> None:
    queries = Path(__file__).with_name("dev_queries.jsonl")
    command = f"{sys.executable} -m bot search --json --stdin"
    done = subprocess.run(
        [sys.executable, str(EVALUATE), "--cmd", command, "--queries", str(queries), "--require", "recall_at_1=0.97"],
        capture_output=True, text=True, timeout=60, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["answerable"] > 50


def test_explain_says_in_words_why() -> None:
    named = search("blinkin", "--explain").stdout
    assert "Antony Blinken" in named
    assert "one of its names is the question" in named
    asked = search("how long did the talks of blinken and qin gang last", "--explain", "--limit", "2").stdout
    assert "covers " in asked
    assert "of what is rare in the question" in asked
    plain = search("blinkin").stdout
    assert "one of its names" not in plain


def test_the_limit_is_kept_and_a_day_is_taken_from_the_words() -> None:
    two = json.loads(search("what happened in beijing in june 2023", "--json", "--limit", "2").stdout)
    assert len(two["results"]) <= 2
    then = json.loads(search("china's foreign minister as-of 2023-06-18", "--json").stdout)
    assert (then["outcome"], then["results"][0]["id"]) == ("match", "qin-gang")
    today = json.loads(search("china's foreign minister", "--json").stdout)
    assert (today["outcome"], today["results"][0]["id"]) == ("match", "wang-yi")


@pytest.mark.parametrize("arguments", [(), ("x", "--stdin"), ("x", "--limit", "0"), ("x", "--limit", "many")])
def test_wrong_arguments_end_with_two_and_words(arguments: tuple[str, ...]) -> None:
    done = search(*arguments)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_explain_says_why_nothing_was_stood_by_in_the_words_that_were_typed() -> None:
    lines = search("scott morrison ministries", "--explain", "--limit", "1").stdout.splitlines()
    assert any("says nothing on: ministries" in line for line in lines)
    assert any("is not the answer: " in line for line in lines)
    far = search("shangri la dialogue catering scandal", "--explain").stdout
    assert "70% of the question has to be covered" in far


def test_explain_says_which_claim_is_told_first() -> None:
    assert "tells first: postponed, " in search("why was the february trip postponed", "--explain").stdout


def test_nearer_ones_have_no_lower_score_and_what_the_limit_leaves_out_is_counted() -> None:
    found = json.loads(search("how many countries voted against russia", "--json").stdout)
    scores = [each["score"] for each in found["results"]]
    assert found["outcome"] == "none"
    assert scores == sorted(scores, reverse=True)
    assert search("wang", "--limit", "1").stdout.splitlines()[-1].strip() == "and 2 more"
