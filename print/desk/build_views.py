"""Order a proof or the final file of an edition, and call it off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from print import jobs
from print.desk.access import BUILD, EditionMixin
from print.jobs import JobError


class BuildView(EditionMixin, View):
    """Order a file; one that is being made already stays the only one."""

    permission = BUILD

    def post(self, request: HttpRequest) -> HttpResponse:
        """Order it, and show how far it is."""
        try:
            jobs.ask_for(self.edition, request.user, final="final" in request.POST)
        except JobError as error:
            messages.error(request, str(error))
        return redirect(_address(self.edition.pk))


class CallOffView(EditionMixin, View):
    """Call off what is being made."""

    permission = BUILD

    def post(self, request: HttpRequest) -> HttpResponse:
        """Call it off, or say that there was nothing left to."""
        job = self.edition.builds.open().first()
        if job is None or not jobs.call_off(job, request.user):
            messages.warning(request, _("There is nothing to call off any more."))
        return redirect(_address(self.edition.pk))


def _address(pk: int) -> str:
    return reverse("press:edition", args=[pk]) + "#press-build"
