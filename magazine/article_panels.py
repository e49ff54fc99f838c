"""Lay out the editing desk of each kind of article, in the order in which editors fill it in."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from magazine.desk.length_panel import LengthPanel

BYLINE = [FieldRowPanel([FieldPanel("contributor"), FieldPanel("role")])]
INTERVIEWED_PERSON = [
    FieldPanel("name"),
    FieldRowPanel([FieldPanel("role"), FieldPanel("organisation")]),
]
KEY_FIGURE = [FieldRowPanel([FieldPanel("value"), FieldPanel("label")])]


def interview() -> TabbedInterface:
    """Return the desk of an interview: the people stand above the text."""
    return _desk(
        InlinePanel(
            "people",
            heading=_("People interviewed"),
            label=_("Person interviewed"),
            help_text=_("In the order in which they are presented."),
        )
    )


def case_study() -> TabbedInterface:
    """Return the desk of a case study: its facts stand above the text."""
    return _desk(
        MultiFieldPanel(
            [FieldPanel("organisation"), FieldPanel("sector"), FieldPanel("challenge")],
            heading=_("The case"),
        ),
        InlinePanel("figures", heading=_("Key figures"), label=_("Key figure"), max_num=6),
    )


def opinion() -> TabbedInterface:
    """Return the desk of an opinion: its genre comes first."""
    return _desk(FieldPanel("genre"))


def feature() -> TabbedInterface:
    """Return the desk of a feature, which adds nothing."""
    return _desk()


def _desk(*of_the_kind: Panel) -> TabbedInterface:
    return TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("kicker"),
                    TitleFieldPanel("title"),
                    FieldPanel("standfirst"),
                    InlinePanel(
                        "bylines",
                        heading=_("Bylines"),
                        label=_("Byline"),
                        help_text=_("Who wrote, photographed, drew, translated; in this order."),
                    ),
                    *of_the_kind,
                    MultiFieldPanel(
                        [
                            FieldPanel("lead_picture"),
                            FieldPanel("lead_caption"),
                            FieldPanel("lead_alt"),
                        ],
                        heading=_("Lead picture"),
                    ),
                    FieldPanel("body"),
                    LengthPanel(),
                ],
                heading=_("Text"),
            ),
            ObjectList(
                [
                    FieldPanel("channel"),
                    FieldPanel("short_title"),
                    FieldPanel("topics"),
                    FieldPanel("show_contents"),
                    MultiFieldPanel(
                        [FieldPanel("published_at"), FieldPanel("edition_label")],
                        heading=_("Date"),
                    ),
                ],
                heading=_("Web and paper"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("provenance_title"),
                            FieldPanel("provenance_place"),
                            FieldPanel("provenance_date"),
                            FieldPanel("provenance_url"),
                            FieldPanel("provenance_is_canonical"),
                        ],
                        heading=_("Republished from"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("advertiser"), FieldPanel("paid_mention")],
                        heading=_("Paid for by"),
                    ),
                ],
                heading=_("Provenance"),
            ),
            ObjectList(
                [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
                heading=_("Address and search engines"),
            ),
            ObjectList([PublishingPanel(), CommentPanel()], heading=_("Publishing")),
        ]
    )
