"""`python -m bot` and `briefbot`: a quick start, then the command line.

What is set here concerns the whole process, hence stands apart from what tests and others import; it changes no answer.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot import garbage

if TYPE_CHECKING:
    from bot.library.ahead import Ahead


def main() -> None:
    """Run the command line."""
    garbage.hold()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would search every installed package for some
    ahead = _ahead()
    with _missing("rich"):
        # structlog imports rich, a hundred modules, for coloured tracebacks, which the log does not use (`observe`).
        import structlog  # noqa: F401
    from bot.cli import cli

    cli(obj=ahead)


def _ahead() -> "Ahead | None":
    """Begin to read the briefings before anything is imported: the command line alone takes a third of a start."""
    if sys.argv[1:2] != ["run"]:
        return None
    from bot.library.ahead import Ahead

    return Ahead()


@contextmanager
def _missing(module: str) -> Iterator[None]:
    """Let imports find no `module` while the context lasts; does nothing where it is imported already."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]  # None is how the import system is told "not there"
    try:
        yield
    finally:
        del sys.modules[module]


if __name__ == "__main__":
    main()
