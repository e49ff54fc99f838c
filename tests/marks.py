"""Mark the tests that touch the database, and let nothing be skipped where that is asked."""

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase

# pytest-django's doors to the database; others (admin_client…) pull one of these in.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_serialized_rollback"}


def touches_database(item: pytest.Item) -> bool:
    """Whether the test opens the database: by mark, by fixture, or as a Django test case."""
    return (
        item.get_closest_marker("django_db") is not None
        or not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
        or issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Give such tests the mark `database`, before `-m` chooses among them; then set the order.

    One test that wants the demo's press files goes first: they take minutes, and the other worker
    does the rest meanwhile instead of waiting for them at the end.
    """
    for item in items:
        if touches_database(item):
            item.add_marker("database")
    yield
    wanting = [item for item in items if "demo_issue" in getattr(item, "fixturenames", ())]
    if wanting:
        items.remove(wanting[0])
        items.insert(0, wanting[0])


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer `--no-skips`, which the CI uses."""
    parser.addoption(
        "--no-skips", action="store_true", help="a skipped or xfailed test fails the run"
    )


def not_run(terminal: pytest.TerminalReporter) -> Iterator[str]:
    """The tests and modules that were skipped or were expected to fail."""
    for outcome in ("skipped", "xfailed"):
        for report in terminal.stats.get(outcome, []):
            yield report.nodeid


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With `--no-skips`, end with a failure when anything did not run."""
    if not session.config.getoption("--no-skips") or exitstatus != pytest.ExitCode.OK:
        return
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None and any(not_run(terminal)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name what was skipped, when that is why the run failed."""
    if config.getoption("--no-skips"):
        for nodeid in not_run(terminalreporter):
            terminalreporter.write_line(
                f"not run, though nothing may be skipped: {nodeid}", red=True
            )
