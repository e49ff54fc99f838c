"""A guest reads one draft at its private address and remarks; nobody else learns of either."""

import io
import logging

import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import PageViewRestriction

from magazine.models import Remark, ReviewLink
from magazine.review import open_review, remark, revoke
from print import paper_store
from print.paper_draft import read_paper_draft
from tests.factories import FeatureFactory, InterviewFactory, block, paragraphs
from website.review_secrets import WithoutKeys

LOST = "a" * 43


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


@pytest.fixture
def draft(magazine):
    return magazine.article(
        InterviewFactory,
        title="Le pacte secret",
        slug="le-pacte-secret",
        live=False,
        body=[*paragraphs("Une phrase secrète."), block("crosshead", text="Un intertitre")],
    )


@pytest.fixture
def opened(draft, admin_user):
    """The link, and the address of its page."""
    link, key = open_review(draft, "Agnès Noiret", admin_user)
    return link, reverse("review", args=[key])


def post(client, address, **fields):
    return client.post(address, {"place": "", **fields})


def test_the_guest_reads_the_draft_as_the_web_will_have_it(client, opened):
    page = client.get(opened[1])
    text = page.content.decode()
    assert page.status_code == 200
    assert "Une phrase secrète." in text
    assert "Agnès Noiret" in text
    assert "guichet.css" in text
    assert '<html lang="fr">' in text


def test_the_page_is_kept_by_nobody_and_sets_no_cookie(client, opened):
    for address in (opened[1], f"{opened[1]}papier/", reverse("review", args=[LOST])):
        answer = client.get(address)
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert not answer.cookies
    post(client, opened[1], text="Une remarque.")
    assert not client.cookies


def test_machines_are_told_nothing_of_the_draft(client, opened):
    text = client.get(opened[1]).content.decode()
    for words in ("og:title", "ld+json", 'rel="canonical"', "le-pacte-secret"):
        assert words not in text


def test_closed_addresses_answer_like_unknown_ones(client, opened, admin_user, magazine):
    def answer(address):
        page = client.get(address)
        return page.status_code, dict(page.items()), page.content

    unknown = answer(reverse("review", args=[LOST]))
    assert unknown[0] == 404
    link, address = opened
    closings = [
        lambda: revoke(link, admin_user),
        lambda: ReviewLink.objects.update(revoked_at=None, expires_at="2020-01-01T00:00:00Z"),
        lambda: ReviewLink.objects.update(expires_at="2099-01-01T00:00:00Z", revision=None),
    ]
    for close in closings:
        close()
        assert answer(address) == unknown
        assert client.get(f"{address}papier/").status_code == 404
        assert client.get(f"{address}papier/abc/1.png").status_code == 404
        assert post(client, address, text="Encore là ?").status_code == 404
    assert not Remark.objects.exists()


@pytest.mark.parametrize("key", ["x", "é", "%00", "%ff", "..", "a" * 3000, "%0d%0aX: y"])
def test_odd_keys_are_unknown(client, opened, key):
    assert client.get(f"/relecture/{key}/").status_code in {301, 404}


def test_links_to_other_drafts_are_plain_text(client, magazine, admin_user):
    hidden = magazine.article(title="Autre secret", slug="autre-secret", live=False)
    shown = magazine.article(title="Public", slug="public")
    article = magazine.article(
        live=False,
        body=paragraphs(
            f'<a linktype="page" id="{hidden.pk}">voir</a> '
            f'<a linktype="page" id="{shown.pk}">aussi</a>'
        ),
    )
    _link, key = open_review(article, "Agnès", admin_user)
    text = client.get(reverse("review", args=[key])).content.decode()
    assert "voir" in text
    assert "autre-secret" not in text
    assert "/entretiens/public/" in text


def test_the_guest_sees_no_other_article_of_the_issue_in_the_making(client, magazine, admin_user):
    article = magazine.article(live=False)
    magazine.issue(magazine.article(title="Voisin secret", live=False), article, live=False)
    _link, key = open_review(article, "Agnès", admin_user)
    assert "Voisin secret" not in client.get(reverse("review", args=[key])).content.decode()


def test_the_draft_is_nowhere_else(client, opened, draft):
    for address in ("/", "/entretiens/", "/recherche/?q=secret", "/sitemap.xml", "/flux.atom"):
        text = client.get(address).content.decode()
        assert "pacte-secret" not in text
        assert "relecture" not in text
    assert client.get(f"/api/v1/articles/{draft.pk}/").status_code == 404
    assert "pacte" not in client.get("/api/v1/articles/").content.decode()
    assert client.get(draft.url or "/entretiens/le-pacte-secret/").status_code == 404


def test_a_private_article_is_shown_by_its_address_alone(client, magazine, admin_user):
    article = magazine.article(title="Réservé")
    PageViewRestriction.objects.create(page=article.page_ptr, restriction_type="login")
    _link, key = open_review(article, "Agnès", admin_user)
    assert client.get(reverse("review", args=[key])).status_code == 200
    assert client.get(article.url).status_code == 404


def test_a_scanner_that_asks_for_the_head_alone_changes_nothing(client, opened):
    assert client.head(opened[1]).status_code == 200
    assert ReviewLink.objects.get().seen_at is None
    client.get(opened[1])
    assert ReviewLink.objects.get().seen_at is not None
    assert not Remark.objects.exists()


def test_a_remark_about_a_place_reaches_the_editors(client, admin_client, opened, draft):
    answer = post(client, opened[1], place="1", text="Deux hypothèses.")
    assert answer.status_code == 302
    assert "Merci" in client.get(answer["Location"].split("#")[0]).content.decode()
    kept = Remark.objects.get()
    assert (kept.text, kept.block_id) == ("Deux hypothèses.", draft.body[0].id)
    page = admin_client.get(reverse("article_reviews", args=[draft.pk])).content.decode()
    assert "Deux hypothèses." in page
    assert f"#block-{draft.body[0].id}-section" in page


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * 1_000_000, "1000000"),
        ("renversé \u202e", "sens de lecture"),
        ("nul \x00", "caractères de contrôle"),
        ("  ", "vide"),
    ],
)
def test_a_remark_that_cannot_be_taken_is_answered_with_the_reason(client, opened, text, reason):
    answer = post(client, opened[1], text=text)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert reason in page.replace("\N{NARROW NO-BREAK SPACE}", "")
    assert 'role="alert"' in page
    assert not Remark.objects.exists()


def test_a_remark_larger_than_any_form_is_answered_too(client, opened, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post(
        opened[1], f"text={'a' * 2000}", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413
    assert 'role="alert"' in answer.content.decode()


def test_what_was_typed_is_not_lost_when_the_guest_has_to_wait(client, opened):
    for number in range(10):
        remark(opened[0], f"Remarque {number}")
    answer = post(client, opened[1], text="La onzième, longuement pesée.")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "600"
    assert "La onzième, longuement pesée.</textarea>" in answer.content.decode()


def test_a_place_that_is_not_in_the_draft_is_refused(client, opened):
    assert post(client, opened[1], place="99", text="Où ?").status_code == 400
    assert not Remark.objects.exists()


def test_a_remark_is_shown_as_text(client, admin_client, opened, draft):
    remark(opened[0], "<script>alert(1)</script>")
    address = reverse("article_reviews", args=[draft.pk])
    for page in (client.get(opened[1]), admin_client.get(address)):
        assert "<script>alert" not in page.content.decode()


def test_no_other_verb_is_answered(client, opened):
    for verb in (client.put, client.delete, client.patch):
        assert verb(opened[1]).status_code == 405
    assert client.post(f"{opened[1]}papier/").status_code == 405


def test_paper_pages_are_those_of_this_draft_alone(client, opened, draft, magazine, admin_user):
    waiting = client.get(f"{opened[1]}papier/").content.decode()
    assert "data-waiting" in waiting
    revision = draft.latest_revision
    digest = read_paper_draft(revision.as_object(), revision).digest
    page = paper_store.PagePicture(1, "00", "recto", 2, 3)
    paper_store.keep(draft.pk, digest, revision.pk, [(page, b"png")])
    shown = client.get(f"{opened[1]}papier/").content.decode()
    assert f"{opened[1]}papier/{digest}/1.png" in shown
    picture = client.get(f"{opened[1]}papier/{digest}/1.png")
    assert (picture.content, picture["Content-Type"]) == (b"png", "image/png")
    assert "no-store" in picture["Cache-Control"]
    other = magazine.article(live=False)
    _link, key = open_review(other, "Agnès", admin_user)
    foreign = reverse("review_page", args=[key, digest, 1])
    assert client.get(foreign).status_code == 404


def test_an_article_for_paper_alone_is_shown_on_paper(client, magazine, admin_user):
    article = magazine.article(channel="print", live=False, title="Papier seul")
    _link, key = open_review(article, "Agnès", admin_user)
    page = client.get(reverse("review", args=[key]))
    assert page.status_code == 200
    assert "data-waiting" in page.content.decode()


def test_an_article_for_the_web_alone_has_no_paper(client, magazine, admin_user):
    article = magazine.article(channel="web", live=False)
    _link, key = open_review(article, "Agnès", admin_user)
    assert client.get(reverse("review", args=[key])).status_code == 200
    assert client.get(reverse("review_paper", args=[key])).status_code == 404


def test_keys_stay_out_of_the_log(client, opened):
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(WithoutKeys())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        client.get(reverse("review", args=[LOST]))
        post(client, opened[1], text="")
    finally:
        logger.removeHandler(handler)
    assert "/relecture/…/" in written.getvalue()
    assert LOST not in written.getvalue()
    assert opened[1] not in written.getvalue()


def test_the_console_filters_keys(settings):
    assert "without_keys" in settings.LOGGING["handlers"]["console"]["filters"]


def test_an_editor_makes_an_address_and_sees_it_once(client, admin_client, draft):
    address = reverse("article_reviews", args=[draft.pk])
    made = admin_client.post(address, {"guest": "Agnès", "days": "7"})
    assert "no-store" in made["Cache-Control"]
    shown = made.context["address"]
    assert client.get(shown.split("8000", 1)[1]).status_code == 200
    again = admin_client.get(address).content.decode()
    assert shown not in again
    assert "Agnès" in again


@pytest.mark.parametrize("days", ["0", "91", "x", ""])
def test_an_address_for_odd_days_is_refused(admin_client, draft, days):
    address = reverse("article_reviews", args=[draft.pk])
    answer = admin_client.post(address, {"guest": "Agnès", "days": days})
    assert answer.status_code == 200
    assert not ReviewLink.objects.exists()


def test_an_editor_renews_settles_and_closes(client, admin_client, opened, draft):
    link, address = opened
    kept = remark(link, "Une remarque.")
    draft.title = "Le nouveau titre"
    draft.save_revision()
    assert "Le nouveau titre" not in client.get(address).content.decode()
    admin_client.post(reverse("article_review_renew", args=[draft.pk, link.pk]))
    assert "Le nouveau titre" in client.get(address).content.decode()
    settled = reverse("article_remark_settle", args=[draft.pk, kept.pk])
    admin_client.post(settled, {"done": "yes"})
    kept.refresh_from_db()
    assert kept.settled_at
    admin_client.post(settled, {"done": "no"})
    kept.refresh_from_db()
    assert kept.settled_at is None
    admin_client.post(reverse("article_review_revoke", args=[draft.pk, link.pk]))
    assert client.get(address).status_code == 404


def test_links_and_remarks_of_another_article_are_unknown(admin_client, opened, draft, magazine):
    other = magazine.article(live=False)
    kept = remark(opened[0], "Une remarque.")
    for address in (
        reverse("article_review_renew", args=[other.pk, opened[0].pk]),
        reverse("article_review_revoke", args=[other.pk, opened[0].pk]),
        reverse("article_remark_settle", args=[other.pk, kept.pk]),
    ):
        assert admin_client.post(address, {"done": "yes"}).status_code == 404
    assert ReviewLink.objects.get(pk=opened[0].pk).revoked_at is None


def test_who_reads_every_draft_but_edits_none_sees_remarks_and_makes_no_address(
    client, django_user_model, opened, draft
):
    from django.contrib.auth.models import Group

    producer = django_user_model.objects.create_user("fabrication", password="x")
    producer.groups.add(Group.objects.get(name="Fabrication"))
    client.force_login(producer)
    remark(opened[0], "Une remarque.")
    address = reverse("article_reviews", args=[draft.pk])
    assert "Une remarque." in client.get(address).content.decode()
    assert client.post(address, {"guest": "X", "days": "5"}).status_code == 404
    revoking = reverse("article_review_revoke", args=[draft.pk, opened[0].pk])
    assert client.post(revoking).status_code == 404
    assert client.get(revoking).status_code == 405
    assert ReviewLink.objects.count() == 1


def test_who_may_not_see_the_draft_learns_nothing(client, django_user_model, opened, draft):
    from django.contrib.auth.models import Group

    other = django_user_model.objects.create_user("pigiste", password="x")
    other.groups.add(Group.objects.get(name="Contribution"))
    client.force_login(other)
    remark(opened[0], "Une remarque.")
    answer = client.get(reverse("article_reviews", args=[draft.pk]))
    assert answer.status_code == 404
    assert "remarque." not in answer.content.decode()
    assert "Agnès" not in answer.content.decode()


def test_the_usage_of_an_article_names_no_guest(admin_client, opened, draft):
    page = admin_client.get(reverse("wagtailadmin_pages:usage", args=[draft.pk]))
    assert "Agnès" not in page.content.decode()


def test_history_says_who_showed_the_draft_to_whom(admin_client, opened, draft):
    page = admin_client.get(reverse("wagtailadmin_pages:history", args=[draft.pk]))
    assert "Agnès Noiret" in page.content.decode()


def test_the_side_panel_shows_what_is_left_to_settle(admin_client, opened, draft):
    remark(opened[0], "À reprendre.")
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert "À reprendre." in page.content.decode()


def test_a_new_article_is_edited_without_any_address(admin_client, magazine):
    article = FeatureFactory(parent=magazine.section, live=False)
    assert admin_client.get(reverse("article_reviews", args=[article.pk])).status_code == 200
    answer = admin_client.post(
        reverse("article_reviews", args=[article.pk]), {"guest": "A", "days": "5"}
    )
    assert answer.status_code == 200
    assert not ReviewLink.objects.exists()
