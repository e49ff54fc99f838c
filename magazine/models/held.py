"""Keep a text that something holds, such as what was printed, from being written over."""

from __future__ import annotations

from typing import Any

from wagtail.models import Revision


class HeldRevisions:
    """A page whose autosave begins a new revision where the last one is held, or live."""

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """Keep a revision like Wagtail, but never over one that somebody counts on."""
        from magazine.pinning import is_pinned

        if overwrite_revision is not None and (
            overwrite_revision.pk == self.live_revision_id or is_pinned(overwrite_revision)
        ):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)
