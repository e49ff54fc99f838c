"""The editing desk, as an editor meets it in French."""

import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from magazine.models import Article, Feature, Interview, Picture, TrashedPage
from tests.factories import ContributorFactory, OrganisationFactory, PictureFactory, TopicFactory


@pytest.fixture
def desk(client, db):
    """A logged-in editor who may do everything."""
    client.force_login(get_user_model().objects.create_superuser("ines", "i@guichet.example", "x"))
    return client


def posted(**fields):
    """The form of an article as the browser sends it."""
    return nested_form_data(
        {
            "title": "La file est un pacte",
            "slug": "la-file-est-un-pacte",
            "kicker": "",
            "standfirst": "",
            "short_title": "",
            "channel": "everywhere",
            "lead_caption": "",
            "lead_alt": "",
            "edition_label": "",
            "advertiser": "",
            "paid_mention": "",
            "provenance_title": "",
            "provenance_place": "",
            "provenance_url": "",
            "seo_title": "",
            "search_description": "",
            "body": streamfield([]),
            "bylines": inline_formset([]),
            "people": inline_formset([]),
            "comments": inline_formset([]),
            **fields,
        }
    )


def add(desk, magazine, kind, **fields):
    address = reverse("wagtailadmin_pages:add", args=["magazine", kind, magazine.section.pk])
    return desk.post(address, posted(**fields))


def test_an_interview_is_written_and_published(desk, magazine):
    author = ContributorFactory()
    response = add(
        desk,
        magazine,
        "interview",
        **{
            "bylines": inline_formset([{"contributor": author.pk, "role": "interview"}]),
            "people": inline_formset([{"name": "Agnès", "role": "", "organisation": ""}]),
            "body": streamfield(
                [
                    (
                        "question_answer",
                        {
                            "question": "Pourquoi ?",
                            "speaker": "Agnès",
                            "answer": rich_text("<p>Parce qu'il faut.</p>"),
                            "channel": "everywhere",
                        },
                    )
                ]
            ),
            "action-publish": "1",
        },
    )
    assert response.status_code == 302
    interview = Interview.objects.get()
    assert (interview.live, interview.people.get().name) == (True, "Agnès")
    assert interview.bylines.get().contributor == author
    assert interview.body[0].value["answer"].source.startswith("<p")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"advertiser": "Atelier Cadence"}, "annonceur"),
        ({"paid_mention": "publicite"}, "annonceur"),
        ({"provenance_is_canonical": "on"}, "adresse"),
        ({"title": ""}, "requis"),
    ],
)
@pytest.mark.parametrize("action", ["action-publish", "save-draft"])
def test_a_mistake_is_told_in_french_and_nothing_is_lost(desk, magazine, fields, sentence, action):
    response = add(desk, magazine, "feature", kicker="Reportage", **fields, **{action: "1"})
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert 'value="Reportage"' in page
    assert not Feature.objects.exists()


@pytest.mark.parametrize("kind", ["interview", "casestudy", "opinion", "feature"])
def test_every_kind_has_its_desk(desk, magazine, kind):
    address = reverse("wagtailadmin_pages:add", args=["magazine", kind, magazine.section.pk])
    page = desk.get(address).content.decode()
    assert "Surtitre" in page
    assert "Kicker" not in page


def test_the_address_follows_the_title_as_it_is_typed(desk, magazine):
    address = reverse("wagtailadmin_pages:add", args=["magazine", "feature", magazine.section.pk])
    page = desk.get(address).content.decode()
    (title,) = re.findall(r'<input[^>]*name="title"[^>]*>', page)
    assert 'data-w-sync-target-value="#id_slug"' in title
    assert "placeholder=" in title


@pytest.mark.parametrize("price", ["9,50", "9.50"])
def test_a_price_is_taken_with_a_comma(desk, magazine, price):
    issue = magazine.issue(number=7, live=False)
    form = {
        "title": "L'attente",
        "slug": "l-attente",
        "number": "7",
        "cover_date_label": "Mi-novembre 2026",
        "price": price,
        "introduction": rich_text(""),
        "ink_dark": "#0B5A4A",
        "ink_bright": "#FF4F7B",
        "entries": inline_formset([]),
        "comments": inline_formset([]),
    }
    address = reverse("wagtailadmin_pages:edit", args=[issue.pk])
    assert desk.post(address, nested_form_data(form)).status_code == 302
    issue.refresh_from_db()
    assert str(issue.get_latest_revision_as_object().price) == "9.50"


def test_a_tiff_is_taken_and_the_library_goes_on(desk, magazine):
    for name in ("image.tif", "image.tiff"):
        buffer = io.BytesIO()
        Image.new("RGB", (60, 40), (11, 90, 74)).save(buffer, "TIFF")
        file = SimpleUploadedFile(name, buffer.getvalue())
        posted = {"title": name, "collection": 1, "tags": "", "file": file}
        desk.post(reverse("wagtailimages:add"), posted)
    assert Picture.objects.count() == 2
    assert desk.get(reverse("wagtailimages:index")).status_code == 200


def test_an_article_is_only_written_as_one_of_its_kinds(desk, magazine):
    address = reverse("wagtailadmin_pages:add_subpage", args=[magazine.section.pk])
    page = desk.get(address).content.decode()
    assert "/magazine/interview/" in page
    assert "/magazine/article/" not in page


def test_the_issue_and_the_address_book_open(desk, magazine):
    issue = magazine.issue(magazine.article(), number=7)
    PictureFactory()
    for made in (ContributorFactory(), OrganisationFactory(), TopicFactory()):
        name = f"wagtailsnippets_magazine_{made._meta.model_name}"
        assert desk.get(reverse(f"{name}:list")).status_code == 200
        assert desk.get(reverse(f"{name}:edit", args=[made.pk])).status_code == 200
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[issue.pk])).status_code == 200
    assert desk.get(reverse("wagtailimages:index")).status_code == 200
    assert desk.get("/admin/settings/magazine/publication/", follow=True).status_code == 200


def test_an_article_that_an_issue_holds_cannot_be_deleted(desk, magazine):
    article = magazine.article(title="La file est un pacte")
    magazine.issue(article, number=7)
    response = desk.post(reverse("wagtailadmin_pages:delete", args=[article.pk]), follow=True)
    assert Feature.objects.for_readers().filter(pk=article.pk).exists()
    assert "La file est un pacte" in response.content.decode()
    assert re.search("(n°|numéro)\\W7", response.content.decode())


def test_nor_can_a_section_that_holds_articles(desk, magazine):
    article = magazine.article()
    desk.post(reverse("wagtailadmin_pages:delete", args=[magazine.section.pk]))
    assert Feature.objects.for_readers().filter(pk=article.pk).exists()


def test_nor_can_it_with_others_at_once(desk, magazine):
    held, loose = magazine.article(), magazine.article()
    magazine.issue(held, number=7)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    desk.post(f"{address}?id={held.pk}&id={loose.pk}&next=/admin/")
    assert Feature.objects.filter(pk=held.pk).exists()


def test_an_article_that_no_issue_holds_goes_to_the_trash(desk, magazine):
    article = magazine.article()
    desk.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    assert not Article.objects.for_readers().filter(pk=article.pk).exists()
    assert TrashedPage.objects.get().page_id == article.pk
