"""No page breaks a rule of WCAG that a machine can check: axe, narrow and wide, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from magazine.models import Article, Comment
from magazine.models.articles import CommentsRule
from magazine.models.comments import CommentState
from tests.factories import Magazine
from tests.website.reading_magazine import fill

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
PLACES = [
    "/",
    "/numeros/",
    "/entretiens/",
    "/signatures/ines/",
    "/sujets/telephone/",
    "/recherche/",
    "/recherche/?q=attente",
    "/recherche/?q=zzyzx",
    "/lettre/",
    "/mentions-legales/",
    "/nulle-part/",
]


@pytest.fixture
def issue(transactional_db):
    """A magazine with an article of each kind, every block, and a comment with its answer."""
    articles, issue = fill(Magazine())
    talked = articles["feature"]
    Article.objects.filter(pk=talked.pk).update(comments=CommentsRule.OPEN)
    said = {"article": talked, "state": CommentState.SHOWN, "decided_at": timezone.now()}
    first = Comment.objects.create(name="Mireille", text="Bien dit.", **said)
    Comment.objects.create(name="Yves", text="D'accord.", parent=first, **said)
    return issue


@pytest.fixture
def places(issue):
    """The address of every type of page."""
    articles = Article.objects.for_readers()
    own = [issue.url, *(each.url for each in articles)]
    return [*PLACES, *own, f"/commenter/{Comment.objects.first().article_id}/"]


def faults(page):
    """Return what axe finds on a page: rule, where, and why."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1440, False)])
def test_axe_finds_nothing_on_any_type_of_page(reader, places, width, dark):
    page = reader("/", width=width, dark=dark, reduced_motion="reduce")
    wrong = []
    for place in places:
        page.goto(place)
        wrong += [(place, *fault) for fault in faults(page)]
    assert wrong == []
