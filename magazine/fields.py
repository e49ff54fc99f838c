"""Fields that take what editors write: rich text that is sanitised, prices with a comma."""

from typing import Any

from django.db import models
from wagtail.fields import RichTextField

from magazine.sanitising import clean_html


class CleanRichTextField(RichTextField):
    """Rich text, cleaned on its way to the database and to revisions alike."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Return the cleaned text and leave it on the instance too."""
        value = clean_html(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, value)
        return value

    def value_from_object(self, obj: models.Model) -> Any:
        """Return the cleaned text that a revision keeps."""
        return clean_html(super().value_from_object(obj) or "")


class EurosField(models.DecimalField):
    """A price, written with a comma in French and a point in English."""

    def formfield(self, **kwargs: Any) -> Any:
        """Return a form field that reads numbers as the user's language writes them."""
        return super().formfield(**{"localize": True, **kwargs})
