"""The shelf: the library that is current, reloaded when its folder changes, swapped in whole.

A save is acted on when two looks agree, because editors truncate before they write. A broken file keeps its last good
version (see `load`) and is told in the log at file:line:column. If the watcher itself dies, `health` says so.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR
from types import TracebackType
from typing import Literal, Protocol, Self

import structlog

from bot.errors import report
from bot.library.library import Library
from bot.library.load import load
from bot.library.problem import Level
from bot.library.steady import giving_way

_log = structlog.get_logger("briefbot")

DEBOUNCE_MS = 60
"""Milliseconds of quiet that end a burst of changes (a checkout of many files)."""
SETTLE = 0.04
"""Seconds between the two looks that must agree before a change is acted on."""
SETTLE_LOOKS = 25
SWEEP = 1.0
"""Seconds between looks of our own: a folder that was not there when the watch began sends no notice."""
_NETWORK_FILESYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "vboxsf", "virtiofs"})

Poll = Literal["auto", "always", "never"]
Look = tuple[tuple[str, int, int, int, int, int], ...]


class Observer(Protocol):
    """What counts reloads; `observe.Metrics` is one."""

    def library(self, entries: int, problems: int) -> None:
        """Take the size of the current library and the number of its problems."""
        ...

    def reload(self, result: str) -> None:
        """Count one reload: ok, problems or failed."""
        ...


class Shelf:
    """Holds the current library and watches its folder while the context lasts."""

    def __init__(
        self,
        root: Path,
        *,
        poll: Poll = "auto",
        poll_interval: float = 0.3,
        observer: Observer | None = None,
        ahead: Library | None = None,
    ) -> None:
        """Load `root` at once, sparing what was loaded `ahead`; the watch begins with ``async with``."""
        self.root = root
        self._seen = look(root)  # before loading: what changes meanwhile is then seen as a change
        self.library = load(root, ahead)
        self._poll = poll == "always" or (poll == "auto" and _on_network(root))
        self._poll_interval = poll_interval
        self._observer = observer
        self._listeners: list[Callable[[Library], None]] = []
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._death: str | None = None
        self._failure: str | None = None
        self._tell(self.library, Library(()))

    def health(self) -> tuple[bool, str]:
        """Return whether changes will be seen, and if not why."""
        if self._death is not None:
            return False, self._death
        if self._task is None or self._task.done():
            return False, "not watching"
        if self._failure is not None:
            return False, self._failure
        return True, f"watching {self.root.name}" + (" by polling" if self._poll else "")

    def subscribe(self, listener: Callable[[Library], None]) -> Callable[[], None]:
        """Call `listener` with each new library, on the loop; return what ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def __aenter__(self) -> Self:
        """Begin to watch."""
        self._task = asyncio.create_task(self._live(), name="library-watch")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the watch."""
        self._stop.set()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _live(self) -> None:
        try:
            await self._watch()
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever kills the watcher must show in /readyz, not in a lost task
            self._death = f"the watcher died ({type(error).__name__}); restart to see changes"
            _log.error("watcher died", action="library.watch", exc_info=error)

    async def _watch(self) -> None:
        async for _ in self._wakes():
            now = await self._settled()
            if now != self._seen:
                self._seen = now
                await self._reload()

    async def _wakes(self) -> AsyncIterator[None]:
        """Yield whenever the folder may have changed: on the system's notice, and in any case now and then."""
        while not self._stop.is_set():
            identity = _identity(self.root)
            if identity is None:
                await asyncio.sleep(self._poll_interval)
                yield
                continue
            try:
                async for _ in self._notices():
                    yield
                    if _identity(self.root) != identity:
                        break  # removed, or another folder in its place: watch that one
            except FileNotFoundError:
                continue
            except OSError as error:
                if self._poll:
                    raise
                self._poll = True  # the system grants no more watches (inotify's limit)
                _log.warning("no notices from the system; polling", action="library.watch", why=str(error))

    async def _notices(self) -> AsyncIterator[None]:
        """Yield at the system's notices; end when told to stop.

        watchfiles' own asynchronous form waits in a thread just so, but loads a framework for it, a tenth of a start.
        """
        import watchfiles  # here, since a start is over before the watch begins

        notices = watchfiles.watch(
            self.root,
            watch_filter=None,
            debounce=DEBOUNCE_MS,
            step=20,
            stop_event=self._stop,
            force_polling=self._poll,
            poll_delay_ms=round(self._poll_interval * 1000),
            rust_timeout=round(SWEEP * 1000),
            yield_on_timeout=True,
            recursive=True,
        )
        while await asyncio.to_thread(next, notices, None) is not None:
            yield

    async def _settled(self) -> Look:
        """Return what the folder holds once two looks agree, and no file has just been emptied to be written anew."""
        full = {name for name, size, *_ in self._seen if size}
        before = await asyncio.to_thread(look, self.root)
        for _ in range(SETTLE_LOOKS):
            await asyncio.sleep(SETTLE)
            after = await asyncio.to_thread(look, self.root)
            if after == before and not any(size == 0 and name in full for name, size, *_ in after):
                break
            before = after
        return before

    async def _reload(self) -> None:
        previous = self.library
        if not self.root.is_dir() and previous.entries_by_id:
            _log.error("folder of briefings is gone; the last library is kept", action="library.reload")
            self._failure = "the folder of briefings is gone; the last library is served"
            self._count("failed")
            return
        try:
            library = await asyncio.to_thread(reload, self.root, previous)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong with one reload, the next change gets another
            incident = report(error, action="library.reload")
            self._failure = f"the last reload failed (reference {incident.reference})"
            self._count("failed")
            return
        self._failure = None
        self.library = library
        self._tell(library, previous)
        self._count("problems" if any(p.level is Level.ERROR for p in library.problems) else "ok")
        for listener in tuple(self._listeners):
            try:
                listener(library)
            except Exception as error:  # noqa: BLE001 - a listener's trouble is not the watcher's
                report(error, action="library.listener")

    def _tell(self, library: Library, previous: Library) -> None:
        known = set(previous.problems)
        for problem in library.problems:
            if problem not in known:
                say = _log.error if problem.level is Level.ERROR else _log.warning
                say(str(problem), action="library.problem")
        _log.info(
            "library loaded", action="library.load", entries=len(library.entries_by_id), revision=library.revision
        )
        if self._observer is not None:
            self._observer.library(len(library.entries_by_id), len(library.problems))

    def _count(self, result: str) -> None:
        if self._observer is not None:
            self._observer.reload(result)


def reload(root: Path, previous: Library) -> Library:
    """Return the library that is in `root` now, made searchable for whom `previous` was; holds no other thread up."""
    with giving_way():
        library = load(root, previous)
        library.sights.follow()
    return library


def look(root: Path) -> Look:
    """Return name, size, times, identity and mode of every file below `root`; nothing when it cannot be read.

    The second time and the mode tell of what leaves the first as it was: a permission given or taken, a restored date.
    """
    found = []
    for folder, _, names in os.walk(root):
        for name in names:
            with suppress(OSError):
                status = os.stat(os.path.join(folder, name), follow_symlinks=False)  # noqa: PTH116, PTH118 - a hot loop
                path = os.path.join(folder, name)  # noqa: PTH118
                times = status.st_mtime_ns, status.st_ctime_ns
                found.append((path, status.st_size, *times, status.st_ino, status.st_mode))
    return tuple(sorted(found))


def _identity(root: Path) -> tuple[int, int] | None:
    """Return what tells one folder from another put in its place; None when there is none."""
    try:
        status = root.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if S_ISDIR(status.st_mode) else None


def _on_network(root: Path) -> bool:
    """Whether `root` is on a network mount (Linux), where the system sends no notice of others' changes."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
        path = str(root.resolve())
    except OSError:
        return False
    over = [(point, sort) for _, point, sort, *_ in mounts if path == point or path.startswith(point.rstrip("/") + "/")]
    return bool(over) and max(over, key=lambda pair: len(pair[0]))[1] in _NETWORK_FILESYSTEMS
