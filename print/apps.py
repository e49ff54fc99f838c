"""Name the press to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrintConfig(AppConfig):
    """Editions, press profiles and press files."""

    name = "print"
    verbose_name = _("Press")

    def ready(self) -> None:
        """Register the press's checks, preview and board column once all models are there."""
        from print import signal_handlers
        from print.board_columns import register_columns
        from print.checks import register_checks
        from print.paper_preview import register_preview

        register_checks()
        register_preview()
        register_columns()
        signal_handlers.register()
