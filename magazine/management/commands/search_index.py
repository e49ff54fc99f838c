"""Make the search's indexes anew, mend them, check them, or go back to the one before."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from magazine.search import upkeep
from magazine.search.engines import EMBEDDED, SERVER, engine_names
from magazine.search.engines.base import EngineError
from magazine.search.upkeep import Differences


class Command(BaseCommand):
    """`manage.py search_index rebuild|reconcile|check|back [--engine …]`: of every index set up.

    `check` ends with 1 where an index isn't as it should be.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("verb", choices=["rebuild", "reconcile", "check", "back"])
        parser.add_argument("--engine", choices=[EMBEDDED, SERVER])

    def handle(self, **options: Any) -> None:
        """Do it to one index after the other; those that fail are named at the end."""
        verbs: dict[str, Callable[[str], bool]] = {
            "rebuild": self._rebuild,
            "reconcile": self._reconcile,
            "check": self._check,
            "back": self._back,
        }
        names = [options["engine"]] if options["engine"] else list(engine_names())
        unwell = []
        for name in names:
            try:
                is_well = verbs[options["verb"]](name)
            except EngineError as error:
                self.stderr.write(f"{name}: {error}")
                is_well = False
            if not is_well:
                unwell.append(name)
        if unwell:
            raise CommandError(_("Not in order: %(engines)s.") % {"engines": ", ".join(unwell)})

    def _rebuild(self, name: str) -> bool:
        held = upkeep.rebuild(name)
        self._say(name, _("made anew; it holds %(count)d articles.") % {"count": held})
        return True

    def _reconcile(self, name: str) -> bool:
        self._say(name, _("mended: %(counts)s.") % {"counts": _counts(upkeep.reconcile(name))})
        return True

    def _back(self, name: str) -> bool:
        mended = upkeep.go_back(name)
        self._say(
            name, _("the index before is in use; mended: %(counts)s.") % {"counts": _counts(mended)}
        )
        return True

    def _check(self, name: str) -> bool:
        checked = upkeep.check(name)
        if not checked.exists:
            self._say(name, _("there is no index, or it was made by another version."))
            return False
        self._say(
            name,
            _("%(held)d articles, %(behind)d changes behind; %(counts)s.")
            % {
                "held": checked.held,
                "behind": checked.behind,
                "counts": _counts(checked.differences),
            },
        )
        for label, articles in _named(checked.differences).items():
            if articles:
                self.stdout.write(f"  {label}: {json.dumps(articles)}")
        return checked.is_good

    def _say(self, name: str, message: str) -> None:
        self.stdout.write(f"{name}: {message}")


def _named(differences: Differences) -> dict[str, tuple[int, ...]]:
    return {
        _("missing"): differences.missing,
        _("stale"): differences.stale,
        _("surplus"): differences.surplus,
    }


def _counts(differences: Differences) -> str:
    return ", ".join(f"{label} {len(articles)}" for label, articles in _named(differences).items())
