"""Keep what the magazine says of itself: about, privacy, accessibility."""

from __future__ import annotations

from html import unescape

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from magazine.fields import CleanRichTextField
from magazine.page_access import DeskPage
from magazine.statements import accessibility_basis, accessibility_tests, privacy_rights

WHOLE = 100
SET = ["h2", "h3", "bold", "italic", "link", "ol", "ul"]


class HousePage(DeskPage, Page):
    """A page on the magazine itself: who makes it, how it is made."""

    introduction = models.TextField(_("introduction"), blank=True)
    picture = models.ForeignKey(
        "magazine.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(_("alternative text"), max_length=240, blank=True)
    body = CleanRichTextField(_("text"), features=SET)

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldRowPanel([FieldPanel("picture"), FieldPanel("picture_alt")]),
        FieldPanel("body"),
    ]
    parent_page_types = ["magazine.Home"]
    subpage_types: list[str] = []
    template = "website/house_page.html"

    class Meta:
        verbose_name = _("page on the magazine")
        verbose_name_plural = _("pages on the magazine")


class PrivacyNotice(DeskPage, Page):
    """What is kept of readers. The table of it comes from the programme, not from here."""

    introduction = models.TextField(_("introduction"), blank=True)
    log_days = models.PositiveSmallIntegerField(
        _("days for which the web server keeps its log"),
        default=14,
        validators=[MaxValueValidator(366)],
        help_text=_("As the host has it set up; 0 where it keeps none."),
    )
    rights = CleanRichTextField(
        _("rights of readers"),
        features=SET,
        default=privacy_rights,
        help_text=_("Proposed as the law has it; the table of what is kept stands above."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("log_days"),
        FieldPanel("rights"),
    ]
    max_count_per_parent = 1
    parent_page_types = ["magazine.Home"]
    subpage_types: list[str] = []
    template = "website/privacy.html"

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")


class AccessibilityStatement(DeskPage, Page):
    """The statement that the RGAA has a form for."""

    class State(models.TextChoices):
        """How far the site conforms, in the words of the RGAA; without an audit: not."""

        NOT = "not", _("not conforming")
        PARTLY = "partly", _("partly conforming")
        WHOLLY = "wholly", _("wholly conforming")

    state = models.CharField(
        _("state of conformity"),
        max_length=6,
        choices=State.choices,
        default=State.NOT,
        help_text=_("Without an audit the RGAA wants “not conforming”."),
    )
    standard = models.CharField(_("standard"), max_length=40, default="RGAA 4.1.2")
    rate = models.PositiveSmallIntegerField(
        _("criteria met, in percent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    made_on = models.DateField(_("drawn up on"))
    tested_by = models.CharField(
        _("tested by"), max_length=160, blank=True, help_text=_("Empty: there was no audit.")
    )
    basis = CleanRichTextField(_("state of conformity, in words"), default=accessibility_basis)
    failings = CleanRichTextField(
        _("what isn’t accessible"),
        blank=True,
        features=SET,
        help_text=_("Failings, exemptions for disproportionate burden, contents left out by law."),
    )
    tests = CleanRichTextField(
        _("how it was tested"), blank=True, features=SET, default=accessibility_tests
    )
    contact = models.EmailField(
        _("whom to write to"), blank=True, help_text=_("Empty: the mail address of the contact.")
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("state"), FieldPanel("rate")]),
                FieldRowPanel([FieldPanel("standard"), FieldPanel("made_on")]),
                FieldPanel("tested_by"),
            ],
            heading=_("State of conformity"),
        ),
        FieldPanel("basis"),
        FieldPanel("failings"),
        FieldPanel("tests"),
        FieldPanel("contact"),
    ]
    max_count_per_parent = 1
    parent_page_types = ["magazine.Home"]
    subpage_types: list[str] = []
    template = "website/accessibility.html"

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")
        constraints = [
            models.CheckConstraint(
                name="conformity_is_known", condition=Q(state__in=["not", "partly", "wholly"])
            ),
            models.CheckConstraint(
                name="who_conforms_was_tested",
                condition=Q(state="not") | ~Q(tested_by="") & Q(rate__isnull=False),
                violation_error_message=_(
                    "To conform, in whole or in part, say who tested the site and how many "
                    "percent of the criteria it met."
                ),
            ),
        ]

    def clean(self) -> None:
        """Refuse a statement that says two things at once. Raises ValidationError."""
        super().clean()
        if self.state == self.State.NOT:
            return
        wrong = {}
        if self.state == self.State.WHOLLY and self.rate != WHOLE:
            wrong["rate"] = _("Wholly conforming means 100 % of the criteria.")
        if _words(self.basis) == _words(accessibility_basis()):
            wrong["basis"] = _("This still says that there was no audit: say what the audit found.")
        if wrong:
            raise ValidationError(wrong)


def _words(html: str) -> list[str]:
    return unescape(strip_tags(html)).split()
