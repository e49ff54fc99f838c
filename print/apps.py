"""Name the press to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrintConfig(AppConfig):
    """Editions, press profiles and press files."""

    name = "print"
    verbose_name = _("Press")
