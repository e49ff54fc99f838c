"""Check what no article may lack: a byline, a standfirst, a text, fields that were begun."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from magazine.channels import ON_PAPER
from magazine.checks import places
from magazine.checks.findings import Finding, Severity, subject_of
from magazine.models import Article, Byline, Issue

MISSING_BYLINE = "missing_byline"
MISSING_STANDFIRST = "missing_standfirst"
MISSING_TEXT = "missing_text"
EMPTY_FIELD = "empty_field"
MISSING_PERSON = "missing_person"
SIGNS_THE_TEXT = (Byline.Role.TEXT, Byline.Role.INTERVIEW)


def check_byline(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield a finding where nobody signs the text; who pays for one is named instead."""
    if not article.is_paid and not any(
        byline.role in SIGNS_THE_TEXT for byline in article.bylines.all()
    ):
        yield Finding(
            code=MISSING_BYLINE,
            severity=Severity.BLOCKING,
            message=_("Nobody signs this text."),
            remedy=_("Add a byline for whoever wrote it."),
            place="bylines",
            subject=subject_of("bylines", "missing"),
            place_name=_("Bylines"),
        )


def check_standfirst(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield a finding where there is no standfirst."""
    if not article.standfirst.strip():
        yield Finding(
            code=MISSING_STANDFIRST,
            severity=Severity.BLOCKING,
            message=_("There is no standfirst."),
            remedy=_("Write two or three sentences: lists, feeds and the paper begin with them."),
            place="standfirst",
            subject=subject_of("standfirst", "missing"),
            place_name=_("Standfirst"),
        )


def check_text(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield a finding where readers of one channel, or all, would get no text."""
    written = [leaf for leaf in places.texts(article) if leaf.path.startswith("body.")]
    if not written:
        message = _("There is no text.")
    elif article.channel in ON_PAPER and not any(leaf.on_paper for leaf in written):
        message = _("All blocks are for the web only: nothing would be printed.")
    elif article.is_on_the_web and not any(leaf.on_the_web for leaf in written):
        message = _("All blocks are for paper only: nothing would be shown on the web.")
    else:
        return
    yield Finding(
        code=MISSING_TEXT,
        severity=Severity.BLOCKING,
        message=message,
        remedy=_("Write it, or change where the blocks or the article appear."),
        place="body",
        subject=subject_of("body", len(written) > 0),
        place_name=_("Text"),
    )


def check_empty_fields(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield the fields that a draft may leave empty and a finished article may not."""
    for leaf in places.leaves(article):
        is_needed = leaf.path == "title" if leaf.block is None else leaf.block.required
        is_empty = not leaf.text.strip() if leaf.is_text else leaf.value in (None, "")
        if is_needed and is_empty:
            yield Finding(
                code=EMPTY_FIELD,
                severity=Severity.BLOCKING,
                message=_("This field was left empty."),
                remedy=_("Fill it in, or delete the block."),
                place=leaf.path,
                subject=subject_of(leaf.path, "empty"),
                place_name=leaf.name,
            )


def check_people(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield a finding for an interview of nobody."""
    if article.kind == "interview" and not article.people.exists():
        yield Finding(
            code=MISSING_PERSON,
            severity=Severity.ADVISORY,
            message=_("Nobody is named as the person interviewed."),
            remedy=_("Add who answers, with name and role."),
            place="people",
            subject=subject_of("people", "missing"),
            place_name=_("People interviewed"),
        )
