"""Say in the editors' words what is wrong with their choice of articles."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class HomeForm(WagtailAdminPageForm):
    """The form of the home page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.formsets["choices"].get_unique_error_message = _chosen_twice


def _chosen_twice(fields: tuple[str, ...]) -> str:
    return _("An article is chosen twice.")
