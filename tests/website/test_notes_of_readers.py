"""Notes as readers meet them: on the page, and in the feed."""

import re

import pytest

from tests.factories import Magazine, paragraphs


@pytest.fixture
def article(db):
    return Magazine().article(
        body=paragraphs('Un mot<footnote id="a">Voir <i>Là</i> ?</footnote>.', "Note 1"),
    )


def test_the_call_leads_to_the_note_and_the_note_back(client, article):
    page = client.get(article.get_url()).content.decode()
    assert '<a href="#note-1" id="renvoi-1" role="doc-noteref">1</a>' in page
    assert 'role="doc-endnotes"' in page
    [note] = re.findall(r'<li id="note-1">(.*?)</li>', page, re.DOTALL)
    assert "Voir <i>Là</i>\u202f?" in note
    assert 'href="#renvoi-1" role="doc-backlink"' in note
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_page_without_notes_has_no_list_of_them(client, article):
    article.body = paragraphs("Rien.")
    article.save_revision().publish()
    assert "doc-endnotes" not in client.get(article.get_url()).content.decode()


def test_the_feed_ends_with_the_notes_and_has_no_dead_anchor(client, article):
    feed = client.get("/flux.atom").content.decode()
    assert "mot&lt;sup&gt;1&lt;/sup&gt;" in feed
    assert "Voir &lt;i&gt;Là&lt;/i&gt;" in feed
    assert "#note" not in feed
    assert "renvoi" not in feed
