"""The page shows lines of briefings, and of nothing else that somebody may have put into their folder."""

import os
from pathlib import Path

import aiohttp
import pytest

from tests import samples
from tests.web.rig import served

SECRET = "the words of a file outside"


async def preview(root: Path, slug: str) -> tuple[int, str]:
    async with (
        served(root) as rig,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(5)) as session,
        session.get(f"{rig.url}/preview/{slug}") as response,
    ):
        return response.status, await response.text()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "outside.md").write_text(SECRET, encoding="utf-8")
    return samples.write(tmp_path / "briefings", {"people/qin-gang.md": samples.entry_file("Qin Gang")})


async def test_a_link_that_leads_out_of_the_folder_is_named_and_not_followed(root: Path) -> None:
    (root / "people/evil.md").symlink_to(root.parent / "outside.md")
    _, page = await preview(root, "people/evil")
    assert "a symbolic link that leaves the folder" in page
    assert SECRET not in page


async def test_a_pipe_is_named_and_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "people/pipe.md")
    _, page = await preview(root, "people/pipe")
    assert "not a file" in page


async def test_a_file_too_large_is_named_and_not_drawn(root: Path) -> None:
    (root / "people/huge.md").write_bytes(b"---\n" + b"x" * 5_000_000)
    _, page = await preview(root, "people/huge")
    assert "more than 256 KiB" in page
    assert len(page) < 100_000


async def test_a_link_within_the_folder_shows_its_line(root: Path) -> None:
    (root / "people/twin.md").symlink_to(root / "people/.hidden")
    (root / "people/.hidden").write_text("---\ntitle: Twin\nkind: nonsense\n---\n", encoding="utf-8")
    _, page = await preview(root, "people/twin")
    assert "kind: nonsense" in page


async def test_of_an_embargoed_file_the_places_are_told_and_no_word(root: Path) -> None:
    text = samples.entry_file(
        "Sleeping Giant", publish_at="2099-01-01T00:00+00:00", bottom_line='He said "one two three four five".'
    )
    (root / "people/later.md").write_text(text, encoding="utf-8")
    _, page = await preview(root, "people/later")
    assert "people/later.md:5:" in page
    assert "not before 2099-01-01" in page
    assert "Sleeping" not in page
    assert "one two" not in page


async def test_half_a_character_spoils_no_conversation(root: Path) -> None:
    async with served(root) as rig, aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        headers = {"Content-Type": "application/json"}
        for body, status in ((b'{"line":"/brief \\ud800"}', 204), (b"[" * 100_000, 400)):
            async with session.post(f"{rig.url}/chat/send", data=body, headers=headers) as response:
                assert response.status == status
        async with session.get(rig.url) as response:
            assert response.status == 200
            words = await response.text()
            assert "/brief \ufffd" in words
            assert "Nothing on" in words
