"""Let templates show what preflight measured."""

from django import template

from print.measures import as_read

register = template.Library()
register.filter(as_read)
