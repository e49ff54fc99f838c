"""Give each worker an SQLite that is migrated already: a copy of one that is made once.

It lies in a file, as a magazine's own does, so that threads and other processes see it.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "tests"
APPS = ("magazine", "print", "site/website")


def _is_sqlite() -> bool:
    from django.conf import settings

    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """Let Django find the migrated file; other databases are made anew unless asked."""
    return _is_sqlite() or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Put a copy of the migrated SQLite where Django looks for the tests' database."""
    if not _is_sqlite():
        return
    from django.conf import settings

    own = tmp_path_factory.mktemp("db") / "test.sqlite3"
    shutil.copy(_migrated(), own)
    database: dict[str, Any] = settings.DATABASES["default"]
    database.setdefault("TEST", {})["NAME"] = str(own)
    # A machine that fails in the middle of the tests loses nothing.
    database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Take away the page that Wagtail welcomes with: each small magazine would have to."""
    from tests.factories import clear_site

    with django_db_blocker.unblock():
        clear_site()


def _migrated() -> Path:
    """Return the file with all migrations of this tree and these packages; make it once."""
    KEPT.mkdir(parents=True, exist_ok=True)
    made = KEPT / f"{_digest()}.sqlite3"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for older in KEPT.glob("*.sqlite3*"):
                older.unlink()
            begun = made.with_suffix(".sqlite3-begun")
            subprocess.run(
                [sys.executable, ROOT / "manage.py", "migrate", "--verbosity", "0"],
                env={**os.environ, "DATABASE_URL": f"sqlite:///{begun}"},
                check=True,
            )
            begun.rename(made)
    return made


def _digest() -> str:
    """Name what the migrations depend on: their text, and the versions of all packages."""
    files = [ROOT / "constraints.txt", ROOT / "requirements.txt"]
    for app in APPS:
        files += sorted((ROOT / app / "migrations").glob("*.py"))
    found = hashlib.sha256()
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()[:16]
