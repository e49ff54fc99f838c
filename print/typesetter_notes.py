"""Keep the text of a page off its notes, where something spans the columns.

WeasyPrint 70 leaves room for a page's notes once, for the first run of columns: below a piece that
spans them, the text runs on over the notes, and the notes of the spanning piece itself have no room
at all. The lines in question are mended here; a version that has others is refused.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

from print.typesetter_grid import COLUMNS_ON_LINES, evened, on_a_line

# What stands there, and what is wanted. `reserved` is what the notes have taken of the page so far.
COLUMNS_LAYOUT = (
    (
        "    for index, column_children_or_block in columns_and_blocks:\n",
        (
            "    reserved = footnote_area_heights[0]\n"
            "    for index, column_children_or_block in columns_and_blocks:\n"
            "        context.page_bottom -= footnote_area_heights[-1] - reserved\n"
            "        reserved = footnote_area_heights[-1]\n"
        ),
    ),
    (
        "            block.position_y = current_position_y\n",
        (
            "            block.position_y = current_position_y\n"
            "            bottom_before = context.page_bottom\n"
            "            context.in_column = False\n"
        ),
    ),
    (
        "            skip_stack = None\n            if new_child is None:\n",
        (
            "            context.in_column = True\n"
            "            reserved += bottom_before - context.page_bottom\n"
            "            footnote_area_heights.append(reserved)\n"
            "            skip_stack = None\n            if new_child is None:\n"
        ),
    ),
    (
        "        context.page_bottom += footnote_area_heights[0]\n",
        "        context.page_bottom += reserved\n",
    ),
)
# Without a note left, the empty area of notes keeps its margin: there is nothing more to put off.
REPORT_FOOTNOTES = (
    (
        "    while context.current_footnote_area.margin_height() > footnotes_height:\n",
        (
            "    while context.current_page_footnotes and (\n"
            "            context.current_footnote_area.margin_height() > footnotes_height):\n"
        ),
    ),
)


class OtherWeasyPrint(Exception):
    """This WeasyPrint isn't the one that was mended: read its columns_layout again."""


@cache
def leave_room_for_notes() -> None:
    """Mend the layout of columns in this process, once: room for notes, and the next line after
    a piece that spans them. Raises OtherWeasyPrint.
    """
    from weasyprint.layout import block, column

    column._report_footnotes = _mended(column, "_report_footnotes", REPORT_FOOTNOTES)  # noqa: SLF001
    column.on_a_line, column.evened = on_a_line, evened
    column.columns_layout = _mended(column, "columns_layout", COLUMNS_LAYOUT + COLUMNS_ON_LINES)
    block.columns_layout = column.columns_layout


def _mended(
    column: ModuleType, name: str, lines: tuple[tuple[str, str], ...]
) -> Callable[..., Any]:
    source = inspect.getsource(getattr(column, name))
    for found, wanted in lines:
        if source.count(found) != 1:
            raise OtherWeasyPrint(found)
        source = source.replace(found, wanted)
    names: dict[str, Any] = {}
    exec(compile(source, column.__file__, "exec"), column.__dict__, names)  # noqa: S102
    return names[name]
