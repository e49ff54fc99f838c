"""Pages for strangers are kept, and let go exactly when something that they show changes."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page, PageViewRestriction

from magazine import comments
from magazine.comment_times import set_rule
from magazine.correcting import correct
from magazine.models import Article, PictureRendition
from magazine.models.articles import CommentsRule
from magazine.picture_sizes import make_missing_sizes
from magazine.release import Printed, record_printing
from magazine.release import publish as publish_now
from tests.factories import PictureFactory, SectionFactory, block
from tests.website.keeping_site import Site, is_kept, kept
from website.keeping import forget, look_up
from website.purging import page_name
from website.sharing import keep_picture

# What shows the first article: its own pages, and the lists in which it stands.
FIRSTS = {"home", "section", "issue", "first", "ines", "phone", "archive", "legal", "feed"}
# Pages that are let go by any change: nobody told what they depend on.
CAREFUL = {"archive", "legal", "feed"}


@pytest.fixture
def site(magazine, settings, django_capture_on_commit_callbacks):
    made = Site(magazine, django_capture_on_commit_callbacks)
    with kept(settings):
        yield made


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_superuser("edith", "e@guichet.example", "azerty")


def publish(article, **fields):
    for name, value in fields.items():
        setattr(article, name, value)
    article.save_revision().publish()


def test_a_second_reader_costs_no_question(site, django_assert_num_queries):
    Client().get("/entretiens/premier/")
    with django_assert_num_queries(0):
        response = Client().get("/entretiens/premier/?utm_source=letter&fbclid=1")
    assert "Article" in response.content.decode()


def test_a_draft_changes_nothing(site):
    def edit():
        site.first.title = "Un brouillon"
        site.first.save_revision()

    assert site.changed_by(edit) == set()


def test_publishing_renews_the_pages_that_show_the_article_and_no_others(site):
    changed = site.changed_by(lambda: publish(site.first, title="Le nouveau titre"))
    assert changed == FIRSTS
    for name in ("home", "section", "issue", "first", "ines", "phone", "feed"):
        assert "Le nouveau titre" in Client().get(site.addresses[name]).content.decode(), name


def test_a_new_article_comes_into_its_lists(site):
    changed = site.changed_by(
        lambda: site.magazine.article(slug="troisieme", by=site.marc, about=[site.queue])
    )
    assert changed == {"home", "section", "second", "marc", "queue"} | CAREFUL


def test_an_article_that_is_taken_back_is_gone_at_once(site):
    assert site.changed_by(lambda: site.second.unpublish()) == (
        {"home", "section", "second", "marc", "queue"} | CAREFUL
    )
    assert Client().get("/entretiens/deuxieme/").status_code == 404
    assert site.second.title not in Client().get("/entretiens/").content.decode()


def test_a_moved_article_is_found_at_its_new_address_alone(site, editor):
    section = SectionFactory(parent=site.magazine.home, slug="dossiers", title="Dossiers")
    site.addresses["dossiers"] = "/dossiers/"

    def move():
        article = Page.objects.get(pk=site.second.pk)
        MovePageAction(article, section, pos="last-child", user=editor).execute()

    assert site.changed_by(move) >= {"home", "section", "dossiers", "second", "marc", "queue"}
    assert is_kept("/entretiens/premier/")
    assert Client().get("/entretiens/deuxieme/").status_code in {301, 404}
    assert Client().get("/dossiers/deuxieme/").status_code == 200


def test_a_deleted_article_is_gone_at_once(site):
    changed = site.changed_by(lambda: Article.objects.get(pk=site.second.pk).delete())
    assert {"home", "section", "second", "marc", "queue"} <= changed
    assert "first" not in changed
    assert Client().get("/entretiens/deuxieme/").status_code == 404


def test_a_release_renews_every_page_for_the_new_current_issue(site):
    article = site.magazine.article(slug="huit", live=False)
    issue = site.magazine.issue(article, number=8, slug="la-suite", live=False)

    def release():
        article.get_latest_revision().publish()
        publish_now(issue.get_latest_revision())

    assert site.changed_by(release) == set(site.addresses)
    assert "la-suite" in Client().get("/entretiens/premier/").content.decode()


def test_printing_gives_the_lists_their_folios(site):
    entry = site.issue.entries.get()
    printed = Printed(entry.pk, None, 12, 14)
    changed = site.changed_by(lambda: record_printing(site.issue, [printed]))
    assert {"first", "issue", "home"} <= changed


def test_a_correction_stands_under_the_article_at_once(site, editor):
    def mend():
        day = timezone.localdate()
        correct(site.first, date=day, wrong="Sept.", text="Huit, et non sept.", by=editor)

    changed = site.changed_by(mend)
    assert "first" in changed
    assert "second" not in changed
    assert "Huit, et non sept." in Client().get("/entretiens/premier/").content.decode()


def test_a_comment_is_read_when_it_is_shown_and_on_its_page_alone(site, editor):
    client, address = Client(), site.addresses["first"]
    site.ask_all()
    held = {}

    def write():
        written = comments.Written(name="Zoé", text="Bien vu, et bien dit.")
        held["comment"] = comments.submit(site.first, written, site.magazine.publication).comment

    assert site.changed_by(write) == set()
    assert site.changed_by(lambda: comments.show(held["comment"], editor)) == {"first"}
    assert "Bien vu, et bien dit" in client.get(address).content.decode()
    assert site.changed_by(lambda: comments.erase(held["comment"])) == {"first"}
    assert "Bien vu, et bien dit" not in client.get(address).content.decode()


def test_closing_comments_renews_the_article_alone(site, editor):
    closed = site.changed_by(lambda: set_rule(site.first, CommentsRule.CLOSED, editor))
    assert closed == {"first"}


@pytest.mark.parametrize(
    ("who", "shows", "others"),
    [
        ("ines", {"first", "ines", "home", "section"}, {"second", "marc", "queue"}),
        ("phone", {"first", "phone"}, {"second", "queue", "marc"}),
    ],
)
def test_a_person_and_a_topic_are_renewed_where_they_are_named(site, who, shows, others):
    changed = site.changed_by(getattr(site, who).save)
    assert shows <= changed
    assert not others & changed


def test_the_title_of_the_magazine_is_on_every_page(site):
    def rename():
        site.magazine.publication.title = "Le Tourniquet"
        site.magazine.publication.save()

    assert site.changed_by(rename) == set(site.addresses)
    assert "Le Tourniquet" in Client().get("/entretiens/premier/").content.decode()


def test_an_edited_picture_is_renewed_where_it_is_shown(site):
    picture = PictureFactory()
    publish(
        site.second,
        body=[block("picture", image=picture, caption="", credit="", alt_text="", width="column")],
    )
    picture.credit = "Photographie Zoé"
    assert "second" in site.changed_by(picture.save)
    assert "Photographie Zoé" in Client().get("/entretiens/deuxieme/").content.decode()
    picture.description = "Un quai vide"
    assert "first" not in site.changed_by(picture.save)
    assert "Un quai vide" in Client().get("/entretiens/deuxieme/").content.decode()


def test_sizes_that_a_job_made_are_shown(site):
    picture = PictureFactory()
    publish(site.second, lead_picture=picture)
    assert "/media/images" not in Client().get("/entretiens/deuxieme/").content.decode()
    changed = site.changed_by(lambda: make_missing_sizes(picture, ["webp"]))
    assert "second" in changed
    assert "/media/images" in Client().get("/entretiens/deuxieme/").content.decode()
    assert PictureRendition.objects.filter(image=picture).exists()


def test_a_drawn_picture_comes_into_its_page(site):
    changed = site.changed_by(lambda: keep_picture(site.first.pk))
    assert "first" in changed
    assert "second" not in changed
    assert "/partage/" in Client().get("/entretiens/premier/").content.decode()


def test_a_page_that_becomes_private_is_gone_at_once(site):
    def close():
        PageViewRestriction.objects.create(page=site.second, restriction_type="login")

    assert site.changed_by(close) == set(site.addresses)
    assert Client().get("/entretiens/deuxieme/").status_code == 404
    assert not is_kept("/entretiens/deuxieme/")
    assert site.second.title not in Client().get("/entretiens/").content.decode()


def test_nothing_is_kept_past_its_expiry(site):
    soon = timezone.now() + dt.timedelta(minutes=5)
    publish(site.second, expire_at=soon)
    for name in ("second", "section", "marc"):
        address = site.addresses[name]
        Client().get(address)
        assert look_up(page_name(f"http://testserver{address}"))[0].until == soon, name


def test_comments_close_and_films_end_on_kept_pages_too(site):
    today = timezone.localdate()
    film = {"url": "https://film.example/1", "title": "Le film", "still": None, "caption": ""}
    publish(
        site.second,
        body=[block("embed", **film, available_until=today)],
        published_at=timezone.now() - dt.timedelta(days=89, hours=23, minutes=40),
    )
    Client().get("/entretiens/deuxieme/")
    until = look_up(page_name("http://testserver/entretiens/deuxieme/"))[0].until
    midnight = timezone.make_aware(dt.datetime.combine(today + dt.timedelta(days=1), dt.time.min))
    closing = site.second.published_at + dt.timedelta(days=90)
    assert until == min(midnight, closing)


def test_unknown_parameters_keep_nothing_more(site):
    Client().get("/entretiens/")
    before = len(cache._cache)
    for query in ("utm=1", "x=" + "y" * 3000, "page=abc", "page=", "a=1&b=2"):
        Client().get(f"/entretiens/?{query}")
    assert len(cache._cache) == before


def test_logged_in_readers_neither_fill_nor_get_what_is_kept(site, editor):
    client = Client()
    client.force_login(editor)
    response = client.get("/entretiens/premier/")
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert not response.has_header("ETag")
    assert not is_kept("/entretiens/premier/")


@pytest.mark.parametrize(
    "address", ["/recherche/?q=article", "/lettre/", "/commenter/{}/", "/healthz"]
)
def test_what_is_made_for_one_reader_is_never_kept(site, address):
    address = address.format(site.first.pk)
    assert Client().get(address).status_code == 200
    # What is kept is kept without a query that isn't known.
    assert not is_kept(address.partition("?")[0])
    assert "public" not in Client().get(address).get("Cache-Control", "")


def test_kept_pages_set_no_cookie_and_hold_no_form_that_posts(site):
    for address in site.addresses.values():
        response = Client().get(address)
        assert not response.cookies, address
        assert "csrfmiddlewaretoken" not in response.content.decode(), address
        assert 'method="post"' not in response.content.decode().lower(), address


def test_two_hosts_are_kept_apart(site, settings):
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    Client().get("/")
    assert look_up(page_name("http://localhost/"))[0] is None
    Client(SERVER_NAME="localhost").get("/")
    assert look_up(page_name("http://localhost/"))[0] is not None


def test_an_article_made_anew_costs_few_questions(site, django_assert_max_num_queries):
    Client().get("/entretiens/premier/")
    forget({f"talk:{site.first.pk}"})
    assert not is_kept("/entretiens/premier/")
    with django_assert_max_num_queries(12):
        Client().get("/entretiens/premier/")
