"""Show who takes the letter to those who may know; add by hand, erase, take the list out."""

from __future__ import annotations

import csv
import io
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from magazine.desk.board_csv import FORMULA
from magazine.models import Subscriber
from magazine.previews import keep_private
from magazine.subscribing import SubscribingError, add_by_hand, erase

SEE = "magazine.view_subscriber"
ADD = "magazine.add_subscriber"
ERASE = "magazine.delete_subscriber"
ON_A_LEAF = 50
State = Subscriber.State


class SubscriberMixin(WagtailAdminTemplateMixin):
    """Views of readers' addresses: unknown to those without the permission, kept by no cache."""

    permission = SEE
    page_title = gettext_lazy("Subscribers")
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in those who may. Raises Http404."""
        if not request.user.has_perm(self.permission):
            raise Http404
        return keep_private(super().dispatch(request, *args, **kwargs))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        index = {"url": reverse("subscriber:index"), "label": _("Subscribers")}
        return [*super().get_breadcrumbs_items(), index, {"url": "", "label": self.page_title}]


class SubscriberIndexView(SubscriberMixin, TemplateView):
    """The list, by part of an address and by state."""

    template_name = "magazine/desk/letters/subscribers.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        return super().get_breadcrumbs_items()[:-2] + [{"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        asked = self.request.GET
        words = asked.get("q", "").replace("\x00", "").strip()[:254]
        state = asked.get("etat", "") if asked.get("etat") in State.values else ""
        rows = Subscriber.objects.with_mail().select_related("added_by")
        if state:
            rows = Subscriber.objects.filter(state=state).select_related("added_by")
        if words:
            rows = rows.filter(mail__icontains=words)
        counts = dict(Subscriber.objects.order_by().values_list("state").annotate(Count("pk")))
        return super().get_context_data(
            leaf=Paginator(rows, ON_A_LEAF).get_page(asked.get("p")),
            words=words,
            state=state,
            states=[(value, label, counts.get(value, 0)) for value, label in State.choices],
            may_add=self.request.user.has_perm(ADD),
            may_erase=self.request.user.has_perm(ERASE),
            **kwargs,
        )


class AddForm(forms.Form):
    """An address, and how its owner agreed."""

    mail = forms.CharField(
        label=gettext_lazy("Mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=gettext_lazy("How and when they agreed"),
        max_length=240,
        help_text=gettext_lazy(
            "Such as: list at the counter of the fair in Rennes, 12 November 2026. "
            "Without such a trace the law forbids to write to them."
        ),
    )


class SubscriberAddView(SubscriberMixin, TemplateView):
    """Take in somebody who agreed elsewhere; they are told by mail."""

    permission = ADD
    template_name = "magazine/desk/letters/add.html"
    page_title = gettext_lazy("Add by hand")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        return super().get_context_data(**{"form": AddForm()} | kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add them, or say why not."""
        form = AddForm(request.POST)
        if form.is_valid():
            try:
                added = add_by_hand(
                    form.cleaned_data["mail"], form.cleaned_data["note"], request.user
                )
            except SubscribingError as error:
                form.add_error("mail", str(error))
            else:
                messages.success(
                    request,
                    _("%(mail)s gets the letter from now on, and is told so.")
                    % {"mail": added.mail},
                )
                return redirect("subscriber:index")
        return self.render_to_response(self.get_context_data(form=form))


class SubscriberEraseView(SubscriberMixin, TemplateView):
    """Ask once more, then erase all that is kept of somebody."""

    permission = ERASE
    template_name = "magazine/desk/letters/erase.html"
    page_title = gettext_lazy("Erase")
    header_icon = "bin"

    def dispatch(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        """Find who it is. Raises Http404."""
        if not request.user.has_perm(self.permission):
            raise Http404
        self.subscriber = get_object_or_404(Subscriber, pk=pk)
        return super().dispatch(request, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        return super().get_context_data(subscriber=self.subscriber, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Erase them."""
        erase(self.subscriber, request.user)
        messages.success(request, _("Nothing is kept of them any more."))
        return redirect("subscriber:index")


class SubscriberExportView(SubscriberMixin, View):
    """The confirmed addresses as a CSV file; who took it out is noted."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the file."""
        log(instance=Subscriber(pk=0), action="magazine.export_subscribers", user=request.user)
        response = HttpResponse(written(), content_type="text/csv; charset=utf-8")
        name = f"lettre-{timezone.localdate():%Y-%m-%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def written() -> bytes:
    """Return the confirmed addresses with the trace of their agreement, as CSV."""
    in_french = translation.get_language().startswith("fr")
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";" if in_french else ",")
    writer.writerow(
        [_("Mail address"), _("Confirmed on"), _("Version of the consent"), _("How they agreed")]
    )
    for subscriber in Subscriber.objects.confirmed().order_by("pk"):
        day = timezone.localtime(subscriber.confirmed_at).date().isoformat()
        row = [subscriber.mail, day, subscriber.consent, subscriber.note]
        writer.writerow([f"'{each}" if each.startswith(FORMULA) else each for each in row])
    return file.getvalue().encode("utf-8-sig")


class SubscribersMenuItem(MenuItem):
    """The way to the list, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user may see readers' addresses."""
        return request.user.has_perm(SEE)


class SubscriberViewSet(ViewSet):
    """Who takes the letter."""

    name = "subscriber"
    url_prefix = "abonnes"
    icon = "group"
    menu_label = gettext_lazy("Subscribers")
    menu_item_class = SubscribersMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        return [
            path("", SubscriberIndexView.as_view(), name="index"),
            path("ajouter/", SubscriberAddView.as_view(), name="add"),
            path("liste.csv", SubscriberExportView.as_view(), name="export"),
            path("<int:pk>/effacer/", SubscriberEraseView.as_view(), name="erase"),
        ]
