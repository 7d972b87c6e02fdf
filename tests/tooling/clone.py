"""A clone of what set-up needs, in a place where only chosen programs can be found."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "awk", "bash", "cat", "cut", "dirname", "echo", "grep", "make", "mkdir", "rm", "touch")


class Clone:
    """A folder with the project's tooling, and a PATH with the usual tools and the programs that a test adds."""

    def __init__(self, folder: Path) -> None:
        """Make both below `folder`."""
        self.folder = folder / "clone"
        self.path = folder / "bin"
        self.path.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found is not None, f"these tests need {tool}"
            (self.path / tool).symlink_to(found)
        self.folder.mkdir()
        for name in ("Makefile", "pyproject.toml", "requirements-dev.txt", "requirements-uv.txt"):
            shutil.copy(ROOT / name, self.folder / name)
        shutil.copytree(ROOT / ".ci", self.folder / ".ci")

    def program(self, name: str, script: str) -> None:
        """Put a program called `name` on the PATH that is this shell script."""
        program = self.path / name
        program.unlink(missing_ok=True)
        program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        program.chmod(0o755)

    def make(self, *arguments: str, **environ: str) -> tuple[int, str, str]:
        """Run make; return its status, what it printed and the complaint, without make's own last line."""
        return self.run("make", *arguments, **environ)

    def run(self, program: str, *arguments: str, **environ: str) -> tuple[int, str, str]:
        """Run a program of the PATH in the folder, with no other environment than PATH, HOME and `environ`."""
        done = subprocess.run(
            [self.path / program, *arguments],
            cwd=self.folder,
            env={"PATH": str(self.path), "HOME": str(self.folder), "LC_ALL": "C", **environ},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        complaint = [line for line in done.stderr.splitlines() if not line.startswith("make: ***")]
        return done.returncode, done.stdout, "\n".join(complaint)
