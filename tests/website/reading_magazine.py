"""Fill a small magazine with one article of each kind and every block, for tests of the site."""

import datetime as dt

import html5lib

from magazine.models import Byline, InterviewedPerson, KeyFigure
from tests.factories import (
    CaseStudyFactory,
    ContributorFactory,
    FeatureFactory,
    InterviewFactory,
    OpinionFactory,
    OrganisationFactory,
    PictureFactory,
    TopicFactory,
    block,
    paragraphs,
)

NOVEMBER = dt.datetime(2026, 11, 16, 8, 30, tzinfo=dt.UTC)


def every_block(picture, document=None):
    """A body with each block that a test can make without a table."""
    captioned = {"image": picture, "caption": "L'horloge", "credit": "", "alt_text": "Une horloge"}
    return [
        *paragraphs("L'attente commence : qui l'a vue ?", "Deuxième paragraphe."),
        block("crosshead", text="L'heure du guichet"),
        block("crosshead", text="L'heure du guichet"),
        block("question_answer", question="Et l'été ?", speaker="Agnès", answer="<p>Aussi !</p>"),
        block("list", style="numbers", items=["Un", "Deux"]),
        block("picture", width="column", **captioned),
        block("picture", width="full", **captioned),
        block("gallery", title="Trois vues", pictures=[captioned, captioned]),
        block("pull_quote", quote="Un manteau, non.", author="Agnès", role="sociologue"),
        block(
            "key_figures",
            title="La journée",
            source="Registre",
            figures=[{"value": "12 min", "label": "d'attente"}],
        ),
        block("sidebar", title="L'encadré", text="<p>À côté.</p>"),
        block(
            "embed",
            url="https://video.example.org/film",
            title="Le film",
            still=picture,
            caption="Une image du film",
            available_until=None,
        ),
        block(
            "embed",
            url="https://video.example.org/ancien",
            title="L'ancien film",
            still=None,
            caption="",
            available_until=dt.date(2020, 1, 1),
        ),
        block("editors_note", text="<p>Note de la rédaction.</p>"),
        *paragraphs("Réservé au papier.", channel="print"),
    ]


def fill(magazine):
    """One article of each kind in a released issue; return them by kind, and the issue."""
    picture = PictureFactory()
    somebody = ContributorFactory(name="Inès Carpentier", slug="ines", mail="ines@guichet.example")
    somebody.portrait = picture
    somebody.save()
    topic = TopicFactory(title="Téléphone", slug="telephone")
    shared = {"by": somebody, "about": [topic], "published_at": NOVEMBER}
    feature = magazine.article(
        FeatureFactory,
        title="L'heure du guichet",
        kicker="L'enquête",
        lead_picture=picture,
        lead_caption="L'horloge",
        body=every_block(picture),
        show_contents=True,
        provenance_title="Väntrum",
        provenance_place="Stockholm",
        provenance_date=dt.date(2026, 6, 3),
        provenance_url="https://example.org/vantrum",
        **shared,
    )
    interview = magazine.article(InterviewFactory, title="« La file est un pacte »", **shared)
    organisation = OrganisationFactory(name="Boulangerie Ravel")
    interview.people.add(
        InterviewedPerson(name="Agnès", role="sociologue", organisation=organisation)
    )
    interview.save()
    case = magazine.article(
        CaseStudyFactory,
        title="Chez Ravel",
        organisation=organisation,
        sector="Commerce",
        challenge="Faire d'une queue une terrasse.",
        **shared,
    )
    case.figures.add(KeyFigure(value="38 %", label="des clients"))
    case.bylines.add(Byline(contributor=somebody, role="photographs", sort_order=2))
    case.save()
    opinion = magazine.article(
        OpinionFactory, title="Prenez un ticket", genre="editorial", **shared
    )
    paid = magazine.article(
        title="Et si vos clients attendaient ailleurs ?",
        advertiser="Atelier Cadence",
        paid_mention="communique",
        body=paragraphs('Voir <a href="https://cadence.example">Cadence</a>.'),
        **shared,
    )
    kinds = {
        "opinion": opinion,
        "interview": interview,
        "feature": feature,
        "case_study": case,
        "paid": paid,
    }
    issue = magazine.issue(
        *kinds.values(),
        number=7,
        title="L'attente",
        slug="l-attente",
        cover=picture,
        cover_lines="L'horloge\nLa file",
        introduction="<p>On attend.</p>",
    )
    return kinds, issue


def parsed(response):
    """The page as a tree, read by a parser that forgives nothing."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(response.content.decode())


def shown_text(response):
    """Everything a reader may read on the page, in one line."""
    return " ".join("".join(parsed(response).find("body").itertext()).split())
