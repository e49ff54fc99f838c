"""A start in production that lacks a value says which, in one line, and stops."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from website import settings

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {
    "DEBUG": "no",
    "SECRET_KEY": "s" * 60,
    "ALLOWED_HOSTS": "guichet.example",
    "BASE_URL": "https://guichet.example",
    "DATABASE_URL": "sqlite:////nowhere/couture.sqlite3",
}


def start(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", settings.REQUIRED_IN_PRODUCTION)
def test_production_refuses_to_start_without_a_value(name: str) -> None:
    run = start({key: value for key, value in WHOLE.items() if key != name})
    assert run.returncode != 0
    assert run.stderr.strip() == (
        f"Couture can't start: production (DEBUG=no) needs {name} in the environment; "
        "see .env.example."
    )


def test_production_starts_with_all_of_them() -> None:
    run = start(WHOLE)
    assert (run.returncode, run.stderr) == (0, "")


def test_every_setting_is_in_the_example_and_in_the_operators_guide() -> None:
    source = (ROOT / "site/website/settings.py").read_text()
    names = set(re.findall(r'(?:env\.\w+|number)\(\s*"([A-Z_]+)"', source))
    assert len(names) > 10
    for document in (".env.example", "docs/operations.md"):
        text = (ROOT / document).read_text()
        assert {name for name in names if name not in text} == set(), document
