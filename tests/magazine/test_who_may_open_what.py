"""Every address of the desk against every role, in one table; and nothing hidden in an answer."""

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import NoReverseMatch

from tests.magazine.admin_addresses import addresses
from tests.magazine.admin_table import CLOSES_THE_SESSION, OPEN_TO_STRANGERS, table
from tests.magazine.desk_world import SECRET, furnish, member

AT_THE_DESK = ("contributor", "editor", "chief", "production", "superuser")
# That each opens on PostgreSQL too, one role shows with its pages drawn, and one with all rights.
sqlite_alone = pytest.mark.sqlite_alone
SCRIPT = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture
def desk(magazine):
    """The furnished desk, and a browser for each role."""
    users = {role: member(role) for role in (*AT_THE_DESK, "printer")}
    desk = furnish(magazine, users["contributor"], users["editor"])
    desk.browsers = {"anonymous": Client(raise_request_exception=False)}
    for role, user in users.items():
        desk.browsers[role] = Client(raise_request_exception=False)
        desk.browsers[role].force_login(user)
    return desk


def asked():
    """The addresses of the table; the first test tells of those that are missing there."""
    return [address for address in addresses() if address.name in table()]


def ask(desk, role, path, method="get", **headers):
    """An answer, with nothing kept of what the question may have done."""
    browser = desk.browsers[role]
    browser.cookies.pop("messages", None)
    with transaction.atomic():
        answer = getattr(browser, method)(path, headers=headers)
        transaction.set_rollback(True)
    return answer


def mark(answer):
    """`0` not found, `-` refused as Wagtail refuses, `+` anything else."""
    if answer.status_code == 404:
        return "0"
    if answer.status_code == 403:
        return "-"
    errors = [note for note in get_messages(answer.wsgi_request) if note.level_tag == "error"]
    return "-" if answer.status_code == 302 and answer.url == "/admin/" and errors else "+"


def words_of(answer):
    """All that comes back: body, headers, and the messages that the next page shows."""
    body = b"".join(answer) if answer.streaming else answer.content
    notes = " ".join(str(note) for note in get_messages(answer.wsgi_request))
    return f"{body.decode('utf-8', 'replace')} {answer.headers} {notes}"


def test_the_table_names_every_address_of_the_desk():
    known = {*table(), *CLOSES_THE_SESSION}
    there = {address.name for address in addresses()}
    assert not there - known, (
        "These addresses of the desk are in no table: say in tests/magazine/admin_table.py who "
        f"may open them. {sorted(there - known)}"
    )
    assert not known - there, f"These are gone from the desk: {sorted(known - there)}"


@pytest.mark.parametrize(
    "role",
    [
        "contributor",
        *(pytest.param(role, marks=sqlite_alone) for role in AT_THE_DESK[1:-1]),
        "superuser",
    ],
)
def test_each_role_opens_what_the_table_says(desk, role, monkeypatch):
    if role != "contributor":
        # What colleagues read is no secret to them: their pages needn't be drawn.
        monkeypatch.setattr(TemplateResponse, "rendered_content", "")
    wrong = []
    for address in asked():
        expected = table()[address.name][AT_THE_DESK.index(role)]
        path = address.filled(desk)[0]
        answer = ask(desk, role, path)
        if answer.status_code == 405:
            answer = ask(desk, role, path, "post")
        marks = {mark(answer)}
        if expected != "+":
            written = ask(desk, role, path, "post")
            marks |= {mark(written)} if written.status_code != 405 else set()
            if expected == "-":
                marks |= {str(ask(desk, role, path, **SCRIPT).status_code)} - {"403", "405"}
        if marks != {expected}:
            wrong.append(f"{address.name} {path}: {sorted(marks)}, not {expected}")
    assert not wrong, "\n".join(wrong)


@sqlite_alone
def test_no_answer_tells_a_contributor_of_what_is_hidden(desk):
    told = [
        f"{method} {path}"
        for address in asked()
        for method, path in asked_by_a_contributor(desk, address)
        if SECRET in words_of(ask(desk, "contributor", path, method))
    ]
    assert not told, "\n".join(told)


def asked_by_a_contributor(desk, address):
    """The questions about each page that is hidden, and about a live one with a hidden draft."""
    pages = [*desk.hidden.values(), desk.shown["live"]] if address.names_a_page else [None]
    for page in pages:
        # Whose draft it is makes no difference to what is written: one of each will do.
        methods = ("get", "post") if page in {None, *desk.written} else ("get",)
        try:
            paths = address.filled(desk, page)
        except NoReverseMatch:  # no such revision
            continue
        yield from ((method, path) for path in paths for method in methods)


@sqlite_alone
@pytest.mark.parametrize("role", ["anonymous", "printer"])
def test_who_has_no_desk_gets_no_further_than_the_door(desk, role):
    wrong = []
    for address in asked():
        if address.name in OPEN_TO_STRANGERS:
            continue
        for path in address.filled(desk):
            at_the_door = [ask(desk, role, path, method) for method in ("get", "post")]
            to_script = ask(desk, role, path, **SCRIPT)
            if to_script.status_code != 403 or any(
                answer.status_code != 302 or not answer.url.startswith("/admin/login/?next=")
                for answer in at_the_door
            ):
                wrong.append(f"{path}: {[answer.status_code for answer in at_the_door]}")
            if any(SECRET in words_of(answer) for answer in (*at_the_door, to_script)):
                wrong.append(f"{path} tells of what is hidden")
    assert not wrong, "\n".join(wrong)


def test_the_contributor_opens_every_page_of_a_draft_of_their_own(desk):
    own = desk.shown["own"]
    own.save_revision(user=own.owner)
    refused = {}
    for address in asked():
        if address.name.startswith("wagtailadmin_pages:") and "page_id" in address.arguments:
            path = address.filled(desk, own)[0]
            answer = ask(desk, "contributor", path)
            if answer.status_code == 405:
                answer = ask(desk, "contributor", path, "post")
            if mark(answer) != "+":
                refused[address.name.partition(":")[2]] = mark(answer)
    assert refused == {
        "unpublish": "-",
        "set_privacy": "-",
        "revisions_unschedule": "-",
        "lock": "-",
        "unlock": "-",
        "workflow_preview": "-",
        "workflow_history_detail": "0",
        "convert_alias": "0",
    }
