"""Say on the last step's buttons what they do: the article is ready, nothing is published."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, WorkflowMenuItem

APPROVE = "approve"


@hooks.register("construct_page_action_menu")
def name_the_last_approval(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Replace Wagtail's “Approve and Publish”: our workflow ends at the layout."""
    page = context.get("page")
    state = page.current_workflow_state if page is not None else None
    if state is None or not state.is_at_final_task:
        return
    for item in items:
        if isinstance(item, WorkflowMenuItem) and item.name == APPROVE:
            item.label = (
                _("Approve with a comment: ready for layout")
                if item.launch_modal
                else _("Approve: ready for layout")
            )
