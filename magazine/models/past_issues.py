"""Keep the issues that are older than the site: their cover, their contents, their PDF."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    Panel,
    PublishingPanel,
)
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet

from magazine.models.covers import Covered
from magazine.page_access import DeskPage
from magazine.past_issue_form import PastIssueForm
from magazine.privacy import OncePrivate


class IssueFile(models.Model):
    """A PDF that was brought in for an older issue, checked, as the press storage keeps it."""

    wagtail_reference_index_ignore = True

    name = models.CharField(_("name in the press storage"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    pages = models.PositiveIntegerField(_("pages"))
    sha256 = models.CharField(_("sha256"), max_length=64, unique=True)
    added_at = models.DateTimeField(_("added on"), auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("PDF of an older issue")
        verbose_name_plural = _("PDFs of older issues")

    def __str__(self) -> str:
        return f"PDF {self.sha256[:12]}"


class PastIssueQuerySet(OncePrivate, PageQuerySet):
    """The questions that the archive is made of."""

    def for_readers(self) -> PastIssueQuerySet:
        """Keep the older issues that a stranger may see."""
        return self.live().public()

    def newest_first(self) -> PastIssueQuerySet:
        """Order by number, the latest on top."""
        return self.order_by("-number")


class PastIssue(Covered, DeskPage, Page):
    """An issue older than the site: to look at, to read as a PDF, never to release or print."""

    number = models.PositiveIntegerField(
        _("number"), unique=True, help_text=_("0 is allowed: many titles began with it.")
    )
    on_sale_date = models.DateField(
        _("on sale on"), help_text=_("About: the archive stands in order of years.")
    )
    cover_is_whole = models.BooleanField(
        _("the picture is the whole cover"),
        default=True,
        help_text=_("Unticked: name, number, date and cover lines are set over it."),
    )
    file = models.ForeignKey(
        IssueFile,
        verbose_name=_("PDF"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="issues",
    )

    objects = PageManager.from_queryset(PastIssueQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("number"), FieldPanel("cover_date_label")]),
        FieldPanel("on_sale_date"),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("cover"),
                FieldPanel("cover_alt"),
                FieldPanel("cover_is_whole"),
                FieldPanel("cover_lines"),
                FieldRowPanel([FieldPanel("ink_dark"), FieldPanel("ink_bright")]),
            ],
            heading=_("Cover"),
        ),
        MultiFieldPanel(
            [FieldPanel("new_file"), FieldPanel("take_file_away")], heading=_("The issue as a PDF")
        ),
        InlinePanel(
            "pieces",
            heading=_("Contents"),
            label=_("Piece"),
            help_text=_("As the contents page of the issue had them."),
        ),
    ]
    settings_panels: list[Panel] = [PublishingPanel(), CommentPanel()]
    base_form_class = PastIssueForm
    parent_page_types = ["magazine.IssueArchive"]
    subpage_types: list[str] = []
    template = "website/past_issue.html"

    class Meta:
        verbose_name = _("older issue")
        verbose_name_plural = _("older issues")


class PastPieceQuerySet(models.QuerySet):
    """The questions that are asked of old contents."""

    def for_readers(self) -> PastPieceQuerySet:
        """Keep the pieces of older issues that a stranger may see."""
        issues = PastIssue.objects.for_readers().order_by().values("pk")
        return self.filter(issue__in=issues)

    def by_issue(self) -> PastPieceQuerySet:
        """Fetch each with its issue and section, the latest issue first."""
        return self.select_related("issue", "section").order_by("-issue__number", "sort_order")


class PastPiece(Orderable):
    """One line of an older issue's contents."""

    issue = ParentalKey(PastIssue, on_delete=models.CASCADE, related_name="pieces")
    title = models.CharField(_("title"), max_length=200)
    kicker = models.CharField(_("kicker"), max_length=80, blank=True)
    contributor = models.ForeignKey(
        "magazine.Contributor",
        verbose_name=_("contributor"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="past_pieces",
    )
    people = models.CharField(
        _("other people"),
        max_length=200,
        blank=True,
        help_text=_("As signed then, for instance “photographs Jean Abadie”."),
    )
    section = models.ForeignKey(
        "magazine.Section",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    first_folio = models.PositiveIntegerField(
        _("from page"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    last_folio = models.PositiveIntegerField(
        _("to page"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    objects = models.Manager.from_queryset(PastPieceQuerySet)()

    panels = [
        FieldPanel("title"),
        FieldPanel("kicker"),
        FieldRowPanel([FieldPanel("contributor"), FieldPanel("people")]),
        FieldPanel("section"),
        FieldRowPanel([FieldPanel("first_folio"), FieldPanel("last_folio")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("piece of an older issue")
        verbose_name_plural = _("pieces of older issues")
        constraints = [
            models.CheckConstraint(
                name="past_folios_come_in_order",
                condition=Q(first_folio=None, last_folio=None)
                | (
                    Q(first_folio__gte=1)
                    & (Q(last_folio=None) | Q(last_folio__gte=F("first_folio")))
                ),
                violation_error_message=_(
                    "The last page comes before the first, or the first is missing."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def folios(self) -> str:
        """Return “p. 23” or “p. 23-25”, nothing where no page is given."""
        if self.first_folio is None:
            return ""
        if self.last_folio in {None, self.first_folio}:
            return f"p. {self.first_folio}"
        return f"p. {self.first_folio}-{self.last_folio}"
