"""Say which tests run on SQLite alone or PostgreSQL alone; others that open a database: on both."""

from collections.abc import Iterable
from types import SimpleNamespace

import pytest

# Their questions have one answer on every database: they read what was written in passing, go
# through forms that others try on both, or run the same queries again with other texts. That each
# address of the desk opens on PostgreSQL too, `test_who_may_open_what` asks there.
SQLITE_ALONE = {
    "magazine": {
        "test_board",
        "test_checks",
        "test_checks_desk",
        "test_comments_desk",
        "test_copying",
        "test_dashboard",
        "test_desk",
        "test_footnotes",
        "test_judged_search",
        "test_length",
        "test_letters_desk",
        "test_link_visits",
        "test_picture_form",
        "test_previews",
        "test_proofreader_server",
        "test_proofreading",
        "test_release_desk",
        "test_review",
        "test_roles",
        "test_search_desk",
        "test_search_outages",
        "test_stages",
        "test_workflow",
    },
    "print": {
        "test_adverts",
        "test_adverts_desk",
        "test_board_columns",
        "test_checks",
        "test_download",
        "test_paper_preview",
        "test_preflight",
        "test_press_desk",
        "test_proofs_desk",
        "test_remedies",
    },
    "website": {
        "test_api_body",
        "test_api_contract",
        "test_checks",
        "test_corrections_for_readers",
        "test_digital_edition",
        "test_errors_and_media",
        "test_feeds",
        "test_house_pages",
        "test_http_caching",
        "test_letter_pages",
        "test_notes_of_readers",
        "test_pages",
        "test_pictures_for_readers",
        "test_redirects",
        "test_refusals",
        "test_review",
        "test_sharing",
        "test_site_search",
        "test_sitemaps",
        "test_structured_data",
    },
}
# Processes are killed at every step, or race: what magazines in production stand on has to hold.
POSTGRES_ALONE = {"magazine": {"test_killed_letter", "test_killed_release"}}
NO_CASE = SimpleNamespace(params={})


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Mark the tests of these modules, before `-m` chooses among them."""
    for item in items:
        folder, module = item.path.parent.name, item.path.stem
        # What a search server answers is its own.
        asks_a_server = "elasticsearch" in getattr(item, "callspec", NO_CASE).params.values()
        if asks_a_server or module in SQLITE_ALONE.get(folder, ()):
            item.add_marker("sqlite_alone")
        if module in POSTGRES_ALONE.get(folder, ()):
            item.add_marker("postgres_alone")
