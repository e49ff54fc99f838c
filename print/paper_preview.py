"""Offer the desk, and guests, the real pages of a draft as pictures, set by a job."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy
from wagtail.models import Revision

from magazine import previews
from magazine.channels import ON_PAPER
from magazine.previews import Draft, Preview, SetPages
from print import paper_store
from print.builds import in_words
from print.paper_draft import PaperDraft, read_paper_draft, set_paper_draft
from print.preview_tasks import set_pages
from print.remedies import Remedied

CODE = "papier"
# What failed is tried again after this: the cause may lie outside of the text.
REFUSED_FOR = 120
ASKED_FOR, LATE_AFTER = 120, 30


class PaperPages:
    """The press's answer to `magazine.previews.Paper`."""

    def pages(self, draft: Draft) -> SetPages:
        """Return the pages of a draft; where there are none yet, have them made by a job.

        A text that stands in a form is shown as it was last saved.
        """
        revision = draft.revision or draft.article.latest_revision
        if revision is None:
            return SetPages("refused", remedy=translation.gettext("Save the article first."))
        try:
            paper = _read(revision)
        except Remedied as error:
            return SetPages("refused", remedy=in_words(error))
        kept = paper_store.find(draft.article.pk, paper.digest)
        if kept and kept.pages:
            return SetPages("ready", paper.digest, kept.pages, place=paper.place)
        if kept and kept.refusal and kept.seconds_ago < REFUSED_FOR:
            return SetPages("refused", remedy=in_words(kept.refusal), place=paper.place)
        return SetPages("waiting", is_late=_ask(paper, revision), place=paper.place)

    def picture(self, draft: Draft, digest: str, number: int) -> bytes | None:
        """Return one page of a draft as PNG, never a page of another one.

        Without a revision, pages of any draft of the article will do.
        """
        kept = paper_store.find(draft.article.pk, digest)
        if kept is None or (draft.revision and kept.revision_id != draft.revision.pk):
            return None
        return paper_store.picture(draft.article.pk, digest, number)


def make_pages(article_id: int, revision_id: int) -> None:
    """Set the pages of a draft and keep them, or why they can't be set; once for each digest."""
    revision = Revision.objects.filter(pk=revision_id, object_id=str(article_id)).first()
    if revision is None:
        return
    # Paper speaks the magazine's language, whatever the editor's.
    with translation.override(settings.LANGUAGE_CODE):
        paper = _read(revision)
        kept = paper_store.find(article_id, paper.digest)
        if kept and kept.pages:
            return
        try:
            drawn = set_paper_draft(paper)
        except Remedied as error:
            paper_store.keep(article_id, paper.digest, revision_id, [], error)
        else:
            paper_store.keep(article_id, paper.digest, revision_id, drawn)


def show_paper(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show the pages to the desk, or that they are being set, or why they can't be."""
    context = {"article": draft.article, "set": PAPER.pages(draft), "code": CODE}
    return render(request, "print/paper_preview.html", context)


def register_preview() -> None:
    """Offer the paper to the desk."""
    previews.register(
        Preview(
            code=CODE,
            label=gettext_lazy("Paper"),
            order=30,
            show=show_paper,
            channels=ON_PAPER,
            paper=PAPER,
        )
    )


def _read(revision: Revision) -> PaperDraft:
    return read_paper_draft(revision.as_object(), revision)


def _ask(paper: PaperDraft, revision: Revision) -> bool:
    """Order a draft's pages, unless somebody just did; tell whether they are late."""
    article_id = paper.manuscript.article.pk
    since = cache.get_or_set(f"paper-since:{paper.digest}", time.time, 3600)
    if cache.add(f"paper-asked:{paper.digest}", True, ASKED_FOR):
        set_pages.enqueue(article_id, revision.pk)
    return time.time() - since > LATE_AFTER


PAPER = PaperPages()
