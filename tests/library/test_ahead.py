"""Loading the briefings in a process of its own at the start: what comes of it, and what when something goes wrong.

Each test starts an interpreter that has one thread, as a start has: what a test runner holds must not be split.
"""

import subprocess
import sys
from pathlib import Path

from bot.library.load import load
from tests.library.samples import GOOD, entry_text, write

XI = "people/xi-jinping.md"
FILES = {"people/antony-blinken.md": GOOD, XI: entry_text("Xi Jinping"), "people/broken.md": "---\n"}
READ = "ahead.library = lambda found=ahead.library(): found"
"""What follows happens when everything has been read, and before it is taken over."""
PROGRAM = """
import sys
from pathlib import Path
from bot.library.ahead import Ahead
from bot.library.load import load
root = Path(sys.argv[1])
ahead = Ahead()
ahead.begin(root)
{meanwhile}
library = load(root, ahead.library())
print(library.revision, len(library.problems), "yaml" in sys.modules, "markdown_it" in sys.modules)
"""


def started(root: Path, meanwhile: str = "") -> list[str]:
    """Return the library's revision, its number of problems, and whether the two parsers were loaded at the start."""
    return run(PROGRAM, root, meanwhile)


def run(program: str, root: Path, meanwhile: str) -> list[str]:
    command = [sys.executable, "-c", program.format(meanwhile=meanwhile), str(root)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout.split()[-4:]


def expected(root: Path) -> list[str]:
    """Return what `load` makes of `root` without help."""
    library = load(root)
    return [library.revision, str(len(library.problems))]


def test_it_is_the_library_that_a_reading_in_one_process_makes_without_the_parsers(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    assert started(tmp_path) == [*expected(tmp_path), "False", "False"]


def test_a_file_saved_meanwhile_is_read_again(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    before = expected(tmp_path)
    after = started(tmp_path, f"{READ}; path = root / '{XI}'; path.write_text(path.read_text().replace('Xi', 'Li'))")
    assert after[:2] == expected(tmp_path)
    assert after[0] != before[0]


def test_a_file_that_came_meanwhile_is_there_and_one_that_went_is_not(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    after = started(tmp_path, f"{READ}; (root / '{XI}').rename(root / 'people/li.md')")
    assert after[:2] == expected(tmp_path)


def test_a_process_that_is_lost_costs_time_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    lost = started(tmp_path, "ahead._process.kill(); ahead._process.join()")
    assert lost[:2] == expected(tmp_path)


def test_a_process_that_is_lost_before_it_is_told_the_folder_is_no_different(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    program = PROGRAM.replace("ahead.begin", "{meanwhile}\nahead.begin", 1).replace("{meanwhile}\nlibrary", "library")
    lost = run(program, tmp_path, "ahead._process.kill(); ahead._process.join()")
    assert lost[:2] == expected(tmp_path)


def test_the_process_ends_with_a_start_that_is_given_up(tmp_path: Path) -> None:
    program = "from bot.library.ahead import Ahead\nahead = Ahead()\nahead._pipe.close()\nahead._process.join()"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=30)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert started(tmp_path / "gone") == [*expected(tmp_path / "gone"), "False", "False"]


def test_where_no_process_can_be_split_the_briefings_are_read_here(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    no_fork = "import multiprocessing; multiprocessing.get_all_start_methods = lambda: ['spawn']; ahead = Ahead()"
    assert started(tmp_path, no_fork) == [*expected(tmp_path), "True", "True"]
