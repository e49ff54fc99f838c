"""Words, questions, plans and passages: what the search makes of any text."""

import datetime as dt
import re
from html import unescape

import pytest
from django.core import signing
from hypothesis import given, settings
from hypothesis import strategies as st

from magazine.search.analysis import LONGEST_WORD, is_stop_word, words_of
from magazine.search.engines.base import KeptText
from magazine.search.nearness import is_mendable, is_near, is_offered
from magazine.search.passages import LONGEST_PASSAGE, Marker, mark, passages_of
from magazine.search.plan import NEARLY_WEIGHT, plan_of, relaxed, synonyms_of, with_nearly
from magazine.search.query import (
    FACETS,
    LONGEST_TEXT,
    Cursor,
    QueryError,
    Sort,
    read_query,
    write_cursor,
)
from magazine.search.stemming import stem
from magazine.search.texts import Passage

DAY = dt.date(2026, 11, 22)
MARK = re.compile(r"</?mark>")
# Of every kind that may do harm, and of what French is made of.
SIGNS = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "aàéêçœŒæ'’ʼ-.,;:!?\"«»“”() \u00a0\u202f\t\n<>&0123456789\u0301\u202e\x00İǅßﬁ"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=120,
)


def exact(text):
    return [word.exact for word in words_of(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’été, qu'il dit", ["été", "il", "dit"]),
        ("aujourd’hui", ["aujourdhui"]),
        ("Jusqu'ici presqu’île", ["ici", "île"]),
        ("entr'acte", ["acte"]),
        ("O’Brien", ["obrien"]),
        ("Cœur, ŒUVRE et Ætna", ["coeur", "oeuvre", "et", "aetna"]),
        ("1 200, 12\u202f500,50 et 3,5 %", ["1200", "12500,50", "et", "3,5"]),
        ("de 10 000 à 20 000", ["de", "10000", "à", "20000"]),
        ("S.N.C.F. et R.A.T.P", ["sncf", "et", "ratp"]),
        ("rendez-vous", ["rendez", "vous"]),
        ("e\u0301te\u0301", ["été"]),
        ("a_b", ["a", "b"]),
        ("à 17h42", ["à", "17", "h", "42"]),
        ("à 17\u00a0h\u00a042", ["à", "17", "h", "42"]),
        ("24h/24", ["24", "h", "24"]),
        ("10€ ou 10 €, 38% ou 38\u202f%", ["10", "ou", "10", "38", "ou", "38"]),
        ("20min, 12km, 3e", ["20", "min", "12", "km", "3e"]),
        ("at\u00adten\u200bte\u2060s", ["attentes"]),
        ("\u202eété\u202c", ["été"]),
        ("…—!?", []),
        ("C3PO", ["c3po"]),
    ],
)
def test_a_text_is_taken_apart_into_words(text, words):
    assert exact(text) == words


@pytest.mark.parametrize(
    ("words", "shared"),
    [
        ("attente attentes", "atent"),
        ("client clients cliente", "client"),
        ("réclamation réclamations", "reclam"),
        ("cheval chevaux", "cheval"),
        ("été étés", "ete"),
        ("cœur coeur cœurs", "coeu"),
        ("hôpital hôpitaux", "hopital"),
    ],
)
def test_forms_of_a_word_share_a_stem(words, shared):
    assert {word.stem for word in words_of(words)} == {shared}


def test_marche_and_marché_share_a_stem_but_no_form():
    first, second = words_of("marche marché")
    assert first.stem == second.stem
    assert first.exact != second.exact


@pytest.mark.parametrize("word", ["été", "an", "avant", "sans", "contre", "personne", "sous"])
def test_short_words_that_mean_something_are_no_stop_words(word):
    assert not is_stop_word(word)


@given(SIGNS)
def test_words_stand_where_they_say(text):
    done = 0
    for word in words_of(text):
        assert done <= word.start < word.end <= len(text)
        assert 0 < len(word.exact) <= LONGEST_WORD * 2
        assert word.stem == stem(word.exact)
        assert not re.search(r"[\s\"'*()^:+\-]", word.exact + word.stem)
        done = word.end


@given(SIGNS)
def test_the_same_words_come_out_of_what_came_out(text):
    for word in words_of(text):
        if word.exact[0].isalpha() and "'" not in text:
            assert [again.stem for again in words_of(word.exact)][:1] != []


@settings(deadline=None)
@given(st.text(max_size=300), st.dictionaries(st.text(max_size=12), st.lists(st.text(max_size=8))))
def test_any_strings_make_a_question_or_a_clear_refusal(text, facets):
    try:
        query = read_query(text, facets)
    except QueryError:
        return
    assert len(query.text) <= LONGEST_TEXT
    assert not re.search(r"[\x00-\x1f\u202e\u200f]", query.text)
    plan = plan_of(query, {}, DAY)
    assert 0 <= plan.needed <= len(plan.groups)
    assert query.asks_something or not plan.groups


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("file attente", [("file", False, False), ("attente", False, False)]),
        ('"file d’attente"', [("file attente", True, False)]),
        ("« file d’attente »", [("file attente", True, False)]),
        ("gare -train", [("gare", False, False), ("train", False, True)]),
        ('gare -"à quai"', [("gare", False, False), ("à quai", True, True)]),
        ("rendez-vous", [("rendez", False, False), ("vous", False, False)]),
        ('moitié "ouvert', [("moitié", False, False), ("ouvert", False, False)]),
        ("*:*", []),
        ("train 17h42", [("train", False, False), ("17 h 42", True, False)]),
        ("17 h 42", [("17 h 42", True, False)]),
        ("-24h/24", [("24 h", True, True), ("24", False, False)]),
        ("a AND b", [("a", False, False), ("and", False, False), ("b", False, False)]),
    ],
)
def test_words_phrases_and_what_is_left_out(text, clauses):
    read = [
        (" ".join(word.exact for word in clause.words), clause.is_phrase, clause.is_excluded)
        for clause in read_query(text).clauses
    ]
    assert read == clauses


@pytest.mark.parametrize(
    "asked",
    [
        {"text": "x" * 201},
        {"text": "a " * 25},
        {"text": "a", "facets": {"colour": ["red"]}},
        {"text": "a", "facets": {"kind": ["a\nb"]}},
        {"text": "a", "facets": {"topic": [str(n) for n in range(31)]}},
        {"text": "a", "sort": "size"},
        {"text": "a", "size": 0},
        {"text": "a", "size": 51},
        {"text": "a", "cursor": "forged"},
        {"text": "a", "cursor": signing.Signer(salt="search.cursor").sign_object([1, 2, "x"])},
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(asked):
    with pytest.raises(QueryError, match=r"\w+ \w+"):
        read_query(**asked)


def test_facets_come_in_the_houses_order_each_value_once():
    query = read_query("", {"year": ["2026", "2026", ""], "kind": ["b", "a"]})
    assert query.facets == (("kind", ("a", "b")), ("year", ("2026",)))
    assert [name for name, _values in query.facets] == [n for n in FACETS if n in ("kind", "year")]
    assert query.asks_something


def test_a_cursor_is_good_for_its_own_question_only():
    query = read_query("file", {"kind": ["interview"]}, sort=Sort.NEWEST)
    cursor = Cursor(739_000.0, 12, DAY, 1)
    written = write_cursor(query, cursor)
    again = read_query("file", {"kind": ["interview"]}, sort=Sort.NEWEST, cursor=written)
    assert again.cursor == cursor
    for other in (
        {"text": "files"},
        {"text": "file", "sort": "oldest"},
        {"text": "file", "size": 3},
    ):
        with pytest.raises(QueryError):
            read_query(cursor=written, **other)


def groups(text, synonyms=()):
    plan = plan_of(read_query(text), synonyms_of(synonyms), DAY)
    return [[alternative.text for alternative in group.alternatives] for group in plan.groups]


def test_stop_words_are_asked_for_only_where_there_is_nothing_else():
    assert groups("le prix de la file") == [["prix"], ["file"]]
    assert groups("à qui") == [["à"], ["qui"]]
    assert groups("l’été") == [["été", "été"]]


def test_what_means_the_same_is_looked_for_too():
    sets = [("CX", "expérience client"), ("SAV", "service après-vente")]
    assert groups("la CX en gare", sets) == [["cx", "expérience client"], ["gare"]]
    [group] = groups("expériences clients", sets)
    assert group == ["expériences clients", "expériences clients", "cx"]


def test_fewer_words_are_needed_of_several_and_all_of_what_is_quoted():
    plan = plan_of(read_query('a1 b1 c1 d1 "e1 f1"'), {}, DAY)
    assert (plan.needed, relaxed(plan).needed) == (5, 4)
    assert relaxed(plan_of(read_query("file gare"), {}, DAY)).needed == 1
    assert relaxed(plan_of(read_query("guichet"), {}, DAY)) is None
    assert relaxed(relaxed(plan)) is None


def test_near_words_stand_in_for_one_that_nothing_holds():
    plan = plan_of(read_query("gichet"), {}, DAY)
    [group] = with_nearly(plan, {"gichet": ("guichet",)}).groups
    assert [(each.text, each.weight) for each in group.alternatives] == [
        ("gichet", 1.0),
        ("guichet", NEARLY_WEIGHT),
    ]


@pytest.mark.parametrize(
    ("typed", "held", "is_meant"),
    [
        ("gichet", "guichet", True),
        ("guicheet", "guichet", True),
        ("guihcet", "guichet", True),
        ("médiatèque", "médiathèque", True),
        ("Ravell", "Ravel", True),
        ("Przybilski", "Przybylski", True),
        ("Tchernichevsky", "Tchernychevski", True),
        ("opital", "hôpital", True),
        ("hélène", "Élène", True),
        ("ugichet", "guichet", True),
        ("expérianse", "expérience", True),
        # Words of their own, whatever is left when a letter goes.
        ("dentier", "entier", False),
        ("poule", "foule", False),
        ("gâteau", "bateau", False),
        ("peinture", "ceinture", False),
        ("dentiste", "densité", False),
        ("cave", "cage", False),
        ("zart", "art", False),
        ("sculpteur", "lecteur", False),
        ("1201", "1200", False),
    ],
)
def test_only_what_is_really_near_is_taken_for_another_word(typed, held, is_meant):
    typed, held = exact(typed)[0], exact(held)[0]
    assert (is_mendable(typed) and is_offered(held) and is_near(typed, held)) is is_meant


def marker(text, synonyms=()):
    return Marker(plan_of(read_query(text), synonyms_of(synonyms), DAY))


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("client", "Les clients de l'été.", "Les <mark>clients</mark> de l’été."),
        ("ete", "Les clients de l'été.", "Les clients de l’<mark>été</mark>."),
        ("coeur", "À cœur ouvert", "À <mark>cœur</mark> ouvert"),
        ('"prise de parole"', "La prise de parole", "La <mark>prise de parole</mark>"),
        ("<b>", "Un <b> & un b", "Un &lt;<mark>b</mark>&gt; &amp; un <mark>b</mark>"),
        ("rien", "Tout autre chose", "Tout autre chose"),
        ("ete", "e\u0301te\u0301", "<mark>été</mark>"),
        ("sncf", "La S.N.C.F. attend", "La <mark>S.N.C.F.</mark> attend"),
        ("obrien", "Chez O'Brien", "Chez <mark>O’Brien</mark>"),
        ("OEUVRE", "Une Œuvre", "Une <mark>Œuvre</mark>"),
        ("17h42", "À 17 h 42, le train", "À <mark>17 h 42</mark>, le train"),
        ("17 h 42", "À 17h42", "À <mark>17 h 42</mark>"),
        ("attente", "L'at\u00adten\u200bte longue", "L’<mark>at\u00adten\u200bte</mark> longue"),
        ("mûr", "Un mur mûr", "Un mur <mark>mûr</mark>"),
        ("résilié", "Il faut résilier", "Il faut <mark>résilier</mark>"),
        ("1200", "Il a 1 200 euros", "Il a <mark>1\u202f200</mark> euros"),
    ],
)
def test_what_was_found_is_marked_in_escaped_html(question, text, marked):
    shown = mark(text, marker(question).spans(text))
    assert shown.replace("\u00a0", " ").replace("e\u0301", "é") in {
        marked,
        marked.replace("\u202f", " "),
    }


@settings(deadline=None)  # typography reads its rules at the first call
@given(SIGNS, st.text(alphabet="aàéœ'’ t<&b\"«»0", max_size=20))
def test_marks_lie_in_the_text_and_nothing_else_is_html(text, question):
    asked = marker(question)
    done = 0
    for span in asked.spans(text):
        assert done <= span.start < span.end <= len(text)
        done = span.end
    shown = mark(text, asked.spans(text))
    assert shown.count("<mark>") == shown.count("</mark>")
    bare = MARK.sub("", shown).replace("<sup>", "").replace("</sup>", "")
    assert "<" not in bare
    assert ">" not in bare


@settings(deadline=None)
@given(
    st.lists(SIGNS, max_size=4), SIGNS, st.sampled_from(["été", "file gare", '"a b"', "-x", "1200"])
)
def test_passages_are_short_and_say_where_they_are(texts, standfirst, question):
    kept = KeptText(
        "T", standfirst, tuple(Passage("paragraph", text, f"b{n}") for n, text in enumerate(texts))
    )
    shown = passages_of(kept, marker(question))
    assert 1 <= len(shown) <= 2
    for passage in shown:
        bare = unescape(re.sub(r"<[^>]*>", "", passage.html))
        assert len(bare) <= LONGEST_PASSAGE * 2
        assert passage.fragment.startswith("#") or not passage.fragment
        assert not re.search(r"[\s<>\"]", passage.fragment)
        assert passage.anchor in passage.fragment


def test_the_passages_with_most_of_the_question_are_shown_in_the_texts_order():
    kept = KeptText(
        "T",
        "Rien.",
        (
            Passage("paragraph", "Une file.", "a"),
            Passage("question", "Une file à la gare ?", "b"),
            Passage("answer", "Une gare.", "b"),
            Passage("footnote", "La gare, la file.", "c"),
        ),
    )
    shown = passages_of(kept, marker("file gare"))
    assert [(each.kind, each.anchor) for each in shown] == [("question", "b"), ("footnote", "c")]
    assert shown[0].fragment == "#b:~:text=file%20%C3%A0%20la%20gare"
    # A browser would go to the first “gare” of the article, which is another one.
    assert shown[1].fragment == "#c"


def test_where_nothing_is_marked_the_beginning_is_shown():
    kept = KeptText("T", "", (Passage("paragraph", "Le début.", "a"),))
    [shown] = passages_of(kept, marker("introuvable"))
    assert (shown.html, shown.fragment) == ("Le début.", "#a")


@pytest.mark.parametrize(
    "typed", ["at\u00adtente", "at\u200btente", "\u202eattente", "\ufeffattente"]
)
def test_signs_that_nobody_sees_are_as_if_not_there(typed):
    assert read_query(typed).text == "attente"
