"""Keep an issue: its cover, its date, and its articles in order."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    Panel,
)
from wagtail.models import Page, PageManager, Revision
from wagtail.query import PageQuerySet

from magazine.issue_form import IssueForm
from magazine.models.articles import Article
from magazine.models.covers import Covered
from magazine.models.entries import IssueEntry, are_in_order, in_order, pin_what_is_ready
from magazine.models.trash import outside_trash
from magazine.page_access import DeskPage
from magazine.privacy import OncePrivate
from magazine.vanished import without_vanished


class UnreleasedIssue(PermissionDenied):
    """An issue can't be published by itself: it goes live with its articles, by `release`."""


class IssueArchive(DeskPage, Page):
    """The shelf of all issues."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    max_count_per_parent = 1
    parent_page_types = ["magazine.Home"]
    subpage_types = ["magazine.Issue", "magazine.PastIssue"]
    template = "website/issue_archive.html"

    class Meta:
        verbose_name = _("archive of issues")
        verbose_name_plural = _("archives of issues")


class IssueQuerySet(OncePrivate, PageQuerySet):
    """The questions that lists of issues are made of."""

    def for_readers(self) -> IssueQuerySet:
        """Keep the released issues that a stranger may see."""
        return self.live().public()

    def in_the_making(self) -> IssueQuerySet:
        """Keep the issues that no reader has seen."""
        return self.filter(live=False, first_published_at=None)

    def on_the_desk(self) -> IssueQuerySet:
        """Keep what editors work on: everything but the trash."""
        return outside_trash(self)

    def newest_first(self) -> IssueQuerySet:
        """Order by number, the latest on top."""
        return self.order_by("-number")


class Issue(Covered, DeskPage, Page):
    """One number of the magazine, released as a whole."""

    number = models.PositiveIntegerField(
        _("number"), unique=True, validators=[MinValueValidator(1)]
    )
    on_sale_date = models.DateField(_("on sale on"), null=True, blank=True)
    price = models.DecimalField(
        _("price in euros"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    print_run = models.PositiveIntegerField(_("print run"), null=True, blank=True)
    legal_deposit = models.CharField(
        _("legal deposit"), max_length=60, blank=True, help_text=_("Month and year.")
    )

    objects = PageManager.from_queryset(IssueQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("number"), FieldPanel("cover_date_label")]),
        FieldPanel("on_sale_date"),
        MultiFieldPanel(
            [FieldPanel("price"), FieldPanel("print_run"), FieldPanel("legal_deposit")],
            heading=_("For the colophon"),
        ),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("cover"),
                FieldPanel("cover_alt"),
                FieldPanel("cover_lines"),
                FieldRowPanel([FieldPanel("ink_dark"), FieldPanel("ink_bright")]),
            ],
            heading=_("Cover"),
        ),
        InlinePanel(
            "entries",
            heading=_("Contents"),
            label=_("Article"),
            help_text=_("In the order of the paper edition."),
        ),
    ]
    # No dates of publication here: an issue is scheduled with all of its articles, or not at all.
    settings_panels: list[Panel] = [CommentPanel()]
    base_form_class = IssueForm
    parent_page_types = ["magazine.IssueArchive"]
    subpage_types: list[str] = []
    template = "website/issue.html"

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        permissions = [("release_issue", "Can release issues and articles")]
        constraints = [
            models.CheckConstraint(name="issue_number_from_one", condition=Q(number__gte=1))
        ]

    @property
    def was_released(self) -> bool:
        """Tell whether readers see the issue, or saw it once."""
        return self.live or self.first_published_at is not None

    def with_content_json(self, content: dict[str, Any]) -> Issue:
        """Restore a revision, but keep what was recorded since: that is a fact."""
        known = without_vanished(content, "entries", "article", Article.objects)
        issue = super().with_content_json(known)
        issue.keep_what_is_recorded()
        return issue

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Keep a revision; until the release, the contents that the press reads follow it."""
        entries = list(self.entries.all())
        if not are_in_order(entries):
            self.entries.set(in_order(entries))
        self.keep_what_is_recorded()
        revision = super().save_revision(*args, **kwargs)
        if not self.was_released:
            self.entries.commit()
            pin_what_is_ready(self.pk)
            self.keep_what_is_recorded()
        return revision

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish a change of an issue that was released. Raises UnreleasedIssue for another."""
        if not self.was_released:
            raise UnreleasedIssue(
                gettext("Issue %(number)s isn't released yet: release it with its articles.")
                % {"number": self.number}
            )
        super().publish(revision, *args, **kwargs)

    def keep_what_is_recorded(self) -> None:
        """Give the entries in hand the rows that their articles have, and what was written there.

        A draft that brought an article in knows no row of it yet.
        """
        recorded = {row.article_id: row for row in IssueEntry.objects.filter(issue_id=self.pk)}
        for entry in self.entries.all():
            kept = recorded.get(entry.article_id)
            entry.pk = kept.pk if kept else None
            for name in IssueEntry.RECORDED:
                setattr(entry, name, getattr(kept, name) if kept else None)
