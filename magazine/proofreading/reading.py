"""Read an article: keep what the typographer would mend and what the proofreader finds."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from magazine.models import Article, ProofFinding, Proofreading
from magazine.models.proofreading import LONGEST_PASSAGE
from magazine.proofreading.languagetool import Match, ProofreaderError, check
from magazine.proofreading.texts import Text, digest_of, texts_of
from magazine.proofreading.typographer import Mend, mends

logger = logging.getLogger(__name__)

# How long a text must have been left alone before it is read.
REST = dt.timedelta(seconds=8)
AROUND = 60
CONTEXT = 24
MOST_FINDINGS = 1_000
# Where the typographer sets the word right, what the proofreader says of it is settled.
SETTLED = frozenset(("ordinal", "ligature"))
# A new way of reading makes old findings stale: raise it.
METHOD = "1"


@dataclass(frozen=True)
class Reading:
    """What came of it: when to look again (None: not at all), and whether it was read."""

    again_at: dt.datetime | None = None
    was_read: bool = False


def read(article_id: int) -> Reading:
    """Read the article's newest text if it was asked for and has come to rest.

    A text that was read before isn't sent again; one that changes meanwhile is read anew later,
    and nothing is kept of it now.
    """
    asked = Proofreading.objects.filter(pk=article_id, state=Proofreading.State.ASKED).first()
    if asked is None:
        return Reading()
    rested_at = asked.asked_at + REST
    if rested_at > timezone.now():
        return Reading(again_at=rested_at)
    article = Article.objects.get(pk=article_id)
    texts = texts_of(article.get_latest_revision_as_object())
    digest = digest_of(texts, METHOD, settings.PROOFREADER_URL)
    if asked.text_digest == digest and not asked.problem:
        return _kept(asked, digest, findings=None, problem="")
    mended = [mends(text.words) for text in texts]
    findings = list(_of_typographer(texts, mended))
    problem = ""
    try:
        findings += _of_proofreader(texts, mended)
    except ProofreaderError as error:
        logger.warning("Article %s was not proofread: %s", article_id, error)
        problem = error.problem
    return _kept(asked, digest, findings, problem)


def fingerprint(rule: str, before: str, found: str, after: str, *, is_spelling: bool) -> str:
    """Return what a dismissal holds on to: the rule and the words, wherever they move.

    An unknown word is the same wherever it stands; anything else is known by its neighbours too.
    """
    words = [found] if is_spelling else [before[-CONTEXT:], found, after[:CONTEXT]]
    told = "\0".join(" ".join(part.casefold().split()) for part in (rule, *words))
    return hashlib.sha256(told.encode()).hexdigest()


@transaction.atomic
def _kept(
    asked: Proofreading, digest: str, findings: list[ProofFinding] | None, problem: str
) -> Reading:
    """Store the result, unless somebody asked again meanwhile: then say when to look again."""
    current = Proofreading.objects.select_for_update().filter(pk=asked.pk).first()
    if current is None:
        return Reading()
    if current.asked_at != asked.asked_at:
        return Reading(again_at=current.asked_at + REST)
    if findings is not None:
        current.findings.all().delete()
        for finding in findings[:MOST_FINDINGS]:
            finding.proofreading = current
        ProofFinding.objects.bulk_create(findings[:MOST_FINDINGS])
    current.state = Proofreading.State.FAILED if problem else Proofreading.State.DONE
    current.problem, current.text_digest = problem, digest
    current.read_at, current.due_at = timezone.now(), None
    current.save()
    return Reading(was_read=True)


def _of_typographer(
    texts: tuple[Text, ...], mended: list[tuple[Mend, ...]]
) -> Iterator[ProofFinding]:
    for text, found in zip(texts, mended, strict=True):
        for mend in found:
            yield _finding(
                text,
                mend.offset,
                len(mend.found),
                source=ProofFinding.Source.TYPOGRAPHER,
                rule=",".join(mend.rules),
                suggestions=[mend.shown],
            )


def _of_proofreader(
    texts: tuple[Text, ...], mended: list[tuple[Mend, ...]]
) -> Iterator[ProofFinding]:
    if not settings.PROOFREADER_URL:
        return
    by_text: dict[int, list[Match]] = defaultdict(list)
    for match in check([text.words for text in texts], url=settings.PROOFREADER_URL):
        if not any(_settles(mend, match) for mend in mended[match.text]):
            by_text[match.text].append(match)
    for index in sorted(by_text):
        for match in by_text[index]:
            yield _finding(
                texts[index],
                match.offset,
                match.length,
                source=ProofFinding.Source.PROOFREADER,
                rule=match.rule,
                reason=match.message[:600],
                suggestions=[each[:200] for each in match.suggestions],
                is_spelling=match.is_spelling,
            )


def _settles(mend: Mend, match: Match) -> bool:
    overlap = mend.offset < match.offset + match.length and match.offset < mend.offset + len(
        mend.found
    )
    return overlap and (match.is_typing or not SETTLED.isdisjoint(mend.rules))


def _finding(
    text: Text, offset: int, length: int, *, rule: str, is_spelling: bool = False, **fields: object
) -> ProofFinding:
    end = offset + length
    before = text.words[max(0, offset - AROUND) : offset]
    found = text.words[offset:end][:LONGEST_PASSAGE]
    after = text.words[end : end + AROUND]
    return ProofFinding(
        rule=rule[:120],
        is_spelling=is_spelling,
        place=text.place[:255],
        offset=offset,
        before=before,
        found=found,
        after=after,
        fingerprint=fingerprint(rule, before, found, after, is_spelling=is_spelling),
        **fields,
    )
