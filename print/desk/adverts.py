"""Keep adverts: examined when they come in, listed with where they are placed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from magazine.sending import send
from print.adverts import AdvertRefusedError, receive, thumbnail
from print.desk.access import PressMixin
from print.desk.file_views import KEPT_PICTURE, PRIVATE
from print.desk.profiles import RefusingDeleteView
from print.models import Advert, Edition, Placement, PressProfile
from print.pictures import PictureError
from print.profile_rules import space_mm


class AdvertForm(WagtailAdminModelForm):
    """An advert whose file fits its space and its press."""

    examined: Advert | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].queryset = PressProfile.objects.printed()

    def clean_profile(self) -> PressProfile:
        """Return the profile. Raises ValidationError where the advert is placed on another."""
        profile = self.cleaned_data["profile"]
        others = placed_in(self.instance).exclude(profile=profile) if self.instance.pk else []
        if others:
            raise ValidationError(
                _("It is placed in %(editions)s: take it away there first.")
                % {"editions": _listed(others)}
            )
        return profile

    def clean(self) -> dict[str, Any]:
        """Examine the file anew where it, its space or its press has changed."""
        data = super().clean()
        examined = {"file", "profile", "space"}
        file = data.get("file")
        if examined <= set(data) and file and examined & set(self.changed_data):
            advert = Advert(profile=data["profile"], space=data["space"])
            try:
                receive(advert, file)
            except AdvertRefusedError as error:
                self.add_error("file", list(error.reasons))
            except OSError:
                self.add_error("file", _("The file is gone: upload it again."))
            else:
                self.examined = advert
        return data

    def save(self, commit: bool = True) -> Advert:
        """Save it with what was found."""
        if self.examined:
            self.instance.sha256 = self.examined.sha256
            self.instance.report = self.examined.report
        return super().save(commit)


class SpacesPanel(Panel):
    """The size of each space on each press profile."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one advert."""

        template_name = "print/desk/spaces.html"

        class Media:
            css: ClassVar = {"all": ["print/desk/press.css"]}

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Add a row for each profile of paper."""
            return super().get_context_data(parent_context) | {
                "spaces": Advert.Space.choices,
                "profiles": [
                    (profile, [_size(space, profile) for space in Advert.Space.values])
                    for profile in PressProfile.objects.printed()
                ],
            }


class KeptFilePanel(Panel):
    """The file that is kept: its picture, what preflight found, where it is placed."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one advert."""

        template_name = "print/desk/kept_advert.html"

        class Media:
            css: ClassVar = {"all": ["print/desk/press.css"]}

        def is_shown(self) -> bool:
            """Whether there is a saved advert to tell of."""
            return self.instance.pk is not None

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Add what is kept."""
            saved = Advert.objects.get(pk=self.instance.pk)
            return super().get_context_data(parent_context) | {
                "advert": saved,
                "verdict": verdict_on(saved),
                "editions": list(placed_in(saved)),
            }


class AdvertIndexView(generic.IndexView):
    """The list, with where each advert is placed, in a fixed number of questions."""

    def get_base_queryset(self) -> QuerySet[Advert]:
        """Return the adverts with what their columns name."""
        return (
            super()
            .get_base_queryset()
            .select_related("profile")
            .prefetch_related("placements__edition__issue", "placements__edition__profile")
        )


class AdvertDeleteView(RefusingDeleteView):
    """Keeps an advert that is placed."""

    def refusal(self) -> str:
        """Name the editions it is placed in."""
        editions = placed_in(self.object)
        if not editions:
            return ""
        return _("“%(advert)s” stays, since it is placed in %(editions)s.") % {
            "advert": self.object,
            "editions": _listed(editions),
        }


class AdvertViewSet(ModelViewSet):
    """The list of adverts and their forms."""

    model = Advert
    name = "advert"
    url_prefix = "presse/publicites"
    icon = "image"
    menu_label = gettext_lazy("Adverts")
    list_display = [
        "__str__",
        Column("space", label=gettext_lazy("Space"), accessor="get_space_display"),
        Column("profile", label=gettext_lazy("Press profile")),
        Column("verdict", label=gettext_lazy("Preflight"), accessor=lambda it: verdict_on(it)),
        Column("placed", label=gettext_lazy("Placed in"), accessor=lambda it: _listed_of(it)),
    ]
    list_filter = ["profile", "space"]
    search_fields = ["title", "advertiser"]
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = AdvertIndexView
    delete_view_class = AdvertDeleteView
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldPanel("advertiser"),
                FieldPanel("alt_text"),
            ],
            heading=gettext_lazy("What it is"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("profile"),
                FieldPanel("space"),
                FieldPanel(
                    "file",
                    widget=forms.FileInput,
                    help_text=gettext_lazy(
                        "PDF of one page, or a picture. It is printed as it is: what the printer "
                        "would refuse is refused here, with its reasons."
                    ),
                ),
                SpacesPanel(),
            ],
            heading=gettext_lazy("Its space and its file"),
        ),
        KeptFilePanel(heading=gettext_lazy("The file that is kept")),
    ]

    def get_edit_handler(self) -> Any:
        """Have the form examine what is uploaded."""
        handler = super().get_edit_handler()
        handler.base_form_class = AdvertForm
        return handler

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the file and its picture, for those who may see the press."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/fichier/", AdvertFileView.as_view(), name="file"),
            path("<int:pk>/apercu.jpg", AdvertPictureView.as_view(), name="picture"),
        ]


@dataclass(frozen=True)
class StoredAdvert:
    """An advert's file as it is sent."""

    name: str
    sha256: str
    size: int
    download_name: str


class AdvertFileView(PressMixin, View):
    """The file as it was supplied."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send it. Raises Http404 where it is gone."""
        advert = get_object_or_404(Advert, pk=pk)
        suffix = advert.file.name.rpartition(".")[2].lower()
        try:
            size = advert.file.size
        except OSError as error:
            raise Http404 from error
        name = f"{slugify(str(advert)) or 'advert'}.{suffix}"
        response = send(request, StoredAdvert(advert.file.name, advert.sha256, size, name))
        for header, value in PRIVATE.items():
            response[header] = value
        return response


class AdvertPictureView(PressMixin, View):
    """A small picture of it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer with it. Raises Http404 where it can't be drawn."""
        try:
            kept = thumbnail(get_object_or_404(Advert, pk=pk))
        except PictureError as error:
            raise Http404 from error
        return FileResponse(kept.open("rb"), content_type="image/jpeg", headers=KEPT_PICTURE)


def placed_in(advert: Advert) -> QuerySet[Edition]:
    """Return the editions that an advert is placed in."""
    placed = Placement.objects.filter(advert=advert).values("edition")
    return Edition.objects.filter(pk__in=placed).select_related("issue", "profile")


def verdict_on(advert: Advert) -> str:
    """Return in words what preflight found when the advert came in."""
    warnings = advert.report.get("warnings", 0)
    if not warnings:
        return _("passes")
    return ngettext("passes, %(count)s warning", "passes, %(count)s warnings", warnings) % {
        "count": warnings
    }


def _size(space: str, profile: PressProfile) -> str:
    _left, _top, width, height = space_mm(space, profile)
    size = _("%(width)s × %(height)s mm") % {"width": f"{width:.0f}", "height": f"{height:.0f}"}
    if space != Advert.Space.FULL or not profile.bleed_mm:
        return size
    return _("%(size)s, and %(bleed)s mm of bleed on each side") % {
        "size": size,
        "bleed": profile.bleed_mm,
    }


def _listed(editions: Iterable[Edition]) -> str:
    return ", ".join(f"“{each}”" for each in editions)


def _listed_of(advert: Advert) -> str:
    editions = {each.edition_id: str(each.edition) for each in advert.placements.all()}
    return ", ".join(editions.values()) or "—"
