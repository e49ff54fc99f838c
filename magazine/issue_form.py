"""Take an issue’s price with a comma in French; refuse the number of an older issue."""

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class IssueForm(WagtailAdminPageForm):
    """The form of an issue."""

    price = forms.DecimalField(
        label=_("price in euros"), required=False, localize=True, max_digits=6, decimal_places=2
    )

    def clean_number(self) -> int | None:
        """Return the number. Raises ValidationError where an older issue has it."""
        number = self.cleaned_data["number"]
        older = apps.get_model("magazine", "PastIssue").objects
        if number is not None and older.filter(number=number).exists():
            raise ValidationError(gettext("An older issue has this number already."))
        return number
