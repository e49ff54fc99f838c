"""Keep pictures with their credit, licence and the day their rights end."""

from pathlib import Path

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.images.exceptions import UnknownOutputImageFormatError
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    SourceImageIOError,
)
from willow.image import UnrecognisedImageFormatError


class Picture(AbstractImage):
    """A picture of the house; its description is its default alternative text."""

    credit = models.CharField(
        _("credit"),
        max_length=160,
        blank=True,
        help_text=_("Printed beside the picture, for instance “Photograph Farid Benhadj”."),
    )
    rights_holder = models.CharField(_("rights holder"), max_length=160, blank=True)
    licence = models.CharField(
        _("licence"),
        max_length=120,
        blank=True,
        help_text=_("For instance “CC BY-SA 4.0” or “Rights granted for one issue”."),
    )
    rights_end = models.DateField(
        _("rights end on"),
        null=True,
        blank=True,
        help_text=_("After this day the picture may no longer be published. Empty: no limit."),
    )

    admin_form_fields = (
        *Image.admin_form_fields,
        "credit",
        "rights_holder",
        "licence",
        "rights_end",
    )

    def get_rendition(self, filter: Filter | str) -> AbstractRendition:
        """Return a size of the picture; a file gone bad shows as a missing one, not as an error."""
        try:
            return super().get_rendition(filter)
        except (UnrecognisedImageFormatError, UnknownOutputImageFormatError) as error:
            raise SourceImageIOError(str(error)) from error

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]


class PictureRendition(AbstractRendition):
    """One size of a picture, made once and kept."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    def get_upload_to(self, filename: str) -> str:
        """Return a path that can't be guessed: the picture may belong to a draft."""
        stem, ending = Path(filename).stem, Path(filename).suffix
        sign = salted_hmac("magazine.rendition", f"{self.image_id}/{filename}").hexdigest()[:12]
        return f"images/{stem}.{sign}{ending}"

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_size"
            )
        ]
