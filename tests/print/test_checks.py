"""What the press tells an editor before an article is ready, and what becomes of ended films."""

import datetime as dt

import pytest
from django.utils import translation

from magazine.checks import draft_of, findings
from print.composition import compose_article
from print.editions import find_profile, open_edition
from print.inputs import read_manuscript, read_matter
from tests.factories import (
    ContributorFactory,
    InterviewFactory,
    PictureFactory,
    block,
    paragraphs,
    picture_file,
)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def write(magazine):
    author = ContributorFactory()

    def _write(*args, **fields):
        return magazine.article(*args, **{"live": False, "by": author, **fields})

    return _write


@pytest.fixture
def in_issue(magazine):
    """An issue in the making with its principal edition on A4."""

    def _in_issue(*articles, **fields):
        issue = magazine.issue(*articles, live=False, **fields)
        open_edition(issue, find_profile("fanzine-a4"))
        return issue

    return _in_issue


def photograph(width, **fields):
    file = picture_file(size=(width, width * 2 // 3), name=f"photo-{width}.jpg")
    return PictureFactory(title=f"Photo {width}", file=file, **fields)


def shown(width, size="column", channel="everywhere"):
    return block(
        "picture",
        image=photograph(width),
        caption="Ici.",
        credit="",
        alt_text="Une file.",
        width=size,
        channel=channel,
    )


def resolution(article, issue=None):
    return [
        (str(each.severity), each.place_name, each.message)
        for each in findings(draft_of(article), issue)
        if each.code == "small_picture"
    ]


def test_a_picture_is_measured_at_the_width_at_which_it_is_printed(write, in_issue):
    article = write(body=[*paragraphs("Un."), shown(600), shown(601, "wide"), shown(602, "full")])

    def told(pixels, mm, ppi):
        return (
            f"“Photo {pixels}” is {pixels} pixels wide: printed {mm} mm wide it has "
            f"{ppi} pixels per inch instead of 300."
        )

    assert resolution(article, in_issue(article)) == [
        ("blocking", "Picture 2", told(601, mm=117, ppi=130)),
        ("blocking", "Picture 3", told(602, mm=178, ppi=86)),
        ("advisory", "Picture 1", told(600, mm=56, ppi=272)),
    ]


def test_an_interview_has_wider_columns(write, in_issue):
    article = write(InterviewFactory, body=[*paragraphs("Un."), shown(600)])
    assert resolution(article, in_issue(article))[0][2].startswith(
        "“Photo 600” is 600 pixels wide: printed 86 mm wide"
    )


def test_the_lead_picture_is_measured_from_bleed_to_bleed(write, in_issue):
    article = write(lead_picture=photograph(1000), lead_caption="Ici.", body=paragraphs("Un."))
    ((severity, place, message),) = resolution(article, in_issue(article))
    assert (severity, place) == ("blocking", "Lead picture")
    assert "printed 220 mm wide" in message


@pytest.mark.parametrize("width", [670, 3000])
def test_a_picture_that_is_large_enough_is_left_alone(write, in_issue, width):
    article = write(body=[*paragraphs("Un."), shown(width)])
    assert resolution(article, in_issue(article)) == []


def test_what_is_not_printed_is_not_measured(write, in_issue):
    for_the_web = write(channel="web", body=[*paragraphs("Un."), shown(100)])
    on_screen = write(body=[*paragraphs("Un."), shown(100, channel="web")])
    issue = in_issue(for_the_web, on_screen)
    assert resolution(for_the_web, issue) == resolution(on_screen, issue) == []


def test_an_issue_without_edition_is_measured_as_the_last_one_was(magazine, write, in_issue):
    article = write(body=[*paragraphs("Un."), shown(100)])
    issue = magazine.issue(article, live=False, number=8)
    assert resolution(article, issue) == []
    in_issue(number=7)
    assert [each[0] for each in resolution(article, issue)] == ["blocking"]


def test_an_article_of_no_issue_has_no_printed_width(write):
    assert resolution(write(body=[*paragraphs("Un."), shown(100)])) == []


def signs(article):
    return [
        (each.place_name, each.message)
        for each in findings(draft_of(article))
        if each.code == "unknown_on_paper"
    ]


def test_a_sign_that_our_faces_lack_is_named_with_its_face(write):
    article = write(title="Ω et ☎", body=paragraphs("L’Ω de la file ☎ 😀️, et l’œuvre."))
    assert signs(article) == [
        ("Title", "Bricolage Grotesque, in which this is printed, has no Ω ☎."),
        ("Paragraph 1", "Source Serif 4, in which this is printed, has no ☎ 😀."),
    ]


def test_signs_that_are_only_heard_or_shown_on_screens_do_not_matter(write):
    picture = PictureFactory()
    assert signs(write(lead_picture=picture, lead_alt="☎", lead_caption="Ici.")) == []
    assert signs(write(channel="web", title="☎")) == []


# Films that end


def printed(article, issue):
    """The HTML that the press sets, up to what fills the last page."""
    edition = issue.editions.get()
    manuscript = read_manuscript(issue.entries.get())
    made = compose_article(
        read_matter(edition), manuscript.article, manuscript.entry, manuscript.section
    )
    return made("recto").html.partition('<aside class="endpiece')[0]


def film(until, channel="everywhere"):
    return block(
        "embed",
        url="https://film.example/1",
        title="Le film",
        still=None,
        caption="",
        available_until=until,
        channel=channel,
    )


@pytest.mark.parametrize(
    ("until", "has_code"),
    [(dt.date(2020, 5, 1), False), (dt.date(2020, 5, 2), True), (None, True)],
)
def test_paper_shows_a_code_if_the_film_lasts_until_the_day_of_sale(
    write, in_issue, until, has_code
):
    """Whatever day it is built on: the same inputs give the same file."""
    article = write(body=[*paragraphs("Un."), film(until)])
    issue = in_issue(article, on_sale_date=dt.date(2020, 5, 2))
    html = printed(article, issue)
    assert ('class="qr"' in html) is has_code
    assert ("This document can no longer be seen." in html) is not has_code


def test_without_a_day_of_sale_every_code_is_printed(write, in_issue):
    article = write(body=[*paragraphs("Un."), film(dt.date(2020, 5, 1))])
    assert 'class="qr"' in printed(article, in_issue(article, on_sale_date=None))


def test_a_film_for_paper_alone_has_a_code_that_leads_to_the_film_itself(write, in_issue):
    everywhere = write(body=[*paragraphs("Un."), film(None)])
    on_paper = write(body=[*paragraphs("Un."), film(None, channel="print")])
    home = printed(everywhere, in_issue(everywhere, number=7))
    film_s = printed(on_paper, in_issue(on_paper, number=8))
    assert f"/a/{everywhere.pk}" in home
    assert f"/a/{on_paper.pk}" not in film_s
    assert 'class="qr"' in film_s
