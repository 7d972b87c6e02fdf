from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, where no settings file is found by chance."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
