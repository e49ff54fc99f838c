"""Who may have the digital edition of an issue: nobody, while one of its texts isn't public."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from wagtail.models import PageViewRestriction

from magazine.digital import MadeEdition, digital_edition_for_readers, keep_digital_edition
from magazine.models import DigitalEdition, DigitalText, DrawnLeaves, IssueEntry
from magazine.pdf_drawing import WIDTHS
from tests.factories import FeatureFactory, paragraphs

DATA = b"%PDF-1.7 the whole issue"
ADDRESS = "/numeros/l-attente/numero-7.pdf"
ISSUE, API = "/numeros/l-attente/", "/api/v1/issues/7/"
LEAVES = f"{ISSUE}feuilleter-7/"


@pytest.fixture
def issue(magazine):
    """A released issue of two articles, released at the revisions that its file holds."""
    first, second = magazine.article(title="La file"), magazine.article(title="Le guichet")
    issue = magazine.issue(first, second, number=7, title="L'attente", slug="l-attente")
    for entry in issue.entries.all():
        IssueEntry.objects.filter(pk=entry.pk).update(release_revision=entry.article.live_revision)
    keep(issue)
    return issue


def keep(issue, data=DATA):
    name = f"n{issue.number}/numerique/{hashlib.sha256(data).hexdigest()}.pdf"
    storages["press"].save(name, ContentFile(data))
    entries = issue.entries.select_related("article__live_revision", "article__latest_revision")
    texts = {
        entry.article_id: entry.article.live_revision or entry.article.latest_revision
        for entry in entries
    }
    made = MadeEdition(name, len(data), 40, hashlib.sha256(data).hexdigest())
    edition = keep_digital_edition(issue, made, texts)
    draw_first_page(edition)
    return edition


def draw_first_page(edition):
    drawn = b"the first page"
    facts = {"height": 900, "size": len(drawn), "sha256": hashlib.sha256(drawn).hexdigest()}
    DrawnLeaves.objects.get_or_create(
        sha256=edition.sha256, pages=[[{"width": width, **facts} for width in WIDTHS]]
    )
    for width in WIDTHS:
        storages["press"].save(DrawnLeaves.name_of(edition.sha256, 1, width), ContentFile(drawn))


def article_of(issue, position=1):
    return issue.entries.get(position=position).article.specific


def is_offered(client):
    """Whether readers get the file, its link, its place in the API, its pages: all, or none."""
    etag = f'"{hashlib.sha256(DATA).hexdigest()}"'
    answers = {
        client.get(ADDRESS).status_code == 200,
        client.head(ADDRESS).status_code == 200,
        client.get(ADDRESS, headers={"Range": "bytes=0-3"}).status_code == 206,
        client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304,
        ADDRESS in client.get(ISSUE).content.decode(),
        bool(client.get(API).json().get("digital_edition")),
        client.get(LEAVES).status_code == 200,
        client.get(f"{LEAVES}1-{WIDTHS[0]}.webp").status_code == 200,
        LEAVES in client.get(ISSUE).content.decode(),
    }
    assert len(answers) == 1
    return answers.pop()


def test_readers_are_handed_the_file_under_the_issues_address(client, issue):
    answer = client.get(ADDRESS)
    assert b"".join(answer.streaming_content) == DATA
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="guichet-n7.pdf"'
    assert answer["Content-Length"] == str(len(DATA))
    assert "no-cache" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer
    part = client.get(ADDRESS, headers={"Range": "bytes=9-"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, DATA[9:])


def test_who_has_the_file_already_is_told_so(client, issue):
    etag = client.head(ADDRESS)["ETag"]
    answer = client.get(ADDRESS, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_nothing_can_be_sent_there(client, issue):
    assert client.post(ADDRESS).status_code == 405


def test_the_issues_page_and_the_api_lead_there(client, issue, settings):
    settings.BASE_URL = "https://guichet.example"
    page = client.get(ISSUE).content.decode()
    assert f'href="{ADDRESS}"' in page
    assert "0,1" in page[page.index(ADDRESS) :][:300], "how large it is"
    assert client.get(API).json()["digital_edition"] == {
        "url": f"https://guichet.example{ADDRESS}",
        "size": len(DATA),
        "pages": 40,
        "sha256": hashlib.sha256(DATA).hexdigest(),
    }


@pytest.mark.parametrize("earlier", ["autrefois/numero-7", "l-attente/numero-0007"])
def test_another_address_leads_to_the_only_one(client, issue, earlier):
    answer = client.get(f"/numeros/{earlier}.pdf")
    assert (answer.status_code, answer["Location"]) == (301, ADDRESS)


@pytest.mark.parametrize("number", ["8", "99999999999999999999"])
def test_another_number_is_unknown(client, issue, number):
    assert client.get(f"/numeros/l-attente/numero-{number}.pdf").status_code == 404


def test_an_issue_without_its_file_offers_nothing(client, magazine):
    magazine.issue(magazine.article(), number=7, slug="l-attente")
    assert not is_offered(client)


def test_a_newer_file_takes_the_place_of_the_first(client, issue):
    keep(issue, b"%PDF-1.7 mended")
    assert b"".join(client.get(ADDRESS).streaming_content) == b"%PDF-1.7 mended"
    assert DigitalEdition.objects.count() == 1
    assert DigitalText.objects.count() == 2


def unpublish(issue):
    article_of(issue).unpublish()


def expire(issue):
    article_of(issue).unpublish(set_expired=True)


def make_private(issue):
    page = issue.entries.get(position=1).article
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def make_the_section_private(issue):
    PageViewRestriction.objects.create(
        page=article_of(issue).get_parent(), restriction_type="login"
    )


def keep_for_paper(issue):
    article = article_of(issue)
    article.channel = "print"
    article.save_revision().publish()


def embargo(issue):
    article = article_of(issue)
    article.unpublish()
    article.go_live_at = timezone.now() + timedelta(days=3)
    article.save_revision().publish()


def delete(issue):
    article = article_of(issue)
    issue.entries.get(position=1).delete()
    article.delete()


LEAKS = [unpublish, expire, make_private, make_the_section_private, keep_for_paper, embargo, delete]


@pytest.mark.parametrize("withdraw", LEAKS, ids=lambda verb: verb.__name__)
def test_one_text_that_readers_may_not_see_withholds_the_whole_file(client, issue, withdraw):
    assert is_offered(client)
    withdraw(issue)
    assert not is_offered(client)


@pytest.mark.parametrize("state", ["unpublished", "private"])
def test_an_issue_that_readers_may_not_see_has_no_file(client, issue, state):
    if state == "unpublished":
        issue.unpublish()
    else:
        PageViewRestriction.objects.create(page=issue, restriction_type="login")
    for answer in (client.get(ADDRESS), client.head(ADDRESS)):
        assert answer.status_code == 404
    assert digital_edition_for_readers(issue) is None


def test_an_editor_is_handed_no_more_than_a_stranger(admin_client, issue):
    make_private(issue)
    assert admin_client.get(ADDRESS).status_code == 404


def test_an_issue_in_the_making_has_no_file(client, magazine):
    issue = magazine.issue(magazine.article(), live=False, number=7, slug="l-attente")
    keep(issue)
    assert client.get(ADDRESS).status_code == 404


def test_a_text_that_was_never_published_withholds_the_file(client, magazine):
    article = magazine.article(FeatureFactory)
    issue = magazine.issue(article, number=7, slug="l-attente")
    article.body = paragraphs("Un brouillon.")
    draft = article.save_revision()
    made = keep(issue)
    made.texts.update(revision=draft, saved_at=draft.created_at)
    assert not is_offered(client)
    draft.publish()
    assert is_offered(client)


def test_a_revision_written_over_since_is_another_text(client, issue):
    text = DigitalText.objects.first()
    text.revision.created_at = timezone.now()
    text.revision.save(update_fields=["created_at"])
    assert not is_offered(client)


def test_the_text_that_was_released_stays_though_the_article_is_mended(client, issue):
    article = article_of(issue)
    article.body = paragraphs("Corrigé.")
    article.save_revision().publish()
    assert is_offered(client)


def test_a_file_that_was_lost_or_altered_is_not_handed_out(client, issue):
    name = DigitalEdition.objects.get().name
    storages["press"].delete(name)
    assert client.get(ADDRESS).status_code == 404
    storages["press"].save(name, ContentFile(b"%PDF-1.7 altered"))
    assert client.get(ADDRESS).status_code == 404


def test_what_readers_may_have_is_asked_in_few_queries(issue, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        digital_edition_for_readers(issue)
