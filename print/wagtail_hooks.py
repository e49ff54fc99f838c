"""Put the press into the admin: its menu, its addresses, the way there from an issue."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser, Permission
from django.db.models import QuerySet
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from magazine.models import Issue
from print.desk.access import SEE
from print.desk.menu import NAME_OF_LINK, PressGroup


@hooks.register("register_admin_viewset")
def press_group() -> PressGroup:
    """Register the press."""
    return PressGroup()


@hooks.register("register_permissions")
def press_permissions() -> QuerySet[Permission]:
    """Offer the permissions of the press where groups are edited."""
    return Permission.objects.filter(
        content_type__app_label="print",
        codename__in=[
            *("view_edition", "change_edition", "add_pressbuild"),
            *("view_pressprofile", "view_advert"),
        ],
    )


@hooks.register("register_page_header_buttons")
def header_button(
    page: Page, user: AbstractBaseUser, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from an issue's page to its editions."""
    return _button(page, user)


@hooks.register("register_page_listing_more_buttons")
def listing_button(
    page: Page, user: AbstractBaseUser, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from an issue in a list to its editions."""
    return _button(page, user)


def _button(page: Page, user: AbstractBaseUser) -> Iterator[Button]:
    if page.pk is None or not user.has_perm(SEE):
        return
    if issubclass(page.specific_class or Page, Issue):
        yield Button(
            NAME_OF_LINK,
            url=reverse("press:issue", args=[page.specific.number]),
            icon_name="doc-full-inverse",
            priority=33,
        )
