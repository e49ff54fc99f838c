"""Name the editorial domain to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MagazineConfig(AppConfig):
    """Articles, issues, people and everything that editors keep."""

    name = "magazine"
    verbose_name = _("Magazine")
