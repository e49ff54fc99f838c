"""Put the letter into the admin: its menu, its permissions, what the history says of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from magazine.desk.letters import LetterViewSet
from magazine.desk.subscribers import SubscriberViewSet


class LetterGroup(ViewSetGroup):
    """The menu under which letters and their readers stand."""

    menu_label = pgettext_lazy("menu", "Letter")
    menu_icon = "mail"
    menu_order = 140
    items: Any = (LetterViewSet, SubscriberViewSet)


@hooks.register("register_admin_viewset")
def register_letter() -> LetterGroup:
    """Give letters and subscribers their addresses and their menu."""
    return LetterGroup()


@hooks.register("register_permissions")
def letter_permissions() -> QuerySet[Permission]:
    """Offer our permissions where groups are edited."""
    return Permission.objects.filter(
        content_type__app_label="magazine",
        codename__in=["send_letter", "view_subscriber", "add_subscriber", "delete_subscriber"],
    )


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    """Name what the history says."""
    for action, label, message in (
        ("send_letter", gettext_lazy("Send"), gettext_lazy("Sent")),
        ("stop_letter", gettext_lazy("Stop"), gettext_lazy("Stopped")),
        ("continue_letter", gettext_lazy("Go on"), gettext_lazy("Went on")),
        (
            "add_subscriber",
            gettext_lazy("Add a subscriber by hand"),
            gettext_lazy("Subscriber added by hand"),
        ),
        (
            "erase_subscriber",
            gettext_lazy("Erase a subscriber"),
            gettext_lazy("Subscriber erased"),
        ),
        (
            "export_subscribers",
            gettext_lazy("Take out the list of subscribers"),
            gettext_lazy("List of subscribers taken out"),
        ),
    ):
        actions.register_action(f"magazine.{action}", label, message)
