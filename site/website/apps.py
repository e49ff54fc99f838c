"""Name the readers' site to Django."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """Public pages, feeds and the API."""

    name = "website"

    def ready(self) -> None:
        """Wire the signals once all models are there."""
        from website import checks, previews, signal_handlers

        signal_handlers.register()
        checks.register_checks()
        previews.register_previews()
