"""An article is copied into another issue, and takes along only what is the text's own."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, Page

from magazine.copying import CopyError, copy_into
from magazine.models import Article, Correction, Feature, Issue, IssueEntry, PlannedPiece, Section
from magazine.release import Printed, record_printing
from tests.factories import ContributorFactory, OpinionFactory, TopicFactory, paragraphs


@pytest.fixture
def ines(db):
    return get_user_model().objects.create_superuser("ines", "i@guichet.example", "x")


@pytest.fixture
def desk(client, ines):
    client.force_login(ines)
    return client


@pytest.fixture
def article(magazine):
    return magazine.article(
        title="La file est un pacte",
        slug="la-file",
        by=ContributorFactory(),
        about=[TopicFactory()],
        published_at=timezone.now(),
        edition_label="Mi-novembre",
    )


def in_order(issue):
    draft = Issue.objects.get(pk=issue.pk).get_latest_revision_as_object()
    return [entry.article_id for entry in draft.entries.order_by("position")]


def test_the_copy_stands_last_in_the_issue_as_a_draft(article, magazine, ines):
    magazine.issue(article, number=7)
    other = magazine.article(title="Autre")
    following = magazine.issue(other, number=8, live=False)
    article.body = paragraphs("Le texte du jour.")
    article.save_revision()
    copy = copy_into(article, following, by=ines)
    assert (copy.title, copy.slug, copy.live) == ("La file est un pacte", "la-file-8", False)
    assert copy.get_parent().pk == magazine.section.pk
    assert copy.bylines.count() == copy.topics.count() == 1
    assert "Le texte du jour." in str(copy.body)
    assert (copy.published_at, copy.edition_label, copy.owner) == (None, "", ines)
    assert in_order(following) == [other.pk, copy.pk]
    assert list(following.entries.values_list("article", flat=True)) == [other.pk, copy.pk]
    draft = copy.get_latest_revision_as_object()
    assert (draft.slug, draft.published_at) == ("la-file-8", None)


def test_what_is_the_first_ones_alone_stays_with_it(article, magazine, ines):
    issue = magazine.issue(article, number=7)
    entry = issue.entries.get()
    record_printing(issue, [Printed(entry.pk, article.latest_revision_id, 3, 5)])
    PlannedPiece.objects.create(issue=issue, article=article, title="File")
    Comment.objects.create(page=article, user=ines, text="À relire", contentpath="title")
    Correction.objects.create(article=article, wrong="Faux.", text="Juste.")
    for copy in (
        copy_into(article, magazine.issue(number=8, live=False), by=ines),
        article.copy(update_attrs={"slug": "copie"}, user=ines),
    ):
        assert not copy.wagtail_admin_comments.exists()
        assert not copy.corrections.exists()
        assert not copy.planned_pieces.exists()
        assert not IssueEntry.objects.filter(article=copy.pk).exclude(first_folio=None).exists()
        assert copy.entry is None


def test_its_history_names_the_source(desk, article, magazine, ines):
    copy = copy_into(article, magazine.issue(number=8, live=False), by=ines)
    page = desk.get(reverse("wagtailadmin_pages:history", args=[copy.pk])).content.decode()
    assert "La file est un pacte" in page
    assert "Copié" in page


def test_a_second_copy_finds_a_free_address(article, magazine, ines):
    issue = magazine.issue(number=8, live=False)
    slugs = [copy_into(article, issue, by=ines).slug for _ in range(2)]
    assert slugs == ["la-file-8", "la-file-8-2"]
    assert len(in_order(issue)) == 2


def test_a_released_or_locked_issue_takes_none_and_leaves_no_copy(article, magazine, ines):
    locked = magazine.issue(number=9, live=False)
    karim = get_user_model().objects.create_user("karim")
    Page.objects.filter(pk=locked.pk).update(locked=True, locked_by=karim)
    for issue in (magazine.issue(number=7), locked):
        with pytest.raises(CopyError):
            copy_into(article, issue, by=ines)
    assert Article.objects.count() == 1


def test_the_desk_offers_the_issues_in_the_making(desk, magazine):
    article = magazine.article(OpinionFactory, title="Prenez un ticket")
    magazine.issue(number=7)
    following = magazine.issue(number=8, live=False, title="Le silence")
    address = reverse("copy_into_issue", args=[article.pk])
    edit = desk.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert address in edit
    page = desk.get(address).content.decode()
    assert "Le silence" in page
    assert "Numéro 7" not in page
    response = desk.post(address, {"issue": following.pk}, follow=True)
    assert "Prenez un ticket" in response.content.decode()
    assert len(in_order(following)) == 1
    assert desk.post(address, {"issue": 999}).status_code == 200


def test_an_issue_itself_is_not_copied(desk, magazine):
    issue = magazine.issue(number=7, live=False)
    for response in (
        desk.get(reverse("wagtailadmin_pages:copy", args=[issue.pk]), follow=True),
        desk.post(reverse("wagtailadmin_pages:copy", args=[issue.pk]), {}, follow=True),
    ):
        assert "ne se copie pas" in response.content.decode()
    assert Issue.objects.count() == 1


def test_a_section_is_copied_without_its_mark(magazine, ines):
    magazine.article()
    copy = magazine.section.copy(
        recursive=True, update_attrs={"slug": "copie", "title": "Copie"}, user=ines
    )
    assert Section.objects.get(pk=copy.pk).mark is None
    assert Feature.objects.count() == 2


def test_strangers_learn_nothing(client, article):
    client.force_login(get_user_model().objects.create_user("karim"))
    response = client.get(reverse("copy_into_issue", args=[article.pk]), follow=True)
    assert "La file" not in response.content.decode()


def test_a_version_opens_even_if_somebody_in_it_was_deleted(desk, article):
    (byline,) = article.bylines.all()
    person = byline.contributor
    first = article.latest_revision
    article.bylines.clear()
    article.save_revision().publish()
    person.delete()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[article.pk, first.pk])
    assert desk.get(address).status_code == 200
    address = reverse("wagtailadmin_pages:revisions_compare", args=[article.pk, first.pk, "latest"])
    assert desk.get(address).status_code == 200


def test_nor_does_an_issue_whose_article_was_deleted(desk, article, magazine):
    issue = magazine.issue(article, number=8, live=False)
    first = issue.latest_revision
    draft = issue.get_latest_revision_as_object()
    draft.entries.clear()
    draft.save_revision()
    Page.objects.get(pk=article.pk).delete()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[issue.pk, first.pk, "latest"])
    assert desk.get(address).status_code == 200
