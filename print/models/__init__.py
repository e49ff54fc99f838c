"""Keep what the press needs: profiles, adverts, editions, their files and their builds."""

from print.models.adverts import Advert
from print.models.editions import Edition, Placement
from print.models.files import PressFile, PressSupplement, PrintedPlacement
from print.models.jobs import PressBuild
from print.models.profiles import PressProfile

__all__ = [
    "Advert",
    "Edition",
    "Placement",
    "PressBuild",
    "PressFile",
    "PressProfile",
    "PressSupplement",
    "PrintedPlacement",
]
