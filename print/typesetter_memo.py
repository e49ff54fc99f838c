"""Keep WeasyPrint's answers about line breaks for the time of one render.

WeasyPrint sets each column at least twice, and breaks the same text at the same width each time.
Tied to one release: elsewhere the memo leaves WeasyPrint as it is.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

WEASYPRINT_RELEASE = "70.0"


@contextmanager
def line_break_memo() -> Iterator[dict[str, int]]:
    """Remember each first line until the block ends; yields counts of `asked` and `known` lines.

    The bytes of the PDF stay the same: every line is a function of the key alone, and each caller
    gets a copy of the layout, because drawing changes it.
    """
    import weasyprint
    from weasyprint.layout import inline

    counts = {"asked": 0, "known": 0}
    if weasyprint.__version__ != WEASYPRINT_RELEASE:
        yield counts
        return

    original = inline.split_first_line
    # The style is kept in the value, so that its identity is not given to another style.
    known: dict[tuple[Any, ...], tuple[Any, tuple[Any, ...]]] = {}

    def split_first_line(
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> tuple[Any, ...]:
        key = (text, id(style), max_width, justification_spacing, is_line_start, minimum)
        counts["asked"] += 1
        if key in known:
            counts["known"] += 1
        else:
            line = original(
                text, style, context, max_width, justification_spacing, is_line_start, minimum
            )
            known[key] = (style, line)
        layout, *metrics = known[key][1]
        return (copy.copy(layout), *metrics)

    inline.split_first_line = split_first_line
    try:
        yield counts
    finally:
        inline.split_first_line = original
