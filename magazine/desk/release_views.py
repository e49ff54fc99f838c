"""Show what a release would do, and let the editor-in-chief release, schedule, or choose a text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Revision

from magazine.desk.access import may_release
from magazine.models import Issue, IssueEntry
from magazine.models.trash import is_trashed
from magazine.release import ReleaseError, choose_revision, release
from magazine.release_plan import Action, Plan, Step, dry_run, shown
from magazine.schedule import ScheduleError, house_moment, schedule, unschedule


class MomentForm(forms.Form):
    """The day and hour of a release, by the house's clock."""

    day = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    hour = forms.TimeField(
        label=gettext_lazy("Hour"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )

    def clean(self) -> dict[str, Any]:
        """Turn both into a moment. Refuses an hour that the clocks skip or show twice."""
        cleaned = super().clean()
        if "day" in cleaned and "hour" in cleaned:
            local = dt.datetime.combine(cleaned["day"], cleaned["hour"].replace(microsecond=0))
            try:
                cleaned["moment"] = house_moment(local)
            except ScheduleError as error:
                self.add_error("hour", str(error))
        return cleaned


@dataclass(frozen=True)
class Choice:
    """A text that may be released, and what is known of it."""

    revision: Revision
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """One article of the issue, as the release shows it."""

    step: Step
    verb: str
    choices: tuple[Choice, ...]


class ReleaseView(WagtailAdminTemplateMixin, TemplateView):
    """The release of one issue; unknown to those who may not release."""

    template_name = "magazine/desk/release/release.html"
    page_title = gettext_lazy("Release")
    header_icon = "upload"
    form: MomentForm | None = None

    def dispatch(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        """Find the issue. Raises Http404 for whoever may not release it."""
        issue = Issue.objects.filter(pk=pk).first() if may_release(request.user) else None
        if issue is None or is_trashed(issue):
            raise Http404
        self.issue = issue
        return super().dispatch(request, pk=pk, **kwargs)

    def get_page_subtitle(self) -> str:
        """Return which issue it is about."""
        return self.issue.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page, by the issue's own."""
        return [
            *super().get_breadcrumbs_items(),
            {
                "url": reverse("wagtailadmin_pages:edit", args=[self.issue.pk]),
                "label": self.issue.get_admin_display_title(),
            },
            {"url": "", "label": self.page_title},
        ]

    @cached_property
    def plan(self) -> Plan:
        """The release as it would be now."""
        return dry_run(self.issue, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        out = self.issue.was_released
        scheduled = self.issue.scheduled_revision
        form = self.form or MomentForm(initial=self._usual_moment())
        return super().get_context_data(
            issue=self.issue,
            out=out,
            plan=None if out else self.plan,
            rows=[] if out else [_row(step) for step in self.plan.steps],
            scheduled_at=scheduled.approved_go_live_at if scheduled else None,
            form=form,
            board=reverse("wagtailadmin_pages:edit", args=[self.issue.pk]),
            **kwargs,
        )

    def _usual_moment(self) -> dict[str, Any]:
        day = self.issue.on_sale_date
        if day is None or day <= timezone.localdate():
            day = timezone.localdate() + dt.timedelta(days=1)
        return {"day": day, "hour": dt.time(7, 0)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the button says; whatever is refused is said on the same page."""
        verbs = {
            "release": self._release,
            "schedule": self._schedule,
            "unschedule": self._unschedule,
            "choose": self._choose,
        }
        verb = verbs.get(request.POST.get("verb", ""))
        if verb is None:
            raise Http404
        try:
            sentence = verb(request)
        except ReleaseError as error:
            messages.error(request, error.args[0])
            return self.render_to_response(self.get_context_data())
        except ScheduleError as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data())
        if sentence is None:
            return self.render_to_response(self.get_context_data())
        messages.success(request, sentence)
        return redirect("release_issue", self.issue.pk)

    def _release(self, request: HttpRequest) -> str:
        if not request.POST.get("confirmed"):
            raise ReleaseError(_("Tick the box first: a release can’t be taken back unseen."))
        done = release(self.issue, by=request.user, expected=request.POST.get("expected", ""))
        return ngettext(
            "Issue %(number)s is out, with %(count)d article.",
            "Issue %(number)s is out, with %(count)d articles.",
            len(done.published) + len(done.kept),
        ) % {"number": self.issue.number, "count": len(done.published) + len(done.kept)}

    def _schedule(self, request: HttpRequest) -> str | None:
        self.form = MomentForm(request.POST)
        if not self.form.is_valid():
            messages.error(request, _("The issue isn’t scheduled: see the day and the hour."))
            return None
        at = self.form.cleaned_data["moment"]
        schedule(self.issue, at, request.user)
        return _("Issue %(number)s goes live on %(moment)s, if nothing holds it back then.") % {
            "number": self.issue.number,
            "moment": shown(at),
        }

    def _unschedule(self, request: HttpRequest) -> str:
        unschedule(self.issue, request.user)
        return _("The schedule of issue %(number)s is taken back.") % {"number": self.issue.number}

    def _choose(self, request: HttpRequest) -> str:
        entry = _posted(IssueEntry.objects.filter(issue=self.issue), request.POST.get("entry"))
        texts = Revision.page_revisions.filter(object_id=str(entry.article_id))
        revision = _posted(texts, request.POST.get("revision"))
        choose_revision(entry, revision, request.user)
        return _("“%(title)s” goes live with the text of %(moment)s.") % {
            "title": entry.article.draft_title,
            "moment": shown(revision.created_at),
        }


def _posted(rows: Any, pk: str | None) -> Any:
    """Return the row that a form names. Raises Http404."""
    is_number = bool(pk) and pk.isascii() and pk.isdecimal() and len(pk) < 19
    found = rows.filter(pk=int(pk)).first() if is_number else None
    if found is None:
        raise Http404
    return found


VERBS = {
    Action.PUBLISH: gettext_lazy("goes live"),
    Action.KEEP: gettext_lazy("is live already, stays as it is"),
    Action.NONE: gettext_lazy("has no text yet"),
}


def _row(step: Step) -> Row:
    return Row(step, str(VERBS[step.action]), tuple(_choices(step)))


def _choices(step: Step) -> Iterator[Choice]:
    """Offer each text that stands out, with all that it is, the newest first."""
    article, entry = step.article, step.entry
    names: dict[int, list[str]] = {}
    for revision_id, name in (
        (article.latest_revision_id, pgettext("of a text", "newest")),
        (entry.release_revision_id, pgettext("of a text", "chosen")),
        (entry.printed_revision_id, pgettext("of a text", "printed")),
        (article.live_revision_id, pgettext("of a text", "live")),
    ):
        if revision_id:
            names.setdefault(revision_id, []).append(name)
    for revision in Revision.objects.filter(pk__in=names).order_by("-created_at", "-pk"):
        known = ", ".join(names[revision.pk])
        label = _("%(moment)s: %(known)s") % {"moment": shown(revision.created_at), "known": known}
        chosen = step.revision is not None and revision.pk == step.revision.pk
        yield Choice(revision, label, chosen)
