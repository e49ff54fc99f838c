"""Change a planning board: add a row, move one, edit, commission, start, link and drop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from magazine import planning
from magazine.desk.board_access import BoardMixin, board_url
from magazine.desk.board_forms import LinkForm, PieceForm
from magazine.desk.board_views import board_context, breadcrumbs, issue_label
from magazine.models import Article, PlannedPiece
from magazine.planning import PlanningError

GONE = gettext_lazy("That row is no longer on this board.")


@dataclass(frozen=True)
class Told:
    """What a step tells afterwards, the row that it leads to, and the buttons that go with it."""

    said: str
    key: str = ""
    buttons: tuple[Any, ...] = ()


class AddView(BoardMixin, View):
    """Add a row by its title alone."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Plan it, and go back to where the next can be added."""
        try:
            piece = planning.plan_piece(request.POST.get("title", ""), self.issue)
        except PlanningError as error:
            messages.error(request, str(error))
            return redirect(f"{board_url(self.issue)}#board-title")
        messages.success(request, _("“%(title)s” is on the board.") % {"title": piece.title})
        return redirect(f"{board_url(self.issue)}#board-title")


class MoveView(BoardMixin, View):
    """Move a row: up or down by a button, or to where it was dragged."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer with the board, or to a script with its table alone; 409 if it had changed."""
        posted = request.POST
        key = posted.get("up") or posted.get("down") or posted.get("key", "")
        status, said = 200, ""
        try:
            said = self._move(key)
        except PlanningError as error:
            status, said = 409, str(error)
        if posted.get("partial"):
            context = board_context(request, self.issue)
            context |= {"said": said, "refused": status != 200}
            return render(request, "magazine/desk/board/table.html", context, status=status)
        (messages.success if status == 200 else messages.error)(request, said)
        return self.back(key)

    def _move(self, key: str) -> str:
        keys = planning.order_of(self.issue)
        if key not in keys:
            raise PlanningError(GONE)
        planning.move(
            self.issue,
            key,
            before=self._before(keys, key),
            seen=self.request.POST.get("seen", ""),
            by=self.request.user,
        )
        place = planning.order_of(self.issue).index(key) + 1
        return _("“%(title)s” now stands in place %(place)d of %(all)d.") % {
            "title": self._title(key),
            "place": place,
            "all": len(keys),
        }

    def _before(self, keys: list[str], key: str) -> str | None:
        posted, at = self.request.POST, keys.index(key)
        if "up" in posted:
            return keys[max(at - 1, 0)]
        if "down" in posted:
            return keys[at + 2] if at + 2 < len(keys) else None
        return posted.get("before") or None

    def _title(self, key: str) -> str:
        piece = self.piece_of(key)
        return piece.article.draft_title if piece.article else piece.title


class RowMixin(BoardMixin):
    """Views of one row."""

    key = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the row's key from the address."""
        self.key = kwargs.pop("key")
        return super().dispatch(request, *args, **kwargs)

    def saved_piece(self) -> PlannedPiece:
        """Return what is planned of the row, noted anew where nothing was. Raises Http404."""
        piece = self.piece_of(self.key)
        return piece if piece.pk else planning.plan_article(self.issue, piece.article)

    def attempt(self, step: Callable[[PlannedPiece], Told]) -> HttpResponse:
        """Take a step with the row's piece, all or nothing, and tell on the board how it went."""
        key = self.key
        try:
            with transaction.atomic():
                told = step(self.saved_piece())
        except PlanningError as error:
            messages.error(self.request, str(error))
        except Http404:
            messages.error(self.request, GONE)
        else:
            messages.success(self.request, told.said, buttons=list(told.buttons))
            key = told.key or key
        return self.back(key)


class CommissionView(RowMixin, View):
    """Note that the author was asked today."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Note it; nothing is sent."""
        return self.attempt(self._commission)

    def _commission(self, piece: PlannedPiece) -> Told:
        piece = planning.commission(piece, timezone.localdate())
        said = _("“%(title)s” is commissioned from %(author)s. Nothing was sent.")
        return Told(said % {"title": piece.title, "author": piece.author})


class StartView(RowMixin, View):
    """Make the draft that was planned."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make it, and offer to open it."""
        return self.attempt(self._start)

    def _start(self, piece: PlannedPiece) -> Told:
        article = planning.start_article(piece, self.request.user)
        address = reverse("wagtailadmin_pages:edit", args=[article.pk])
        return Told(
            _("The draft “%(title)s” is there.") % {"title": article.title},
            planning.key_of_article(article.pk) if self.issue else self.key,
            (messages.button(address, _("Open the article")),),
        )


class RowFormView(RowMixin, WagtailAdminTemplateMixin, FormView):
    """A form about one row."""

    template_name = "magazine/desk/board/row.html"
    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go back to a board that can only be read, and say so."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except PlanningError as error:
            messages.error(request, str(error))
            return self.back(self.key)

    @cached_property
    def piece(self) -> PlannedPiece:
        """Return the piece as it is now."""
        if self.issue:
            planning.refuse_released(self.issue)
        return self.piece_of(self.key)

    def get_page_subtitle(self) -> str:
        """Return which row it is."""
        return self.piece.article.draft_title if self.piece.article else self.piece.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        return breadcrumbs(super().get_breadcrumbs_items(), self.issue, self.get_page_subtitle())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        return super().get_context_data(
            piece=self.piece,
            issue=self.issue,
            is_in_contents=self.key.startswith("a"),
            row_key=self.key,
            number=self.issue.number if self.issue else None,
            board_url=board_url(self.issue, self.key),
            **kwargs,
        )


class EditView(RowFormView):
    """What is planned of a row, and on which board it stands."""

    page_title = gettext_lazy("What is planned")
    form_class = PieceForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Fill the form from the piece."""
        return {**super().get_form_kwargs(), "instance": self.piece}

    def form_valid(self, form: PieceForm) -> HttpResponse:
        """Save it and, where another issue was chosen, move it there."""
        return self.attempt(lambda piece: self._save(piece, form))

    def _save(self, piece: PlannedPiece, form: PieceForm) -> Told:
        piece = planning.revise(piece, form.planned)
        chosen = form.cleaned_data["issue"]
        facts = {"title": self.get_page_subtitle(), "board": issue_label(chosen)}
        if chosen == self.issue:
            return Told(_("“%(title)s” is saved.") % facts)
        planning.move_to_issue(piece, chosen, self.request.user)
        self.issue = chosen
        return Told(_("“%(title)s” now stands on the board “%(board)s”.") % facts)


class LinkView(RowFormView):
    """Choose the article that is what was planned."""

    template_name = "magazine/desk/board/link.html"
    page_title = gettext_lazy("Link an article")
    form_class = LinkForm

    def form_valid(self, form: LinkForm) -> HttpResponse:
        """Link it, in the place of the row."""
        return self.attempt(lambda piece: self._link(piece, form.cleaned_data["article"]))

    def _link(self, piece: PlannedPiece, article: Article) -> Told:
        planning.link_article(piece, article, self.request.user)
        facts = {"title": piece.title, "article": article.draft_title}
        return Told(
            _("“%(title)s” is now the article “%(article)s”.") % facts,
            planning.key_of_article(article.pk) if self.issue else self.key,
        )


class DropView(RowFormView):
    """Ask, then take a row off the board."""

    template_name = "magazine/desk/board/drop.html"
    page_title = gettext_lazy("Take off the board")
    form_class = forms.Form

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Take it off; its article stays."""
        title = self.get_page_subtitle()
        try:
            planning.drop(self.issue, self.key, self.request.user)
        except PlanningError as error:
            messages.error(self.request, str(error))
            return self.back(self.key)
        messages.success(self.request, _("“%(title)s” is off the board.") % {"title": title})
        return self.back()
