"""State who publishes: nameplate, the colophon that French law asks of a periodical, contact."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from magazine import validators
from magazine.fields import CleanRichTextField

COMMENT_DAYS, MOST_COMMENT_DAYS = 90, 3650


@register_setting(icon="site")
class Publication(BaseSiteSetting):
    """The title itself. Colophon rules: loi du 29 juillet 1881, loi 86-897, arrêté du 12/1/1995."""

    title = models.CharField(_("title"), max_length=60, default="Couture")
    tagline = models.CharField(_("tagline"), max_length=120, blank=True)
    motto = models.CharField(_("motto"), max_length=120, blank=True)
    frequency = models.CharField(_("frequency"), max_length=80, blank=True)

    publisher = models.CharField(_("publisher"), max_length=160, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=160, blank=True)
    capital = models.CharField(_("capital"), max_length=60, blank=True)
    registration = models.CharField(_("company register"), max_length=120, blank=True)
    seat = models.CharField(_("registered office"), max_length=200, blank=True)
    legal_representative = models.CharField(_("legal representative"), max_length=120, blank=True)
    main_associates = models.CharField(
        _("main associates"), max_length=240, blank=True, help_text=_("The three main ones.")
    )
    publication_director = models.CharField(_("publication director"), max_length=120, blank=True)
    editor_responsible = models.CharField(_("editor responsible"), max_length=120, blank=True)
    printer = models.CharField(_("printer"), max_length=160, blank=True)
    printer_address = models.CharField(_("printer’s address"), max_length=200, blank=True)
    issn = models.CharField(_("ISSN"), max_length=9, blank=True, validators=[validators.issn])
    cppap = models.CharField(_("CPPAP"), max_length=12, blank=True, validators=[validators.cppap])
    paper = models.CharField(_("paper and faces"), max_length=240, blank=True)

    contact_mail = models.EmailField(_("mail address"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_address = models.CharField(_("address"), max_length=200, blank=True)
    contact_handle = models.CharField(_("handle"), max_length=80, blank=True)
    host = models.CharField(
        _("host of the site"), max_length=240, blank=True, help_text=_("Name, address, telephone.")
    )
    legal_notice = CleanRichTextField(_("legal notice"), blank=True)

    takes_comments = models.BooleanField(
        _("readers may comment"),
        default=True,
        help_text=_("Unticked: under no article, whatever is said there. What is shown stays."),
    )
    comment_days = models.PositiveSmallIntegerField(
        _("days for which an article takes comments"),
        default=COMMENT_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_COMMENT_DAYS)],
        help_text=_("Counted from the date that readers see. Any article can be left open."),
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    FieldPanel("tagline"),
                    FieldPanel("motto"),
                    FieldPanel("frequency"),
                ],
                heading=_("Nameplate"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel(name)
                            for name in (
                                "publisher",
                                "legal_form",
                                "capital",
                                "registration",
                                "seat",
                                "legal_representative",
                                "main_associates",
                            )
                        ],
                        heading=_("Publisher"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("publication_director"), FieldPanel("editor_responsible")],
                        heading=_("Responsible"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldPanel(name)
                            for name in (
                                "printer",
                                "printer_address",
                                "issn",
                                "cppap",
                                "paper",
                            )
                        ],
                        heading=_("Printing"),
                    ),
                ],
                heading=_("Colophon"),
            ),
            ObjectList(
                [
                    FieldPanel("contact_mail"),
                    FieldPanel("contact_phone"),
                    FieldPanel("contact_address"),
                    FieldPanel("contact_handle"),
                ],
                heading=_("Contact"),
            ),
            ObjectList([FieldPanel("host"), FieldPanel("legal_notice")], heading=_("Legal")),
            ObjectList(
                [FieldPanel("takes_comments"), FieldPanel("comment_days")], heading=_("Comments")
            ),
        ]
    )

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def __str__(self) -> str:
        return self.title
