"""Put the planning board into the admin: its addresses and its place in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLResolver, include, path, register_converter, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from magazine.desk import board_actions as actions
from magazine.desk import board_views as views
from magazine.desk.board_access import BoardConverter, may_see_board


class RowKeyConverter:
    """A row's part of an address: `a12` for an article, `p12` for a planned piece."""

    regex = "[ap][1-9][0-9]{0,17}"

    def to_python(self, value: str) -> str:
        """Return the key as it is written."""
        return value

    def to_url(self, value: str) -> str:
        """Return the key as it is written."""
        return value


register_converter(BoardConverter, "planning_board")
register_converter(RowKeyConverter, "planning_row")

ROW = "<planning_board:number>/<planning_row:key>/"
URLS = [
    path("", views.FirstBoardView.as_view(), name="first"),
    path("<planning_board:number>/", views.BoardView.as_view(), name="board"),
    path("<planning_board:number>/csv/", views.CsvView.as_view(), name="csv"),
    path("<planning_board:number>/ajouter/", actions.AddView.as_view(), name="add"),
    path("<planning_board:number>/deplacer/", actions.MoveView.as_view(), name="move"),
    path(ROW, actions.EditView.as_view(), name="row"),
    path(f"{ROW}commander/", actions.CommissionView.as_view(), name="commission"),
    path(f"{ROW}commencer/", actions.StartView.as_view(), name="start"),
    path(f"{ROW}rattacher/", actions.LinkView.as_view(), name="link"),
    path(f"{ROW}retirer/", actions.DropView.as_view(), name="drop"),
]


@hooks.register("register_admin_urls")
def board_urls() -> list[URLResolver]:
    """Give the boards their addresses."""
    return [path("conducteur/", include((URLS, "planning_board")))]


class BoardMenuItem(MenuItem):
    """The way to the board, for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user may read every draft."""
        return may_see_board(request.user)


@hooks.register("register_admin_menu_item")
def board_menu_item() -> MenuItem:
    """Show the board near the top of the menu."""
    return BoardMenuItem(
        _("Planning board"),
        reverse_lazy("planning_board:first"),
        name="planning-board",
        icon_name="clipboard-list",
        order=120,
    )
