"""Put our panels on the first screen."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from magazine.desk.dashboard import panels_for


@hooks.register("construct_homepage_panels")
def show_first_things_first(request: HttpRequest, panels: list[Component]) -> None:
    """Add what the user may see; Wagtail's own panels stand below."""
    panels.extend(panels_for(request.user))
