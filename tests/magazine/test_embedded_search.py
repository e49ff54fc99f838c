"""The embedded engine: what it finds, in which order, what it counts, what it offers."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from magazine.search.analysis import words_of
from magazine.search.engines.base import EngineError, Seen
from magazine.search.engines.embedded.engine import EmbeddedEngine
from magazine.search.engines.embedded.index import EmbeddedIndex
from magazine.search.plan import relaxed
from magazine.search.query import Cursor
from magazine.search.texts import Passage
from tests.magazine.search_documents import DAY, ask, document, ids, plan


def hold(*documents):
    EmbeddedIndex().rebuild(documents, Seen())


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Rien que l’attente.", "attentes"),
        ("Les clients de l'été.", "ete"),
        ("Le cœur du métier.", "coeur"),
        ("Le coeur du metier.", "Cœur métier"),
        ("Jusqu'aujourd'hui", "aujourd’hui"),
        ("Il a coûté 1 200 euros.", "1200"),
        ("Un taux de 12,5 %.", "12,5"),
        ("La S.N.C.F. attend.", "sncf"),
        ("Ætna", "aetna"),
        ("L’e\u0301te\u0301", "été"),
        ("日本語 текст", "текст"),
    ],
)
def test_a_word_is_found_in_every_form(text, question):
    hold(document(1, text), document(2, "Tout autre chose."))
    assert ids(question) == [1]


def test_the_exact_form_comes_before_words_of_the_same_stem():
    hold(document(1, "La marche est haute."), document(2, "Le marché est haut."))
    assert ids("marché") == [2, 1]
    assert ids("marche") == [1, 2]


def test_names_and_titles_come_before_the_text():
    hold(
        document(1, "Un tourniquet."),
        document(2, title="Le tourniquet"),
        document(3, people=("Paul Tourniquet",)),
        document(4, standfirst="Du tourniquet"),
    )
    assert ids("tourniquet") == [2, 3, 4, 1]


def test_a_phrase_keeps_its_order_and_runs_across_nothing():
    hold(
        document(1, "La prise de parole est libre."),
        document(2, "Sa parole est une prise de guerre."),
        document(3, "On lâche la prise\nde parole en parole."),
        document(4, people=("Anne Prise", "De Parole")),
    )
    assert ids("« prise de parole »") == [1]
    assert set(ids("prise de parole")) == {1, 2, 3, 4}
    assert ids("prise de parole")[0] in {1, 4}


def test_neighbours_that_stand_together_come_first():
    hold(
        document(1, "Le service est loin. Il est public."),
        document(2, "Le service public est loin."),
    )
    assert ids("service public") == [2, 1]


def test_what_is_excluded_is_not_found():
    hold(document(1, "guichet et file"), document(2, "guichet seul"), document(3, "file seule"))
    assert ids("guichet -file") == [2]
    assert ids('guichet -"guichet et file"') == [2]


def test_synonyms_are_found_below_the_word_itself():
    synonyms = [("CX", "expérience client")]
    hold(
        document(1, "L’expérience client avant tout."),
        document(2, "La CX avant tout."),
        document(3, "Le client et son expérience."),
    )
    assert ids("cx", synonyms=synonyms) == [2, 1]
    assert set(ids("expérience client", synonyms=synonyms)) == {1, 2, 3}


def test_fewer_of_the_words_may_do_and_more_of_them_come_first():
    hold(
        document(1, "guichet guichet guichet"),
        document(2, "file"),
        document(3, "file et guichet, en train"),
        document(4, "guichet et train"),
    )
    assert ids("guichet file train") == [3]
    wider = relaxed(plan("guichet file train"))
    assert [hit.article_id for hit in EmbeddedEngine().find(wider).hits] == [3, 4]


def test_what_was_quoted_must_be_there():
    hold(document(1, "file longue train"), document(2, "la file d’attente, le train"))
    wider = relaxed(plan('"file d’attente" train vitesse'))
    assert [hit.article_id for hit in EmbeddedEngine().find(wider).hits] == [2]


def test_recency_lifts_a_little_and_is_counted_from_the_plans_day():
    old, new = DAY - dt.timedelta(days=4000), DAY - dt.timedelta(days=10)
    hold(
        document(1, "guichet", published=old),
        document(2, "guichet", published=new),
        document(3, "guichet guichet guichet guichet", published=old),
        document(4, "guichet", published=None),
    )
    assert ids("guichet") == [3, 2, 1, 4]
    past = [hit.value for hit in ask("guichet", day=old).hits]
    assert past[1] == past[2]


@pytest.mark.parametrize(("sort", "expected"), [("newest", [2, 3, 4, 1]), ("oldest", [3, 4, 2, 1])])
def test_by_date_what_has_none_comes_last(sort, expected):
    dates = {1: None, 2: DAY, 3: DAY - dt.timedelta(days=9), 4: DAY - dt.timedelta(days=9)}
    hold(*(document(pk, "guichet", published=day) for pk, day in dates.items()))
    assert ids("guichet", sort=sort) == expected


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("question", ["guichet", ""])
def test_paging_neither_repeats_nor_skips(sort, question):
    facets = {} if question else {"kind": ["feature"]}
    hold(
        *(
            document(
                pk,
                "guichet " * (pk % 4 + 1),
                published=DAY - dt.timedelta(days=pk % 3),
                facets={"kind": ["feature"]},
            )
            for pk in range(1, 60)
        )
    )
    whole = ids(question, facets=facets, sort=sort, size=50)
    read, cursor = [], None
    while True:
        found = ask(question, facets=facets, sort=sort, size=7, cursor=cursor)
        assert found.total == 59
        read += [hit.article_id for hit in found.hits]
        if found.is_last:
            break
        last = found.hits[-1]
        cursor = Cursor(last.value, last.article_id, DAY, 1 if question else 0)
    assert read[:50] == whole
    assert sorted(read) == list(range(1, 60))


def magazine_of_facets():
    hold(
        document(1, "guichet", facets={"kind": ["interview"], "topic": ["gare", "file"]}),
        document(2, "guichet", facets={"kind": ["interview"], "topic": ["gare"]}),
        document(3, "guichet", facets={"kind": ["feature"], "topic": ["file"]}),
        document(4, "guichet", facets={"kind": ["opinion"], "topic": []}),
        document(5, "ailleurs", facets={"kind": ["feature"], "topic": ["file"]}),
    )


def counts(found, name):
    return {value: count for value, _label, count in found.facets[name]}


def test_facets_count_what_was_found():
    magazine_of_facets()
    found = ask("guichet")
    assert found.facets["kind"] == (
        ("interview", "Interview", 2),
        ("feature", "Feature", 1),
        ("opinion", "Opinion", 1),
    )
    assert counts(found, "topic") == {"gare": 2, "file": 2}
    assert found.facets["person"] == ()


def test_facets_combine_and_a_count_leaves_out_its_own_choice():
    magazine_of_facets()
    found = ask("guichet", facets={"kind": ["interview", "feature"], "topic": ["file"]})
    assert {hit.article_id for hit in found.hits} == {1, 3}
    assert counts(found, "kind") == {"interview": 1, "feature": 1}
    assert counts(found, "topic") == {"gare": 2, "file": 2}


def test_facets_without_words_show_the_newest_first():
    hold(
        document(1, facets={"year": ["2020"]}, published=DAY - dt.timedelta(days=5)),
        document(2, facets={"year": ["2020"]}),
        document(3, facets={"year": ["2021"]}),
    )
    assert ids("", facets={"year": ["2020"]}) == [2, 1]


def test_a_value_that_nothing_has_finds_nothing_and_keeps_the_other_counts():
    magazine_of_facets()
    found = ask("guichet", facets={"kind": ["nonsense"]})
    assert (found.total, found.hits) == (0, ())
    assert counts(found, "kind") == {"interview": 2, "feature": 1, "opinion": 1}


def test_a_facet_shows_fifty_values_and_the_chosen_one():
    hold(*(document(pk, "guichet", facets={"topic": [f"t{pk:02}", "tous"]}) for pk in range(1, 71)))
    found = ask("guichet", facets={"topic": ["t70"]})
    values = [value for value, _label, _count in found.facets["topic"]]
    assert values[:3] == ["tous", "t01", "t02"]
    assert values[-1] == "t70"
    assert len(values) == 51


def test_what_is_left_out_counts_nowhere():
    magazine_of_facets()
    found = ask("guichet", without=frozenset({1, 4}))
    assert {hit.article_id for hit in found.hits} == {2, 3}
    assert found.total == 2
    assert counts(found, "kind") == {"interview": 1, "feature": 1}


def test_while_typing_names_and_titles_are_found_by_their_beginnings():
    hold(
        document(1, "L’expérience du guichet.", title="Rien"),
        document(2, title="L’expérience client"),
        document(3, title="Clients", people=("Éloïse Expert",)),
        document(4, subjects=("Expédition",)),
        document(5, title="Cœurs"),
    )
    assert ids("exp", is_prefix=True) == [2, 3, 4]
    assert ids("Expér", is_prefix=True) == [2, 3]
    assert ids("expérience cl", is_prefix=True) == [2]
    assert ids("eloise e", is_prefix=True) == [3]
    assert ids("coe", is_prefix=True) == [5]
    assert ids("zz", is_prefix=True) == []


def near(text):
    return dict(EmbeddedEngine().nearly(words_of(text)))


def test_the_nearest_words_are_offered_for_one_that_nothing_holds():
    hold(document(1, "réclamation guichet"), document(2, "réclamation tourniquet"))
    assert near("reclamatoin") == {"reclamatoin": ("réclamation",)}
    assert near("gichet tourniqet") == {"gichet": ("guichet",), "tourniqet": ("tourniquet",)}


def test_words_that_are_held_short_or_figures_get_no_offer():
    hold(document(1, "guichets rose 1984 gare"))
    assert near("guichet ros 1985 gar") == {}


def test_seven_signs_forgive_one_slip_and_more_forgive_two():
    hold(document(1, "guichet administration"))
    assert near("gicheq") == {}
    assert near("administrassion") == {"administrassion": ("administration",)}


def test_the_more_frequent_of_two_equally_near_words_comes_first():
    hold(document(1, "patine"), document(2, "poutine"), document(3, "poutine"))
    assert near("putine")["putine"] == ("poutine", "patine")


def test_words_of_what_was_deleted_are_never_offered():
    hold(document(1, "tourniquet"), document(2, "guichet"))
    assert near("tourniqet")
    EmbeddedIndex().apply([], [1])
    assert near("tourniqet") == {}
    EmbeddedIndex().apply([document(3, "tourniquet")], [])
    assert near("tourniqet")


def test_what_is_shown_comes_back_as_it_was():
    kept = document(1, "Une « phrase » <b>.\nDeux 😀", title="T & <i>", standfirst="C\u00a0: l’été")
    hold(kept)
    texts = EmbeddedEngine().texts([1, 99])
    assert set(texts) == {1}
    assert texts[1].title == "T & <i>"
    assert texts[1].standfirst == "C\u00a0: l’été"
    assert texts[1].passages == kept.passages


@pytest.mark.parametrize(
    "text",
    ['"', '""', "*:*", "kind:interview", "a OR b", "NEAR(a b)", "{title}:x", "^x", "x*", "'; --"]
    + ["-", "--", '-"', "(", "\\", "%", "_", "😀", "a.b", "1,", ".", "= x", "é" * 200],
)
def test_no_operator_reaches_the_file(text):
    hold(document(1, "interview"), document(2, "kind or near title x a b"))
    assert ask(text).total <= 2
    assert ask(text, is_prefix=True).total <= 2
    EmbeddedEngine().nearly(words_of(text))


def everything(words):
    """What the index answers, whatever the slots."""
    found = {word: (ids(word), ask(word).facets) for word in words}
    return found, EmbeddedIndex().digests(), {word: near(word) for word in ("gichet", "tourniqet")}


WORDS = ["guichet", "tourniquet", "file", "gare", "l’été"]
CHANGES = st.lists(
    st.tuples(
        st.integers(1, 5), st.none() | st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)
    ),
    max_size=8,
)


@given(CHANGES)
@hypothesis_settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_after_any_changes_the_index_answers_as_one_made_anew(changes):
    index = EmbeddedIndex()
    index.rebuild([document(1, "gare"), document(2, "guichet")], Seen())
    held = {1: document(1, "gare"), 2: document(2, "guichet")}
    for pk, words in changes:
        if words is None:
            held.pop(pk, None)
            index.apply([], [pk])
        else:
            held[pk] = document(
                pk, " ".join(words), title=words[0], facets={"topic": sorted(set(words))}
            )
            index.apply([held[pk]], [])
    changed = everything(WORDS)
    index.rebuild(held.values(), Seen())
    assert changed == everything(WORDS)


def test_headings_and_every_passage_are_searched():
    passages = (
        Passage("question", "Pourquoi attendre ?", "q"),
        Passage("answer", "Parce que.", "q"),
        Passage("footnote", "Voir Kafka.", "n"),
    )
    hold(replace(document(1), passages=passages))
    assert ids("attendre") == ids("kafka") == ids('"parce que"') == [1]


def test_without_an_index_the_engine_says_so():
    with pytest.raises(EngineError, match="rebuild"):
        ask("guichet")
