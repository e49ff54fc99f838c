"""Keep the addresses that a cache in front of the site may hold."""

from django.db import models


class KeptAddress(models.Model):
    """An address whose page was handed to a cache in front; only written where there is one."""

    address = models.CharField(max_length=500, unique=True)

    def __str__(self) -> str:
        return self.address
