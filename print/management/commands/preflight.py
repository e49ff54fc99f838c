"""Examine any PDF as a printer would, and say what is wrong with it."""

import json
import os
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from print.editions import EditionError, find_profile
from print.measures import as_read
from print.preflight.findings import Finding, Verdict
from print.preflight.guarded import examine_file
from print.preflight.telling import as_data, gathered
from print.preflight.variants import VARIANTS
from print.profile_rules import rules_of
from print.report import as_html, one_line

PASSES, FAILS = 0, 1


class Command(BaseCommand):
    """`manage.py preflight FILE.pdf [--profile P | --variant V] [--json | --html]`.

    Ends with 0 where there is no error, 1 where there is one, 2 where it was called wrongly, also
    for a profile that no press has rules for.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, help="a PDF, whoever made it")
        rules = parser.add_mutually_exclusive_group()
        rules.add_argument("--profile", help="code of the press profile it is meant for")
        rules.add_argument("--variant", choices=sorted(VARIANTS), default="sheet-cmyk")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="print one JSON object")
        form.add_argument("--html", action="store_true", help="print a report with pictures")
        parser.add_argument("--no-ink", action="store_true", help="don't measure the ink")

    def handle(self, **options: Any) -> None:
        """Examine, tell, and end with the exit code."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path}, returncode=2)
        variant, icc = VARIANTS[options["variant"]], None
        if options["profile"]:
            try:
                profile = find_profile(options["profile"])
            except EditionError as error:
                raise CommandError(str(error), returncode=2) from error
            if profile.is_digital:
                raise CommandError(
                    _(
                        "The press profile “%(profile)s” is for screens: the rules of a press "
                        "don’t hold for its files."
                    )
                    % {"profile": profile},
                    returncode=2,
                )
            variant, icc = rules_of(profile), Path(profile.icc_path)
        with tempfile.TemporaryDirectory() as folder:
            examined = examine_file(
                path,
                variant,
                ink=not options["no_ink"],
                icc=icc,
                pictures=Path(folder) if options["html"] else None,
            )
            if options["json"]:
                told = json.dumps(as_data(examined.verdict), ensure_ascii=False)
            elif options["html"]:
                told = as_html(path.name, examined, Path(folder))
            else:
                told = _lines(path.name, examined.verdict)
        self._say(told)
        sys.exit(FAILS if examined.verdict.errors else PASSES)

    def _say(self, told: str) -> None:
        """Print it to whoever still listens: `… | head` closes the pipe early."""
        try:
            self.stdout.write(told)
            self.stdout.flush()
        except BrokenPipeError:
            # Python flushes once more at its end, and would complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _lines(name: str, verdict: Verdict) -> str:
    findings = [_line(finding, count) for finding, count in gathered(verdict)]
    return "\n".join([one_line(name, verdict), *findings])


def _line(finding: Finding, count: int) -> str:
    """One finding in one line, in the language of the moment."""
    spot = finding.spot
    severity = _("Error") if finding.severity == "error" else _("Warning")
    told = _("%(title)s: %(found)s (%(wanted)s)") % {
        "title": _(finding.title),
        "found": as_read(spot.found),
        "wanted": as_read(spot.wanted),
    }
    more = f" × {count}" if count > 1 else ""
    return f"  {severity:<13} {finding.rule:<16} p. {spot.page or '—'} {told}{more}"
