"""Name the readers' site to Django."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """Public pages, feeds and the API."""

    name = "website"

    def ready(self) -> None:
        """Wire the signals once all models are there."""
        from website import (
            cache_table,
            changing,
            checks,
            previews,
            sharing_signals,
            signal_handlers,
        )

        signal_handlers.register()
        changing.register()
        cache_table.register(self)
        sharing_signals.register()
        checks.register_checks()
        previews.register_previews()
