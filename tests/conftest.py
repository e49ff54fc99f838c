"""Give every test folders of its own and, where asked, a small magazine; wire the marks."""

from pathlib import Path

import pytest
from django.core.files.storage import storages

from tests import databases
from tests.factories import Magazine
from tests.marks import (  # noqa: F401  pytest finds hooks by their names
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_sessionfinish,
    pytest_terminal_summary,
)
from tests.migrated import (  # noqa: F401
    django_db_keepdb,
    django_db_modify_db_settings,
    django_db_setup,
)
from tests.search_server import patient, search_server, search_server_address  # noqa: F401

LOCAL_CACHE = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


def pytest_configure(config: pytest.Config) -> None:
    """Let `databases` say what runs where; its hook has the name of one of the marks'."""
    config.pluginmanager.register(databases)


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give every test folders of its own, and let no job run behind its back."""
    from print.models import Advert

    folder = tmp_path_factory.mktemp("data")
    settings.DATA_DIR = folder
    settings.MEDIA_ROOT = folder / "media"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": settings.STORAGES["default"] | _located(folder / "media", "/media/"),
        "press": settings.STORAGES["press"] | _located(folder / "press", None),
    }
    # A field keeps the storage that it was made with.
    Advert._meta.get_field("file").storage = storages["press"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A server's address in the environment is for the tests that ask for `search_server`.
    settings.SEARCH_URL = ""
    # What is kept doesn't outlive a test; `website.keeping` keeps only what a test asks for.
    settings.CACHES = {**settings.CACHES, "default": LOCAL_CACHE}
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def _located(folder: Path, base_url: str | None) -> dict[str, dict[str, str | None]]:
    return {"OPTIONS": {"location": str(folder), "base_url": base_url}}


@pytest.fixture
def magazine(db: None) -> Magazine:
    """A site with one section, to be filled."""
    return Magazine()
