"""A start loads what answers need and no more, in an interpreter of its own."""

import subprocess
import sys

PROGRAM = """
import sys
from bot.__main__ import main
sys.argv = ["briefbot", "check", "briefings"]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
import bot.app
print("loaded", *sys.modules)
"""


def test_the_library_and_the_bot_load_neither_rich_nor_what_only_slips_need() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=30)
    loaded = {name.partition(".")[0] for name in done.stdout.rpartition("loaded ")[2].split()}
    assert {"markdown_it", "structlog"} <= loaded
    assert not loaded & {"rich", "pygments", "rapidfuzz", "discord", "slack_bolt"}


def test_rich_can_be_imported_after_the_start() -> None:
    program = "from bot.__main__ import _missing\nwith _missing('rich'):\n    import structlog\nimport rich.console"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=30)
