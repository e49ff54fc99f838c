"""Take from a revision what paper shows of an article, so that two texts can be compared."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

ON_PAPER = ("everywhere", "print")
PRINTED_OF_PAGE = ("title",)
# Fields of an article that no printed page shows.
NOT_PRINTED = {
    *("topics", "show_contents", "published_at", "edition_label", "lead_alt", "channel"),
    *("provenance_url", "provenance_is_canonical", "page_ptr", "article_ptr"),
}
# What the editor keeps on a row or a paragraph, and readers never see.
KEYS = {"pk", "id", "sort_order", "article", "page", "interview", "case_study"}
EDITORS_MARKS = re.compile(r'\s+data-block-key="[^"]*"')


def digest_of_matter(content: Mapping[str, Any], own_fields: set[str]) -> str:
    """Return a digest of what paper shows of a revision's content.

    `own_fields` names the fields of the article and its kind; Wagtail's own fields, but the
    title, are left out. Blocks for the web only, keys and the editor's marks count for nothing.
    """
    matter = {
        name: _bare(_value(name, value))
        for name, value in content.items()
        if name in PRINTED_OF_PAGE or (name in own_fields and name not in NOT_PRINTED)
    }
    written = json.dumps(matter, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _value(name: str, value: Any) -> Any:
    if name == "body" and isinstance(value, str):
        try:
            value = json.loads(value or "[]")
        except ValueError:
            return value
    if isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
        value = [row for row in value if _channel(row) in ON_PAPER]
        if any("sort_order" in row for row in value):
            value = sorted(value, key=lambda row: row.get("sort_order") or 0)
    return value


def _channel(row: Mapping[str, Any]) -> str:
    value = row.get("value")
    return value.get("channel", "everywhere") if isinstance(value, Mapping) else "everywhere"


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            name: _bare(part)
            for name, part in value.items()
            if name not in KEYS and name != "channel" and part not in (None, "")
        }
    if isinstance(value, list):
        return [_bare(part) for part in value]
    return EDITORS_MARKS.sub("", value) if isinstance(value, str) else value
