"""Give the press its addresses and its place in the menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from print.desk import build_views, edition_views, file_views, issue_views
from print.desk.access import SEE
from print.desk.adverts import AdvertViewSet
from print.desk.profiles import PressProfileViewSet

EDITION = "editions/<int:pk>/"
PRESS_FILE = "fichiers/<int:pk>/"


class PressMenuItem(MenuItem):
    """The way to the editions, for those who may see them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user may see the press."""
        return request.user.has_perm(SEE)


class PressViewSet(ViewSet):
    """Issues, their editions, and the files made of them."""

    name = "press"
    url_prefix = "presse"
    icon = issue_views.ICON
    menu_label = issue_views.TITLE
    menu_item_class = PressMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        picture = file_views.PictureView
        page = picture.as_view(name="page-%d.jpg", content_type="image/jpeg")
        ink = picture.as_view(name="ink-%d.png", content_type="image/png")
        return [
            path("", issue_views.FirstView.as_view(), name="index"),
            path("numeros/<int:number>/", issue_views.IssueView.as_view(), name="issue"),
            path("numeros/<int:number>/ouvrir/", issue_views.OpenView.as_view(), name="open"),
            path(EDITION, edition_views.EditionView.as_view(), name="edition"),
            path(f"{EDITION}reglages/", edition_views.SettingsView.as_view(), name="settings"),
            path(f"{EDITION}ranger/", edition_views.ArrangeView.as_view(), name="arrange"),
            path(f"{EDITION}fabriquer/", build_views.BuildView.as_view(), name="build"),
            path(f"{EDITION}annuler/", build_views.CallOffView.as_view(), name="call_off"),
            path(PRESS_FILE, file_views.ProofView.as_view(), name="proof"),
            path(f"{PRESS_FILE}page-<int:number>.jpg", page, name="page_picture"),
            path(f"{PRESS_FILE}encre-<int:number>.png", ink, name="ink_picture"),
            path(f"{PRESS_FILE}fichier/", file_views.DownloadView.as_view(), name="download"),
            path(
                f"{PRESS_FILE}annexes/<int:supplement>/",
                file_views.SupplementView.as_view(),
                name="supplement",
            ),
            path(f"{PRESS_FILE}rapport.json", file_views.JsonReportView.as_view(), name="json"),
            path(f"{PRESS_FILE}rapport.html", file_views.HtmlReportView.as_view(), name="html"),
        ]


class PressGroup(ViewSetGroup):
    """The menu under which they stand."""

    menu_label = pgettext_lazy("menu", "Press")
    menu_icon = "doc-full-inverse"
    menu_order = 130
    items: Any = (PressViewSet, AdvertViewSet, PressProfileViewSet)


NAME_OF_LINK = gettext_lazy("Editions for the press")
