"""The checks as editors meet them on the desk, in French."""

import datetime as dt
import json
import re

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import PageLogEntry

from magazine.models import PassedCheck, VisitedLink
from tests.factories import ContributorFactory, PictureFactory, paragraphs
from tests.magazine.desk_world import member

NO_BYLINE = {"code": "missing_byline", "subject": "bylines missing"}


@pytest.fixture
def sign_in(client, magazine):
    """Sign in with a role, and return the client."""

    def _sign_in(role):
        client.force_login(member(role))
        return client

    return _sign_in


@pytest.fixture
def unsigned(magazine):
    """A draft that nobody signs."""
    return magazine.article(title="La file est un pacte", live=False)


def address(name, page):
    return reverse(name, args=[page.pk])


def text_of(response):
    words = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", words).split())


def test_an_editor_reads_what_holds_the_article_back_and_how_to_mend_it(sign_in, unsigned):
    response = sign_in("editor").get(address("article_checks", unsigned))
    assert response.status_code == 200
    edit = reverse("wagtailadmin_pages:edit", args=[unsigned.pk])
    assert f'href="{edit}#:w:contentpath=bylines"' in response.content.decode()
    assert response.context["report"].blocking[0].finding.place == "bylines"


def test_the_side_panel_takes_the_same_report_without_the_page_around_it(sign_in, unsigned):
    response = sign_in("editor").get(address("article_checks_panel", unsigned))
    html = response.content.decode()
    assert 'data-blocking="1"' in html
    assert "<html" not in html


def test_an_article_s_editing_page_shows_the_panel_and_leads_to_the_page(sign_in, unsigned):
    response = sign_in("editor").get(reverse("wagtailadmin_pages:edit", args=[unsigned.pk]))
    html = response.content.decode()
    assert 'data-side-panel-toggle="readiness"' in html
    assert f'data-address="{address("article_checks_panel", unsigned)}"' in html
    assert f'href="{address("article_checks", unsigned)}"' in html


@pytest.mark.parametrize("role", ["contributor", "editor", "production"])
def test_only_the_editor_in_chief_may_let_a_finding_pass(sign_in, unsigned, role):
    desk = sign_in(role)
    posted = {**NO_BYLINE, "reason": "Texte collectif."}
    assert desk.post(address("pass_finding", unsigned), posted).status_code == 404
    assert desk.post(address("withdraw_pass", unsigned), posted).status_code == 404
    assert not PassedCheck.objects.exists()


def test_editors_are_not_offered_to_let_a_finding_pass(sign_in, unsigned):
    page = sign_in("editor").get(address("article_checks", unsigned)).content.decode()
    assert address("pass_finding", unsigned) not in page


def test_the_editor_in_chief_lets_a_finding_pass_and_the_reason_is_kept_and_shown(
    sign_in, unsigned
):
    desk = sign_in("chief")
    assert (
        address("pass_finding", unsigned)
        in desk.get(address("article_checks", unsigned)).content.decode()
    )
    posted = {**NO_BYLINE, "reason": "Texte collectif de la rédaction."}
    answer = desk.post(address("pass_finding", unsigned), posted, follow=True)
    assert "Texte collectif de la rédaction." in text_of(answer)
    assert answer.context["report"].blocking == []
    assert PageLogEntry.objects.get(action="magazine.pass_check").user.username == "chief"
    history = desk.get(reverse("wagtailadmin_pages:history", args=[unsigned.pk]))
    assert "Texte collectif de la rédaction." in text_of(history)
    back = desk.post(address("withdraw_pass", unsigned), posted, follow=True)
    assert len(back.context["report"].blocking) == 1


def test_a_pass_without_a_reason_is_refused_in_words(sign_in, unsigned):
    desk = sign_in("chief")
    answer = desk.post(address("pass_finding", unsigned), {**NO_BYLINE, "reason": " "}, follow=True)
    assert list(answer.context["messages"])
    assert not PassedCheck.objects.exists()
    scripted = desk.post(
        address("pass_finding", unsigned),
        {**NO_BYLINE, "reason": ""},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert (scripted.status_code, bool(scripted.content)) == (400, True)


def test_what_was_mended_meanwhile_needs_no_pass(sign_in, magazine):
    article = magazine.article(live=False, by=ContributorFactory())
    posted = {**NO_BYLINE, "reason": "Voulu."}
    sign_in("chief").post(address("pass_finding", article), posted)
    assert not PassedCheck.objects.exists()


@pytest.mark.parametrize("name", ["article_checks", "article_checks_panel"])
def test_a_contributor_reads_the_checks_of_their_own_drafts_only(sign_in, magazine, unsigned, name):
    desk = sign_in("contributor")
    assert desk.get(address(name, unsigned)).status_code == 404
    own = magazine.article(live=False, owner=member("contributor", "auteur"))
    desk.force_login(own.owner)
    assert desk.get(address(name, own)).status_code == 200


@pytest.mark.parametrize("pk", [0, 999_999_999])
def test_what_is_no_article_is_not_found(sign_in, magazine, pk):
    desk = sign_in("chief")
    for name in ("article_checks", "article_checks_panel", "issue_checks"):
        assert desk.get(reverse(name, args=[pk])).status_code == 404
    assert desk.get(address("article_checks", magazine.section)).status_code == 404


def test_checking_again_asks_for_all_links_again(
    sign_in, magazine, django_capture_on_commit_callbacks
):
    article = magazine.article(
        live=False,
        by=ContributorFactory(),
        body=paragraphs('<a href="https://ailleurs.example/">Là</a>.'),
    )
    desk = sign_in("editor")
    with django_capture_on_commit_callbacks() as jobs:
        page = desk.get(address("article_checks", article))
    assert len(jobs) == 1
    assert page.context["report"].is_awaited
    long_ago = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    VisitedLink.objects.update(visited_at=long_ago, asked_at=long_ago)
    with django_capture_on_commit_callbacks() as jobs:
        desk.post(address("visit_article_links", article))
    assert len(jobs) == 1
    assert desk.get(address("visit_article_links", article)).status_code == 405


def test_an_issue_shows_the_findings_of_all_its_articles_in_order(sign_in, magazine, unsigned):
    fine = magazine.article(title="Prenez un ticket", live=False, by=ContributorFactory())
    issue = magazine.issue(unsigned, fine, number=7, live=False)
    response = sign_in("editor").get(address("issue_checks", issue))
    reports = response.context["reports"]
    assert [each.article.title for each in reports] == [unsigned.title, fine.title]
    assert [len(each.blocking) for each in reports] == [1, 0]
    assert address("article_checks", unsigned) in response.content.decode()


def test_a_contributor_is_not_told_what_an_issue_will_hold(sign_in, magazine, unsigned):
    issue = magazine.issue(unsigned, number=7, live=False)
    assert sign_in("contributor").get(address("issue_checks", issue)).status_code == 404


def test_an_article_marked_as_ready_is_checked_as_it_was_then(sign_in, magazine, unsigned):
    issue = magazine.issue(unsigned, number=7, live=False)
    issue.entries.update(release_revision=unsigned.latest_revision)
    unsigned.standfirst = ""
    unsigned.save_revision()
    response = sign_in("editor").get(address("issue_checks", issue))
    (report,) = response.context["reports"]
    assert [row.finding.code for row in report.blocking] == ["missing_byline"]


def test_an_issue_without_articles_says_so(sign_in, magazine):
    response = sign_in("chief").get(address("issue_checks", magazine.issue(live=False)))
    assert response.context["reports"] == []


def test_nothing_is_published_while_the_rights_to_a_picture_are_over(sign_in, magazine):
    article = magazine.article(
        live=False,
        lead_picture=PictureFactory(title="La file", rights_end=dt.date(2020, 1, 1)),
    )
    desk = sign_in("superuser")
    publish = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = desk.post(f"{publish}?id={article.pk}&next=/admin/", follow=True)
    article.refresh_from_db()
    assert not article.live
    assert "La file" in text_of(answer)


def test_findings_escape_what_editors_wrote(sign_in, magazine):
    article = magazine.article(live=False, standfirst="<img src=x> !!!")
    html = sign_in("chief").get(address("article_checks", article)).content.decode()
    assert "<img src=x" not in html
    assert "&lt;img" in html


def axe_of(html):
    found = re.search(r'id="checker-axe-configuration"[^>]*>(.*?)</script>', html, re.DOTALL)
    return json.loads(found[1])


def test_wagtail_s_own_checker_looks_for_what_editors_of_french_texts_miss(sign_in, unsigned):
    html = sign_in("editor").get(reverse("wagtailadmin_pages:edit", args=[unsigned.pk])).content
    axe = axe_of(html.decode())
    assert axe["context"]["include"] == ["main"]
    assert set(axe["options"]["runOnly"]) <= set(axe["messages"])
    pattern = axe["spec"]["checks"][0]["options"]["pattern"]
    for wrong in (
        "IMG_2034",
        "file.jpg",
        "Photo de la file",
        "Une image d’attente",
        "dessin du hall",
    ):
        assert re.search(pattern, wrong, re.IGNORECASE), wrong
    for right in ("Une file devant un guichet", "Photographe au travail", "Imageries"):
        assert not re.search(pattern, right, re.IGNORECASE), right


def test_the_checker_runs_in_the_editor_s_preview_and_never_for_readers(sign_in, magazine):
    article = magazine.article()
    desk = sign_in("chief")
    cookie = desk.cookies["sessionid"].value
    request = RequestFactory().get("/", HTTP_COOKIE=f"sessionid={cookie}", HTTP_HOST="localhost")
    asked = {"in_preview_panel": True}
    shown = article.make_preview_request(request, "", asked).content.decode()
    assert "wagtail-userbar" in shown
    assert "wagtail-userbar" not in desk.get(article.get_url()).content.decode()
