"""Numbers: key figures and tables."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from magazine.blocks.base import BodyPart


class Figure(blocks.StructBlock):
    """One number and what it counts."""

    value = blocks.CharBlock(label=_("Figure"), max_length=24)
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)


class KeyFigures(BodyPart):
    """A few numbers set large, with their source."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    figures = blocks.ListBlock(Figure(), label=_("Figures"), min_num=1, max_num=6)
    source = blocks.CharBlock(label=_("Source"), max_length=240, required=False)

    class Meta:
        icon = "order"
        label = _("Key figures")


class TablePart(BodyPart):
    """A table with one row of headings."""

    table = TypedTableBlock([("text", blocks.CharBlock(label=_("Text"), required=False))])

    class Meta:
        icon = "table"
        label = _("Table")
