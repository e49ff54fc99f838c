"""Keep columns on the lines of the page, and those that are balanced equally long.

Heights in CSS are whole lines wherever they can be; rows of a table, wrapped labels and enlarged
letters are not, and WeasyPrint has no baseline grid. What follows a spanning piece, and what
follows an opener, is moved down to the next line of the page here. WeasyPrint balances columns by
filling all but the last to one height; here what the last one lacks is shared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

# In px: differences that no one sees, from sums of rounded lengths.
SLIGHT = 0.5
TRIALS_MOST = 6

# What stands in WeasyPrint's `columns_layout`, and what is wanted.
COLUMNS_ON_LINES = (
    (
        "    box.position_y += collapse_margin(adjoining_margins)\n\n    # Set height",
        (
            "    box.position_y += collapse_margin(adjoining_margins)\n"
            "    box.position_y = on_a_line(box.position_y, box, context)\n\n    # Set height"
        ),
    ),
    (
        "            adjoining_margins.append(new_child.margin_bottom)\n",
        (
            "            adjoining_margins.append(new_child.margin_bottom)\n"
            "            current_position_y = on_a_line(current_position_y, box, context)\n"
        ),
    ),
    (
        "        current_position_y += min(max_height, max_column_height)\n",
        (
            "        current_position_y += min(max_height, max_column_height)\n"
            "        current_position_y = on_a_line(current_position_y, box, context)\n"
        ),
    ),
    (
        "        # TODO: check style['max']-height\n",
        (
            "        def all_fits(heights):\n"
            "            while len(context.excluded_shapes) > len(original_excluded_shapes):\n"
            "                context.excluded_shapes.pop()\n"
            "            left, tried = skip_stack, []\n"
            "            for each in heights:\n"
            "                new_box, left, *_ = block_box_layout(\n"
            "                    context, column_box,\n"
            "                    context.page_bottom - current_position_y - each, left,\n"
            "                    containing_block, page_is_empty, [], [], [],\n"
            "                    first_letter_style, first_line_style, discard=False,\n"
            "                    max_lines=None)\n"
            "                if new_box is None:\n"
            "                    left = {0: None}\n"
            "                    break\n"
            "                tried.append(new_box)\n"
            "                if left is None:\n"
            "                    break\n"
            "            remove_placeholders(context, tried, [], [])\n"
            "            return left is None\n"
            "        heights = [height] * count\n"
            "        if balancing and not stop_rendering and column_skip_stack is None:\n"
            "            heights = evened(consumed_heights, heights, box, all_fits)\n"
            "        while len(context.excluded_shapes) > len(original_excluded_shapes):\n"
            "            context.excluded_shapes.pop()\n"
        ),
    ),
    (
        "                    context, column_box, bottom_space, skip_stack, containing_block,\n",
        (
            "                    context, column_box,\n"
            "                    max(bottom_space, context.page_bottom - current_position_y\n"
            "                        - heights[min(i, count - 1)]),\n"
            "                    skip_stack, containing_block,\n"
        ),
    ),
)


def on_a_line(position_y: float, box: Any, context: Any) -> float:
    """Return a place on the page (px), moved down to the next line of a text set in columns.

    Lines are counted from the head of the type area; past its foot nothing is moved.
    """
    line = _line_of(box)
    page = getattr(context.current_footnote_area, "page", None)
    if page is None or line is None:
        return position_y
    top = page.content_box_y()
    moved = top + ceil((position_y - top - SLIGHT) / line) * line
    return moved if moved <= context.page_bottom + SLIGHT else position_y


def evened(
    consumed: Sequence[float],
    heights: list[float],
    box: Any,
    all_fits: Callable[[Sequence[float]], bool],
) -> list[float]:
    """Return the heights (px) of columns that differ by one line at most, where the text allows.

    `consumed` is what each column held when all were given `heights`; `all_fits` sets the columns
    at other heights and tells whether they hold the whole.
    """
    line, count = _line_of(box), len(heights)
    if line is None or count < 2:
        return heights
    # A column that goes on is as high as it may be, whole lines or not.
    held = [int((height + SLIGHT) / line) for height in consumed]
    held += [0] * (count - len(held))
    if max(held) - min(held) <= 1:
        return heights
    even, more = divmod(sum(held), count)
    tried = [[even + 1] * more + [even] * (count - more)]
    tried += [
        [most] * longer + [most - 1] * (count - longer)
        for most in range(even + 1, max(held) + 1)
        for longer in range(1, count + 1)
    ]
    for lines in tried[:TRIALS_MOST]:
        shorter = [each * line + SLIGHT for each in lines]
        if all_fits(shorter):
            return shorter
    return heights


def _line_of(box: Any) -> float | None:
    line = box.style["line_height"]
    return None if line == "normal" or line.unit.lower() != "px" else float(line.value)
