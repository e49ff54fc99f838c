"""Make the table of the shared cache with the others, where no Redis keeps it."""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


def _make_table(using: str, **kwargs: Any) -> None:
    call_command("createcachetable", database=using, verbosity=0)


def register(app: AppConfig) -> None:
    """Have `migrate` make the table; where it is there, or Redis is used, nothing is done."""
    post_migrate.connect(_make_table, sender=app, dispatch_uid="website.cache_table")
