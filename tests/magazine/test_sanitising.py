"""Rich text that comes in dirty and is kept clean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from magazine.sanitising import clean_html


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p>Bonjour</p>", "<p>Bonjour</p>"),
        ("<p>Un<script>alert(1)</script> mot</p>", "<p>Un mot</p>"),
        ('<p onclick="x()">Un</p>', "<p>Un</p>"),
        ('<a href="javascript:alert(1)">lien</a>', "<a>lien</a>"),
        ('<a href="https://a.example/">lien</a>', '<a href="https://a.example/">lien</a>'),
        ('<a href="//a.example/">lien</a>', '<a href="https://a.example/">lien</a>'),
        ('<a href="mailto:a@b.example">lien</a>', '<a href="mailto:a@b.example">lien</a>'),
        ('<a linktype="page" id="3">lien</a>', '<a linktype="page" id="3">lien</a>'),
        ("<p>Deux<br>lignes</p>", "<p>Deux<br/>lignes</p>"),
        ("<p>Un <b>mot", "<p>Un <b>mot</b></p>"),
        ('<p style="color:red">Un</p>', "<p>Un</p>"),
        ('<img src="x" onerror="alert(1)"><p>Un</p>', "<p>Un</p>"),
        ("<p>a\x00b</p>", "<p>ab</p>"),
        ("", ""),
    ],
)
def test_only_what_an_article_may_hold_is_kept(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean


@given(st.text(alphabet=st.sampled_from("<>/abip =\"'&;br\x00é"), max_size=80))
def test_cleaning_twice_changes_nothing(dirty: str) -> None:
    once = clean_html(dirty)
    assert clean_html(once) == once


@pytest.mark.parametrize("dirty", ["<p>a<br>b</p>", "<p><b>gras", '<p><img src="x">a</p>'])
def test_the_editor_can_open_what_was_cleaned(dirty: str) -> None:
    converter = ContentstateConverter(["bold", "italic", "link"])
    assert "blocks" in converter.from_database_format(clean_html(dirty))
