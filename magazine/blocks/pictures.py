"""Pictures with caption, credit and alternative text, alone or as a gallery."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from magazine.blocks.base import BodyPart


class PictureWidth(blocks.ChoiceBlock):
    """How much of the page a picture takes."""

    choices = [
        ("column", pgettext_lazy("picture width", "Column")),
        ("wide", _("Wider than the text")),
        ("full", _("Full width")),
    ]


class CaptionedPicture(blocks.StructBlock):
    """A picture, what it shows, and whom it is owed to."""

    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, required=False)
    credit = blocks.CharBlock(
        label=_("Credit"),
        max_length=160,
        required=False,
        help_text=_("Empty: the picture’s own credit."),
    )
    alt_text = blocks.CharBlock(
        label=_("Alternative text"),
        max_length=240,
        required=False,
        help_text=_("What the picture shows, for those who can’t see it."),
    )


def shown_credit(value: Any) -> str:
    """Return the credit given in the text, else the picture's own."""
    image = value.get("image")
    return value.get("credit") or (image.credit if image else "")


class PicturePart(BodyPart):
    """One picture in the text."""

    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, required=False)
    credit = blocks.CharBlock(
        label=_("Credit"),
        max_length=160,
        required=False,
        help_text=_("Empty: the picture’s own credit."),
    )
    alt_text = blocks.CharBlock(
        label=_("Alternative text"),
        max_length=240,
        required=False,
        help_text=_("What the picture shows, for those who can’t see it."),
    )
    width = PictureWidth(label=_("Width"), default="column")

    class Meta:
        icon = "image"
        label = _("Picture")

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        """Add the credit that is shown."""
        context = super().get_context(value, parent_context)
        context["credit"] = shown_credit(value)
        return context


class Gallery(BodyPart):
    """Two to six pictures shown together."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    pictures = blocks.ListBlock(CaptionedPicture(), label=_("Pictures"), min_num=2, max_num=6)

    class Meta:
        icon = "image"
        label = _("Gallery")

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        """Add each picture with the credit that is shown."""
        context = super().get_context(value, parent_context)
        context["shown"] = [
            {"picture": picture, "credit": shown_credit(picture)} for picture in value["pictures"]
        ]
        return context
