"""Show one letter as readers will get it; try it, send it, see how far it is, stop it."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from typing import Any

from django.core.mail import get_connection
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from magazine.letter_mail import LetterMail
from magazine.letter_sending import SERVER_SECONDS, told
from magazine.letters import MAY_SEND, LetterError, go_on, renew_contents, send, stop
from magazine.models import Letter, LetterDelivery, Subscriber
from magazine.previews import keep_private

MAY_WRITE = "magazine.change_letter"
MAY_SEE_READERS = "magazine.view_subscriber"
SCHEMES = {"clair": "light", "nuit": "dark"}
SHOWN_FAILURES = 50
Delivered = LetterDelivery.State


@dataclass(frozen=True)
class Progress:
    """How far a letter is, in numbers of mails."""

    total: int
    sent: int
    failed: int
    doubtful: int

    @property
    def open(self) -> int:
        """Return how many still wait."""
        return self.total - self.sent - self.failed - self.doubtful


def progress_of(letter: Letter) -> Progress:
    """Count a letter's deliveries, in one question."""
    rows = letter.deliveries.order_by().values_list("state").annotate(Count("pk"))
    by_state = dict(rows)
    return Progress(
        total=sum(by_state.values()),
        sent=by_state.get(Delivered.SENT, 0),
        failed=by_state.get(Delivered.FAILED, 0),
        doubtful=by_state.get(Delivered.DOUBTFUL, 0),
    )


class LetterMixin:
    """Views of one letter; unknown to those who may not write any."""

    letter: Letter

    def dispatch(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        """Find the letter. Raises Http404."""
        if not request.user.has_perm(MAY_WRITE):
            raise Http404
        self.letter = get_object_or_404(Letter.objects.select_related("issue", "by"), pk=pk)
        return keep_private(super().dispatch(request, **kwargs))


class LetterFrameView(LetterMixin, View):
    """The letter alone, as a mail program shows it; `?fond=nuit` as in the dark."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with its HTML; nothing in it may run."""
        scheme = SCHEMES.get(request.GET.get("fond", ""), "light")
        response = HttpResponse(LetterMail(self.letter).html(scheme))
        response["Content-Security-Policy"] = "script-src 'none'; form-action 'none'"
        return response


class LetterSheetView(LetterMixin, WagtailAdminTemplateMixin, TemplateView):
    """The sheet of a letter: its preview, and what can be done with it."""

    template_name = "magazine/desk/letters/sheet.html"
    page_title = gettext_lazy("Letter")
    header_icon = "mail"

    def get_page_subtitle(self) -> str:
        """Return which letter it is."""
        return self.letter.subject

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("letter:index"), "label": _("Letters")},
            {"url": "", "label": self.letter.subject},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        letter, user = self.letter, self.request.user
        progress = progress_of(letter)
        mail = LetterMail(letter)
        troubled = letter.deliveries.filter(state__in=[Delivered.FAILED, Delivered.DOUBTFUL])
        return super().get_context_data(
            letter=letter,
            mail=mail,
            views=self._views(),
            scheme=self.request.GET.get("fond", "clair"),
            progress=progress,
            troubled=troubled.select_related("subscriber").order_by("-at")[:SHOWN_FAILURES],
            readers=Subscriber.objects.confirmed().count(),
            may_send=user.has_perm(MAY_SEND),
            may_see_readers=user.has_perm(MAY_SEE_READERS),
            **kwargs,
        )

    def _views(self) -> list[dict[str, Any]]:
        asked = (self.request.GET.get("vue", "large"), self.request.GET.get("fond", "clair"))
        offered = [
            (("large", "clair"), _("Wide")),
            (("etroite", "clair"), _("Telephone")),
            (("large", "nuit"), _("Wide, dark")),
            (("etroite", "nuit"), _("Telephone, dark")),
            (("texte", "clair"), _("Plain text")),
        ]
        chosen = asked if asked in dict(offered) else offered[0][0]
        return [
            {
                "view": view,
                "scheme": scheme,
                "label": label,
                "address": f"?vue={view}&fond={scheme}#apercu",
                "is_chosen": (view, scheme) == chosen,
            }
            for (view, scheme), label in offered
        ]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do what the button says; a refusal is said on the same page."""
        verbs = {
            "test": self._test,
            "renew": self._renew,
            "send": self._send,
            "stop": self._stop,
            "go_on": self._go_on,
        }
        name = request.POST.get("verb", "")
        if name not in verbs or (
            name in {"send", "stop", "go_on"} and not request.user.has_perm(MAY_SEND)
        ):
            raise Http404
        try:
            messages.success(request, verbs[name](request))
        except LetterError as error:
            messages.error(request, str(error))
        return redirect("letter:sheet", self.letter.pk)

    def _test(self, request: HttpRequest) -> str:
        if not request.user.email:
            raise LetterError(_("Your account has no mail address: enter one in your profile."))
        message = LetterMail(self.letter).to_try(request.user.email)
        message.connection = get_connection(timeout=SERVER_SECONDS)
        try:
            message.send()
        except (OSError, smtplib.SMTPException) as error:
            raise LetterError(
                _("The mail server refused it: %(error)s") % {"error": told(error)}
            ) from error
        return _("A try is on its way to %(mail)s.") % {"mail": request.user.email}

    def _renew(self, request: HttpRequest) -> str:
        renew_contents(self.letter, request.user)
        return _("The letter shows the issue’s articles as they stand now.")

    def _send(self, request: HttpRequest) -> str:
        if not request.POST.get("confirmed"):
            raise LetterError(_("Tick the box first: what is sent can’t be called back."))
        readers = send(self.letter, request.user)
        return ngettext(
            "The letter is on its way to %(count)d reader.",
            "The letter is on its way to %(count)d readers.",
            readers,
        ) % {"count": readers}

    def _stop(self, request: HttpRequest) -> str:
        stop(self.letter, request.user)
        return _("The letter is stopped. A mail that was being handed over still goes out.")

    def _go_on(self, request: HttpRequest) -> str:
        go_on(self.letter, request.user)
        return _("The letter goes on, with those who wait for it.")
