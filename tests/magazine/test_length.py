"""How long a text is, as the trade counts it."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from magazine.length import Length, count_signs, length_of, length_of_blocks
from magazine.models import PlannedPiece
from tests.factories import block, paragraphs


def test_signs_count_their_spaces_and_notes_stand_apart(magazine):
    article = magazine.article(
        standfirst="Un chapeau.",
        body=[
            block("paragraph", text='<p>Un  mot<footnote id="a">Là.</footnote> &amp; &lt;</p>'),
            block("crosshead", text="A & b"),
            block("question_answer", question="Q ?", speaker="Agnès", answer="<p>R</p><p>S</p>"),
            block("list", style="bullets", items=["<p>un</p>", "<p>deux</p>"]),
            block("sidebar", title="T", text="<p>a<br/>b</p><ul><li>c</li></ul>"),
            block("editors_note", text="<p>😀</p>"),
            block("pull_quote", quote="Ne compte pas", author="", role=""),
        ],
    )
    counted = [11, 10, 5, 3, 1, 1, 2, 4, 1, 3, 1, 1]
    assert length_of(article) == Length(signs=sum(counted), feuillets=0.0, minutes=1, note_signs=3)


@pytest.mark.parametrize(
    ("signs", "feuillets"), [(0, 0.0), (74, 0.0), (75, 0.1), (1500, 1.0), (4012, 2.7), (2925, 2.0)]
)
def test_a_feuillet_is_1500_signs(signs, feuillets):
    length = length_of_blocks("x" * signs, [])
    assert (length.signs, length.feuillets) == (signs, feuillets)


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (344, 1), (345, 2), (575, 3), (700, 3)])
def test_minutes_are_rounded_half_up(words, minutes):
    assert length_of_blocks("mot " * words, []).minutes == minutes


def test_a_run_of_spaces_is_one_sign_and_a_no_break_space_is_one_too():
    assert count_signs("  un \n deux\u00a0: \u202f ") == len("un deux\u00a0: \u202f")


def test_the_form_is_given_the_rules_and_the_planned_length(client, magazine):
    client.force_login(get_user_model().objects.create_superuser("ines", "i@g.example", "x"))
    article = magazine.article(body=paragraphs("Un."))
    piece = {"title": "Plan", "article": article.article_ptr}
    PlannedPiece.objects.create(**piece, planned_signs=4000)
    PlannedPiece.objects.create(**piece, planned_signs=None)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "data-length-panel" in page
    assert '"planned": 4000' in page
    assert '"question_answer": ["question", "answer"]' in page
