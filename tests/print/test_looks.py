"""Printed pages compared with pictures kept in the tree, an opener of each kind and the plates."""

import pypdfium2
import pytest
from django.core.files.storage import storages

from magazine.models import Article, CaseStudy, KeyFigure
from print.builds import build
from print.editions import find_profile, open_edition
from print.models import PressProfile
from tests.factories import (
    CaseStudyFactory,
    ContributorFactory,
    FeatureFactory,
    InterviewFactory,
    OpinionFactory,
    PictureFactory,
    block,
    paragraphs,
)
from tests.pictures import assert_looks_like

pytestmark = pytest.mark.render
TEXT = "L'attente est un métier : on y revient chaque matin, on s'y tient droit. " * 6


@pytest.fixture
def pages(magazine):
    """The pages of an issue with one article of each kind and a paid one, as pictures."""
    PressProfile.objects.update(least_extent=8)
    author = ContributorFactory(
        name="Inès Carpentier", role="Rédactrice en chef", portrait=PictureFactory()
    )
    body = [
        *paragraphs(TEXT, TEXT),
        block("crosshead", text="Deux remèdes de trop"),
        *paragraphs(TEXT),
        block("pull_quote", quote="On attend, donc on est", author="Agnès", role="sociologue"),
        *paragraphs(TEXT, TEXT),
    ]
    picture = PictureFactory()
    talk = block("question_answer", question="Pourquoi ?", speaker="", answer=f"<p>{TEXT}</p>")
    articles = [
        magazine.article(OpinionFactory, title="Prenez un ticket", by=author, body=body),
        magazine.article(
            InterviewFactory, title="La file est un pacte", lead_picture=picture, body=[talk] * 4
        ),
        magazine.article(CaseStudyFactory, title="Le serveur vocal", body=body),
        magazine.article(
            FeatureFactory, title="Guichet 12", lead_picture=picture, by=author, body=body
        ),
        magazine.article(
            FeatureFactory,
            title="Et si vos clients attendaient ailleurs ?",
            advertiser="Atelier Cadence",
            paid_mention="communique",
            body=body,
        ),
    ]
    case = CaseStudy.objects.get()
    case.sector, case.challenge = "Assurance santé", "Supprimer le menu vocal."
    case.figures.add(KeyFigure(value="38 %", label="d'appels en moins"))
    case.save_revision().publish()
    Article.objects.update(published_at="2026-11-16T08:30:00Z")
    issue = magazine.issue(*articles, number=7, title="L'attente", cover=picture)
    made = build(open_edition(issue, find_profile("fanzine-a4")))
    with storages["press"].open(made.name) as file:
        pdf = pypdfium2.PdfDocument(file.read())
    names = iter(["opinion", "interview", "case-study", "feature", "paid"])
    return {
        next(names) if row.entry else row.kind: pdf[row.first_folio - 1]
        for row in made.printed.all()
    }


def test_the_pages_look_as_they_were_signed_off(pages):
    assert set(pages) >= {"cover", "contents", "colophon", "back_cover", "paid"}
    for name, page in pages.items():
        assert_looks_like(page.render(scale=1).to_pil(), f"paper-{name}")
