"""How the test run chooses what touches the database, and refuses what is skipped."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MARKS = Path(__file__).resolve().parents[1] / "marks.py"
INI = """
[pytest]
markers = database
pythonpath = .
django_find_project = false
"""
TESTS = """
import pytest
from django.test import TestCase, SimpleTestCase

@pytest.fixture
def article(db): ...
def test_pure(): ...
def test_fixture(article): ...
@pytest.mark.django_db
def test_mark(): ...
def test_server(live_server): ...
class TestWithDatabase(TestCase):
    def test_case(self): ...
class TestWithout(SimpleTestCase):
    def test_simple(self): ...
"""

SKIPPED = """
import pytest
def test_run(): ...
def test_skipped(): pytest.skip("no reason")
@pytest.mark.xfail
def test_xfailed(): assert False
"""
SKIPPED_WHOLE = """
import pytest
pytest.skip("no reason", allow_module_level=True)
"""


@pytest.fixture
def run(tmp_path):
    """Run pytest on one small file, with this project's marks for a conftest."""
    shutil.copy(MARKS, tmp_path / "conftest.py")
    (tmp_path / "pytest.ini").write_text(INI, encoding="utf-8")
    (tmp_path / "no_settings.py").write_text("SECRET_KEY = 'none'\n", encoding="utf-8")

    def run_pytest(tests: str, *options: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "test_these.py").write_text(tests, encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options],
            cwd=tmp_path,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "no_settings"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return run_pytest


def test_whatever_opens_the_database_is_marked(run):
    done = run(TESTS, "-m", "database", "--collect-only")
    chosen = [line.split("::")[-1] for line in done.stdout.splitlines() if "::" in line]
    assert sorted(chosen) == ["test_case", "test_fixture", "test_mark", "test_server"]


@pytest.mark.parametrize("workers", ["0", "2"])
def test_nothing_may_be_skipped_where_that_is_asked(run, tmp_path, workers):
    (tmp_path / "test_module.py").write_text(SKIPPED_WHOLE, encoding="utf-8")
    done = run(SKIPPED, "-n", workers, "--no-skips")
    assert done.returncode == 1
    named = [line for line in done.stdout.splitlines() if line.startswith("not run")]
    assert sorted(named) == [
        "not run, though nothing may be skipped: test_module.py",
        "not run, though nothing may be skipped: test_these.py::test_skipped",
        "not run, though nothing may be skipped: test_these.py::test_xfailed",
    ]


def test_elsewhere_a_skip_is_no_failure(run):
    assert run(SKIPPED).returncode == 0
