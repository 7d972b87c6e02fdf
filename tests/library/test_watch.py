"""From save to swap: in under a second, once a save is whole, whatever happens to the folder meanwhile."""

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import structlog
import watchfiles
from structlog.testing import capture_logs

from bot.library import watch
from bot.library.library import Library
from bot.library.watch import Poll, Shelf
from tests.library.samples import entry_text, write

FILE = "people/a.md"
SECOND = 1.0


@pytest.fixture(params=["never", "always"], ids=["notices", "polling"])
async def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Shelf]:
    poll: Poll = request.param
    root = write(tmp_path / "briefings", {FILE: entry_text("First"), "people/b.md": entry_text("Other")})
    async with Shelf(root, poll=poll, poll_interval=0.2) as opened:
        await asyncio.sleep(0.3)
        yield opened


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> float:
    """Wait for `condition` and return how long it took."""
    started = time.perf_counter()
    while not condition():
        assert time.perf_counter() - started < seconds, "nothing happened"
        await asyncio.sleep(0.005)
    return time.perf_counter() - started


def title(shelf: Shelf) -> str:
    return shelf.library.entries_by_id["a"].title


async def test_a_save_is_swapped_in_in_under_a_second(shelf: Shelf) -> None:
    took = []
    for name in ("Second", "Third", "Fourth"):
        (shelf.root / FILE).write_text(entry_text(name))
        took.append(await until(lambda name=name: title(shelf) == name))  # type: ignore[misc]  # a default is bound per turn
    assert min(took) < SECOND, took
    assert shelf.health()[0]


async def test_an_atomic_save_and_a_new_file_and_a_deletion_are_seen(shelf: Shelf) -> None:
    draft = shelf.root / "people/.a.md.swp"
    draft.write_text(entry_text("Renamed"))
    draft.replace(shelf.root / FILE)
    await until(lambda: title(shelf) == "Renamed")
    write(shelf.root, {"events/new.md": entry_text("New", kind="event")})
    await until(lambda: "new" in shelf.library.entries_by_id)
    (shelf.root / FILE).unlink()
    await until(lambda: "a" not in shelf.library.entries_by_id)


async def test_a_broken_file_keeps_its_last_good_version_and_is_told_in_the_log(shelf: Shelf) -> None:
    with capture_logs() as logs:
        (shelf.root / FILE).write_text(entry_text("Second").replace("kind: person", "kind: persn"))
        await until(lambda: bool(shelf.library.problems))
    assert title(shelf) == "First"
    assert dict(shelf.library.stale) == {"a": FILE}
    told = [log for log in logs if log["action"] == "library.problem"]
    assert [(log["log_level"], log["event"].split(" is ")[0]) for log in told] == [
        ("error", f"{FILE}:3:7: error: kind: 'persn'")
    ]
    with capture_logs() as logs:
        write(shelf.root, {"people/b.md": entry_text("Changed")})
        await until(lambda: shelf.library.entries_by_id["b"].title == "Changed")
    assert [log for log in logs if log["action"] == "library.problem"] == [], "what was told is not told again"


async def test_a_slow_save_flashes_no_error(shelf: Shelf) -> None:
    seen: list[Library] = []
    shelf.subscribe(seen.append)
    text = entry_text("Slow")
    with (shelf.root / FILE).open("w") as file:
        await asyncio.sleep(0.4)
        file.write(text)
    await until(lambda: title(shelf) == "Slow")
    assert [problem for library in seen for problem in library.problems] == []


async def test_a_checkout_of_many_files_is_one_reload_or_two(shelf: Shelf) -> None:
    seen: list[Library] = []
    shelf.subscribe(seen.append)
    for number in range(200):
        write(shelf.root, {f"people/n{number}.md": entry_text(f"Number {number}")})
    await until(lambda: len(shelf.library.entries_by_id) == 202)
    await asyncio.sleep(0.3)
    assert len(seen) <= 4


async def test_a_folder_that_is_swapped_is_followed_and_its_absence_empties_nothing(shelf: Shelf) -> None:
    aside = shelf.root.with_name("aside")
    shelf.root.rename(aside)
    await until(lambda: not shelf.health()[0])
    assert title(shelf) == "First"
    shutil.rmtree(aside)
    write(shelf.root, {FILE: entry_text("Again")})
    await until(lambda: title(shelf) == "Again")
    await until(lambda: shelf.health()[0])
    (shelf.root / FILE).write_text(entry_text("And again"))
    await until(lambda: title(shelf) == "And again")


async def test_a_link_that_is_turned_to_another_folder_is_followed(tmp_path: Path) -> None:
    for number in ("1", "2"):
        write(tmp_path / number, {FILE: entry_text(f"Release {number}")})
    current = tmp_path / "current"
    current.symlink_to(tmp_path / "1")
    async with Shelf(current) as shelf:
        (tmp_path / "next").symlink_to(tmp_path / "2")
        os.replace(tmp_path / "next", current)  # noqa: PTH105 - Path.replace does the same; the system call is the point
        await until(lambda: title(shelf) == "Release 2")


async def test_a_change_between_loading_and_watching_is_seen(tmp_path: Path) -> None:
    shelf = Shelf(write(tmp_path, {FILE: entry_text("First")}))
    (tmp_path / FILE).write_text(entry_text("Second one"))
    async with shelf:
        await until(lambda: title(shelf) == "Second one")


async def test_a_subscription_ends_and_a_listener_that_raises_hurts_nobody(shelf: Shelf) -> None:
    seen: list[str] = []

    def raises(library: Library) -> None:
        raise ValueError(library.revision)

    end = shelf.subscribe(raises)
    shelf.subscribe(lambda library: seen.append(library.revision))
    with capture_logs() as logs:
        (shelf.root / FILE).write_text(entry_text("Second"))
        await until(lambda: len(seen) == 1)
    assert [log["action"] for log in logs if log["log_level"] == "error"] == ["library.listener"]
    end()
    with capture_logs() as logs:
        (shelf.root / FILE).write_text(entry_text("Third one"))
        await until(lambda: len(seen) == 2)
    assert [log for log in logs if log["log_level"] == "error"] == []
    assert shelf.health()[0]


async def test_a_failed_reload_shows_and_heals(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(root: Path, previous: Library) -> Library:
        raise MemoryError

    with capture_logs(), monkeypatch.context() as patch:
        patch.setattr(watch, "load", fails)
        (shelf.root / FILE).write_text(entry_text("Second"))
        await until(lambda: not shelf.health()[0])
    assert "the last reload failed (reference " in shelf.health()[1]
    assert title(shelf) == "First"
    (shelf.root / FILE).write_text(entry_text("Third one"))
    await until(lambda: title(shelf) == "Third one")
    assert shelf.health()[0]


async def test_the_watchers_death_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(root: Path) -> None:
        raise RuntimeError("out of luck")

    root = write(tmp_path, {FILE: entry_text("First")})
    shelf = Shelf(root)
    assert shelf.health() == (False, "not watching")
    with capture_logs() as logs:
        monkeypatch.setattr(watch, "_identity", dies)
        async with shelf:
            await until(lambda: "died" in shelf.health()[1])
    assert shelf.health() == (False, "the watcher died (RuntimeError); restart to see changes")
    assert [log["action"] for log in logs if log["log_level"] == "error"] == ["library.watch"]


async def test_where_the_system_grants_no_watch_it_polls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unlimited = watchfiles.watch

    def limited(*paths: Path, force_polling: bool, **options: object) -> object:
        if not force_polling:
            raise OSError(28, "inotify watch limit reached")
        return unlimited(*paths, force_polling=force_polling, **options)  # type: ignore[arg-type]  # handed through as they came

    root = write(tmp_path, {FILE: entry_text("First")})
    monkeypatch.setattr(watchfiles, "watch", limited)
    with capture_logs() as logs:
        async with Shelf(root, poll="never", poll_interval=0.1) as shelf:
            await until(lambda: shelf.health() == (True, f"watching {root.name} by polling"))
            (root / FILE).write_text(entry_text("Second"))
            await until(lambda: title(shelf) == "Second")
    assert [log["action"] for log in logs if log["log_level"] == "warning"] == ["library.watch"]


async def test_a_shelf_starts_without_a_folder_and_finds_it_later(tmp_path: Path) -> None:
    root = tmp_path / "later"
    with structlog.testing.capture_logs():
        async with Shelf(root, poll_interval=0.1) as shelf:
            assert [problem.message for problem in shelf.library.problems] == ["no such folder"]
            write(root, {FILE: entry_text("First")})
            await until(lambda: "a" in shelf.library.entries_by_id)


async def test_a_save_that_leaves_length_and_date_as_they_were_is_seen(shelf: Shelf) -> None:
    path = shelf.root / FILE
    before = path.stat()
    path.write_text(entry_text("Thirf"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    await until(lambda: title(shelf) == "Thirf")


async def test_a_permission_is_seen_to_change(shelf: Shelf) -> None:
    seen = watch.look(shelf.root)
    (shelf.root / FILE).chmod(0o600)
    assert watch.look(shelf.root) != seen
