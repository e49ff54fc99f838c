"""Say who may see and do what on the desk; what somebody may not see answers 404."""

from collections.abc import Callable

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest
from wagtail.models import Page

from magazine.models import Article
from magazine.page_access import may_edit, may_see, may_see_draft, sees_every_draft

__all__ = [
    "article_for_editing",
    "article_for_reading",
    "may_edit",
    "may_pass_checks",
    "may_plan",
    "may_release",
    "may_see",
    "may_see_draft",
    "sees_every_draft",
]


def may_plan(user: AbstractBaseUser) -> bool:
    """Tell whether the user may change the planning board."""
    return user.has_perm("magazine.plan_issue")


def may_pass_checks(user: AbstractBaseUser) -> bool:
    """Tell whether the user may let a blocking check pass, with a reason."""
    return user.has_perm("magazine.pass_check")


def may_release(user: AbstractBaseUser) -> bool:
    """Tell whether the user may release issues and articles."""
    return user.has_perm("magazine.release_issue")


def article_for_editing(request: HttpRequest, pk: int) -> Article:
    """Return the article of that id. Raises Http404 where the user may not edit it."""
    return _article(request, pk, may_edit)


def article_for_reading(request: HttpRequest, pk: int) -> Article:
    """Return the article of that id. Raises Http404 where the user may not read its draft."""
    return _article(request, pk, may_see_draft)


def _article(
    request: HttpRequest, pk: int, allows: Callable[[AbstractBaseUser, Page], bool]
) -> Article:
    article = Article.objects.filter(pk=pk).first()
    if article is None or not allows(request.user, article):
        raise Http404
    return article.specific
