"""Keep the pieces of a page that is made for strangers, all of one address together.

A page is let go for what one reader says under it; its pieces aren't, so it is soon there again.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.safestring import SafeString

from magazine.shown import Shown, note, noted_so_far, noting
from website.keeping import keep, look_up


class Pieces:
    """The pieces of one page by their names: those that were kept, and those made meanwhile."""

    def __init__(self, address: str) -> None:
        self._name = f"pieces {address}"
        self._made: dict[str, SafeString] = {}
        self._shown = Shown()
        found, self._changes = look_up(self._name)
        self._found: dict[str, SafeString] = found.value if found else {}
        if found:
            self._shown.add(set(found.things), found.until)

    def piece(self, name: str, make: Callable[[], SafeString]) -> SafeString:
        """Return a piece, made by `make` where none is kept."""
        if name in self._found:
            note(*self._shown.things, until=self._shown.until)
            return self._found[name]
        with noting():
            html = make()
            # It may show what was fetched before it.
            noted = noted_so_far()
        self._made[name] = html
        self._shown.add(_without_talk(noted.things), noted.until)
        return html

    def keep(self) -> None:
        """Keep what was made meanwhile, with what was kept."""
        if self._made:
            keep(self._name, {**self._found, **self._made}, self._shown, self._changes)


def _without_talk(things: set[str]) -> set[str]:
    """Leave out what readers say: it is shown between the pieces, never in one."""
    return {each for each in things if not each.startswith("talk:")}
