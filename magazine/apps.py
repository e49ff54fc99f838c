"""Name the editorial domain to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MagazineConfig(AppConfig):
    """Articles, issues, people and everything that editors keep."""

    name = "magazine"
    verbose_name = _("Magazine")

    def ready(self) -> None:
        """Register the checks and wire the signals once all models are there."""
        from magazine import letter_signals
        from magazine.checks.own import register_own
        from magazine.proofreading import signal_handlers as proofreading
        from magazine.search import signal_handlers as search
        from magazine.shown import watch

        register_own()
        letter_signals.register()
        proofreading.register()
        search.register()
        watch()
