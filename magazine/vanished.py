"""Leave out of a kept version what points at something that was deleted since."""

from typing import Any

from django.db.models import QuerySet


def without_vanished(
    content: dict[str, Any], children: str, key: str, existing: QuerySet
) -> dict[str, Any]:
    """Return a version's content without the children whose `key` no longer exists.

    Where a foreign key is protected, modelcluster raises on a version that is older than
    the deletion, and neither compare nor revert would open it.
    """
    rows = content.get(children) or []
    wanted = {row[key] for row in rows if row.get(key)}
    if not wanted:
        return content
    found = set(existing.filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted <= found:
        return content
    return {**content, children: [row for row in rows if row.get(key) in found]}
