"""Let templates show what preflight measured, and how large files are."""

from django import template

from print.measures import as_place, as_read, in_megabytes

register = template.Library()
register.filter(as_read)
register.filter(as_place)
register.filter(in_megabytes)
