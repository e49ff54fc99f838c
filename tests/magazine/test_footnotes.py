"""Notes: sanitised, typed and read back, numbered, and lost by nothing that editors do."""

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data, streamfield

from magazine.blocks.base import LONGEST_NOTE
from magazine.footnote_markup import note_html, note_text
from magazine.footnotes import NoteCounter, bare_call, set_calls
from magazine.models import Article, Feature
from magazine.rendering import render_body
from magazine.sanitising import clean_html
from magazine.search.answering import search
from magazine.search.query import read_query
from tests.factories import Magazine, block, paragraphs

NOTE = (
    '<footnote id="a">Voir <i>Là</i> &amp; <a href="https://a.example/?b=1&amp;c">b</a></footnote>'
)
FORMSETS = ("bylines", "comments")
WORDS = st.text(alphabet="abé *^[]\\&<>’.", min_size=1, max_size=12)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@st.composite
def note_content(draw) -> str:
    """The HTML of a note in its stored form: words, italics, superscripts, links."""
    parts = []
    for kind in draw(st.lists(st.sampled_from(["", "i", "sup", "a", "page"]), max_size=4)):
        words = escaped(draw(WORDS).strip() or "x")
        if kind == "a":
            words = f'<a href="https://a.example/é_(b)?c&amp;d">{words}</a>'
        elif kind == "page":
            words = f'<a linktype="page" id="3">{words}</a>'
        elif kind:
            words = f"<{kind}>{words}</{kind}>"
        parts.append(words)
    html = clean_html(f'<footnote id="a">{" ".join(parts)} fin</footnote>', notes=True)
    return html.removeprefix('<footnote id="a">').removesuffix("</footnote>")


@st.composite
def text_with_notes(draw) -> str:
    """A paragraph as the editor stores it."""
    parts = []
    for number, kind in enumerate(draw(st.lists(st.sampled_from("wbin"), max_size=6))):
        words = escaped(re.sub(r"\s+", " ", draw(WORDS)).strip() or "x")
        if kind == "n":
            parts.append(f'<footnote id="n{number}">{draw(note_content())}</footnote>')
        else:
            parts.append({"w": words, "b": f"<b>{words}</b>", "i": f"<i>{words}</i>"}[kind])
            parts.append(" ")
    return clean_html(f'<p data-block-key="k1">😀{"".join(parts)}.</p>', notes=True)


def text_block():
    body = Article._meta.get_field("body").stream_block
    return body.child_blocks["paragraph"].child_blocks["text"]


def through_the_editor(html: str, **changes: str) -> str:
    """What comes back when a text is opened in the editor and saved; `changes` retype notes."""
    field = text_block()
    state = json.loads(field.get_form_state(RichText(html)))
    for entity in state["entityMap"].values():
        if entity["data"].get("id") in changes:
            entity["data"] = {"id": entity["data"]["id"], "text": changes[entity["data"]["id"]]}
    posted = field.value_from_datadict({"t": json.dumps(state)}, {}, "t")
    return field.get_prep_value(field.clean(posted))


@given(text_with_notes())
def test_a_text_comes_back_from_the_editor_as_it_was(html):
    assert through_the_editor(html) == html


@given(note_content())
def test_a_note_is_typed_and_read_back_as_it_was(html):
    again = note_html(note_text(html))
    assert clean_html(f'<footnote id="a">{again}</footnote>', notes=True) == clean_html(
        f'<footnote id="a">{html}</footnote>', notes=True
    )


@given(st.text(alphabet="ab *^[]()\\<&:/.htps", max_size=40))
def test_whatever_is_typed_makes_a_clean_note(text):
    stored = clean_html(f'<footnote id="a">{note_html(text)}</footnote>', notes=True)
    assert clean_html(stored, notes=True) == stored
    assert "<script" not in stored


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("Voir *L’Attente*, p. 12.", "Voir <i>L’Attente</i>, p. 12."),
        ("2 * 3 * 4", "2 * 3 * 4"),
        (r"\*tel quel\*", "*tel quel*"),
        ("XX^e^ siècle", "XX<sup>e</sup> siècle"),
        (
            "https://fr.example/Attente_(a).",
            '<a href="https://fr.example/Attente_(a)">https://fr.example/Attente_(a)</a>.',
        ),
        ("www.a.example", '<a href="https://www.a.example">www.a.example</a>'),
        ("[*là*](https://a.example)", '<a href="https://a.example"><i>là</i></a>'),
        ("[là](page:12)", '<a linktype="page" id="12">là</a>'),
        ("[1995] <b>", "[1995] &lt;b&gt;"),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
    ],
)
def test_what_is_typed_into_a_note(typed, html):
    assert note_html(typed) == html


def test_a_note_that_is_retyped_keeps_its_id_and_its_place():
    assert through_the_editor(f"<p>mot{NOTE}, suite</p>", a="Non : *ici*").endswith(
        'mot<footnote id="a">Non : <i>ici</i></footnote>, suite</p>'
    )


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ('a<footnote id="n">b<script>x()</script></footnote>', 'a<footnote id="n">b</footnote>'),
        (
            '<footnote id="n" onclick="x()">b<img src=x onerror=y></footnote>',
            '<footnote id="n">b</footnote>',
        ),
        (
            '<p>a<footnote id="n">b<footnote id="m">c</footnote>d</footnote>e</p>',
            '<p>a<footnote id="n">b c d</footnote>e</p>',
        ),
        (
            '<p>a<footnote id="n">b</p><p>c</p>',
            '<p>a<footnote id="n">b</footnote></p><p>c</p>',
        ),
        (
            '<p><b>a <a href="https://b.example">c<footnote id="n">d</footnote>e</a></b></p>',
            (
                '<p><b>a <a href="https://b.example">c</a></b><footnote id="n">d</footnote>'
                '<b><a href="https://b.example">e</a></b></p>'
            ),
        ),
        ('<p>a<footnote id="n"> <i></i></footnote>b</p>', "<p>ab</p>"),
        ('a<footnote id="n"><em>b </em><ul><li>c</li></ul></footnote>', None),
        (
            '<footnote id="n"><a href="javascript:x()">b</a></footnote>',
            '<footnote id="n">b</footnote>',
        ),
    ],
)
def test_a_hostile_note_ends_sanitised(dirty, clean):
    cleaned = clean_html(dirty, notes=True)
    assert cleaned == (clean or 'a<footnote id="n"><i>b</i> c</footnote>')
    assert clean_html(cleaned, notes=True) == cleaned


def test_ids_are_given_where_they_lack_and_made_unique():
    html = clean_html(
        '<p>a<footnote>x</footnote>b<footnote id="n">y</footnote>c<footnote id="n">y</footnote>'
        "<footnote id='\" onx=\"'>z</footnote></p>",
        notes=True,
    )
    ids = re.findall(r'<footnote id="([\w-]+)">', html)
    assert len(set(ids)) == 4
    assert ids[1] == "n"
    assert clean_html(html, notes=True) == html


def test_other_rich_text_holds_no_notes():
    assert clean_html(f"<p>mot{NOTE}</p>") == (
        '<p>motVoir <i>Là</i> &amp; <a href="https://a.example/?b=1&amp;c">b</a></p>'
    )


def test_a_note_longer_than_the_foot_of_a_page_is_refused_in_words():
    field = text_block()
    long = RichText(f'<p>mot<footnote id="a">{"signe " * 400}</footnote></p>')
    with pytest.raises(ValidationError, match="signe"):
        field.clean(long)
    fits = RichText(f'<p>mot<footnote id="a">{"s" * LONGEST_NOTE}</footnote></p>')
    assert "<footnote" in field.clean(fits).source


def test_ten_thousand_signs_are_kept_until_they_are_shortened():
    html = f'<p>mot<footnote id="a">{"é" * 10_000}</footnote></p>'
    assert clean_html(html, notes=True) == html


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("mot @.", "mot@."),
        ("mot.@", "mot@."),
        ("quoi ?@", "quoi@ ?"),
        ("« mot »@, puis", "« mot »@, puis"),
        ("etc.@ Fin", "etc.@ Fin"),
        ("M.@", "M.@"),
        ("A &amp;@ b", "A &amp;@ b"),
        ("...@", "...@"),
        ("@ début", "@ début"),
    ],
)
def test_a_call_stands_against_its_word_before_the_mark(typed, shown):
    note = '<footnote id="a">x</footnote>'
    assert set_calls(typed.replace("@", note)) == shown.replace("@", note)


def test_two_notes_of_one_word_are_told_apart():
    counter = NoteCounter(bare_call)
    html = counter.typeset('mot<footnote id="a">x</footnote><footnote id="b">y</footnote>.')
    assert html == "mot<sup>1</sup><sup>,</sup><sup>2</sup>."


def with_notes(magazine: Magazine, **fields):
    return magazine.article(
        body=[
            block("paragraph", text='<p>Un 1900<footnote id="a">Première ?</footnote> !</p>'),
            block(
                "paragraph", text='<p>Sur papier<footnote id="b">P</footnote></p>', channel="print"
            ),
            block("paragraph", text='<p>En ligne<footnote id="c">W</footnote></p>', channel="web"),
            block("list", style="bullets", items=['<p>item<footnote id="d">L</footnote></p>']),
            block("sidebar", title="T", text='<p>côté<footnote id="a">Copie</footnote></p>'),
            block("editors_note", text='<p>nous<footnote id="e">E</footnote></p>'),
            block("crosshead", text="Note 1"),
        ],
        **fields,
    )


def test_each_medium_numbers_what_it_shows(magazine):
    article = with_notes(magazine)
    web = render_body(article, "web")
    assert [(note.number, note.id, note.html) for note in web.notes] == [
        (1, "a", "Première\u202f?"),
        (2, "c", "W"),
        (3, "d", "L"),
        (4, "a-2", "Copie"),
        (5, "e", "E"),
    ]
    assert '1900<sup class="note-call"><a href="#note-1" id="renvoi-1"' in web.html
    assert 'id="note-1-2"' in web.html  # the crosshead leaves the note its anchor
    feed = render_body(article, "feed")
    assert "1900<sup>1</sup>\u202f!" in feed.html
    assert "#note" not in feed.html


def test_on_paper_a_note_stands_in_the_text_for_the_typesetter(magazine):
    article = magazine.article(body=paragraphs('Un mot<footnote id="a">Là ?</footnote>.'))
    body = render_body(article, "print")
    assert 'mot<span class="footnote">Là\u202f?</span>.' in body.html


def test_links_in_the_notes_of_a_paid_text_are_marked(magazine):
    article = magazine.article(
        body=paragraphs(f"Un mot{NOTE}."), advertiser="Ravel", paid_mention="publicite"
    )
    [note] = render_body(article, "web").notes
    assert '<a rel="sponsored" href="https://a.example/' in note.html


def test_a_copy_keeps_the_notes(magazine):
    article = with_notes(magazine)
    copy = article.copy(update_attrs={"slug": "copie", "title": "Copie"})
    assert render_body(copy, "web").notes == render_body(article, "web").notes


def test_a_revision_gives_the_notes_back(magazine):
    article = with_notes(magazine)
    first = article.latest_revision
    article.body = paragraphs("Plus rien.")
    article.save_revision().publish()
    first.as_object().save_revision(previous_revision=first).publish()
    again = Feature.objects.get(pk=article.pk)
    assert [note.html for note in render_body(again, "web").notes][:2] == ["Première\u202f?", "W"]


@pytest.fixture
def desk(client, db):
    user = get_user_model().objects.create_superuser("ines", "ines@guichet.example", "x")
    client.force_login(user)
    return client


def test_two_versions_are_compared_note_by_note(desk, magazine):
    article = magazine.article(body=paragraphs('Un mot<footnote id="a">Page 12.</footnote> suit.'))
    [child] = article.body.raw_data
    child["value"]["text"] = '<p>Un mot<footnote id="a">Page 13.</footnote> suit.</p>'
    article.save_revision()
    address = reverse(
        "wagtailadmin_pages:revisions_compare", args=[article.pk, "earliest", "latest"]
    )
    page = desk.get(address).content.decode()
    text = re.sub(r"<[^>]+>", "", page)
    assert "[Note : Page 12" in text
    assert "13" in text
    assert "motPage" not in text


def form_of(article: Feature) -> dict:
    """What the editing form posts of an article, unchanged, but for its list."""
    blocks = []
    for child in article.body:
        if child.block_type == "list":
            continue
        fields = child.value.block.child_blocks
        value = {
            name: fields[name].get_form_state(child.value[name])
            for name in child.value
            if name != "channel"
        }
        blocks.append((child.block_type, {**value, "channel": child.value["channel"]}))
    empty = {f"{name}-{form}_FORMS": 0 for name in FORMSETS for form in ("TOTAL", "INITIAL")}
    return nested_form_data(
        {
            "title": article.title,
            "slug": article.slug,
            "standfirst": "",
            "channel": "everywhere",
            "body": streamfield(blocks),
            **empty,
        }
    )


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_saving_by_hand_or_by_itself_keeps_every_note(desk, magazine, accept):
    article = with_notes(magazine)
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    answer = desk.post(address, form_of(article), headers={"accept": accept})
    assert answer.status_code == (302 if accept == "text/html" else 200)
    saved = Feature.objects.get(pk=article.pk).get_latest_revision_as_object()
    kept = [note.html for note in render_body(saved, "web").notes]
    assert kept == ["Première\u202f?", "W", "Copie", "E"]


def test_search_finds_a_note_and_glues_it_to_no_word(magazine):
    magazine.article(
        body=paragraphs('Un guichet<footnote id="a">Voir Tourniquet.</footnote> fermé.')
    )
    [hit] = search(read_query("tourniquet")).hits
    assert [passage.kind for passage in hit.passages] == ["footnote"]
    assert "guichetVoir" not in "".join(passage.html for passage in hit.passages)
    assert search(read_query("guichet fermé")).total == 1
