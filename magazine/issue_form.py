"""Take an issue's price as the editor writes it: with a comma in French, a point in English."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class IssueForm(WagtailAdminPageForm):
    """The form of an issue."""

    price = forms.DecimalField(
        label=_("price in euros"), required=False, localize=True, max_digits=6, decimal_places=2
    )
