"""What is wrong with a build, told in the editor's language; the pages in the magazine's."""

import subprocess

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.utils import translation

from print.builds import BuildError, build, in_words
from print.editions import find_profile, open_edition
from print.flatplan import ExtentRule
from print.icc import COATED
from print.layout import LayoutError, Setting, lay_out
from print.models import PressProfile
from print.output_profile import IccError, read_output_profile
from print.pictures import PictureError, prepare_picture
from print.press_parts import PressError, open_part, read_part
from print.remedies import Phrase, Remedied, gettext_noop
from print.typesetter import Limits, TypesetError, TypesetJob, typeset
from tests.factories import paragraphs, picture_file

NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


def told(error):
    """One error in French and in English, its no-break spaces made plain."""
    lines = []
    for language in ("fr", "en"):
        with translation.override(language):
            lines.append(in_words(error).replace(NARROW, " ").replace(WIDE, " "))
    return tuple(lines)


def raised(kind, step, *arguments, **options):
    with pytest.raises(kind) as error:
        step(*arguments, **options)
    assert error.value.remedy == str(error.value)
    return error.value


def test_a_remedy_is_its_template_filled_with_its_facts():
    error = Remedied("%(name)s is %(size)s mm wide", name=Phrase("the page"), size=210)
    assert (error.remedy, str(error)) == ("the page is 210 mm wide", "the page is 210 mm wide")
    assert error.template == "%(name)s is %(size)s mm wide"
    assert gettext_noop("the page") == "the page"


def test_a_percent_sign_in_a_fact_stays_what_it_is():
    error = Remedied(gettext_noop("%(label)s: %(remedy)s"), label="100 % (sic)", remedy="%s")
    assert told(error) == ("100 % (sic) : %s", "100 % (sic): %s")


def test_a_broken_picture_is_told_in_both_languages(tmp_path):
    broken, gone = tmp_path / "file.jpg", tmp_path / "gone.jpg"
    broken.write_bytes(picture_file().read()[:300])
    profile = read_output_profile(COATED)
    assert told(raised(PictureError, prepare_picture, broken, profile, 100, folder=tmp_path)) == (
        (
            "l’image file.jpg est abîmée, ou dans un format que nous n’imprimons pas : "
            "enregistrez-la de nouveau en JPEG, PNG ou TIFF"
        ),
        (
            "picture file.jpg is damaged or in a format that we do not print: "
            "save it again as JPEG, PNG or TIFF"
        ),
    )
    assert told(raised(PictureError, prepare_picture, gone, profile, 100, folder=tmp_path)) == (
        "l’image gone.jpg ne peut pas être lue (aucun fichier de ce nom) : renvoyez le fichier",
        "picture gone.jpg cannot be read (No such file or directory): store the file again",
    )


def test_an_unknown_colour_profile_is_told_in_both_languages(tmp_path):
    unknown = tmp_path / "presse.icc"
    unknown.write_bytes(b"not a profile")
    assert told(raised(IccError, read_output_profile, unknown)) == (
        (
            "presse.icc n’est pas un profil ICC : "
            "choisissez un autre profil, ou reprenez celui-ci chez son éditeur"
        ),
        (
            "presse.icc is not an ICC profile: "
            "choose another profile or fetch it again from its publisher"
        ),
    )


def test_pages_that_are_no_pdf_are_told_in_both_languages(tmp_path):
    folios = Phrase("the folios")
    assert told(raised(PressError, open_part, b"junk", folios)) == (
        "folios : ces pages ne sont pas un PDF valide, relancez la fabrication",
        "the pages of the folios are not a sound PDF: build again",
    )
    assert told(raised(PressError, read_part, tmp_path / "none.pdf", "article-3")) == (
        (
            "article-3 : ces pages ne peuvent pas être lues (aucun fichier de ce nom), "
            "relancez la fabrication"
        ),
        "the pages of article-3 cannot be read (No such file or directory): build again",
    )


@pytest.mark.render
def test_a_text_too_long_is_told_in_both_languages_with_its_title():
    def make(side):
        return TypesetJob("<p style='break-before:page'>x" * 3)

    endless = Setting("article-1", "Sans fin", "article", make)
    limits = Limits(pages_most=2)
    error = raised(LayoutError, lay_out, [endless], make, ExtentRule(), limits, 1, {})
    assert told(error) == (
        "Sans fin : le texte occupe 3 pages, plus de 2 : raccourcissez-le ou divisez-le",
        "Sans fin: the text fills 3 pages, more than 2: shorten it or divide it",
    )


@pytest.mark.render
def test_what_crosses_from_the_typesetter_keeps_its_cause_and_its_facts():
    error = raised(TypesetError, typeset, TypesetJob('<img src="a.jpg">'))
    assert (error.cause, error.facts) == (
        "missing",
        {"address": "https://media.invalid/a.jpg"},
    )
    assert told(error) == (
        "https://media.invalid/a.jpg n’a pas été remis à la presse : ajoutez le fichier",
        "https://media.invalid/a.jpg was not handed to the press: add the file",
    )


@pytest.fixture
def edition(magazine):
    """The edition of an issue of one article, in eight pages."""
    PressProfile.objects.update(least_extent=8, least_ppi=36, low_ppi=36)
    article = magazine.article(title="Prenez un ticket", body=paragraphs("Courte attente."))
    return open_edition(magazine.issue(article, number=7), find_profile("fanzine-a4"))


def test_a_build_that_fails_speaks_the_editors_language(edition):
    profile = PressProfile.objects.get(slug="fanzine-a4")
    profile.icc.save("bad.icc", picture_file(), save=True)
    edition.refresh_from_db()
    for language, wanted in (("fr", "n’est pas un profil ICC"), ("en", "is not an ICC profile")):
        with translation.override(language), pytest.raises(BuildError, match=wanted) as error:
            build(edition)
        assert "\n" not in str(error.value)


@pytest.mark.render
def test_paper_speaks_the_magazines_language_whatever_the_editors(edition):
    assert settings.LANGUAGE_CODE == "fr"
    with translation.override("en"):
        made = build(edition)
    path = storages["press"].path(made.name)
    run = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    words = " ".join(run.stdout.split())
    for french in ("d’appel", "Ours", "Parution", "Ont servi à ce guichet"):
        assert french in words
    assert "Colophon" not in words
