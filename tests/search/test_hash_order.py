"""The same question has the same answer in every process, whatever order Python's sets come in."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_SEEDS = "1", "2", "3"
_ASKED = """
import json
from pathlib import Path
from bot.library.load import load
from tests.library.samples import EVERYBODY

library = load(Path("briefings"))
for line in Path("tests/search/reworded_queries.jsonl").read_text(encoding="utf-8").splitlines()[:400]:
    query = json.loads(line)["q"]
    found = library.search(query, EVERYBODY)
    print(query, found.outcome, [(each.entry.id, each.score.hex(), each.claims) for each in found.results])
"""


def _told(seed: str) -> list[str]:
    made = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    told = subprocess.run([sys.executable, "-c", _ASKED], cwd=ROOT, env=made, capture_output=True, check=True)
    return told.stdout.decode("utf-8").splitlines()


def test_answers_scores_and_claims_do_not_hang_on_the_order_of_sets() -> None:
    first, *others = map(_told, _SEEDS)
    assert len(first) == 400
    for other in others:
        assert [one for one, two in zip(first, other, strict=True) if one != two] == []
