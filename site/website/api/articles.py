"""Answer for articles: the list, and one of them."""

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from magazine.models import (
    Article,
    CaseStudy,
    Contributor,
    Feature,
    Interview,
    Issue,
    Opinion,
    Section,
    Topic,
)
from magazine.models.articles import ArticleQuerySet
from website.api import blocks, schemas
from website.api.parameters import LARGEST_NUMBER, ArticleQuestion, neighbours, refuse_unknown
from website.api.serialise import serialise_article, summarise_articles
from website.api.texts import absolute

KINDS = {model.KIND: model for model in (Interview, CaseStudy, Opinion, Feature)}

router = Router(tags=["articles"])


@router.get(
    "/",
    url_name="articles",
    operation_id="listArticles",
    summary="Articles, newest first",
    response={200: schemas.ArticleList, 400: schemas.Problem},
)
def list_articles(request: HttpRequest, asked: Query[ArticleQuestion]) -> schemas.ArticleList:
    """Articles that readers may see on the web, with as many conditions as you like."""
    refuse_unknown(request, ArticleQuestion.model_fields)
    articles = _chosen(asked).newest_first()
    count = articles.count()
    leaf = articles.with_signatures().prefetch_related("topics")
    around = neighbours(absolute(request.path, settings.BASE_URL), asked, count)
    return schemas.ArticleList(
        count=count,
        next=around.next,
        previous=around.previous,
        results=summarise_articles(
            leaf[asked.offset : asked.offset + asked.limit], settings.BASE_URL
        ),
    )


@router.get(
    "/{int:article_id}/",
    url_name="article",
    operation_id="readArticle",
    summary="One article",
    response={200: blocks.Article, 400: schemas.Problem, 404: schemas.Problem},
)
def read_article(request: HttpRequest, article_id: Path[int]) -> blocks.Article:
    """One article with its body as typed blocks. What isn't public is answered as unknown."""
    refuse_unknown(request)
    if article_id > LARGEST_NUMBER:
        raise Http404
    article = Article.objects.for_readers().filter(pk=article_id).first()
    if article is None:
        raise Http404
    return serialise_article(article, settings.BASE_URL)


def _chosen(asked: ArticleQuestion) -> ArticleQuerySet:
    """Return the articles for readers that meet every condition; an unknown name meets none."""
    articles = Article.objects.for_readers()
    if asked.kind:
        articles = articles.exact_type(KINDS[asked.kind])
    if asked.slug:
        articles = articles.filter(slug=asked.slug)
    narrowings = (
        (asked.section, _section, ArticleQuerySet.in_section),
        (asked.topic, _topic, ArticleQuerySet.about),
        (asked.contributor, _contributor, ArticleQuerySet.signed_by),
        (asked.issue, _issue, ArticleQuerySet.in_issue),
    )
    for name, find, narrow in narrowings:
        if name is not None:
            found = find(name)
            articles = narrow(articles, found) if found else articles.none()
    return articles


def _section(slug: str) -> Section | None:
    return Section.objects.live().public().filter(slug=slug).first()


def _topic(slug: str) -> Topic | None:
    return Topic.objects.filter(slug=slug).first()


def _contributor(slug: str) -> Contributor | None:
    return Contributor.objects.filter(slug=slug).first()


def _issue(number: int) -> Issue | None:
    return Issue.objects.for_readers().filter(number=number).first()
