"""Keep an issue: its cover, its date, and its articles in order with what was printed of them."""

from __future__ import annotations

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from magazine.channels import ON_PAPER
from magazine.fields import CleanRichTextField
from magazine.issue_form import IssueForm
from magazine.models.articles import Article
from magazine.privacy import PRIVATE_PAGE_OPTIONS
from magazine.validators import hex_colour


class IssueArchive(Page):
    """The shelf of all issues."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    private_page_options = PRIVATE_PAGE_OPTIONS
    max_count_per_parent = 1
    parent_page_types = ["magazine.Home"]
    subpage_types = ["magazine.Issue"]
    template = "website/issue_archive.html"

    class Meta:
        verbose_name = _("archive of issues")
        verbose_name_plural = _("archives of issues")


class IssueQuerySet(PageQuerySet):
    """The questions that lists of issues are made of."""

    def for_readers(self) -> IssueQuerySet:
        """Keep the released issues that a stranger may see."""
        return self.live().public()

    def newest_first(self) -> IssueQuerySet:
        """Order by number, the latest on top."""
        return self.order_by("-number")


class Issue(Page):
    """One number of the magazine, released as a whole."""

    number = models.PositiveIntegerField(
        _("number"), unique=True, validators=[MinValueValidator(1)]
    )
    cover_date_label = models.CharField(
        _("cover date"), max_length=60, help_text=_("As on the cover: “mid-November 2026”.")
    )
    on_sale_date = models.DateField(_("on sale on"), null=True, blank=True)
    price = models.DecimalField(
        _("price in euros"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    print_run = models.PositiveIntegerField(_("print run"), null=True, blank=True)
    legal_deposit = models.CharField(
        _("legal deposit"), max_length=60, blank=True, help_text=_("Month and year.")
    )
    introduction = CleanRichTextField(_("introduction"), blank=True)
    cover = models.ForeignKey(
        "magazine.Picture",
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cover_alt = models.CharField(_("alternative text"), max_length=240, blank=True)
    cover_lines = models.TextField(
        _("cover lines"), blank=True, help_text=_("One a line, three or four of them.")
    )
    ink_dark = models.CharField(
        _("dark ink"), max_length=7, default="#0B5A4A", validators=[hex_colour]
    )
    ink_bright = models.CharField(
        _("bright ink"), max_length=7, default="#FF4F7B", validators=[hex_colour]
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
    base_form_class = IssueForm
    private_page_options = PRIVATE_PAGE_OPTIONS
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
    def cover_line_list(self) -> list[str]:
        """Return the cover lines, top to bottom."""
        return [line.strip() for line in self.cover_lines.splitlines() if line.strip()]

    def with_content_json(self, content: dict[str, Any]) -> Issue:
        """Restore a revision, but keep what the press recorded since: that is a fact."""
        issue = super().with_content_json(content)
        recorded = IssueEntry.objects.filter(issue_id=self.pk).in_bulk()
        for entry in issue.entries.all():
            kept = recorded.get(entry.pk)
            for name in IssueEntry.RECORDED:
                setattr(entry, name, getattr(kept, name) if kept else None)
        return issue


class IssueEntryQuerySet(models.QuerySet):
    """The questions that contents lists are made of."""

    def in_public_issues(self) -> IssueEntryQuerySet:
        """Keep the entries of issues that a stranger may see."""
        return self.filter(issue__in=Issue.objects.for_readers())

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

    issue = ParentalKey(Issue, on_delete=models.CASCADE, related_name="entries")
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

    panels = [FieldPanel("article"), FieldPanel("section")]

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
