"""Both engines find the same: one set of articles, one set of questions, asked of each."""

import datetime as dt
from dataclasses import replace

import pytest

from magazine.search.query import LONGEST_TEXT, QueryError, read_query
from magazine.search.texts import Passage
from tests.search_server import client, forget, own_name
from tests.search_shelf import Shelf, article

ENGINES = ("embedded", "elasticsearch")


def facets(kind, *people, year=2024):
    return {
        "kind": ((kind, ""),),
        "person": tuple((name.lower(), name) for name in people),
        "year": ((str(year), ""),),
    }


LIBRARY = (
    article(1, "L’été où j’ai attendu", "On rouvrait jusqu’à l’automne."),
    article(2, "Un an à l'Est", "Rien que l'est de la ville."),
    article(3, "Le cœur à l’ouvrage", "Une sœur, un œuf, un curriculum vitæ."),
    article(4, "Les coeurs simples", "Ils battent."),
    article(5, "Du prix", "Il en coûte 1\u202f200 euros, parfois 12,5 %, jamais 3 450,50."),
    article(6, "La facture", "Un devis de 1200 euros et la S.N.C.F. au téléphone."),
    article(7, "Au marché", "Les étals, les cageots."),
    article(8, "La marche", "Un pied devant l'autre, jusqu'aux étals."),
    article(9, "Expérience client", "On la mesure mal."),
    article(10, "CX en tableaux", "Des notes partout."),
    article(
        11,
        "La prise de la parole",
        "Elle met en attente les appels.",
        "Puis elle les mit, en silence, en attente.",
        people=("Hélène Brücker", "Łucja Nowak"),
        organisations=("Télécabine",),
        subjects=("Écoute", "Prise de parole"),
        facets=facets("interview", "Hélène Brücker", "Łucja Nowak", year=2026),
        published=dt.date(2026, 11, 1),
    ),
    article(
        12,
        "Attente",
        "L'attente des appels.",
        people=("Helena Brook",),
        facets=facets("interview", "Helena Brook", year=2025),
        published=dt.date(2025, 3, 1),
    ),
    article(
        13,
        "Les appels",
        "Des appels sans attente aucune.",
        facets=facets("feature", "Helena Brook", year=2025),
        published=dt.date(2025, 2, 1),
    ),
    article(
        14,
        "Appels sans date",
        "Encore des appels.",
        published=None,
        facets={"kind": (("feature", ""),)},
    ),
    article(
        15,
        "Réclamations",
        kicker="Courrier",
        standfirst="La médiation par écrit.",
        passages=(
            Passage("question", "Pourquoi réclamer ?", "q1"),
            Passage("answer", "Parce que la machine", "q1"),
            Passage("crosshead", "avale tout", "c1"),
        ),
    ),
    article(16, "Aujourd’hui, rock’n’roll", "Prud’hommes et presqu’île."),
    article(17, "E\u0301tape par étape", "De\u0301tresse."),
)

_made: dict[str, str] = {}


@pytest.fixture(params=ENGINES)
def engine_name(request, settings, tmp_path):
    """Each engine; the server's has an index of its own for the test."""
    settings.DATA_DIR = tmp_path
    if request.param == "elasticsearch":
        request.getfixturevalue("search_server")
    return request.param


@pytest.fixture
def shelf(engine_name):
    """An engine whose index a test fills itself."""
    return Shelf(engine_name)


@pytest.fixture(params=ENGINES)
def library(request, settings, kept_indexes, patient):
    """An engine that holds the articles above; they are put there once."""
    settings.DATA_DIR, settings.SEARCH_INDEX = kept_indexes
    if request.param == "elasticsearch":
        settings.SEARCH_URL = request.getfixturevalue("search_server_address")
    shelf = Shelf(request.param)
    if request.param not in _made:
        shelf.fill(LIBRARY)
        _made[request.param] = settings.SEARCH_URL
    return shelf


@pytest.fixture(scope="session")
def kept_indexes(tmp_path_factory):
    name = own_name()
    yield tmp_path_factory.mktemp("kept-index"), name
    used = [address for made, address in _made.items() if made.endswith("elasticsearch")]
    if used:
        from django.test import override_settings

        with override_settings(SEARCH_URL=used[0]):
            forget(client(20), name)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("été", {1}),
        ("l'été", {1}),
        ("L’ÉTÉ", {1}),
        ("ete", {1}),
        ("jusqu’à l’automne", {1}),
        ("l'est", {2}),
        ("cœur", {3, 4}),
        ("coeur", {3, 4}),
        ("CŒURS", {3, 4}),
        ("soeur", {3}),
        ("vitae", {3}),
        ("1200", {5, 6}),
        ("1 200 euros", {5, 6}),
        ("1\u202f200", {5, 6}),
        ("3450,50", {5}),
        ("12,5", {5}),
        ("12", set()),
        ("SNCF", {6}),
        ("s.n.c.f.", {6}),
        ("etals", {7, 8}),
        ("aujourd'hui", {16}),
        ("rock'n'roll", {16}),
        ("prud'hommes", {16}),
        ("etape", {17}),
        ("détresse", {17}),
        ("brucker", {11}),
        ("lucja", {11}),
        ("Łucja", {11}),
        ("télécabine", {11}),
        ("ecoute", {11}),
        ("courrier mediation", {15}),
        ("réclamer machine avale", {15}),
        ("zanzibar", set()),
    ],
)
def test_a_word_is_found_whatever_its_form(library, question, found):
    assert set(library.ids(question)) == found


@pytest.mark.parametrize(
    ("question", "first"),
    [("marché", 7), ("marche", 8), ("cœur", 3), ("coeurs", 4), ("attente", 12)],
)
def test_the_form_that_was_typed_comes_first(library, question, first):
    assert library.ids(question)[0] == first


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ('"mets en attentes"', {11}),
        ("«\u00a0prises de la paroles\u00a0»", {11}),
        ("“parole de prise”", set()),
        ('"appels elle"', set()),
        ('"prise parole"', set()),
        ('"machine avale"', set()),
        ('"attente des appels"', {12}),
        ('"1 200 euros"', {5, 6}),
        ('appels "en attente"', {11}),
    ],
)
def test_a_phrase_stands_in_its_order_in_one_paragraph(library, question, found):
    assert set(library.ids(question)) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("appels", {11, 12, 13, 14}),
        ("appels -attente", {14}),
        ("appels -attentes", {14}),
        ('appels -"attente des appels"', {11, 13, 14}),
        ("appels -Brücker -date", {12, 13}),
    ],
)
def test_what_is_excluded_is_not_found(library, question, found):
    assert set(library.ids(question)) == found


FORMS = (
    article(1, "Le mur", "Des murs, et sur eux une côte."),
    article(2, "Un avocat mûr", "Rien à jeun, mais un jeûne."),
    article(3, "Au marché", "La cote du côté droit."),
    article(4, "Sept marches", "On marche, on monte les marches."),
    article(5, "Résilier", "Pour résilier, on écrit."),
    article(6, "Contrat résilié", "Il fut résilié."),
    article(7, "La boîte", "Elle coûte."),
    article(8, "À l’heure", "Le train de 17\u202fh\u202f42, puis rien à 18h."),
    article(9, "Coupures", "Une ré\u00adsi\u200bdence en\u2060tière."),
    article(10, "Ailleurs", "Autre chose.", hints=("service après-vente",)),
)


@pytest.fixture(params=ENGINES)
def forms(request, settings, kept_indexes, patient):
    """An engine that holds words that accents and signs tell apart; they are put there once."""
    folder, name = kept_indexes
    settings.DATA_DIR, settings.SEARCH_INDEX = folder / "forms", f"{name}-forms"
    if request.param == "elasticsearch":
        settings.SEARCH_URL = request.getfixturevalue("search_server_address")
    shelf = Shelf(request.param)
    if f"forms-{request.param}" not in _made:
        shelf.fill(FORMS)
        _made[f"forms-{request.param}"] = settings.SEARCH_URL
    return shelf


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("mur", [1, 2]),
        ("mûr", [2]),
        ("avocat mûr", [2]),
        ("jeûne", [2]),
        ("côte", [1, 3]),
        ("côté", [3, 1]),
        ("marché", [3, 4]),
        ("marche", [4, 3]),
        ("appels -marché", []),
        ("résilié", [6, 5]),
        ("résilier", [5, 6]),
        ("boite", [7]),
        ("coute", [7]),
        ("17h42", [8]),
        ("17 h 42", [8]),
        ("18 h", [8]),
        ("42 h 17", []),
        ("résidence entière", [9]),
        ("service après-vente", [10]),
        ('"service après-vente"', []),
        ('"après vente"', []),
    ],
)
def test_accents_and_signs_say_what_is_meant(forms, question, found):
    assert forms.ids(question) == found


def test_synonyms_are_found_as_well(library):
    same = [("CX", "expérience client")]
    assert set(library.ids("cx", synonyms=same)) == {9, 10}
    assert set(library.ids("expériences clients", synonyms=same)) == {9, 10}
    assert library.ids("cx") == [10]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("expérianse", "expérience"),
        ("experiense", "expérience"),
        ("attinte", "attente"),
        ("apqels", "appels"),
        ("bruker", "brücker"),
        ("telecabone", "télécabine"),
        ("reclamatoins", "réclamations"),
        ("zart", None),
        ("rat", None),
        ("1201", None),
        ("attentes", None),
        ("q", None),
    ],
)
def test_a_word_that_nothing_holds_leads_to_the_nearest(library, typed, near):
    offered = library.nearly(typed)
    assert offered.get(typed, (None,))[0] == near
    assert set(offered) <= {typed}
    if near:
        assert library.mended(typed) == library.ids(near)


def test_words_of_deleted_articles_are_never_offered(shelf):
    shelf.fill([article(1, "Guichet"), article(2, "Zanzibar")])
    assert shelf.nearly("zanzibor") == {"zanzibor": ("zanzibar",)}
    shelf.apply([article(1, "Guichets")], gone=[2])
    assert shelf.nearly("zanzibor") == {}
    assert shelf.ids("zanzibar") == []
    assert shelf.ids("guichet") == [1]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hél", {11, 12}),
        ("hel", {11, 12}),
        ("HÉLÈNE br", {11}),
        ("luc", {11}),
        ("éco", {11}),
        ("eco", {11}),
        ("parole", {11}),
        ("télé", {11}),
        ("coeu", {3, 4}),
        ("cœu", {3, 4}),
        ("l'ét", {1, 17}),
        ("automne", set()),
        ("appels", {13, 14}),
    ],
)
def test_beginnings_are_found_in_names_titles_and_subjects_alone(library, typed, found):
    plan = library.plan(read_query(typed), is_prefix=True)
    assert {hit.article_id for hit in library.find(plan).hits} == found


def counts(found, facet):
    return {value: (label, count) for value, label, count in found.facets[facet]}


def test_counts_leave_out_what_was_chosen_of_the_facet_itself(library):
    found = library.ask("appels", facets={"kind": ["interview"], "year": ["2025"]})
    assert [hit.article_id for hit in found.hits] == [12]
    assert found.total == 1
    assert counts(found, "kind") == {"interview": ("", 1), "feature": ("", 1)}
    assert counts(found, "year") == {"2025": ("", 1), "2026": ("", 1)}
    assert counts(found, "person") == {"helena brook": ("Helena Brook", 1)}


def test_values_of_one_facet_add_up_and_facets_narrow(library):
    assert set(library.ids("appels", facets={"year": ["2025", "2026"]})) == {11, 12, 13}
    assert set(library.ids("", facets={"kind": ["feature"]})) == {13, 14}
    assert library.ids("", facets={"kind": ["feature"], "year": ["2025"]}) == [13]
    assert library.ids("appels", facets={"kind": ["none"]}) == []


def test_a_chosen_value_that_nothing_found_has_keeps_its_label(library):
    found = library.ask("marche", facets={"person": ["helena brook", "nobody"]})
    assert found.total == 0
    assert counts(found, "person") == {"helena brook": ("Helena Brook", 0)}


def test_fifty_values_are_counted_the_most_frequent_first_and_chosen_ones(shelf):
    def topics(*numbers):
        return {"topic": tuple((f"t{n:02}", f"Sujet {n:02}") for n in numbers)}

    shelf.fill(
        [
            article(1, "Guichet", facets=topics(*range(60))),
            article(2, "Guichet", facets=topics(59)),
        ]
    )
    rows = shelf.ask("guichet").facets["topic"]
    assert len(rows) == 50
    assert rows[0] == ("t59", "Sujet 59", 2)
    assert rows[1] == ("t00", "Sujet 00", 1)
    chosen = shelf.ask("guichet", facets={"topic": ["t58"]}).facets["topic"]
    assert chosen[:50] == rows
    assert chosen[50:] == (("t58", "Sujet 58", 1),)


def test_what_is_out_of_date_is_as_if_it_was_not_there(library):
    hidden = frozenset({11, *range(1000, 2000)})
    plan = replace(library.plan(read_query("appels")), without=hidden)
    found = library.find(plan)
    assert {hit.article_id for hit in found.hits} == {12, 13, 14}
    assert found.total == 3
    assert set(counts(found, "year")) == {"2025"}
    assert "łucja nowak" not in counts(found, "person")
    chosen = replace(
        library.plan(read_query("appels", {"person": ["łucja nowak"]})), without=hidden
    )
    assert "łucja nowak" not in counts(library.find(chosen), "person")


def test_articles_that_hold_more_of_the_question_come_first(shelf):
    shelf.fill(
        [
            article(1, "Guichet guichet guichet", "Guichet."),
            article(2, "Autre chose", "Le guichet, au loin, et la file."),
            article(3, "Rien", "La file d'attente."),
            article(4, "Tout", "Guichet, file, patience."),
        ]
    )
    assert shelf.ids("guichet file patience") == [4]
    assert shelf.most_of("guichet file patience") == [4, 2]
    assert shelf.most_of("guichet patience zanzibar")[0] == 4


def test_neighbours_that_stand_together_come_first(shelf):
    shelf.fill(
        [
            article(1, "Un", "Le service rend l'écoute, après quoi la vente et la marge."),
            article(2, "Deux", "La marge du service, écoute après écoute, la vente à part."),
            article(3, "Trois", "Au service après vente, la marge et l'écoute sont à part."),
        ]
    )
    assert shelf.ids("service après vente")[0] == 3


def test_a_newer_article_comes_before_an_equal_one(shelf):
    old, new = dt.date(2015, 1, 1), dt.date(2026, 10, 1)
    shelf.fill(
        [
            article(1, "Guichet", "Le même texte.", published=old),
            article(2, "Guichet", "Le même texte.", published=new),
            article(3, "Guichet", "Le même texte.", published=None),
        ]
    )
    found = shelf.ask("guichet")
    assert [hit.article_id for hit in found.hits] == [2, 1, 3]
    assert found.hits[0].value / found.hits[1].value < 1.2 or found.hits[0].value > 1_000


def test_sorting_by_day(library):
    assert library.ids("appels", sort="newest") == [11, 12, 13, 14]
    assert library.ids("appels", sort="oldest") == [13, 12, 11, 14]
    assert library.ids("", facets={"kind": ["feature", "interview"]}) == [11, 12, 13, 14]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("size", [1, 2, 7])
def test_leaves_neither_repeat_nor_skip(library, sort, size):
    leaves = library.leaves("la", size, sort=sort)
    in_order = [pk for leaf in leaves for pk in leaf]
    assert in_order == library.ids("la", sort=sort, size=50)
    assert len(set(in_order)) == len(in_order) >= 6
    assert {len(leaf) for leaf in leaves[:-1]} <= {size}


def test_leaves_of_equal_articles_neither_repeat_nor_skip(shelf):
    shelf.fill(article(number, "Guichet", "Le même texte.") for number in range(1, 24))
    leaves = shelf.leaves("guichet", 5)
    assert [pk for leaf in leaves for pk in leaf] == list(range(1, 24))
    assert [len(leaf) for leaf in leaves] == [5, 5, 5, 5, 3]


def test_what_is_kept_to_be_shown_is_what_was_given(library):
    from magazine.search.engines import engine_called

    kept = engine_called(library.engine).texts([15, 17, 99])
    assert set(kept) == {15, 17}
    assert kept[15].title == "Réclamations"
    assert kept[15].standfirst == "La médiation par écrit."
    assert kept[15].passages == LIBRARY[14].passages
    assert kept[17].title == "E\u0301tape par étape"


BAD = (
    "",
    " ",
    "é",
    "ab" * (LONGEST_TEXT // 2),
    "\x00",
    "appels\x00attente",
    '"',
    '"appels',
    '""',
    "« »",
    "-",
    "--appels",
    '-"',
    "*:*",
    "*",
    "appe*",
    "?",
    "kind:interview",
    "title:(appels OR attente)",
    "appels AND attente",
    "NOT appels",
    "appels~2",
    "appels^9",
    "NEAR(appels attente)",
    "/.*/",
    "[a TO z]",
    "{!lucene}",
    "appels && attente || !est",
    "_exists_:day",
    "\\",
    "'",
    "l'",
    "''''",
    "; DROP TABLE stems",
    "\u202eslleppa",
    "🙂",
    "appels 🙂",
    "\ud800",
    "日本語",
    "%s%n",
    "<script>",
    '{"query": {"match_all": {}}}',
    " ".join("mot" for _ in range(24)),
    "1" * 60,
    "é" * 90,
)


@pytest.mark.parametrize("text", BAD)
def test_no_text_breaks_an_engine_or_asks_another_question(library, text):
    query = read_query(text)
    plan = library.plan(query)
    found = library.find(plan) if query.asks_something else None
    library.nearly(text)
    if found and found.hits:
        assert {hit.article_id for hit in found.hits} <= {11, 12, 13, 14, 16, 9, 10, 2, 3}
    if plan.groups:
        library.find(replace(plan, is_prefix=True))


def test_operators_of_engines_are_words(library):
    assert library.ids("*:*") == library.ids("kind:interview") == library.ids("appe*") == []
    assert library.ids("appels OR automne") == []
    assert set(library.ids("appels*")) == {11, 12, 13, 14}
    for question in ("a" * (LONGEST_TEXT + 1), " ".join(f"mot{n}" for n in range(25))):
        with pytest.raises(QueryError):
            read_query(question)


@pytest.mark.parametrize("facet", ["person", "kind", "year"])
@pytest.mark.parametrize("value", ["*", ".*", "a|b", "(", "\\", '"', "é" * 200, "x\u202ey"])
def test_no_value_of_a_facet_breaks_an_engine(library, facet, value):
    try:
        query = read_query("appels", {facet: [value]})
    except QueryError:
        return
    assert library.find(library.plan(query)).total == 0
