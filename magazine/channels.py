"""Name where a text appears: everywhere, on the web only, or on paper only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """Where an article, or one block of it, appears."""

    EVERYWHERE = "everywhere", _("Everywhere")
    WEB = "web", _("Web only")
    PRINT = "print", _("Paper only")


ON_THE_WEB = (Channel.EVERYWHERE.value, Channel.WEB.value)
ON_PAPER = (Channel.EVERYWHERE.value, Channel.PRINT.value)
