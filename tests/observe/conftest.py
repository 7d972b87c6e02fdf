import logging
from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture
def logging_restored() -> Iterator[None]:
    """Give the process its logging back after a test that configured it."""
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in ("", "briefbot", "bot")}
    handlers = root.handlers[:]
    yield
    logging.captureWarnings(capture=False)
    root.handlers = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    structlog.reset_defaults()
