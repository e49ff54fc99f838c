"""Build an issue's press file for a press profile, and say where it is."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.files.storage import storages
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from print.builds import BuildError, build
from print.editions import EditionError, find_issue, find_profile, opened_edition
from print.links import sign_link
from print.models import PressFile

MOST_DAYS = 365


class Command(BaseCommand):
    """`manage.py build_press 7 --profile fanzine-a4 [--final] [--link] [--json] [--again]`."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("issue", help="number of the issue")
        parser.add_argument("--profile", required=True, help="code of the press profile")
        parser.add_argument(
            "--final", action="store_true", help="write folios and revisions to the issue"
        )
        parser.add_argument(
            "--link", action="store_true", help="add a signed address for the printer"
        )
        parser.add_argument(
            "--days", type=int, default=None, help="days for which the address works"
        )
        parser.add_argument(
            "--again", action="store_true", help="build even if the inputs haven't changed"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:
        """Build, or say in one line what is wrong."""
        days = options["days"]
        if days is not None and not 1 <= days <= MOST_DAYS:
            raise CommandError(_("--days takes 1 to %(most)s days.") % {"most": MOST_DAYS})
        try:
            issue, profile = find_issue(options["issue"]), find_profile(options["profile"])
            with opened_edition(issue, profile) as edition:
                made = build(edition, final=options["final"], again=options["again"])
        except (BuildError, EditionError) as error:
            raise CommandError(" ".join(str(error).splitlines())) from error
        except DatabaseError as error:
            raise CommandError(
                _(
                    "the database doesn't answer (%(error)s): check DATABASE_URL, "
                    "then run manage.py migrate."
                )
                % {"error": type(error).__name__}
            ) from error
        report = _report(made)
        if options["link"]:
            address, ends = sign_link(made, days)
            report |= {"link": address, "link_ends": ends.isoformat(timespec="minutes")}
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for name, value in report.items():
            self.stdout.write(f"{name:<10} {value}")


def _report(made: PressFile) -> dict[str, Any]:
    return {
        "path": _path(made),
        "sha256": made.sha256,
        "pages": made.pages,
        "size": made.size,
        "seconds": made.seconds,
        "errors": made.errors,
        "warnings": made.warnings,
        "final": made.is_final,
    }


def _path(made: PressFile) -> str:
    try:
        return storages["press"].path(made.name)
    except NotImplementedError:  # a bucket has no paths: the name in it serves
        return made.name
