"""Keep topics in order: tidy their synonyms, merge those that mean the same, losing no article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex, Revision

from magazine.models import Article, Topic
from magazine.search.query import fold

MERGED = "magazine.merge_topics"
LONGEST_SYNONYM = Topic._meta.get_field("title").max_length


class TopicError(Exception):
    """Why topics can't be merged; the message is for the editor."""


@dataclass(frozen=True)
class MergedTopics:
    """What a merge did: into which topic, which are gone, how many articles moved."""

    into: Topic
    titles: tuple[str, ...]
    articles: int


@dataclass(frozen=True)
class Synonyms:
    """A tidy list of synonyms, and those that were left out because they said the same."""

    kept: tuple[str, ...]
    dropped: tuple[str, ...]


def same(text: str) -> str:
    """Return what two spellings of one topic share: small letters, no accents, single spaces."""
    return " ".join(fold(text).replace("’", "'").split())


def tidy_synonyms(lines: Iterable[str], title: str) -> Synonyms:
    """Return each synonym once, however it is spelled; the title itself isn't one."""
    kept: dict[str, str] = {}
    dropped: list[str] = []
    for line in lines:
        word = " ".join(line.split())
        if not word:
            continue
        if same(word) == same(title) or same(word) in kept:
            dropped.append(word)
        else:
            kept[same(word)] = word
    return Synonyms(tuple(kept.values()), tuple(dropped))


def topic_called(name: str, *, besides: Topic | None = None) -> Topic | None:
    """Return another topic whose title is this name, however it is spelled."""
    others = Topic.objects.exclude(pk=besides.pk if besides else None)
    return next((topic for topic in others if same(topic.title) == same(name)), None)


def topic_that_means(name: str, *, besides: Topic | None = None) -> Topic | None:
    """Return another topic that has this name among its synonyms."""
    others = Topic.objects.exclude(pk=besides.pk if besides else None).exclude(synonyms="")
    return next(
        (
            topic
            for topic in others
            if same(name) in {same(word) for word in topic.synonyms.splitlines()}
        ),
        None,
    )


def articles_about(topics: Iterable[Topic]) -> int:
    """Count the articles that have one of the topics, published or in their newest draft."""
    numbers = [topic.pk for topic in topics]
    stored = Article.objects.filter(topics__in=numbers).values_list("pk", flat=True)
    drafted = {
        int(revision.object_id)
        for revision in _revisions_with(numbers).filter(pk__in=_newest_revisions())
        if _has_topic(revision, numbers)
    }
    return len({*stored, *drafted})


@transaction.atomic
def merge_topics(into: Topic, others: Sequence[Topic], *, by: object) -> MergedTopics:
    """Make one topic of several, and return what moved.

    Each article of the others, as it is live and in every revision that is kept, gets `into`
    once; the others' titles and synonyms become its synonyms, their addresses lead to it.
    Raises TopicError when there is nothing to merge.
    """
    chosen = {topic.pk: topic for topic in others}
    if into.pk in chosen:
        raise TopicError(_("A topic can’t be merged into itself."))
    if not chosen:
        raise TopicError(_("Choose at least one other topic."))
    locked = {
        topic.pk: topic
        for topic in Topic.objects.select_for_update()
        .filter(pk__in=[into.pk, *chosen])
        .order_by("pk")
    }
    if len(locked) != len(chosen) + 1:
        raise TopicError(_("One of these topics is gone already: look at the list again."))
    into = locked.pop(into.pk)
    numbers = sorted(locked)
    gone = [locked[number] for number in numbers]
    articles = articles_about(gone)
    _move_articles(numbers, into)
    for revision in _revisions_with(numbers).iterator(chunk_size=100):
        _move_revision(revision, numbers, into)
    words = [word for each in gone for word in (each.title, *each.synonyms.splitlines())]
    tidy = tidy_synonyms([*into.synonyms.splitlines(), *words], into.title)
    into.synonyms = "\n".join(tidy.kept)
    into.save(update_fields=["synonyms"])
    for each in gone:
        _lead_on(each, into)
    Topic.objects.filter(pk__in=numbers).delete()
    titles = tuple(each.title for each in gone)
    log(
        instance=into,
        action=MERGED,
        user=by,
        data={"titles": list(titles), "articles": articles},
        content_changed=True,
    )
    return MergedTopics(into=into, titles=titles, articles=articles)


def _move_articles(numbers: list[int], into: Topic) -> None:
    links = Article.topics.through.objects
    articles = set(links.filter(topic_id__in=numbers).values_list("article_id", flat=True))
    having = set(
        links.filter(topic=into, article_id__in=articles).values_list("article_id", flat=True)
    )
    links.filter(topic_id__in=numbers).delete()
    links.bulk_create(
        Article.topics.through(article_id=pk, topic_id=into.pk) for pk in sorted(articles - having)
    )
    for article in Article.objects.filter(pk__in=articles).specific().iterator():
        ReferenceIndex.create_or_update_for_object(article)


def _revisions_with(numbers: list[int]) -> models.QuerySet[Revision]:
    """Return the revisions that may hold one of the topics; the digits are looked for, no more."""
    kinds = ContentType.objects.get_for_models(Article, *Article.__subclasses__()).values()
    holding = Q()
    for number in numbers:
        holding |= Q(content__topics__icontains=str(number))
    return (
        Revision.objects.filter(holding, content_type__in=kinds)
        .only("pk", "object_id", "content")
        .order_by("pk")
    )


def _newest_revisions() -> models.QuerySet:
    return Article.objects.filter(latest_revision__isnull=False).values("latest_revision_id")


def _has_topic(revision: Revision, numbers: Sequence[int]) -> bool:
    return not set(numbers).isdisjoint(revision.content.get("topics") or ())


def _move_revision(revision: Revision, numbers: list[int], into: Topic) -> None:
    """Change nothing of a revision but the topic: not its date, its author or its place."""
    if not _has_topic(revision, numbers):
        return
    content = revision.content
    content["topics"] = list(
        dict.fromkeys(into.pk if number in numbers else number for number in content["topics"])
    )
    Revision.objects.filter(pk=revision.pk).update(content=content)


def _lead_on(old: Topic, into: Topic) -> None:
    """Let the old address, and those that led there already, lead to the topic that stays."""
    was, now = old.get_absolute_url(), into.get_absolute_url()
    Redirect.objects.filter(redirect_link=was).update(redirect_link=now)
    Redirect.objects.filter(
        old_path__in=[Redirect.normalise_path(was), Redirect.normalise_path(now)]
    ).delete()
    Redirect.add_redirect(was, now, is_permanent=True, automatically_created=True)
