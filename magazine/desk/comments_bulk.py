"""Decide on many comments at once: show, refuse, call spam, erase."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from magazine.comments import CommentError, erase, mark_spam, refuse, show
from magazine.desk.comments import MODERATE
from magazine.models import Comment
from magazine.models.comments import CommentState


class CommentBulkAction(BulkAction):
    """What the four verbs share. Parents come first, so that their answers can be shown too."""

    models = [Comment]
    template_name = "magazine/desk/comments/bulk.html"
    warning = ""
    button_class = ""
    verb: Callable[[Comment, AbstractBaseUser], None]

    def __init__(self, request: HttpRequest, model: type[Comment]) -> None:
        super().__init__(request, model)
        if self.next_url == request.path:
            self.next_url = reverse("comments")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let moderators in. Raises Http404 for everybody else."""
        if not request.user.has_perm(MODERATE):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @classmethod
    def get_queryset(cls, model: type[Comment], object_ids: Sequence[Any]) -> list[Comment]:
        """Return the comments that were ticked. Raises Http404 where there is none."""
        numbers = [pk for pk in object_ids if str(pk).isdecimal() and len(str(pk)) < 19]
        found = Comment.objects.on_the_desk().filter(pk__in=numbers).select_related("article")
        comments = sorted(found, key=lambda each: (each.parent_id is not None, each.pk))
        if not comments:
            raise Http404
        return comments

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[int]:
        """Return what the list showed: its filters stand in the address."""
        states = [state for state in self.request.GET.getlist("state") if state]
        shown = Comment.objects.on_the_desk()
        if states:
            shown = shown.filter(state__in=states)
        article = self.request.GET.get("article", "")
        if article.isdecimal() and len(article) < 19:
            shown = shown.filter(article_id=int(article))
        return list(shown.values_list("pk", flat=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what is about to be done."""
        return super().get_context_data(**kwargs) | {
            "title": self.aria_label,
            "label": self.display_name,
            "warning": self.warning,
            "button_class": self.button_class,
        }

    def execute_action(
        self, objects: Sequence[Comment], user: AbstractBaseUser, **kwargs: Any
    ) -> tuple[int, int]:
        """Do it to each; what can't be done is said, and stops nothing else."""
        done = 0
        for comment in objects:
            try:
                type(self).verb(comment, user)
                done += 1
            except CommentError as error:
                messages.error(self.request, f"{comment.name} : {error}")
        return done, 0

    def get_execution_context(self) -> dict[str, Any]:
        """Say who decides."""
        return super().get_execution_context() | {"user": self.request.user}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Say how many it was."""
        if not num_parent_objects:
            return None
        said = ngettext(
            "%(number)d comment: %(done)s.", "%(number)d comments: %(done)s.", num_parent_objects
        )
        return said % {"number": num_parent_objects, "done": self.done}


@hooks.register("register_bulk_action")
class ShowBulkAction(CommentBulkAction):
    """Let readers see them."""

    display_name = gettext_lazy("Show")
    aria_label = gettext_lazy("Show the chosen comments")
    action_type = "show"
    action_priority = 10
    done = CommentState.SHOWN.label
    verb = staticmethod(show)


@hooks.register("register_bulk_action")
class RefuseBulkAction(CommentBulkAction):
    """Keep them from readers."""

    display_name = gettext_lazy("Refuse")
    aria_label = gettext_lazy("Refuse the chosen comments")
    action_type = "refuse"
    action_priority = 20
    warning = gettext_lazy("Readers don’t see them. They are deleted after three months.")
    done = CommentState.REFUSED.label
    verb = staticmethod(refuse)


@hooks.register("register_bulk_action")
class SpamBulkAction(CommentBulkAction):
    """Call them spam."""

    display_name = gettext_lazy("Spam")
    aria_label = gettext_lazy("Mark the chosen comments as spam")
    action_type = "spam"
    action_priority = 30
    warning = gettext_lazy("Readers don’t see them. They are deleted after three months.")
    done = CommentState.SPAM.label
    verb = staticmethod(mark_spam)


@hooks.register("register_bulk_action")
class EraseBulkAction(CommentBulkAction):
    """Erase them for good."""

    display_name = gettext_lazy("Erase")
    aria_label = gettext_lazy("Erase the chosen comments")
    action_type = "erase"
    action_priority = 40
    classes = {"serious"}
    button_class = "serious"
    warning = gettext_lazy(
        "At once and for good: words, name, mail address. An empty place stays above answers."
    )
    done = gettext_lazy("erased")

    @staticmethod
    def verb(comment: Comment, by: AbstractBaseUser) -> None:
        """Erase one."""
        erase(comment)
