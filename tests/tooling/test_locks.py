"""The lock files: in step with pyproject.toml, every line by its hash, no address in them."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS = PROJECT["dependency-groups"]
RUNTIME = [*PROJECT["project"]["dependencies"], *GROUPS["build"]]
LOCKS = {
    "requirements.txt": RUNTIME,
    "requirements-postgres.txt": [*RUNTIME, *PROJECT["project"]["optional-dependencies"]["postgres"]],
    "requirements-dev.txt": [*RUNTIME, *GROUPS["dev"]],
    "requirements-uv.txt": GROUPS["uv"],
}


def entries(lock: str) -> list[str]:
    """Return each requirement of a lock file with its hashes, on one line."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pins(lock: str) -> dict[str, tuple[Version, Marker | None]]:
    found: dict[str, tuple[Version, Marker | None]] = {}
    for entry in entries(lock):
        requirement = Requirement(entry.partition("--hash")[0])
        (specifier,) = requirement.specifier
        assert specifier.operator == "=="
        found[canonicalize_name(requirement.name)] = (Version(specifier.version), requirement.marker)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_pinned_within_its_range(lock: str) -> None:
    pinned = pins(lock)
    for text in LOCKS[lock]:
        wanted = Requirement(text)
        version, marker = pinned[canonicalize_name(wanted.name)]
        assert version in wanted.specifier, text
        assert marker is None, text


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_hashed(lock: str) -> None:
    for entry in entries(lock):
        head, *hashes = entry.split("--hash=")
        assert hashes, head
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one.strip()) for one in hashes), head


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_server(lock: str) -> None:
    text = re.sub(r"sha256:[0-9a-f]{64}", "", (ROOT / lock).read_text("utf-8"))
    assert "://" not in text
    assert not re.search(r"(?m)^\s*--(?!hash)", text)
    assert not re.search(r"\.(org|com|net|io|dev|local)\b", text)
    assert "\n#    make lock\n" in text


def test_the_image_runs_what_the_tests_ran() -> None:
    tested = pins("requirements-dev.txt")
    image = pins("requirements-postgres.txt")
    assert {name: tested.get(name) for name in image} == image
