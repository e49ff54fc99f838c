"""Keep an article's place in an issue, and what release and press recorded there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import WorkflowState, get_default_page_content_type

from magazine.channels import ON_PAPER
from magazine.desk.stage_panel import StagePanel
from magazine.models.articles import Article


class IssueEntryQuerySet(models.QuerySet):
    """The questions that contents lists are made of."""

    def in_public_issues(self) -> IssueEntryQuerySet:
        """Keep the entries of issues that a stranger may see."""
        issues = self.model._meta.get_field("issue").related_model
        return self.filter(issue__in=issues.objects.for_readers())

    def for_readers(self) -> IssueEntryQuerySet:
        """Keep the entries whose article a stranger may see on the web, in order."""
        return self.filter(article__in=Article.objects.for_readers()).order_by("position")

    def on_paper(self) -> IssueEntryQuerySet:
        """Keep the entries whose article is printed, in order."""
        return self.filter(article__channel__in=ON_PAPER).order_by("position")


class IssueEntry(models.Model):
    """An article's place in an issue, and what was printed there."""

    sort_order_field = "position"
    RECORDED = ("release_revision_id", "printed_revision_id", "first_folio", "last_folio")

    issue = ParentalKey("magazine.Issue", on_delete=models.CASCADE, related_name="entries")
    article = models.ForeignKey(
        "magazine.Article",
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        related_name="issue_entries",
    )
    section = models.ForeignKey(
        "magazine.Section",
        verbose_name=_("section in this issue"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the section under which the article lives."),
    )
    position = models.PositiveIntegerField(_("position"), null=True, blank=True, editable=False)
    release_revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("revision to release"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    printed_revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("printed revision"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    first_folio = models.PositiveIntegerField(_("first folio"), null=True, editable=False)
    last_folio = models.PositiveIntegerField(_("last folio"), null=True, editable=False)

    objects = models.Manager.from_queryset(IssueEntryQuerySet)()

    panels = [FieldPanel("article"), StagePanel(), FieldPanel("section")]

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "article"],
                name="one_entry_per_article",
                violation_error_message=_("This article already stands in this issue."),
            ),
            models.CheckConstraint(
                name="folios_come_in_order",
                condition=Q(first_folio=None, last_folio=None)
                | Q(
                    first_folio__gte=1,
                    last_folio__isnull=False,
                    last_folio__gte=F("first_folio"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue} · {self.article}"

    @property
    def ticket(self) -> str:
        """Return the ticket that stands on the article: section mark, issue, place (“B 703”)."""
        mark = self.section.mark if self.section and self.section.mark else ""
        return f"{mark} {self.issue.number}{self.position or 0:02d}".strip()

    @property
    def folios(self) -> str:
        """Return “p. 23” or “p. 23-25” once printed, else nothing."""
        if self.first_folio is None:
            return ""
        if self.first_folio == self.last_folio:
            return f"p. {self.first_folio}"
        return f"p. {self.first_folio}-{self.last_folio}"


def in_order(entries: Iterable[IssueEntry]) -> list[IssueEntry]:
    """Number entries from one, in the order they have; those without a place come last."""
    ordered = sorted(entries, key=lambda entry: (entry.position is None, entry.position or 0))
    for position, entry in enumerate(ordered, start=1):
        entry.position = position
    return ordered


def are_in_order(entries: Sequence[IssueEntry]) -> bool:
    """Tell whether entries are numbered from one, as they stand."""
    return [entry.position for entry in entries] == list(range(1, len(entries) + 1))


def pin_what_is_ready(issue_id: int) -> None:
    """Choose, for entries that have no text yet, the one with which the article got ready."""
    entries = IssueEntry.objects.filter(
        issue_id=issue_id, release_revision=None, printed_revision=None
    )
    waiting = {str(entry.article_id): entry for entry in entries}
    if not waiting:
        return
    states = WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(), object_id__in=list(waiting)
    ).exclude(status=WorkflowState.STATUS_CANCELLED)
    latest = {
        state.object_id: state
        for state in states.select_related("current_task_state").order_by("created_at", "pk")
    }
    for article_id, state in latest.items():
        if state.status == WorkflowState.STATUS_APPROVED and state.current_task_state:
            revision_id = state.current_task_state.revision_id
            entries.filter(pk=waiting[article_id].pk).update(release_revision_id=revision_id)
