"""A copy of the tools in a folder of its own, its name with a space in it."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A tree that holds the tools and nothing else."""
    tree = tmp_path / "a house"
    shutil.copytree(
        ROOT / "tools", tree / "tools", ignore=shutil.ignore_patterns("__pycache__", "node_modules")
    )
    return tree


@pytest.fixture
def run(house: Path) -> Run:
    """Run a tool of that tree; keyword arguments are added to its environment."""

    def run_tool(
        tool: str, *arguments: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [house / "tools" / tool, *arguments],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run_tool


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A PATH with the shell's own tools only: no package, no Python, no root."""
    folder = tmp_path / "bare"
    folder.mkdir()
    for name in ("bash", "cat", "dirname", "env", "grep", "mkdir", "sort", "tail"):
        (folder / name).symlink_to(shutil.which(name) or name)
    put(folder, "id", "echo 1000")
    return folder


def put(folder: Path, name: str, script: str) -> None:
    """Lay a small program into a folder of the PATH."""
    program = folder / name
    program.write_text(f"#!{shutil.which('bash')}\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


@pytest.fixture
def program(bare_path: Path) -> Callable[[str, str], None]:
    """Add a program to the bare PATH."""
    return lambda name, script: put(bare_path, name, script)
