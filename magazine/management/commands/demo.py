"""Load the demo magazine and have its released issue built for the press."""

import io
import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils.translation import gettext as _

from magazine.demo import loader
from magazine.models import PictureRendition

PASSWORD = "prenez-un-ticket"  # noqa: S105  the demo's own, shown in its table
DIGITAL = "numerique"
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


class Command(BaseCommand):
    """`manage.py demo [--json] [--password …] [--profile …]`; again and again without doubles."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--password", help="password of the demo's editor")
        parser.add_argument("--profile", default="fanzine-a4", help="press profile to build for")

    def handle(self, **options: Any) -> None:
        """Draw, load and build; report what there is and what each step took."""
        host = urlsplit(settings.BASE_URL).hostname
        if host not in LOCAL_HOSTS and not options["password"]:
            raise CommandError(
                _(
                    "the demo's password is known to everybody: "
                    "give --password to load it at %(host)s."
                )
                % {"host": host}
            )
        steps: dict[str, float] = {}
        with _timed(steps, "pictures"):
            pictures = loader.load_pictures(Path(settings.DATA_DIR) / "demo-pictures")
        with _timed(steps, "magazine"):
            loaded = loader.load_magazine(pictures)
            login = loader.load_editor(options["password"] or PASSWORD)
        with _timed(steps, "press file"):
            press = self._build_press(options["profile"])
        with _timed(steps, "digital edition"):
            digital = self._build_press(DIGITAL)
        if not PictureRendition.objects.exists():
            with _timed(steps, "pages"):
                call_command("prepare_pages", "--quick", stdout=io.StringIO())
        with _timed(steps, "sharing pictures"):
            call_command("sharing_pictures", stdout=io.StringIO())
        report = {
            "site": f"{settings.BASE_URL}/",
            "admin": f"{settings.BASE_URL}/admin/",
            "api": f"{settings.BASE_URL}/api/v1/",
            "login": login,
            "password": options["password"] or PASSWORD,
            "articles": loaded.articles,
            "issues": loaded.issues,
            "press": press,
            "digital": digital,
            "steps": {name: round(seconds, 2) for name, seconds in steps.items()},
        }
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for name, value in report.items():
            self.stdout.write(f"{name:<10} {value}")

    def _build_press(self, profile: str) -> dict[str, Any]:
        answer = io.StringIO()
        call_command(
            "build_press",
            str(loader.RELEASED),
            profile=profile,
            final=profile != DIGITAL,
            link=profile != DIGITAL,
            json=True,
            stdout=answer,
        )
        return json.loads(answer.getvalue())


class _timed:  # noqa: N801  reads as the phrase it stands in
    """Keep the seconds that a step takes."""

    def __init__(self, steps: dict[str, float], name: str) -> None:
        self.steps, self.name = steps, name

    def __enter__(self) -> None:
        self.start = time.perf_counter()

    def __exit__(self, *error: object) -> None:
        self.steps[self.name] = time.perf_counter() - self.start
