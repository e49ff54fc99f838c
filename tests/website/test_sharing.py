"""The picture by which a page is shared: drawn by a job, kept by content, gone with its page."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image
from wagtail.models import PageViewRestriction

from magazine.models import SharingPicture
from tests.factories import (
    ContributorFactory,
    FeatureFactory,
    OpinionFactory,
    PictureFactory,
    block,
)
from tests.website.reading_magazine import fill, parsed
from website import sharing, sharing_tasks
from website.sharing import card_of, draw_all, draw_concerned, keep_picture
from website.sharing_drawing import HEIGHT, WIDTH, Card, Cover, Photo, draw_card, draw_cover
from website.sharing_lettering import HEAVY, Face, fitted

INKS = {"dark": "#0B5A4A", "bright": "#FF4F7B", "nameplate": "Guichet"}
PINK, GREEN, STOCK = (255, 79, 123), (11, 90, 74), (228, 230, 229)


def opened(data):
    """The picture, after a look at what every place that shows links asks of it."""
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (WIDTH, HEIGHT))
    assert len(data) < 600_000
    return picture


def is_near(one, other):
    return all(abs(a - b) < 8 for a, b in zip(one, other, strict=True))


def is_blank(picture, box, ground):
    """Whether nothing is written in a part of the picture."""
    part = picture.crop(box)
    width, height = part.size
    near = sum(count for count, colour in part.getcolors(width * height) if is_near(colour, ground))
    return near > 0.995 * width * height


@pytest.mark.parametrize(
    "title",
    [
        "Allô",
        "« La file est un pacte »",
        "Le jour où la mutuelle a débranché son serveur vocal",
        "Pourquoi " + "nous attendons encore " * 11,
        "Anticonstitutionnellement" * 8,
        "A",
        "مرحبا שלום",
    ],
)
def test_titles_of_any_length_stay_inside(title):
    picture = opened(draw_card(Card(title=title, mark="B", number="703", **INKS)))
    assert is_near(picture.getpixel((600, 20)), PINK)
    # Nothing is written in the margins, nor on the line of holes.
    assert is_blank(picture, (0, 0, 50, HEIGHT), PINK)
    assert is_blank(picture, (834, 60, 858, HEIGHT - 40), PINK)


def test_a_title_too_long_is_cut_with_an_ellipsis_and_none_is_lost_without_need():
    face = Face(HEAVY, 90, tracking=-0.035)
    short = fitted("La file est un pacte", face, 600, 300, 40)
    assert " ".join(short.lines) == "La file est un pacte"
    assert all(short.face.width(line) <= 600 for line in short.lines)
    long = fitted("encore " * 200, face, 600, 300, 40)
    assert long.lines[-1].endswith("…")
    assert long.height <= 300


def test_spaces_typed_twice_count_as_one():
    face = Face(HEAVY, 90)
    typed = " La file  est un   pacte que l’on tient "
    assert fitted(typed, face, 400, 300, 40) == fitted(" ".join(typed.split()), face, 400, 300, 40)


def test_lines_break_at_spaces_that_may_break_and_nowhere_else():
    block = fitted("Vraiment\u202f? Oui, «\u202fvraiment\u202f»", Face(HEAVY, 90), 420, 400, 40)
    assert all(not line.startswith(("?", "»", "!")) for line in block.lines)
    assert any("Vraiment\u202f?" in line for line in block.lines)


def test_kinds_are_told_apart_at_a_glance():
    plain = opened(draw_card(Card(title="Un", **INKS)))
    opinion = opened(draw_card(Card(title="Un", opinion=True, **INKS)))
    paid = opened(draw_card(Card(title="Un", mention="Communiqué", advertiser="X", **INKS)))
    assert is_near(plain.getpixel((600, 400)), PINK)
    assert is_near(opinion.getpixel((600, 400)), GREEN)
    assert is_near(paid.getpixel((600, 400)), STOCK)
    # The mention stands on a band across the whole picture.
    assert is_near(paid.getpixel((900, 10)), (11, 14, 13))


def test_a_long_advertiser_stays_on_the_band():
    name = "Société nationale des chemins de fer et de l’hospitalité réunis"
    paid = Card(title="Un", mention="Communiqué", advertiser=name, **INKS)
    picture = opened(draw_card(paid))
    assert is_blank(picture, (1160, 0, WIDTH, 80), (11, 14, 13))
    assert not is_blank(picture, (900, 0, 1160, 80), (11, 14, 13))


def test_a_file_that_is_no_picture_leaves_the_letter_in_its_place():
    broken = Card(title="Un", mark="B", photo=Photo(b"GIF89a"), **INKS)
    opened(draw_card(broken))
    opened(draw_cover(Cover(title="L’attente", photo=Photo(b""), **INKS)))


def test_the_same_is_drawn_the_same():
    card = Card(title="Un", quote="«\u202fOui.\u202f»", **INKS)
    assert draw_card(card) == draw_card(card)


def test_what_an_article_says_is_typeset(magazine):
    article = magazine.article(
        title="L'heure : « enfin » !",
        kicker="L'enquête",
        by=ContributorFactory(name="Inès"),
        body=[block("pull_quote", quote="J'attends !", author="", role="")],
    )
    magazine.issue(article, number=7, ink_dark="#4B2E83", ink_bright="#FFD23F")
    card, picture = card_of(article)
    assert picture is None
    assert card.title == "L’heure\xa0: «\xa0enfin\xa0»\u202f!"
    assert (card.kicker, card.quote) == ("L’enquête", "«\xa0J’attends\u202f!\xa0»")
    assert (card.mark, card.number, card.signed) == ("B", "701", "Inès")
    assert (card.dark, card.bright, card.nameplate) == ("#4B2E83", "#FFD23F", "Guichet")


def test_a_paid_text_says_so_and_quotes_nobody(magazine):
    article = magazine.article(
        advertiser="Atelier Cadence",
        paid_mention="communique",
        body=[block("pull_quote", quote="Achetez !", author="", role="")],
    )
    card, _picture = card_of(article)
    assert (card.mention, card.advertiser, card.quote) == ("Communiqué", "Atelier Cadence", "")


def head(client, address):
    tree = parsed(client.get(address))
    return {
        meta.get("property") or meta.get("name"): meta.get("content")
        for meta in tree.findall(".//meta")
    }


def test_the_page_shows_the_drawn_picture_once_it_is_there(client, magazine):
    article = magazine.article(title="L'heure", lead_picture=PictureFactory())
    assert "/partage/" not in head(client, article.get_url()).get("og:image", "")
    assert keep_picture(article.pk)
    told = head(client, article.get_url())
    kept = SharingPicture.objects.get(page_id=article.pk)
    assert told["og:image"] == f"http://localhost:8000/partage/{kept.digest}.jpg"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"] == "L’heure"
    assert told["twitter:card"] == "summary_large_image"
    response = client.get(f"/partage/{kept.digest}.jpg")
    assert response["Content-Type"] == "image/jpeg"
    assert "public" in response["Cache-Control"]
    opened(b"".join(response.streaming_content))
    again = client.get(f"/partage/{kept.digest}.jpg", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, response["ETag"])


def test_it_is_drawn_anew_when_what_it_shows_changes_and_only_then(magazine):
    article = magazine.article(title="Avant")
    issue = magazine.issue(article, number=7)
    assert keep_picture(article.pk)
    assert not keep_picture(article.pk)
    former = SharingPicture.objects.get(page_id=article.pk).file.name
    article.title = "Après"
    article.save_revision().publish()
    assert keep_picture(article.pk)
    issue.ink_bright = "#FFD23F"
    issue.save()
    assert keep_picture(article.pk)
    magazine.section.mark = "C"
    magazine.section.save()
    assert keep_picture(article.pk)
    assert SharingPicture.objects.get(page_id=article.pk).file.name != former


def test_the_former_file_goes_with_the_former_picture(magazine, django_capture_on_commit_callbacks):
    article = magazine.article(title="Avant")
    keep_picture(article.pk)
    former = SharingPicture.objects.get().file.name
    assert default_storage.exists(former)
    with django_capture_on_commit_callbacks(execute=True):
        article.title = "Après"
        article.save_revision().publish()
        keep_picture(article.pk)
    assert not default_storage.exists(former)
    last = SharingPicture.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        article.delete()
    assert not default_storage.exists(last)
    assert not SharingPicture.objects.exists()


@pytest.mark.parametrize("how", ["draft", "private", "paper", "unreleased"])
def test_nothing_is_drawn_of_what_readers_may_not_see(client, magazine, how):
    article = magazine.article(live=how != "draft", channel="print" if how == "paper" else "web")
    if how == "private":
        PageViewRestriction.objects.create(page=article.page_ptr, restriction_type="login")
    issue = magazine.issue(article, number=8, live=how != "unreleased")
    assert keep_picture(issue.pk) == (how != "unreleased")
    if how != "unreleased":
        assert not keep_picture(article.pk)
    else:
        # It is live by itself; the issue in the making gives it neither ink nor number.
        assert card_of(article)[0].number == ""


def test_a_picture_goes_when_its_page_is_withdrawn(client, magazine):
    article = magazine.article()
    keep_picture(article.pk)
    address = f"/partage/{SharingPicture.objects.get().digest}.jpg"
    shown = client.get(address)
    assert shown.status_code == 200
    article.unpublish()
    # At once for readers, whoever has it already too, and for good by the job.
    assert client.get(address).status_code == 404
    again = client.get(address, headers={"if-none-match": shown["ETag"]})
    assert again.status_code == 404
    draw_concerned(article.pk)
    assert not SharingPicture.objects.exists()


@pytest.mark.parametrize("digest", ["0" * 32, "x", "-"])
def test_unknown_pictures_are_404(client, db, digest):
    assert client.get(f"/partage/{digest}.jpg").status_code == 404


def test_jobs_are_ordered_when_something_shown_changes(
    magazine, monkeypatch, django_capture_on_commit_callbacks
):
    ordered = []
    order = sharing_tasks.draw_sharing_pictures
    monkeypatch.setattr(type(order), "enqueue", lambda task, *args: ordered.append(args))
    person, picture = ContributorFactory(), PictureFactory()
    with django_capture_on_commit_callbacks(execute=True):
        article = magazine.article(by=person, lead_picture=picture)
    assert (article.pk,) in ordered
    changes = [
        lambda: person.save(),
        lambda: picture.save(),
        lambda: article.unpublish(),
        lambda: PageViewRestriction.objects.create(page=article.page_ptr, restriction_type="login"),
    ]
    for change in changes:
        if not article.live:
            article.save_revision().publish()
            article.refresh_from_db()
        ordered.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        assert (article.pk,) in ordered


def test_an_issue_or_a_section_takes_its_articles_along(magazine):
    inside, outside = magazine.article(), magazine.article()
    issue = magazine.issue(inside, number=7)
    draw_concerned(issue.pk)
    drawn = SharingPicture.objects.values_list("page_id", flat=True)
    assert set(drawn) == {issue.pk, inside.pk}
    draw_concerned(magazine.section.pk)
    assert set(drawn.all()) == {issue.pk, inside.pk, outside.pk, magazine.home.pk}


def test_the_command_draws_what_is_missing_or_everything(magazine, capsys):
    fill(magazine)
    call_command("sharing_pictures")
    call_command("sharing_pictures")
    call_command("sharing_pictures", all=True)
    assert capsys.readouterr().out.splitlines() == [
        "7 pictures drawn",
        "0 pictures drawn",
        "7 pictures drawn",
    ]
    assert draw_all() == 0


def test_home_and_issue_have_pictures_of_their_own(client, magazine):
    _kinds, issue = fill(magazine)
    draw_all()
    kept = dict(SharingPicture.objects.values_list("page_id", "digest"))
    for address, page in (("/", magazine.home), (issue.get_url(), issue)):
        assert kept[page.pk] in head(client, address)["og:image"]
    # A page without one of its own has the magazine's.
    assert kept[magazine.home.pk] in head(client, "/entretiens/")["og:image"]


def test_no_reader_draws(client, magazine, monkeypatch):
    def refuse(card):
        raise AssertionError("drawn in a reader's request")

    monkeypatch.setattr(sharing, "draw_card", refuse)
    monkeypatch.setattr(sharing, "draw_cover", refuse)
    article = magazine.article(FeatureFactory, lead_picture=PictureFactory())
    opinion = magazine.article(OpinionFactory)
    for address in (article.get_url(), opinion.get_url(), "/", "/flux.atom"):
        assert client.get(address).status_code == 200
