"""Show an article's length beside its text while it is typed, against what was planned."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static

from magazine.length import COUNTED, SIGNS_A_FEUILLET, WORDS_A_MINUTE


class LengthPanel(Panel):
    """Signs, feuillets and minutes; counted in the browser by the rules of `magazine.length`."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one article."""

        template_name = "magazine/desk/length_panel.html"

        @property
        def media(self) -> Media:
            """Return the script that counts."""
            return Media(
                js=[versioned_static("magazine/desk/length.js")],
                css={"all": [versioned_static("magazine/desk/length.css")]},
            )

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the rules and the words that the script needs."""
            context = super().get_context_data(parent_context)
            context["setup"] = {
                "counted": {name: list(fields) for name, fields in COUNTED.items()},
                "feuillet": SIGNS_A_FEUILLET,
                "minute": WORDS_A_MINUTE,
                "planned": self.planned_signs(),
                "words": {
                    "signs": [ngettext("sign", "signs", 1), ngettext("sign", "signs", 2)],
                    "feuillets": [
                        ngettext("feuillet", "feuillets", 1),
                        ngettext("feuillet", "feuillets", 2),
                    ],
                    "minutes": _("min"),
                    "planned": _("planned: %(signs)s"),
                    "over": _("%(signs)s too many"),
                    "under": _("%(signs)s to go"),
                    "met": _("just right"),
                    "notes": _("notes: %(signs)s"),
                },
            }
            return context

        def planned_signs(self) -> int | None:
            """Return the signs last planned for the article, None where nobody did."""
            if not self.instance.pk:
                return None
            pieces = self.instance.planned_pieces.exclude(planned_signs=None)
            return pieces.order_by("-pk").values_list("planned_signs", flat=True).first()
