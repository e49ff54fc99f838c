"""Show an edition: its placements, its settings, the build under way, and its proofs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from print import arranging
from print.arranging import ArrangeError
from print.desk.access import ARRANGE, BUILD, EditionMixin
from print.desk.issue_views import breadcrumbs, edition_label
from print.desk.progress import Progress
from print.desk.rows import read_rows, stamp
from print.editions import EditionError, align_placements, choose_principal
from print.jobs import wake_if_overdue
from print.models import Advert, Edition, Placement

ICON = "doc-full"
CHANGED = gettext_lazy(
    "Somebody has changed this list since you loaded it. Nothing of yours was done; "
    "here it is as it stands now."
)


class EditionView(EditionMixin, WagtailAdminTemplateMixin, TemplateView):
    """One edition, as it stands."""

    template_name = "print/desk/edition.html"
    header_icon = ICON
    page_title = gettext_lazy("Edition")

    def get_page_subtitle(self) -> str:
        """Return which edition it is."""
        return str(self.edition)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        home = super().get_breadcrumbs_items()
        return breadcrumbs(home, self.edition.issue, edition_label(self.edition))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        job = self.edition.builds.select_related("press_file").first()
        if job and job.is_open:
            wake_if_overdue(job)
        proofs = list(self.edition.press_files.all())
        return super().get_context_data(
            **list_context(self.request, self.edition),
            progress=Progress(job) if job else None,
            earlier=proofs[1:],
            settings_form=SettingsForm(instance=self.edition),
            can_build=self.request.user.has_perm(BUILD),
            **kwargs,
        )


class SettingsForm(forms.ModelForm):
    """What an edition is told once."""

    class Meta:
        model = Edition
        fields = ("cover_design",)


class SettingsView(EditionMixin, View):
    """Choose the cover's design, or make an edition the principal one."""

    permission = ARRANGE

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save it; what can't be is said."""
        if "principal" in request.POST:
            self._choose(request)
            return redirect("press:issue", self.edition.issue.number)
        form = SettingsForm(request.POST, instance=self.edition)
        if form.is_valid():
            form.save()
            messages.success(request, _("The next proof has this cover."))
        else:
            messages.error(request, _("Choose one of the designs of the cover."))
        return redirect("press:edition", self.edition.pk)

    def _choose(self, request: HttpRequest) -> None:
        try:
            choose_principal(self.edition)
        except EditionError as error:
            messages.error(request, str(error))
            return
        messages.success(
            request,
            _("“%(edition)s” is the principal edition: readers will see its folios.")
            % {"edition": self.edition},
        )


class ArrangeView(EditionMixin, View):
    """Change the list of placements; a list that had changed is shown anew, and nothing done."""

    permission = ARRANGE

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer with the page, or to a script with its list alone; 409 where it was refused."""
        status = 200
        try:
            with transaction.atomic():
                said = self._arrange()
        except (ArrangeError, EditionError) as error:
            status, said = 409, str(error)
        if request.POST.get("partial"):
            context = list_context(request, self.edition)
            context |= {"said": said, "refused": status != 200}
            return render(request, "print/desk/placements.html", context, status=status)
        (messages.success if status == 200 else messages.error)(request, said)
        return redirect(reverse("press:edition", args=[self.edition.pk]) + "#press-placements")

    def _arrange(self) -> str:
        if self.edition.profile.is_digital:
            raise ArrangeError(_("The digital edition shows the pages of the printed one."))
        Edition.objects.select_for_update().get(pk=self.edition.pk)
        placements = align_placements(self.edition)
        if self.request.POST.get("seen") != stamp(placements):
            raise ArrangeError(str(CHANGED))
        for verb in VERBS:
            if verb in self.request.POST:
                return getattr(self, f"_{verb}")(placements, self.request.POST[verb])
        raise ArrangeError(_("Nothing was asked for."))

    def _up(self, placements: list[Placement], key: str) -> str:
        found = _found(placements, key)
        return self._moved(found, found.position - 1)

    def _down(self, placements: list[Placement], key: str) -> str:
        found = _found(placements, key)
        return self._moved(found, found.position + 1)

    def _drag(self, placements: list[Placement], key: str) -> str:
        found = _found(placements, key)
        before = self.request.POST.get("ahead", "")
        to = _found(placements, before).position if before else len(placements) + 1
        # What lies ahead closes up behind it.
        return self._moved(found, to - 1 if to > found.position else to)

    def _moved(self, placement: Placement, position: int) -> str:
        arranging.move(placement, position)
        placement.refresh_from_db(fields=["position"])
        return _("“%(title)s” now stands in place %(place)d of %(all)d.") % {
            "title": placement.title,
            "place": placement.position,
            "all": self.edition.placements.count(),
        }

    def _take_away(self, placements: list[Placement], key: str) -> str:
        found = _found(placements, key)
        arranging.take_away(found)
        return _("“%(title)s” is taken away.") % {"title": found.title}

    def _leave_out(self, placements: list[Placement], key: str) -> str:
        found = _found(placements, key)
        arranging.leave_out(found)
        return _("“%(title)s” is left out of this edition.") % {"title": found.title}

    def _take_in(self, placements: list[Placement], key: str) -> str:
        found = _found(placements, key)
        arranging.leave_out(found, False)
        return _("“%(title)s” is in this edition again.") % {"title": found.title}

    def _open_on(self, placements: list[Placement], key: str) -> str:
        found = _found(placements, key)
        arranging.open_on(found, self.request.POST.get(f"opens-{found.pk}", ""))
        found.refresh_from_db(fields=["opens"])
        return _("“%(title)s” opens: %(side)s.") % {
            "title": found.title,
            "side": found.get_opens_display(),
        }

    def _add_advert(self, placements: list[Placement], _value: str) -> str:
        wanted = self.request.POST.get("advert", "")
        adverts = adverts_for(self.edition)
        found = next((each for each in adverts if str(each.pk) == wanted), None)
        if found is None:
            raise ArrangeError(_("Choose an advert first."))
        arranging.add_advert(self.edition, found, self._chosen_place(placements))
        return _("“%(title)s” is placed.") % {"title": found}

    def _add_blank(self, placements: list[Placement], _value: str) -> str:
        arranging.add_blank(self.edition, self._chosen_place(placements))
        return _("A blank page is placed.")

    def _follow(self, placements: list[Placement], _value: str) -> str:
        arranging.follow_contents(self.edition)
        return _("The articles stand in the order of the issue’s contents again.")

    def _chosen_place(self, placements: list[Placement]) -> int:
        before = self.request.POST.get("before", "")
        return _found(placements, before).position if before else len(placements)


VERBS = (
    *("up", "down", "drag", "take_away", "leave_out", "take_in", "open_on"),
    *("add_advert", "add_blank", "follow"),
)


def list_context(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """Return what the list is made of, for the page and for what replaces a part of it."""
    printed = edition.printed
    try:
        placements, problem = align_placements(printed), ""
    except EditionError as error:
        placements, problem = [], str(error)
    last = edition.press_files.first()
    rows = read_rows(placements, last)
    kinds = [row.kind for row in last.printed.all()] if last else []
    return {
        "edition": edition,
        "printed": printed,
        "rows": rows,
        "problem": problem,
        "proof": last,
        "fillers": kinds.count(Placement.Kind.FILLER),
        "seen": stamp(placements),
        "sides": Placement.Opens.choices,
        "adverts": adverts_for(edition),
        "can_arrange": request.user.has_perm(ARRANGE)
        and bool(rows)
        and not edition.profile.is_digital,
    }


def adverts_for(edition: Edition) -> list[Advert]:
    """Return the adverts made for an edition's press profile."""
    return list(Advert.objects.filter(profile=edition.profile).select_related("profile"))


def _found(placements: list[Placement], key: str) -> Placement:
    for placement in placements:
        if str(placement.pk) == key:
            return placement
    raise ArrangeError(str(CHANGED))
