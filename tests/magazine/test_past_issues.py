"""Older issues: what editors may bring in, what is refused; and no release ever meets them."""

import datetime as dt
import io

import pikepdf
import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from magazine.desk.dashboard import next_issue
from magazine.models import Issue, IssueFile, PastIssue
from magazine.past_issues import FileRefused, take_in
from magazine.pdf_checking import PdfRefused, check_pdf
from tests.factories import SectionFactory
from tests.magazine.desk_world import member


def pdf(change=None, pages=2, **how):
    """A PDF of empty pages, with what `change` does to it."""
    made = pikepdf.new()
    for _page in range(pages):
        made.add_blank_page(page_size=(300, 420))
    if change:
        change(made)
    written = io.BytesIO()
    made.save(written, **how)
    return written.getvalue()


def opening(**action):
    def change(made):
        made.Root.OpenAction = pikepdf.Dictionary(**action)

    return change


def on_a_link(**action):
    def change(made):
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(**action),
        )
        made.pages[1].Annots = made.make_indirect(pikepdf.Array([link]))

    return change


def attached(made):
    made.attachments["virus.exe"] = pikepdf.AttachedFileSpec(made, b"MZ")


HARMFUL = {
    "script": opening(S=pikepdf.Name.JavaScript, JS="app.alert(1)"),
    "launch": on_a_link(S=pikepdf.Name.Launch, F="cmd.exe"),
    "form": on_a_link(S=pikepdf.Name.SubmitForm, F="https://elsewhere.example"),
    "media": on_a_link(S=pikepdf.Name.Movie),
    "attachment": attached,
}


def refusal(data):
    with pytest.raises(PdfRefused) as refused:
        check_pdf(data)
    return refused.value.reason


@pytest.mark.parametrize("reason", HARMFUL)
def test_pdf_that_would_act_by_itself_is_refused(reason):
    assert refusal(pdf(HARMFUL[reason])) == reason


def test_script_hidden_in_a_compressed_object_is_found():
    modes = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
    assert refusal(pdf(HARMFUL["script"], **modes)) == "script"


def test_locked_broken_foreign_and_empty_files_are_refused():
    locked = pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    only_restricted = pdf(encryption=pikepdf.Encryption(owner="a", user=""))
    assert refusal(locked) == refusal(only_restricted) == "encrypted"
    assert refusal(pdf()[:-200]) == "broken"
    assert refusal(b"PK\x03\x04 a docx") == "no_pdf"
    assert refusal(b"") == "no_pdf"
    assert refusal(pdf(pages=0)) == "pages"


def test_sound_pdf_with_links_is_counted():
    linked = pdf(on_a_link(S=pikepdf.Name.URI, URI="https://guichet.example"), pages=3)
    assert check_pdf(linked).pages == 3


def test_same_file_is_kept_once_and_privately(db):
    data = pdf()
    first, again = take_in(io.BytesIO(data), None), take_in(io.BytesIO(data), None)
    assert first == again
    with storages["press"].open(first.name) as kept:
        assert kept.read() == data


def test_refusal_tells_the_editor_what_to_do(db):
    with pytest.raises(FileRefused, match="PDF"):
        take_in(io.BytesIO(b"hello"), None)


# At the desk


def posted(**fields):
    """The form of an older issue, filled in."""
    return {
        "title": "Le mode d'emploi",
        "slug": "le-mode-d-emploi",
        "number": "6",
        "cover_date_label": "Mi-juin 2026",
        "on_sale_date": "2026-06-15",
        "introduction": "null",
        "cover_is_whole": "on",
        "ink_dark": "#242F7A",
        "ink_bright": "#FF8A3D",
        "pieces-TOTAL_FORMS": "1",
        "pieces-INITIAL_FORMS": "0",
        "pieces-MIN_NUM_FORMS": "0",
        "pieces-MAX_NUM_FORMS": "1000",
        "pieces-0-ORDER": "1",
        "pieces-0-title": "La vis de trop",
        "pieces-0-people": "Odile Tassin",
        "pieces-0-first_folio": "4",
        "pieces-0-last_folio": "5",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "1",
        **fields,
    }


@pytest.fixture
def add(magazine, client):
    """A function that posts the form as an editor-in-chief."""
    client.force_login(member("chief"))
    address = reverse("wagtailadmin_pages:add", args=["magazine", "pastissue", magazine.archive.pk])
    return lambda **fields: client.post(address, posted(**fields))


def upload(data):
    return SimpleUploadedFile("n6.pdf", data, "application/pdf")


def test_editor_brings_in_an_older_issue_that_readers_then_see(add, client):
    assert add(new_file=upload(pdf())).status_code == 302
    issue = PastIssue.objects.get()
    assert (issue.number, issue.live, issue.file.pages) == (6, True, 2)
    assert issue.pieces.get().folios == "p. 4-5"
    assert client.get("/numeros/le-mode-d-emploi/").status_code == 200


def test_unfit_pdf_is_refused_in_words_and_nothing_is_made(add):
    response = add(new_file=upload(pdf(HARMFUL["script"])))
    assert response.status_code == 200
    assert "script" in response.content.decode()
    assert not PastIssue.objects.exists()
    assert not IssueFile.objects.exists()


def test_file_isn_t_lost_when_another_field_is_wrong(add):
    response = add(new_file=upload(pdf()), ink_dark="vert")
    kept = IssueFile.objects.get()
    assert kept.sha256 in response.content.decode()
    assert "inutile de le choisir de nouveau" in response.content.decode()
    assert add(received=kept.sha256).status_code == 302
    assert PastIssue.objects.get().file == kept


def test_number_of_an_issue_of_the_site_is_refused(add, magazine):
    magazine.issue(magazine.article(), number=6, slug="six")
    assert add().status_code == 200
    assert not PastIssue.objects.exists()


def test_pages_of_a_piece_come_in_order(add):
    assert add(**{"pieces-0-last_folio": "2"}).status_code == 200
    assert not PastIssue.objects.exists()


def past(magazine, **fields):
    """An older issue that readers see."""
    known = {"number": 3, "title": "Le prix", "slug": "le-prix", "cover_date_label": "2024"}
    issue = magazine.archive.add_child(
        instance=PastIssue(**{**known, "on_sale_date": dt.date(2024, 3, 1), **fields})
    )
    issue.save_revision().publish()
    return PastIssue.objects.get(pk=issue.pk)


def test_older_issue_is_never_the_next_one_to_release(magazine):
    past(magazine, live=False)
    assert next_issue() is None
    assert not Issue.objects.exists()


def test_draft_outlives_a_section_that_was_deleted(magazine):
    section = SectionFactory(parent=magazine.home)
    issue = past(magazine)
    issue.pieces.create(title="La craie", section=section)
    issue.save_revision()
    section.delete()
    kept = PastIssue.objects.get().get_latest_revision_as_object()
    assert [(piece.title, piece.section) for piece in kept.pieces.all()] == [("La craie", None)]
