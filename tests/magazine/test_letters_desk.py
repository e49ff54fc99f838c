"""Editors write and try the letter at the desk; editors-in-chief send it and keep the list."""

import csv
import io
import smtplib

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import ModelLogEntry

from magazine.letter_sending import send_some
from magazine.letters import draft_letter_for
from magazine.models import Letter, Subscriber
from magazine.subscribing import leave
from tests.magazine.desk_world import member
from tests.magazine.test_letters import readers


@pytest.fixture
def issue(magazine):
    articles = [magazine.article(title=title) for title in ("La file", "Le guichet")]
    return magazine.issue(*articles, number=7, title="L'attente")


@pytest.fixture
def letter(issue):
    return draft_letter_for(issue)


@pytest.fixture
def browse(client, db):
    """Come to the desk in a role."""

    def come(role):
        client.force_login(member(role))
        return client

    return come


def sheet(letter):
    return reverse("letter:sheet", args=[letter.pk])


def notes(answer):
    return " ".join(str(note) for note in answer.context["messages"])


def form_of(letter, **changed):
    return {
        "issue": letter.issue_id or "",
        "subject": letter.subject,
        "opening": '{"blocks": [], "entityMap": {}}',
        "kept": [row["article"] for row in letter.shown_contents],
    } | changed


def test_an_editor_edits_tries_and_may_not_send(browse, letter, settings):
    desk = browse("editor")
    readers(2)
    first = letter.contents[0]["article"]
    edit = reverse("letter:edit", args=[letter.pk])
    answer = desk.post(edit, form_of(letter, subject="Le 7 est là", kept=[first]))
    assert (answer.status_code, answer.url) == (302, sheet(letter))
    frame = desk.get(reverse("letter:frame", args=[letter.pk])).content.decode()
    assert "La file" in frame
    assert "Le guichet" not in frame
    answer = desk.post(sheet(letter), {"verb": "test"}, follow=True)
    assert "editor@guichet.example" in notes(answer)
    assert [each.to for each in mail.outbox] == [["editor@guichet.example"]]
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert desk.post(sheet(letter), {"verb": "send", "confirmed": "yes"}).status_code == 404
    assert Letter.objects.get().is_draft
    assert desk.get(reverse("subscriber:index")).status_code == 404


def test_a_letter_of_its_own_takes_the_contents_of_the_issue_that_is_chosen(browse, issue):
    desk = browse("editor")
    sent = {"subject": "Rappel", "opening": '{"blocks": [], "entityMap": {}}', "issue": issue.pk}
    answer = desk.post(reverse("letter:add"), sent)
    letter = Letter.objects.get()
    assert answer.url == sheet(letter)
    assert [row["title"] for row in letter.contents] == ["La file", "Le guichet"]
    assert desk.post(reverse("letter:add"), sent).status_code == 200
    assert Letter.objects.count() == 1


def test_the_editor_in_chief_sends_sees_how_far_it_is_and_stops(browse, letter):
    desk = browse("chief")
    readers(3)
    answer = desk.post(sheet(letter), {"verb": "send"}, follow=True)
    assert Letter.objects.get().is_draft
    answer = desk.post(sheet(letter), {"verb": "send", "confirmed": "yes"}, follow=True)
    assert "3" in notes(answer)
    page = answer.content.decode()
    assert "data-waiting" in page
    assert '<progress max="3" value="0"' in page
    desk.post(sheet(letter), {"verb": "stop"})
    assert send_some(letter.pk) == 0
    desk.post(sheet(letter), {"verb": "go_on"})
    send_some(letter.pk)
    page = desk.get(sheet(letter)).content.decode()
    assert '<progress max="3" value="3"' in page
    assert "data-waiting" not in page
    edit = desk.get(reverse("letter:edit", args=[letter.pk]))
    assert (edit.status_code, edit.url) == (302, sheet(letter))
    desk.post(reverse("letter:delete", args=[letter.pk]))
    assert Letter.objects.exists()


@pytest.mark.parametrize("view", ["large", "etroite", "texte"])
@pytest.mark.parametrize("scheme", ["clair", "nuit"])
def test_every_preview_answers_and_is_kept_by_nobody(browse, letter, view, scheme):
    desk = browse("editor")
    answer = desk.get(sheet(letter), {"vue": view, "fond": scheme})
    assert answer.status_code == 200
    frame = desk.get(reverse("letter:frame", args=[letter.pk]), {"fond": scheme})
    assert "private" in frame["Cache-Control"]
    forced = "@media all" if scheme == "nuit" else "@media not all"
    assert forced in frame.content.decode()


def test_a_mail_server_that_refuses_a_try_is_told(browse, letter, monkeypatch):
    def refuse(*args):
        raise smtplib.SMTPAuthenticationError(535, b"wrong password")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    answer = browse("editor").post(sheet(letter), {"verb": "test"}, follow=True)
    assert "535 wrong password" in notes(answer)


@pytest.mark.parametrize("verb", ["", "delete", "send\x00"])
def test_a_verb_that_is_none_is_unknown(browse, letter, verb):
    assert browse("chief").post(sheet(letter), {"verb": verb}).status_code == 404


def test_the_list_is_searched_added_to_erased_and_taken_out(browse, magazine):
    desk = browse("chief")
    index = reverse("subscriber:index")
    _first, second = readers(2)
    leave(second.key)
    page = desk.get(index).content.decode()
    assert "lectrice-0@" in page
    assert "lectrice-1@" not in page
    assert (
        "lectrice-0@"
        not in desk.get(index, {"q": "autre", "etat": "x", "p": "-3"}).content.decode()
    )
    assert desk.get(index, {"q": "\x00", "etat": "left"}).status_code == 200
    add = reverse("subscriber:add")
    assert desk.post(add, {"mail": "nina@guichet.example", "note": ""}).status_code == 200
    assert (
        desk.post(add, {"mail": "lectrice-1@guichet.example", "note": "Salon"}).status_code == 200
    )
    assert desk.post(add, {"mail": "=nina@guichet.example", "note": "Salon"}).status_code == 302
    answer = desk.get(reverse("subscriber:export"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["lectrice-0@guichet.example", "'=nina@guichet.example"]
    erased = Subscriber.objects.get(mail="lectrice-0@guichet.example")
    address = reverse("subscriber:erase", args=[erased.pk])
    assert "lectrice-0@" in desk.get(address).content.decode()
    desk.post(address)
    assert not Subscriber.objects.filter(pk=erased.pk).exists()
    assert "guichet.example" not in str(list(ModelLogEntry.objects.values("label", "data")))


def test_the_list_says_how_far_each_is_and_leads_to_its_sheet(browse, letter):
    desk = browse("chief")
    readers(2)
    desk.post(sheet(letter), {"verb": "send", "confirmed": "yes"})
    send_some(letter.pk)
    page = desk.get(reverse("letter:index")).content.decode()
    assert f'href="{sheet(letter)}"' in page
    assert page.count("2 sur 2") == 1
