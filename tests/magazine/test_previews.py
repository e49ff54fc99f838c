"""An editor sees the draft as web, paper and API will have it, and nobody else does."""

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from magazine import previews
from tests.factories import ContributorFactory, FeatureFactory, InterviewFactory, paragraphs

HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Frame-Options": "SAMEORIGIN",
}


CODES = ["web", "etroit", "papier", "api"]


@pytest.fixture
def draft(magazine):
    """A published article whose draft says something else."""
    article = magazine.article(
        InterviewFactory, title="La file", by=ContributorFactory(), body=paragraphs("Déjà paru.")
    )
    article.title = "La file est un pacte"
    article.body = paragraphs("Pas encore paru : un secret.")
    article.save_revision()
    return article


def addresses(article):
    return [
        reverse("article_previews", args=[article.pk]),
        *(
            reverse("article_preview", args=[article.pk, preview.code])
            for preview in previews.previews_of(article)
        ),
    ]


def test_all_previews_stand_side_by_side(admin_client, draft):
    page = admin_client.get(reverse("article_previews", args=[draft.pk])).content.decode()
    frames = [reverse("article_preview", args=[draft.pk, code]) for code in CODES]
    assert [frame for frame in frames if f'<iframe src="{frame}"' not in page] == []


def test_the_web_preview_is_the_draft_in_the_sites_own_page(admin_client, client, draft):
    shown = admin_client.get(reverse("article_preview", args=[draft.pk, "web"])).content.decode()
    assert "Pas encore paru\N{NO-BREAK SPACE}: un secret." in shown
    assert "Déjà paru" not in shown
    assert "guichet.css" in shown


def test_the_web_preview_speaks_the_sites_language_to_an_english_editor(
    admin_client, admin_user, draft
):
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=admin_user, preferred_language="en")
    shown = admin_client.get(reverse("article_preview", args=[draft.pk, "web"])).content.decode()
    assert '<html lang="fr">' in shown
    assert "Rechercher" in shown


def test_the_api_preview_is_what_the_api_will_answer(admin_client, client, draft):
    shown = admin_client.get(reverse("article_preview", args=[draft.pk, "api"]))
    draft.save_revision()
    coming = json.loads(shown.context["json"])
    draft.get_latest_revision().publish()
    answer = client.get(f"/api/v1/articles/{draft.pk}/").json()
    moments = {"published_at", "updated_at"}
    assert {key: value for key, value in coming.items() if key not in moments} == {
        key: value for key, value in answer.items() if key not in moments
    }
    assert coming["title"] == "La file est un pacte"


def test_nothing_of_a_preview_is_kept_by_caches_or_search_engines(admin_client, draft):
    for address in addresses(draft):
        answer = admin_client.get(address)
        assert answer.status_code == 200, address
        assert {name: answer[name] for name in HEADERS} == HEADERS, address
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", ")), address


def test_an_article_for_paper_alone_has_no_web_preview(admin_client, magazine):
    article = magazine.article(channel="print", live=False)
    assert [preview.code for preview in previews.previews_of(article)] == ["papier"]
    answer = admin_client.get(reverse("article_preview", args=[article.pk, "web"]))
    assert answer.status_code == 404
    assert article.preview_modes[0][0] == "papier"


def test_a_stranger_is_sent_to_the_login(client, draft):
    for address in addresses(draft):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "/admin/login/" in answer["Location"]


def test_who_may_not_see_the_draft_gets_404(client, django_user_model, draft):
    outsider = django_user_model.objects.create_user("dehors", password="x")
    outsider.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(outsider)
    for address in addresses(draft):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "pacte" not in answer.content.decode()


def test_a_contributor_sees_previews_of_own_drafts_alone(client, django_user_model, magazine):
    user = django_user_model.objects.create_user("pigiste", password="x")
    user.groups.add(Group.objects.get(name="Contribution"))
    client.force_login(user)
    own = FeatureFactory(parent=magazine.section, live=False, owner=user)
    own.save_revision()
    other = magazine.article(live=False)
    assert {client.get(address).status_code for address in addresses(own)} == {200}
    assert {client.get(address).status_code for address in addresses(other)} == {404}


def test_wagtails_own_panel_offers_web_paper_and_api(admin_client, draft):
    assert [code for code, _label in draft.preview_modes] == ["web", "papier", "api"]
    address = reverse("wagtailadmin_pages:view_draft", args=[draft.pk])
    for mode, words in (("web", "un secret"), ("api", "est un pacte"), ("papier", "<body>")):
        answer = admin_client.get(address, {"mode": mode})
        assert words in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]


def test_an_article_never_saved_says_so(admin_client, magazine):
    article = FeatureFactory(parent=magazine.section, live=False)
    answer = admin_client.get(reverse("article_preview", args=[article.pk, "papier"]))
    assert answer.status_code == 200
    assert "refused" in answer.content.decode()


@pytest.mark.parametrize("code", ["inconnu", "web2"])
def test_an_unknown_preview_is_404(admin_client, draft, code):
    assert admin_client.get(reverse("article_preview", args=[draft.pk, code])).status_code == 404
