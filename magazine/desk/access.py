"""Say who may see and do what on the desk; what somebody may not see answers 404."""

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest
from wagtail.models import Page

from magazine.models import Article


def may_edit(user: AbstractBaseUser, page: Page) -> bool:
    """Tell whether the user may edit the page."""
    return page.permissions_for_user(user).can_edit()


def may_see_draft(user: AbstractBaseUser, page: Page) -> bool:
    """Tell whether the user may read what isn't published of the page."""
    return may_edit(user, page)


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


def _article(request: HttpRequest, pk: int, allows) -> Article:  # noqa: ANN001
    article = Article.objects.filter(pk=pk).first()
    if article is None or not allows(request.user, article):
        raise Http404
    return article.specific
