"""Keep press profiles: what each printer wants, and what was found in its ICC profile."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, Panel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from print.builds import in_words
from print.models import Edition, PressProfile
from print.output_profile import IccError, ink_limit, read_output_profile


class ExaminedPanel(Panel):
    """What the ICC profile says of itself, and what was measured in it."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one press profile."""

        template_name = "print/desk/examined_icc.html"

        class Media:
            css: ClassVar = {"all": ["print/desk/press.css"]}

        def is_shown(self) -> bool:
            """Whether there is a saved profile to tell of."""
            return self.instance.pk is not None and not self.instance.is_digital

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Add what was found, or why nothing could be."""
            context = super().get_context_data(parent_context)
            # The form may hold an upload that was refused: what is saved is what counts.
            saved = PressProfile.objects.get(pk=self.instance.pk)
            try:
                icc = read_output_profile(Path(saved.icc_path))
            except (IccError, NotImplementedError) as error:
                problem = in_words(error) if isinstance(error, IccError) else str(error)
                return context | {"problem": problem}
            return context | {
                "icc": icc,
                "device": icc.data[12:16].decode("latin-1"),
                "space": icc.data[16:20].decode("latin-1").strip(),
                "measured": round(ink_limit(icc)),
                "allowed": saved.ink_limit,
            }


class RefusingDeleteView(generic.DeleteView):
    """Deletes nothing that is in use: says where instead."""

    def refusal(self) -> str:
        """Return why it can't be deleted, "" where it can."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask, or say why not."""
        return self._refused() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Delete it, or say why not."""
        try:
            return self._refused() or super().post(request, *args, **kwargs)
        except ProtectedError:
            return self._refused() or redirect(self.index_url_name)

    def _refused(self) -> HttpResponse | None:
        reason = self.refusal()
        if not reason:
            return None
        messages.error(self.request, reason)
        return redirect(self.edit_url_name, self.object.pk)


class ProfileDeleteView(RefusingDeleteView):
    """Keeps a press profile that has editions or adverts."""

    def refusal(self) -> str:
        """Name its editions and adverts."""
        editions = Edition.objects.filter(profile=self.object).select_related("issue", "profile")
        users = [*editions, *self.object.adverts.all()]
        if not users:
            return ""
        return _("“%(profile)s” is in use and stays: %(users)s.") % {
            "profile": self.object,
            "users": ", ".join(str(each) for each in users),
        }


class ProfileCopyView(generic.CopyView):
    """A copy to be named anew: name and code are each profile's own."""

    def get_initial_form_instance(self) -> PressProfile:
        """Return the profile without what must not be twice."""
        copy = super().get_initial_form_instance()
        copy.pk, copy.slug = None, ""
        copy.name = _("%(name)s (copy)") % {"name": copy.name}
        return copy


class PressProfileViewSet(ModelViewSet):
    """The list of press profiles and their forms."""

    model = PressProfile
    name = "press_profile"
    url_prefix = "presse/profils"
    icon = "cog"
    menu_label = gettext_lazy("Press profiles")
    list_display = ["name", "slug", "variant", "inks", "binding"]
    search_fields = ["name", "slug"]
    add_to_reference_index = False
    copy_view_class = ProfileCopyView
    delete_view_class = ProfileDeleteView
    panels = [
        MultiFieldPanel(
            [
                HelpPanel(
                    gettext_lazy(
                        "Copy the ready-made profile that comes nearest, then change what your "
                        "printer wants otherwise. A change holds from the next proof on; files "
                        "that are made stay as they are."
                    )
                ),
                FieldPanel("name"),
                FieldPanel("slug"),
                FieldPanel("variant"),
            ],
            heading=gettext_lazy("What it is"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("trim_width_mm"), FieldPanel("trim_height_mm")]),
                FieldRowPanel([FieldPanel("bleed_mm"), FieldPanel("safety_mm")]),
                FieldRowPanel([FieldPanel("columns"), FieldPanel("marks")]),
            ],
            heading=gettext_lazy("Sheet and marks"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("binding"), FieldPanel("caliper_mm")]),
                FieldPanel("cover"),
                FieldRowPanel(
                    [
                        FieldPanel("extent_multiple"),
                        FieldPanel("least_extent"),
                        FieldPanel("most_extent"),
                    ]
                ),
            ],
            heading=gettext_lazy("Binding and extent"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("inks"),
                FieldRowPanel([FieldPanel("dark_spot"), FieldPanel("dark_spot_colour")]),
                FieldRowPanel([FieldPanel("bright_spot"), FieldPanel("bright_spot_colour")]),
                FieldPanel("ink_limit"),
            ],
            heading=gettext_lazy("Inks"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("paper"),
                FieldPanel("icc"),
                FieldRowPanel(
                    [FieldPanel("output_condition"), FieldPanel("output_condition_info")]
                ),
                ExaminedPanel(),
            ],
            heading=gettext_lazy("Printing condition"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("least_ppi"), FieldPanel("low_ppi"), FieldPanel("picture_ppi")]
                )
            ],
            heading=gettext_lazy("Resolution of pictures, in pixels per inch"),
        ),
    ]
