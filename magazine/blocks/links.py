"""What lives elsewhere: embedded films and sounds, documents to download."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from magazine.blocks.base import BodyPart
from magazine.channels import ON_THE_WEB
from magazine.shown import note


class Embed(BodyPart):
    """A film or a sound that another site keeps; a link on the web, a QR code on paper.

    Nothing is loaded from the other site before the reader asks for it.
    """

    url = blocks.URLBlock(label=_("Address"))
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    still = ImageChooserBlock(label=_("Still"), required=False)
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, required=False)
    available_until = blocks.DateBlock(
        label=_("To be seen until"),
        required=False,
        help_text=_("After this day readers get a sentence instead of a link."),
    )

    class Meta:
        icon = "media"
        label = _("Film or sound")

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        """Add the other site's name, and whether the film is still to be seen."""
        context = super().get_context(value, parent_context)
        context["host"] = (urlsplit(value["url"]).hostname or "").removeprefix("www.")
        last_day = value.get("available_until")
        context["expired"] = has_ended(last_day, _day_of(context))
        if last_day and not context["expired"]:
            note(until=_end_of(last_day))
        context["is_on_the_web"] = value.get("channel") in ON_THE_WEB and (
            "article" not in context or context["article"].is_on_the_web
        )
        return context


def _end_of(day: dt.date) -> dt.datetime:
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min)
    return timezone.make_aware(midnight)


def _day_of(context: dict) -> dt.date:
    """The day on which the block is read: on the web today, on paper the day of sale.

    A day of sale that isn't known yet lets everything be seen: what is printed must not depend
    on the day on which it is built.
    """
    if "day_of_sale" in context:
        return context["day_of_sale"] or dt.date.min
    return timezone.localdate()


def has_ended(last_day: dt.date | None, day: dt.date | None = None) -> bool:
    """Tell whether `day`, without one today, is past the last day on which something is seen."""
    return last_day is not None and (day or timezone.localdate()) > last_day


class DocumentPart(BodyPart):
    """A file to download."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), max_length=160, required=False)
    description = blocks.CharBlock(label=_("Description"), max_length=300, required=False)

    class Meta:
        icon = "doc-full"
        label = _("Document")
