"""What the Dockerfile makes, made outside a container: the built package, its data and the image's two commands."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what the final stage holds: the installed package in `site`, and `app`."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("image")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "bot", source / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    install = ("install", "--quiet", "--no-deps", "--no-build-isolation", "--target", str(made / "site"), ".")
    subprocess.run([sys.executable, "-m", "pip", *install], cwd=source, check=True, timeout=120)
    for name in ("config", "briefings"):
        shutil.copytree(ROOT / name, made / "app" / name)
    made.with_name(f"{made.name}-data").mkdir()  # the volume
    return made


def environment(image: Path, port: int) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(image / "site"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "BRIEFBOT_WEB__HOST": "0.0.0.0",  # noqa: S104 - as in the image
        "BRIEFBOT_WEB__PORT": str(port),
        "BRIEFBOT_DATABASE__URL": f"sqlite:///{image.parent / image.name}-data/briefbot.db",
        "BRIEFBOT_DISCORD__TOKEN": "test-token",
        "BRIEFBOT_DISCORD__API_BASE": "http://127.0.0.1:9/api/v10",
    }


def briefbot(image: Path, port: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "bot", *arguments]
    env = environment(image, port)
    return subprocess.run(command, cwd=image / "app", env=env, capture_output=True, text=True, timeout=30, check=False)


@pytest.fixture(scope="module")
def running(image: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run the image's command until its health is good."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-P", "-m", "bot", "run"]
    process = subprocess.Popen(
        command, cwd=image / "app", env=environment(image, port), stderr=subprocess.DEVNULL, text=True
    )
    try:
        deadline = time.monotonic() + 30
        while briefbot(image, port, "healthcheck").returncode:
            assert process.poll() is None
            assert time.monotonic() < deadline
        yield process, port
    finally:
        process.kill()
        process.wait()


def listed(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*")}


def test_the_package_is_the_one_that_was_built(image: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", "import bot; print(bot.__file__)"],
        env=environment(image, 0),
        cwd=image / "app",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(image / "site/bot/__init__.py")
    static = {path.name for path in (image / "site/bot/web/static").iterdir()}
    assert {"page.css", "chat.js"} <= static


def test_its_health_is_good_and_it_writes_nothing_and_ends_when_told(
    image: Path, running: tuple[subprocess.Popen[str], int]
) -> None:
    process, port = running
    before = listed(image)
    assert briefbot(image, port, "healthcheck").stdout.strip() == "alive"
    answer = briefbot(image, port, "brief", "blinken")
    assert "Antony Blinken" in answer.stdout
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=5) == 0
    assert listed(image) == before
    assert briefbot(image, port, "healthcheck").returncode == 1
