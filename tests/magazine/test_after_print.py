"""What changed since an issue printed it, and what counts as a change on paper."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from magazine.after_print import since_print
from magazine.models import Article, Feature
from magazine.release import Printed, record_printing
from tests.factories import block, paragraphs


@pytest.fixture
def desk(client, db):
    client.force_login(get_user_model().objects.create_superuser("ines", "i@guichet.example", "x"))
    return client


@pytest.fixture
def article(magazine):
    """An article that issue 7 printed on page 8."""
    article = magazine.article(
        title="La file", body=[*paragraphs("Sur papier."), *paragraphs("En ligne.", channel="web")]
    )
    issue = magazine.issue(article, number=7)
    entry = issue.entries.get()
    record_printing(issue, [Printed(entry.pk, article.live_revision_id, 8, 9)])
    return article


def draft(article, **fields):
    article = Feature.objects.get(pk=article.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(article, name, value)
    return article.save_revision()


def since(article):
    return since_print(Article.objects.filter(pk=article.pk))[article.pk]


def test_what_was_printed_and_left_alone_did_not_change(article):
    assert not since(article).differs
    draft(article).publish()
    assert not since(article).differs


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "La queue"},
        {"standfirst": "Autre chapeau."},
        {"body": [block("paragraph", text="<p>Autre.</p>")]},
    ],
)
def test_a_change_that_paper_would_show_counts(article, fields):
    revision = draft(article, **fields)
    assert (since(article).live_differs, since(article).draft_differs) == (False, True)
    revision.publish()
    assert (since(article).live_differs, since(article).draft_differs) == (True, True)


@pytest.mark.parametrize(
    "fields",
    [
        {"slug": "la-file-d-attente"},
        {"seo_title": "Autre"},
        {"show_contents": True},
        {"lead_alt": "Une file."},
        {"body": [*paragraphs("Sur papier."), *paragraphs("Autrement en ligne.", channel="web")]},
        {"body": [block("paragraph", text='<p data-block-key="ab1">Sur papier.</p>')]},
    ],
)
def test_a_change_that_paper_would_not_show_does_not(article, fields):
    draft(article, **fields).publish()
    assert not since(article).differs


def test_an_article_that_was_never_printed_is_not_among_them(magazine):
    article = magazine.article()
    magazine.issue(article, number=8)
    assert since_print([article]) == {}


def test_many_articles_cost_no_more_queries(magazine, django_assert_max_num_queries):
    articles = [magazine.article() for _ in range(6)]
    issue = magazine.issue(*articles, number=7)
    record_printing(
        issue,
        [
            Printed(entry.pk, entry.article.live_revision_id, n, n)
            for n, entry in enumerate(issue.entries.all(), 4)
        ],
    )
    pages = list(Article.objects.all())
    with django_assert_max_num_queries(4):
        since_print(pages)


def test_the_desk_says_so_and_shows_the_difference(desk, article):
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert "n° 7" not in " ".join(str(m) for m in desk.get(edit).context["messages"])
    draft(article, title="La queue").publish()
    told = " ".join(str(m) for m in desk.get(edit).context["messages"])
    assert "7" in told
    compared = desk.get(since(article).difference).content.decode()
    assert re.search(r'deletion">\s*file', compared)
    assert re.search(r'addition">\s*queue', compared)


def test_lists_mark_what_changed(desk, article, magazine):
    explorer = reverse("wagtailadmin_explore", args=[magazine.section.pk])
    address = since(article).difference
    assert address not in desk.get(explorer).content.decode()
    draft(article, title="La queue").publish()
    assert since(article).difference in desk.get(explorer).content.decode()
