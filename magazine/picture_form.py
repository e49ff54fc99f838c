"""Accept a picture only once it was decoded whole, every frame of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageFile, ImageSequence
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

MOST_FRAMES = 40
MOST_PIXELS_IN_ALL = 120_000_000
BROKEN = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)


class WholePictureField(WagtailImageField):
    """A file field that refuses a broken picture with a sentence, where Wagtail's own raises."""

    def to_python(self, data: Any) -> Any:
        """Return the file once every frame of it was decoded."""
        if data and data.name.lower().endswith(".tif"):
            data.name += "f"  # Wagtail knows the format by this ending only
        try:
            file = super().to_python(data)
            if file is not None:
                self._decode(file)
        except BROKEN as error:
            raise ValidationError(
                _("This picture is damaged or cut short: export it again and upload it anew."),
                code="broken_picture",
            ) from error
        return file

    @staticmethod
    def _decode(file: Any) -> None:
        file.seek(0)
        # WeasyPrint, in a process that has loaded it, lets Pillow fill up what is missing.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        with Image.open(file) as picture:
            frames = getattr(picture, "n_frames", 1)
            pixels = frames * picture.width * picture.height
            if frames > MOST_FRAMES or pixels > MOST_PIXELS_IN_ALL:
                raise ValidationError(
                    _("This picture has too many frames: upload a still picture."),
                    code="too_many_frames",
                )
            for frame in ImageSequence.Iterator(picture):
                frame.load()
        file.seek(0)


class PictureForm(BaseImageForm):
    """The form by which pictures come in and are corrected."""

    file = WholePictureField(label=gettext_lazy("file"), widget=forms.FileInput())
