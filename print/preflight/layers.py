"""Tell which optional content shows, and so prints, as the file is opened."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name

from print.preflight.colours import BROKEN

DEEPEST = 8


class Layers:
    """The layers of a file under its default configuration (ISO 32000-1, 8.11)."""

    def __init__(self, root: Any) -> None:
        try:
            self._on, self._off, self._other = _configured(root)
            self._any = "/OCProperties" in root
        except BROKEN:
            self._any = False

    def show(self, content: Any) -> bool:
        """Tell whether what belongs to a group, or to a set of groups, is seen."""
        try:
            return self._shows(content)
        except BROKEN:
            return True

    def _shows(self, content: Any) -> bool:
        if not self._any or not isinstance(content, Dictionary):
            return True
        if content.get("/Type") != Name.OCMD:
            return self._is_on(content)
        if "/VE" in content:
            return self._holds(content["/VE"], 0)
        groups = content.get("/OCGs")
        listed = list(groups) if isinstance(groups, Array) else [groups]
        states = [self._is_on(group) for group in listed if isinstance(group, Dictionary)]
        if not states:
            return True
        policy = str(content.get("/P", Name.AnyOn))
        return {
            "/AllOn": all(states),
            "/AnyOff": not all(states),
            "/AllOff": not any(states),
        }.get(policy, any(states))

    def _is_on(self, group: Any) -> bool:
        if self._other:
            return group.objgen not in self._off
        return group.objgen in self._on

    def _holds(self, expression: Any, depth: int) -> bool:
        """An expression of And, Or and Not (8.11.2.2)."""
        if depth > DEEPEST or not isinstance(expression, Array):
            return self._is_on(expression) if isinstance(expression, Dictionary) else True
        parts = [self._holds(part, depth + 1) for part in list(expression)[1:]]
        if expression[0] == Name.Not:
            return not all(parts)
        return all(parts) if expression[0] == Name.And else any(parts)


def _configured(root: Any) -> tuple[frozenset[Any], frozenset[Any], bool]:
    """The groups that are on, those that are off, and whether the others are on."""
    usual = root.get("/OCProperties", Dictionary()).get("/D", Dictionary())
    on, off = (
        frozenset(group.objgen for group in usual.get(key, Array()) if hasattr(group, "objgen"))
        for key in ("/ON", "/OFF")
    )
    return on, off, usual.get("/BaseState") != Name.OFF
