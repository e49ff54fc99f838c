#!/usr/bin/env python
"""Run Couture's management commands, with the `site/` folder on the path."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Hand the command line to Django, or say in one line what the settings lack."""
    sys.path.append(str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings")

    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        sys.exit(f"The database doesn't answer ({reason}): check DATABASE_URL, then start it.")
    except ImproperlyConfigured as error:
        sys.exit(f"Couture can't start: {error}")


if __name__ == "__main__":
    main()
