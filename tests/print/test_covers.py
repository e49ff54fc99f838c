"""Covers as they are set: what stands on them keeps clear of one another on every trim."""

import pytest

from print.composition import compose_page
from print.editions import open_edition
from print.inputs import read_matter
from print.models import PressProfile
from print.preflight.document import read_document
from print.typesetter import typeset
from tests.factories import OpinionFactory, paragraphs

pytestmark = pytest.mark.render


@pytest.mark.parametrize("slug", ["fanzine-a4", "encart-200x270", "fanzine-a5-riso"])
def test_the_facts_stand_no_deeper_than_the_theme_beside_them(magazine, slug):
    article = magazine.article(OpinionFactory, title="Prenez un ticket", body=paragraphs("Un."))
    issue = magazine.issue(article, number=7, title="L’attente", price="9.00")
    matter = read_matter(open_edition(issue, PressProfile.objects.get(slug=slug)))
    matter.publication.motto = "Le fanzine de l’expérience client"
    pdf = typeset(compose_page(matter, "cover")("recto")).pdf
    words = [each for each in read_document(pdf).painted if each.font]
    theme = max((each for each in words if "Bold" not in each.font), key=lambda each: each.size)
    facts = [each for each in words if "Bold" in each.font and each.box.left > theme.box.right]
    assert len(facts) >= 4
    assert min(each.box.bottom for each in facts) > theme.box.bottom
