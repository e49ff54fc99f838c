"""Open Wagtail's article views to the desk: each part of it hangs its side panel here."""

from wagtail import hooks
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel, PageStatusSidePanel
from wagtail.admin.views.pages.edit import EditView

from magazine.desk.page_views import DeskPageViewSet, StepsInTheEditor
from magazine.desk.stage_panel import show_stage
from magazine.models import Article

_side_panels: list[type[BaseSidePanel]] = []


def register_side_panel(panel: type[BaseSidePanel]) -> type[BaseSidePanel]:
    """Show a side panel beside every article that is edited; usable as a decorator."""
    _side_panels.append(panel)
    return panel


class ArticleEditView(StepsInTheEditor, EditView):
    """The page on which an article is edited, with the desk's own side panels."""

    def get_side_panels(self) -> MediaContainer:
        """Return Wagtail's panels and ours; an autosave's answer draws only Wagtail's again."""
        panels = super().get_side_panels()
        for panel in panels:
            if isinstance(panel, PageStatusSidePanel):
                show_stage(panel)
        if self.expects_json_response:
            return panels
        ours = [panel(self.page, self.request) for panel in _side_panels]
        return MediaContainer([*panels, *ours])


class ArticleViewSet(DeskPageViewSet):
    """Wagtail's views of pages, for articles of every kind."""

    model = Article
    edit_view_class = ArticleEditView


article_viewset = ArticleViewSet()


@hooks.register("register_admin_viewset")
def register_article_viewset() -> ArticleViewSet:
    """Let Wagtail route the pages of articles through it."""
    return article_viewset
