"""A reader comments on small pages of their own; the article's page holds no form and no cookie."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from magazine.channels import Channel
from magazine.comments import Written, answer, erase, show, submit
from magazine.models import Article, Comment
from website import comment_form


@pytest.fixture(autouse=True)
def readers_are_quick(monkeypatch):
    monkeypatch.setattr(comment_form, "LEAST", dt.timedelta(seconds=-1))


@pytest.fixture
def article(magazine):
    return magazine.article(title="La file", slug="la-file")


@pytest.fixture
def address(article):
    return reverse("comment_form", args=[article.pk])


@pytest.fixture
def said(magazine, article):
    """Comments that are kept: `said("Bonjour")`."""

    def said(text, name="Inès", **fields):
        written = Written(name=name, text=text, **fields)
        return submit(article.article_ptr, written, magazine.publication)

    return said


def fields_of(page):
    """The hidden fields of the form, as a browser sends them back."""
    found = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page)
    return dict(found)


def typed(**fields):
    return {"text": "Très juste.", "name": "Inès", "mail": "", "consent": "on", "site": ""} | fields


def send(client, address, **fields):
    hidden = fields_of(client.get(address).content.decode())
    return client.post(address, hidden | typed(**fields))


def words(answer):
    return answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def test_a_comment_waits_is_shown_and_can_be_erased(client, article, address, admin_user):
    sent = send(client, address, mail="ines@guichet.example")
    assert sent.status_code == 302
    private = sent.url.partition("?")[0]
    thanks = client.get(sent.url)
    assert "attend la rédaction" in words(thanks)
    assert private in words(thanks)
    assert "Très juste" not in words(client.get(article.url))
    show(Comment.objects.get(), admin_user)
    shown = words(client.get(article.url))
    assert "Très juste." in shown
    assert "ines@" not in shown + words(client.get(address))
    assert client.post(private).status_code == 302
    assert not Comment.objects.exists()
    assert "Très juste" not in words(client.get(article.url))
    assert client.get(private).status_code == client.post(private).status_code == 404


def test_the_articles_page_has_no_form_and_sets_no_cookie(
    client, article, address, said, admin_user
):
    show(said("Bonjour.").comment, admin_user)
    page = client.get(article.url)
    assert f'href="{address}"' in words(page)
    assert "csrf" not in words(page)
    assert "<form" not in words(page).partition("<main")[2]
    assert not page.cookies


def test_only_the_forms_page_sets_a_cookie_and_nobody_keeps_any_of_them(
    client, article, address, said
):
    private = reverse("own_comment", args=[said("Bonjour.").key])
    assert set(client.get(address).cookies) == {"csrftoken"}
    bare = Client()
    for each in (private, reverse("comment_erased"), reverse("comment_thanks", args=[article.pk])):
        page = bare.get(each)
        assert page.status_code == 200
        assert not page.cookies
        assert {"private", "no-store"} <= set(page["Cache-Control"].split(", "))
        assert "noindex" in page["X-Robots-Tag"]
    assert bare.get(private)["Referrer-Policy"] == "no-referrer"


def test_text_is_shown_as_text(client, article, said, admin_user):
    show(said("<b>gras</b> <script>x</script>\n\nhttps://exemple.fr !").comment, admin_user)
    page = words(client.get(article.url))
    assert "&lt;b&gt;gras&lt;/b&gt;" in page
    assert "<script>x" not in page
    assert '<a href="https://exemple.fr' not in page
    assert "<p>https://exemple.fr !</p>" in page


def test_answers_stand_under_what_they_answer(client, article, address, said, admin_user):
    top = said("Une question ?", name="Zoé").comment
    answer(top, "La réponse.", admin_user)
    show(said("Plus tard.").comment, admin_user)
    page = words(client.get(article.url))
    places = [page.index(part) for part in ("Une question ?", "La réponse.", "Plus tard.")]
    assert places == sorted(places)
    assert 'class="comment-role">Rédaction<' in page
    form = words(client.get(f"{address}?en-reponse-a={top.pk}"))
    assert "Une question ?" in form
    hidden = fields_of(form)
    client.post(address, hidden | typed(text="D'accord."))
    assert Comment.objects.get(text="D'accord.").parent == top
    erase(top)
    page = words(client.get(article.url))
    assert "Une question ?" not in page
    assert "Zoé" not in page
    assert "La réponse." in page


@pytest.mark.parametrize("number", ["x", "-1", "0", "99999999999999999999", "%00", "١", "1" * 4000])
def test_odd_answers_lead_to_a_plain_comment(client, address, number):
    assert client.get(f"{address}?en-reponse-a={number}").status_code == 200


def test_what_is_answered_may_go_while_the_answer_is_typed(client, address, said, admin_user):
    top = said("Un.").comment
    show(top, admin_user)
    hidden = fields_of(words(client.get(f"{address}?en-reponse-a={top.pk}")))
    erase(top)
    page = client.post(address, hidden | typed(text="Ma réponse."))
    assert page.status_code == 409
    assert "Ma réponse." in words(page)
    assert (
        client.post(address, fields_of(words(page)) | typed(text="Ma réponse.")).status_code == 302
    )


def test_double_submits_make_one_comment(client, address):
    hidden = fields_of(words(client.get(address)))
    first, second = (client.post(address, hidden | typed()) for _ in range(2))
    assert first.url == second.url
    other = send(Client(), address)
    assert other.url.endswith("/merci/")
    assert client.get(other.url).status_code == 200
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"text": ""}, "vide"),
        ({"text": "a" * 3001}, "3001"),
        ({"text": "https://a.fr " * 50}, "50"),
        ({"text": "Z" + "\u0301" * 50}, "accents"),
        ({"name": ""}, "signez"),
        ({"mail": "pas une adresse"}, "valide"),
        ({"consent": ""}, "accord"),
    ],
)
def test_errors_stand_next_to_their_fields_and_nothing_typed_is_lost(client, address, fields, part):
    page = send(client, address, **({"text": "Mes mots à moi."} | fields))
    name = next(iter(fields))
    text = words(page)
    assert page.status_code == 400
    assert part in text.partition(f'id="id_{name}-error"')[2][:200]
    if name != "text":
        assert "Mes mots à moi." in text
    if name != "name":
        assert 'value="Inès"' in text
    assert not Comment.objects.exists()
    assert client.post(address, fields_of(text) | typed()).status_code == 302


def test_turned_and_hidden_signs_are_taken_out(client, address):
    send(client, address, text="abc\u202edef\u0000\u2066", name="In\u200bès\u202e")
    kept = Comment.objects.get()
    assert (kept.text, kept.name) == ("abcdef", "Inès")


def test_a_missing_or_old_token_keeps_the_text_and_the_next_try_passes(address):
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(address, typed(text="Mes mots à moi."))
    assert page.status_code == 403
    assert "Mes mots à moi." in words(page)
    assert not Comment.objects.exists()
    assert strict.post(address, fields_of(words(page)) | typed()).status_code == 302


@pytest.mark.parametrize("ticket", ["", "x", "é" * 50, "a:b:c"])
def test_a_form_that_is_not_ours_is_shown_again(client, address, ticket):
    page = client.post(address, typed(ticket=ticket))
    assert page.status_code == 400
    assert "Très juste." in words(page)
    assert client.post(address, fields_of(words(page)) | typed()).status_code == 302


def test_another_articles_ticket_is_not_taken(client, magazine, address):
    other = reverse("comment_form", args=[magazine.article().pk])
    hidden = fields_of(words(client.get(other)))
    assert client.post(address, hidden | typed()).status_code == 400


def test_old_and_hasty_forms_are_shown_again(client, address, monkeypatch):
    hidden = fields_of(words(client.get(address)))
    monkeypatch.setattr(comment_form, "MOST", dt.timedelta(seconds=-1))
    assert client.post(address, hidden | typed()).status_code == 400
    monkeypatch.undo()
    hasty = client.post(address, hidden | typed())
    assert hasty.status_code == 400
    assert "Très juste." in words(hasty)
    monkeypatch.setattr(comment_form, "LEAST", dt.timedelta(seconds=-1))
    assert client.post(address, fields_of(words(hasty)) | typed()).status_code == 302


def test_who_fills_the_trap_is_thanked_and_kept_as_spam(client, address):
    assert send(client, address, site="https://casino.example").status_code == 302
    assert Comment.objects.get().state == "spam"


def test_too_many_are_told_to_wait_and_lose_nothing(client, address):
    for number in range(5):
        send(client, address, text=f"Commentaire {number}")
    page = send(client, address, text="Un de trop.")
    assert page.status_code == 429
    assert page["Retry-After"]
    assert "Un de trop." in words(page)


def test_who_asks_is_known_behind_our_proxies_and_not_by_their_own_word(client, address, settings):
    def post(number, told):
        hidden = fields_of(words(client.get(address)))
        forwarded = {"x-forwarded-for": told}
        return client.post(address, hidden | typed(text=f"Non {number}"), headers=forwarded)

    codes = [post(number, f"192.0.2.{number}").status_code for number in range(6)]
    assert codes == [302] * 5 + [429]
    settings.TRUSTED_PROXIES = 1
    codes = [
        post(10 + number, f"192.0.2.{number}, 198.51.100.7").status_code for number in range(6)
    ]
    assert codes == [302] * 5 + [429]
    assert post(20, "198.51.100.8").status_code == 302
    assert post(21, "n'importe quoi").status_code == 302


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"text=" + b"a" * 1_000_000, "application/x-www-form-urlencoded", 413),
        (b"a&" * 20_000, "application/x-www-form-urlencoded", 400),
        (b"x", "multipart/form-data", 400),
        (b"x", "multipart/form-data; boundary=\xff".encode("latin-1").decode("latin-1"), 400),
        (b"text=%ff%fe", "application/x-www-form-urlencoded; charset=utf-16", 400),
        (b"text=%ff%fe", "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 400),
    ],
)
def test_large_and_broken_bodies_get_a_page_in_the_sites_clothes(
    client, address, body, kind, status
):
    page = client.post(address, data=body, content_type=kind)
    assert page.status_code == status
    assert "guichet.css" in words(page)
    assert not Comment.objects.exists()


def test_comments_that_are_over_say_so_and_give_the_text_back(client, article, address):
    hidden = fields_of(words(client.get(address)))
    Article.objects.update(published_at=timezone.now() - dt.timedelta(days=91))
    page = client.post(address, hidden | typed(text="Mes mots à moi."))
    assert page.status_code == 403
    assert "Mes mots à moi." in words(page)
    assert client.get(address).status_code == 200
    assert "<textarea" not in words(client.get(address))
    assert address not in words(client.get(article.url))


@pytest.mark.parametrize("way", ["unpublish", "paper", "private"])
def test_comments_of_what_is_not_public_are_nowhere(
    client, article, address, said, admin_user, way
):
    kept = said("Un mot secret.")
    show(kept.comment, admin_user)
    if way == "unpublish":
        article.unpublish()
    elif way == "paper":
        Article.objects.filter(pk=article.pk).update(channel=Channel.PRINT)
    else:
        PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert client.get(address).status_code == 404
    assert client.post(address, typed()).status_code == 404
    for each in (article.url, "/", "/flux.atom", f"/api/v1/articles/{article.pk}/"):
        assert "secret" not in words(client.get(each))
    assert article.url not in words(client.get(reverse("own_comment", args=[kept.key])))
    client.force_login(admin_user)
    assert "secret" not in words(client.get(article.url))


def test_a_preview_shows_no_comments(client, article, said, admin_user):
    show(said("Un mot en public.").comment, admin_user)
    article.save_revision()
    client.force_login(admin_user)
    page = client.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk]))
    assert "La file" in words(page)
    assert "Un mot en public." not in words(page)
    assert "commenter/" not in words(page)


@pytest.mark.parametrize("key", ["x", "é", "%00", "%ff", "..", "a" * 3000, "%0d%0aX: y"])
def test_odd_keys_are_unknown(client, magazine, key):
    assert client.get(f"/commentaire/{key}/").status_code in {301, 404}


@pytest.mark.parametrize("pk", ["0", "9" * 30, "-1", "x"])
def test_unknown_articles_take_no_comments(client, magazine, pk):
    assert client.get(f"/commenter/{pk}/").status_code == 404
    assert client.post(f"/commenter/{pk}/").status_code in {404, 405}


def test_comments_cost_an_article_one_query_however_many_there_are(
    client, article, said, admin_user
):
    def asked():
        client.get(article.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(article.url)
        return [query["sql"] for query in queries if "magazine_comment" in query["sql"]]

    assert len(asked()) == 1
    for number in range(4):
        answer(said(f"Numéro {number}.").comment, "Oui.", admin_user)
    assert len(asked()) == 1
