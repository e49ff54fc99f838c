"""What readers' pages say doesn't depend on the database that they are read from."""

from pathlib import Path

import pytest

# These write nothing that a database could refuse, and ask nothing in an order of its own; the
# others of this folder, and the queries under all of them, run on PostgreSQL too.
READ_ONLY = {
    "test_api_body",
    "test_api_contract",
    "test_digital_edition",
    "test_errors_and_media",
    "test_feeds",
    "test_house_pages",
    "test_http_caching",
    "test_pages",
    "test_pictures_for_readers",
    "test_refusals",
    "test_review",
    "test_sharing",
    "test_sitemaps",
    "test_structured_data",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of these modules `one_database`, before `-m` chooses among them."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.stem in READ_ONLY:
            item.add_marker("one_database")
