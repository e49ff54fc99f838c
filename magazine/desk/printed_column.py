"""Mark, in lists of pages, the articles that changed since an issue printed them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, Table
from wagtail.models import Page

from magazine.after_print import SincePrint, since_print
from magazine.models import Article


class PrintedColumn(Column):
    """The issue that printed an article, where its text is another one by now."""

    cell_template_name = "magazine/desk/release/printed_cell.html"

    def get_value(self, instance: Page) -> SincePrint | None:
        """Return what is known of the article, or nothing to say."""
        return getattr(instance, "since_print", None)


def show_changes_since_print(table: Table, pages: Sequence[Page]) -> None:
    """Add the column where something in the list changed; a fixed number of queries."""
    known = since_print(page for page in pages if isinstance(page, Article))
    changed = {pk: since for pk, since in known.items() if since.differs}
    if not changed:
        return
    for page in pages:
        page.since_print = changed.get(page.pk)
    columns = list(table.columns.values())
    place = next((at for at, each in enumerate(columns) if each.name == "status"), len(columns))
    columns.insert(place, PrintedColumn("printed", label=gettext_lazy("After print")))
    table.columns = {each.name: each for each in columns}
