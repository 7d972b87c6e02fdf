"""Digests of the page's own channels: the service that a bot runs, begun once the page is there."""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import structlog
from pydantic import SecretStr

from bot.contract import Carrier
from bot.digests.service import Digests
from bot.library.library import Library
from bot.web.page import Page

if TYPE_CHECKING:
    from bot.digests.engine import Observer

_log = structlog.get_logger("briefbot")

BEGIN_AFTER = 1.0
"""Seconds after which they begin where no browser has shown the page yet: loading the database's library takes half of
one, which the first page is not to wait for."""


class PageDigests:
    """Keeps what is ordered in the chat, and posts it there. Whoever asks at its `desk` before it can, waits."""

    def __init__(
        self, page: Page, url: SecretStr, library: Callable[[], Library], observer: "Observer | None" = None
    ) -> None:
        """Take the page, which is to be served by the time this runs, the database's address, and the library."""
        self._page = page
        self._carriers: dict[str, Carrier] = {}
        self._digests = Digests(url, library, self._carriers, observer=observer)
        self._begin = asyncio.Event()
        self.desk = self._digests.desk
        page.on_shown = self._begin.set

    async def run(self) -> None:
        """Keep digests going until closed."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._begin.wait(), BEGIN_AFTER)
        self._carriers |= self._page.carriers()
        await self._digests.run()

    async def close(self, grace: float) -> None:
        """Finish what is on its way within `grace` seconds; then `run` ends."""
        self._begin.set()
        await self._digests.close(grace)


@contextmanager
def passing_database() -> Iterator[SecretStr | None]:
    """Give the address of a database that is gone afterwards; None, which the log explains, where there is no room."""
    try:
        made = tempfile.TemporaryDirectory(prefix="briefbot-", ignore_cleanup_errors=True)
    except OSError as error:
        _log.warning("no folder for the demo's digests: they are off", action="digest.open", why=error.strerror)
        yield None
        return
    with made as folder:
        yield SecretStr(f"sqlite:///{folder}/digests.db")
