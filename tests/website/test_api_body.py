"""What a program reads of a body: each type of block, and drafts that aren't saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from magazine import models
from magazine.blocks import BodyBlock as DeskBlock
from magazine.picture_sizes import make_missing_sizes
from tests.website.api_magazine import (
    BASE,
    NOVEMBER,
    Magazine,
    body_of,
    make_magazine,
    make_picture,
)
from website.api.blocks import BodyBlock
from website.api.body import SERIALISERS
from website.api.serialise import serialise_article
from website.pages import reading_of

TYPED = {
    get_args(block.model_fields["type"].annotation)[0] for block in get_args(get_args(BodyBlock)[0])
}


def test_every_block_of_the_desk_has_a_type_in_the_api() -> None:
    assert set(DeskBlock().child_blocks) == TYPED == set(SERIALISERS)


@pytest.fixture(autouse=True)
def settled(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def magazine(db) -> Magazine:
    return make_magazine()


def told(magazine: Magazine, *blocks: tuple[str, dict[str, Any]], **fields: Any) -> list[dict]:
    """Return what the API tells of an article with these blocks."""
    article = magazine.add(models.Feature, "Essai", body=body_of(*blocks), **fields)
    answer = serialise_article(article, BASE).model_dump(mode="json")
    return answer["body"]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("paragraph", {"text": "<p>L'<b>attente</b> !</p>"}, {
            "html": "<p>L’<b>attente</b>\u202f!</p>"
        }),
        ("crosshead", {"text": "L'été ?"}, {"text": "L’été\u202f?", "anchor": "lete"}),
        ("question_answer", {"question": "Oui ?", "speaker": "Yann", "answer": "<p>Non !</p>"}, {
            "question": "Oui\u202f?", "speaker": "Yann", "answer_html": "<p>Non\u202f!</p>"
        }),
        ("list", {"style": "numbers", "items": ["Un !", "<b>Deux</b>"]}, {
            "style": "numbers", "items_html": ["Un\u202f!", "<b>Deux</b>"]
        }),
        ("pull_quote", {"quote": "Qui attend ?", "author": "Yann", "role": "capitaine"}, {
            "quote": "Qui attend\u202f?", "author": "Yann", "role": "capitaine"
        }),
        ("key_figures", {
            "title": "L'année", "source": "Nous",
            "figures": [{"value": "8 %", "label": "d'usagers"}],
        }, {
            "title": "L’année",
            "source": "Nous",
            "figures": [{"value": "8\u00a0%", "label": "d’usagers"}],
        }),
        ("table", {"table": {
            "columns": [{"type": "text", "heading": "Qui ?"}, {"type": "text", "heading": "Min"}],
            "rows": [{"values": ["L'un", "0"]}, {"values": ["Deux", ""]}],
            "caption": "L'attente",
        }}, {
            "caption": "L’attente",
            "columns": ["Qui\u202f?", "Min"],
            "rows": [["L’un", "0"], ["Deux", ""]],
        }),
        ("sidebar", {"title": "À part !", "text": "<ul><li>Oui !</li></ul>"}, {
            "title": "À part\u202f!", "html": "<ul><li>Oui\u202f!</li></ul>"
        }),
        ("embed", {"url": "https://www.video.example/v/1", "title": "L'écran", "caption": "Vu !",
                   "still": None, "available_until": "2126-05-31"}, {
            "url": "https://www.video.example/v/1", "host": "video.example", "title": "L’écran",
            "caption": "Vu\u202f!", "still": None, "available_until": "2126-05-31",
        }),
        ("embed", {"url": "https://video.example/v/1", "title": "Trop tard", "caption": "",
                   "still": None, "available_until": "2020-05-31"}, {
            "url": None, "host": "video.example", "title": "Trop tard",
            "caption": "", "still": None, "available_until": "2020-05-31",
        }),
        ("editors_note", {"text": "<p>N.B. : non</p>"}, {"html": "<p>N.B.\u00a0: non</p>"}),
    ],
)  # fmt: skip
def test_block_is_typed_and_typeset(
    magazine: Magazine, name: str, value: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert told(magazine, (name, value)) == [{"id": "id-1", "type": name, **expected}]


def test_pictures_carry_words_credit_and_sizes(magazine: Magazine) -> None:
    picture = make_picture(description="Une salle", credit="Photo d'Inès", licence="CC BY-SA 4.0")
    make_missing_sizes(picture, ["webp"])
    own = {"image": picture.pk, "caption": "À 8 h", "credit": "Dessin", "alt_text": "Vide"}
    bare = {"image": picture.pk, "caption": "", "credit": "", "alt_text": ""}
    body = told(
        magazine,
        ("picture", {**own, "width": "wide"}),
        ("gallery", {"title": "Salles", "pictures": [own, bare]}),
        ("embed", {"url": "https://v.example/", "title": "Film", "still": picture.pk}),
    )
    sources = body[0]["picture"]["sources"]
    assert [source["width"] for source in sources] == [480, 960, 1200]
    kept = {"licence": "CC BY-SA 4.0", "width": 1200, "height": 800, "sources": sources}
    with_words = {"alt": "Vide", "caption": "À 8\u00a0h", "credit": "Dessin", **kept}
    default = {"alt": "Une salle", "caption": "", "credit": "Photo d’Inès", **kept}
    assert body[0] == {"id": "id-1", "type": "picture", "picture": with_words, "width": "wide"}
    assert body[1] == {
        "id": "id-2",
        "type": "gallery",
        "title": "Salles",
        "pictures": [with_words, default],
    }
    assert body[2]["still"] == default


def test_broken_picture_costs_its_sources_alone(magazine: Magazine) -> None:
    picture = make_picture(description="Une salle")
    block = {"image": picture.pk, "width": "column"}
    Path(picture.file.path).write_bytes(b"not a picture")
    [broken] = told(magazine, ("picture", block))
    assert (broken["picture"]["alt"], broken["picture"]["sources"]) == ("Une salle", [])
    Path(picture.file.path).unlink()
    article = magazine.add(models.Feature, "Sans image", lead_picture=picture)
    assert serialise_article(article, BASE).lead_picture.sources == []


def test_document_tells_where_and_how_large_it_is(magazine: Magazine) -> None:
    document = get_document_model().objects.create(
        title="Le bingo", file=ContentFile(b"%PDF-1.4", "bingo.pdf")
    )
    block = {"document": document.pk, "title": "", "description": "À imprimer !"}
    assert told(magazine, ("document", block)) == [
        {
            "id": "id-1",
            "type": "document",
            "url": f"{BASE}{document.url}",
            "title": "Le bingo",
            "description": "À imprimer\u202f!",
            "extension": "pdf",
            "size": 8,
        }
    ]


def test_block_whose_picture_or_document_is_gone_is_left_out(magazine: Magazine) -> None:
    gone = {"image": 999, "caption": "", "credit": "", "alt_text": ""}
    blocks = (
        ("picture", {**gone, "width": "column"}),
        ("gallery", {"title": "", "pictures": [gone]}),
        ("document", {"document": 999, "title": "", "description": ""}),
        ("crosshead", {"text": "Reste"}),
    )
    assert [block["type"] for block in told(magazine, *blocks)] == ["crosshead"]


def test_markup_typed_into_plain_text_stays_text(magazine: Magazine) -> None:
    body = told(magazine, ("crosshead", {"text": "<script>alert(1)</script>"}))
    assert body[0]["text"] == "<script>alert(1)</script>"


def test_script_in_rich_text_never_leaves(magazine: Magazine) -> None:
    text = '<p onclick="x()">Bon<script>alert(1)</script> <a href="javascript:x()">jour</a></p>'
    assert told(magazine, ("paragraph", {"text": text}))[0]["html"] == "<p>Bon <a>jour</a></p>"


def test_two_crossheads_of_one_name_have_two_anchors(magazine: Magazine) -> None:
    crosshead = ("crosshead", {"text": "Et après ?"})
    article = magazine.add(models.Feature, "Essai", body=body_of(crosshead, crosshead))
    answer = serialise_article(article, BASE)
    assert [heading.anchor for heading in answer.contents] == ["et-apres", "et-apres-2"]
    assert [block.anchor for block in answer.body] == ["et-apres", "et-apres-2"]


def test_draft_is_told_by_the_same_serialiser_and_stays_a_draft(magazine: Magazine) -> None:
    ines = models.Contributor.objects.create(name="Inès", slug="ines")
    article = magazine.add(models.Opinion, "Premier titre", genre="column")
    article.title = "Second titre"
    article.body = body_of(("crosshead", {"text": "Neuf"}))
    article.bylines = [models.Byline(contributor=ines, role="text")]
    article.topics = [models.Topic.objects.create(title="File", slug="file")]
    draft = article.save_revision().as_object()

    answer = serialise_article(draft, BASE)
    assert (answer.id, answer.title, answer.published_at) == (article.pk, "Second titre", NOVEMBER)
    assert [byline.contributor.name for byline in answer.bylines] == ["Inès"]
    assert [topic.slug for topic in answer.topics] == ["file"]
    assert [block.type for block in answer.body] == ["crosshead"]
    live = serialise_article(models.Article.objects.get(pk=article.pk), BASE)
    assert (live.title, live.body, live.bylines) == ("Premier titre", [], [])


def test_article_that_was_never_saved_is_told_too(magazine: Magazine) -> None:
    article = models.Interview(
        title="Neuf !",
        slug="neuf",
        advertiser="Ravel",
        people=[models.InterviewedPerson(name="Yann")],
        body=body_of(("crosshead", {"text": "Tout de suite"})),
    )
    answer = serialise_article(article, BASE)
    assert (answer.id, answer.title, answer.published_at) == (0, "Neuf\u202f!", None)
    assert (answer.paid.mention, answer.people[0].name) == ("publicite", "Yann")


def test_reading_time_is_the_one_on_the_page(magazine: Magazine) -> None:
    text = f"<p>{'mot ' * 700}</p>"
    article = magazine.add(models.Feature, "Long", body=body_of(("paragraph", {"text": text})))
    answer = serialise_article(article, BASE)
    assert (answer.reading_time.minutes, answer.reading_time.signs) == (3, 2799)
    assert reading_of(article).minutes == 3


def test_date_is_that_of_first_publication_where_the_editors_set_none(magazine: Magazine) -> None:
    article = magazine.add(models.Feature, "Sans date", published_at=None)
    assert serialise_article(article, BASE).published_at == article.first_published_at is not None


def test_notes_are_called_from_the_text_and_listed(magazine: Magazine) -> None:
    note = '<footnote id="{}">Voir <a href="/a/12">là</a> ?</footnote>'
    article = magazine.add(
        models.Feature,
        "Notes",
        body=body_of(
            ("paragraph", {"text": f"<p>Un mot.{note.format('a')}</p>"}),
            ("list", {"style": "bullets", "items": [f"<p>deux{note.format('a')}</p>"]}),
        ),
    )
    answer = serialise_article(article, BASE)
    assert answer.body[0].html == (
        '<p>Un mot<sup class="note-call"><a href="#note-1" id="renvoi-1" role="doc-noteref">1</a>'
        "</sup>.</p>"
    )
    assert 'href="#note-2"' in answer.body[1].items_html[0]
    html = f'Voir <a href="{BASE}/a/12">là</a>\u202f?'
    assert [note.model_dump() for note in answer.footnotes] == [
        {"id": "a", "number": 1, "html": html},
        {"id": "a-2", "number": 2, "html": html},
    ]


def test_notes_of_what_is_for_paper_only_are_not_told(magazine: Magazine) -> None:
    secret = '<p>papier<footnote id="s">Secret</footnote></p>'
    shown = '<p>partout<footnote id="p">Public</footnote></p>'
    article = magazine.add(
        models.Feature,
        "Deux canaux",
        body=body_of(
            ("paragraph", {"text": secret, "channel": "print"}), ("paragraph", {"text": shown})
        ),
    )
    assert [note.html for note in serialise_article(article, BASE).footnotes] == ["Public"]
