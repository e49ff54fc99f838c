"""What machines read in the head of a page: canonical address, languages, feeds, JSON-LD."""

import datetime as dt
import json
import re

import pytest

from magazine.models import Feature, IssueEntry
from tests.factories import ContributorFactory, FeatureFactory, TopicFactory
from tests.website.reading_magazine import fill, parsed
from website.heads import head_for
from website.pages import ARTICLES_A_LEAF, frame_of, reading_of
from website.sharing import draw_all

HOST = "http://localhost:8000"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def graph(client, address):
    """The only JSON-LD of a page: its things, by their type."""
    [script] = SCRIPT.findall(client.get(address).content.decode())
    data = json.loads(script)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def links(client, address):
    tree = parsed(client.get(address))
    return [(link.get("rel"), dict(link.items())) for link in tree.findall(".//link")]


def alternates(client, address, attribute):
    return {
        link[attribute]: link["href"]
        for rel, link in links(client, address)
        if rel == "alternate" and attribute in link
    }


@pytest.fixture
def filled(magazine):
    magazine.publication.publisher = "Éditions du Guichet"
    magazine.publication.issn = "2999-1234"
    magazine.publication.save()
    return fill(magazine)


def test_an_article_is_told_whole(client, filled):
    kinds, issue = filled
    feature = kinds["feature"]
    entry = IssueEntry.objects.get(issue=issue, article_id=feature.pk)
    entry.first_folio, entry.last_folio = 8, 11
    entry.save()
    draw_all()
    article = graph(client, feature.get_url())["NewsArticle"]
    assert article["headline"] == "L’heure du guichet"
    assert article["url"] == article["mainEntityOfPage"] == f"{HOST}{feature.get_url()}"
    assert article["author"] == [
        {
            "@type": "Person",
            "name": "Inès Carpentier",
            "jobTitle": "journaliste",
            "url": f"{HOST}/signatures/ines/",
        }
    ]
    assert article["datePublished"].startswith("2026-11-16")
    assert dt.datetime.fromisoformat(article["dateModified"]) == feature.last_published_at
    assert (article["pageStart"], article["pageEnd"], article["pagination"]) == (8, 11, "8-11")
    assert (article["articleSection"], article["keywords"]) == ("Entretiens", ["Téléphone"])
    assert (article["inLanguage"], article["isAccessibleForFree"]) == ("fr", True)
    assert article["wordCount"] > 20
    part = article["isPartOf"]
    assert (part["@type"], part["issueNumber"]) == ("PublicationIssue", "7")
    assert part["isPartOf"] == {
        "@type": "Periodical",
        "@id": f"{HOST}/#periodical",
        "name": "Guichet",
        "url": f"{HOST}/",
        "issn": "2999-1234",
    }
    assert article["isBasedOn"] == {
        "@type": "CreativeWork",
        "name": "Väntrum",
        "url": "https://example.org/vantrum",
        "datePublished": "2026-06-03",
        "locationCreated": {"@type": "Place", "name": "Stockholm"},
    }
    assert article["publisher"]["name"] == article["copyrightHolder"]["name"]
    assert article["publisher"]["name"] == "Éditions du Guichet"
    assert article["image"][-1]["url"].startswith(f"{HOST}/partage/")
    assert "speakable" not in article


def test_kinds_have_types_of_their_own_and_a_paid_text_names_its_sponsor(client, filled):
    kinds, _issue = filled
    assert "OpinionNewsArticle" in graph(client, kinds["opinion"].get_url())
    assert "NewsArticle" in graph(client, kinds["interview"].get_url())
    case = graph(client, kinds["case_study"].get_url())["NewsArticle"]
    assert case["about"]["name"] == "Boulangerie Ravel"
    assert case["contributor"][0]["roleName"] == "Photographies"
    assert case["contributor"][0]["contributor"]["name"] == "Inès Carpentier"
    paid = graph(client, kinds["paid"].get_url())["AdvertiserContentArticle"]
    assert paid["sponsor"] == {"@type": "Organization", "name": "Atelier Cadence"}


def test_the_way_from_the_home_page_is_told(client, filled):
    kinds, issue = filled
    way = graph(client, kinds["feature"].get_url())["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in way] == [
        (1, "Guichet"),
        (2, "Entretiens"),
        (3, "L’heure du guichet"),
    ]
    way = graph(client, issue.get_url())["BreadcrumbList"]["itemListElement"]
    assert [step["item"] for step in way][1] == f"{HOST}/numeros/"


def test_an_issue_lists_what_readers_may_see_of_it(client, magazine, filled):
    kinds, issue = filled
    kinds["interview"].unpublish()
    told = graph(client, issue.get_url())["PublicationIssue"]
    assert (told["issueNumber"], told["name"]) == ("7", "L’attente")
    assert [part["url"] for part in told["hasPart"]] == [
        f"{HOST}{kinds[name].get_url()}" for name in ("opinion", "feature", "case_study", "paid")
    ]
    assert [part["@type"] for part in told["hasPart"]] == [
        *("OpinionNewsArticle", "NewsArticle", "NewsArticle", "AdvertiserContentArticle")
    ]


def test_an_issue_in_the_making_is_told_of_nowhere(client, magazine):
    article = magazine.article()
    magazine.issue(article, number=8, title="Le silence", live=False)
    told = graph(client, article.get_url())["NewsArticle"]
    assert told["isPartOf"]["@type"] == "Periodical"
    assert "Le silence" not in json.dumps(told)


def test_home_tells_how_to_search(client, filled):
    site = graph(client, "/")["WebSite"]
    target = site["potentialAction"]["target"]["urlTemplate"]
    assert target == f"{HOST}/recherche/?q={{question}}"
    assert client.get("/recherche/", {"q": "guichet"}).status_code == 200


def test_people_and_topics_are_told(client, filled):
    person = graph(client, "/signatures/ines/")["ProfilePage"]["mainEntity"]
    assert (person["name"], person["email"]) == ("Inès Carpentier", "ines@guichet.example")
    assert graph(client, "/sujets/telephone/")["CollectionPage"]["name"] == "Téléphone"
    assert graph(client, "/entretiens/")["CollectionPage"]["name"] == "Entretiens"


def test_no_text_can_end_the_script(client, magazine):
    bad = "</script><script>alert(1)</script><!--"
    by, topic = ContributorFactory(name=bad, slug="x"), TopicFactory(title=bad, slug="x")
    article = magazine.article(title=bad, standfirst=bad, by=by, about=[topic])
    for address in (article.get_url(), "/signatures/x/", "/sujets/x/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "script" in json.dumps(graph(client, address))


def test_canonical_addresses_drop_questions_and_keep_the_leaf(client, magazine):
    person, topic = ContributorFactory(slug="ines"), TopicFactory(slug="telephone")
    for _ in range(ARTICLES_A_LEAF + 1):
        article = magazine.article(by=person, about=[topic])

    def canonical(address):
        return next(link["href"] for rel, link in links(client, address) if rel == "canonical")

    assert canonical(f"{article.get_url()}?utm_source=x&page=2") == f"{HOST}{article.get_url()}"
    for path in ("/entretiens/", "/sujets/telephone/", "/signatures/ines/"):
        assert canonical(f"{path}?utm_source=x") == f"{HOST}{path}"
        assert canonical(f"{path}?page=2&x=y") == f"{HOST}{path}?page=2"
        assert canonical(f"{path}?page=zéro") == f"{HOST}{path}"


def test_pages_name_their_language_and_the_one_for_all_others(client, filled):
    kinds, _issue = filled
    address = f"{HOST}{kinds['feature'].get_url()}"
    told = alternates(client, kinds["feature"].get_url(), "hreflang")
    assert told == {"fr": address, "x-default": address}


def test_a_page_whose_original_is_elsewhere_names_no_language(client, magazine):
    article = magazine.article(
        FeatureFactory, provenance_url="https://example.org/", provenance_is_canonical=True
    )
    assert alternates(client, article.get_url(), "hreflang") == {}


def test_pages_name_the_feeds_on_their_subject(client, filled):
    kinds, issue = filled
    subjects = {
        kinds["interview"].get_url(): ["flux/rubrique/entretiens", "flux/type/interview"],
        issue.get_url(): ["flux/numero/7"],
        "/entretiens/": ["flux/rubrique/entretiens"],
        "/signatures/ines/": ["flux/signature/ines"],
        "/sujets/telephone/": ["flux/sujet/telephone"],
        "/": [],
    }
    for address, names in subjects.items():
        tree = parsed(client.get(address))
        feeds = [
            (link.get("type"), link.get("href"))
            for link in tree.findall(".//link[@rel='alternate']")
            if link.get("type")
        ]
        assert feeds == [
            (f"application/{kind}", f"{HOST}/{name}.{ending}")
            for name in [*names, "flux"]
            for kind, ending in (("atom+xml", "atom"), ("feed+json", "json"))
        ]
        for _kind, feed in feeds:
            assert client.get(feed.removeprefix(HOST)).status_code == 200


def test_the_head_asks_the_database_one_question(rf, filled, django_assert_max_num_queries):
    kinds, _issue = filled
    fetched = Feature.objects.prefetch_related("lead_picture__renditions")
    article = fetched.get(pk=kinds["feature"].pk)
    request = rf.get(article.get_url())
    frame_of(request)
    reading = reading_of(article)
    with django_assert_max_num_queries(1):
        head_for(article, request, reading)
