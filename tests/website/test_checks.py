"""What the site tells an editor before an article is ready."""

import pytest
from django.utils import translation

from magazine.checks import draft_of, findings
from tests.factories import ContributorFactory, paragraphs


@pytest.mark.parametrize(("channel", "codes"), [("web", ["unknown_on_web"]), ("print", [])])
def test_a_sign_that_no_web_font_has_is_pointed_out_where_it_is_shown(magazine, channel, codes):
    article = magazine.article(
        live=False,
        by=ContributorFactory(),
        channel=channel,
        body=paragraphs("Appelez ☎, dès l’été → œuvre ↗."),
    )
    with translation.override("en"):
        found = [each for each in findings(draft_of(article)) if each.code == "unknown_on_web"]
    assert [each.code for each in found] == codes
    assert all(each.message == "Our web fonts have no ☎." for each in found)
