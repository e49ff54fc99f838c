"""Our engine speaks to the genuine Elasticsearch, by the plain client."""

import pytest

from magazine.search.engines import wake_server
from magazine.search.engines.elasticsearch import analysis
from magazine.search.engines.elasticsearch.connection import OpenSearchNode, client
from magazine.search.upkeep import index_called
from tests.search_server import address_of, set_up
from tests.search_shelf import Shelf, article

ANALYSERS = (
    *(analysis.STEMS, analysis.EXACT, analysis.FOLDED),
    *(analysis.STARTS, analysis.START, analysis.AS_MADE),
)


@pytest.fixture
def elasticsearch(settings, monkeypatch, patient):
    """The genuine server; it has no French there, so that each analyser is the usual one."""
    usual = {"analyzer": {name: {"type": "standard"} for name in ANALYSERS}}
    monkeypatch.setattr("magazine.search.engines.elasticsearch.index.analysis", lambda: usual)
    with set_up(settings, address_of("elasticsearch")):
        yield Shelf("elasticsearch")


def test_an_index_is_made_filled_asked_swapped_and_taken_back(elasticsearch):
    shelf, index = elasticsearch, index_called("elasticsearch")
    kinds = ("interview", "feature", "interview")
    articles = [
        article(
            number,
            f"guichet {number}",
            "la file du guichet",
            "une phrase entière",
            facets={"kind": ((kind, ""),), "person": (("anne", "Anne Durand"),)},
        )
        for number, kind in enumerate(kinds, start=1)
    ]
    assert not index.exists()
    shelf.fill(articles)
    assert index.exists()
    node = next(iter(client().transport.node_pool.all()))
    assert not isinstance(node, OpenSearchNode)

    found = shelf.ask("guichet file", facets={"kind": ["interview"]})
    assert sorted(hit.article_id for hit in found.hits) == [1, 3]
    assert found.total == 2
    assert found.facets["kind"] == (("interview", "", 2), ("feature", "", 1))
    assert found.facets["person"] == (("anne", "Anne Durand", 2),)
    assert shelf.leaves("guichet", 1, sort="newest") == [[1], [2], [3]]
    assert sorted(pk for leaf in shelf.leaves("guichet", 2) for pk in leaf) == [1, 2, 3]
    assert sorted(shelf.ids('"phrase entière" -3')) == [1, 2]
    assert shelf.nearly("guichot") == {"guichot": ("guichet",)}
    assert sorted(shelf.most_of("guichet zanzibar phrase")) == [1, 2, 3]

    digests = index.digests()
    assert digests == {each.article_id: each.digest for each in articles}
    shelf.apply([article(4, "guichet 4")], gone=[1])
    assert sorted(shelf.ids("guichet")) == [2, 3, 4]
    shelf.fill(articles[:1])
    assert shelf.ids("guichet") == [1]
    index.go_back()
    wake_server()
    assert sorted(shelf.ids("guichet")) == [2, 3, 4]
