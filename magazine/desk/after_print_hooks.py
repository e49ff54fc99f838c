"""Tell editors that an article was printed, what changed since, and let them correct it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from magazine.after_print import SincePrint, since_print
from magazine.desk.article_viewset import register_side_panel
from magazine.desk.corrections import CorrectionsView, EditCorrectionView, may_correct
from magazine.models import Article


@hooks.register("register_admin_urls")
def correction_urls() -> list[URLPattern]:
    """Give corrections their addresses."""
    return [
        path(
            "articles/<int:pk>/rectificatifs/",
            CorrectionsView.as_view(),
            name="corrections",
        ),
        path(
            "articles/<int:pk>/rectificatifs/<int:correction>/",
            EditCorrectionView.as_view(),
            name="correction",
        ),
    ]


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    """Name what the history says."""
    for action, label, done in (
        ("correct", gettext_lazy("Correct"), gettext_lazy("Correction published")),
        ("reword_correction", gettext_lazy("Reword"), gettext_lazy("Correction reworded")),
        ("withdraw_correction", gettext_lazy("Withdraw"), gettext_lazy("Correction withdrawn")),
    ):
        actions.register_action(f"magazine.{action}", label, done)


@hooks.register("before_edit_page")
def tell_of_changes_since_print(request: HttpRequest, page: Page) -> None:
    """Say above the text that it isn't what paper shows any more."""
    if request.method != "GET" or not isinstance(page, Article):
        return
    since = since_print([page]).get(page.pk)
    if since is None or not since.differs:
        return
    buttons = [messages.button(since.difference, _("See what changed"))]
    if since.live_differs and may_correct(request.user, page):
        correct = reverse("corrections", args=[page.pk])
        buttons.append(messages.button(correct, _("Tell readers of it")))
    messages.info(request, sentence_of(since), buttons=buttons)


def sentence_of(since: SincePrint) -> str:
    """Return how an article stands to what was printed, in one sentence."""
    number = {"number": since.entry.issue.number, "folios": since.entry.folios}
    if since.live_differs:
        return (
            _("Changed since no. %(number)s (%(folios)s): readers of the site see another text.")
            % number
        )
    return _("Changed since no. %(number)s (%(folios)s): this draft differs from it.") % number


@register_side_panel
class AfterPrintPanel(BaseSidePanel):
    """What an issue printed of the article, and the corrections that readers were told."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("After print")
        icon_name = "doc-full"
        has_counter = False

    name = "after-print"
    title = gettext_lazy("After print")
    template_name = "magazine/desk/release/after_print.html"
    order = 460

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return what the panel shows."""
        context = super().get_context_data(parent_context)
        article = self.object
        since = since_print([article]).get(article.pk) if article.pk else None
        context["since"] = since
        context["sentence"] = sentence_of(since) if since and since.differs else ""
        context["corrections"] = list(article.corrections.select_related("printed_in"))
        context["may_correct"] = article.live and may_correct(self.request.user, article)
        return context
