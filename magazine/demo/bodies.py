"""Turn the blocks of a demo article into the value of its body."""

from collections.abc import Mapping
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model

from magazine.blocks.figures import TablePart
from magazine.models import Article, Picture


def build_body(blocks: list[dict[str, Any]], pictures: Mapping[str, Picture]) -> StreamValue:
    """Return the body that `blocks` describe; unknown pictures raise KeyError with their name."""
    stream_block = Article._meta.get_field("body").stream_block
    values = []
    for block in blocks:
        fields = {name: value for name, value in block.items() if name != "type"}
        fields.setdefault("channel", "everywhere")
        block_type = block["type"]
        if block_type in BUILDERS:
            fields = BUILDERS[block_type](fields, pictures)
        child = stream_block.child_blocks[block_type]
        values.append((block_type, child.normalize(fields)))
    return StreamValue(stream_block, values)


def _picture(fields: dict, pictures: Mapping[str, Picture]) -> dict:
    return {**fields, "image": pictures[fields["image"]]}


def _gallery(fields: dict, pictures: Mapping[str, Picture]) -> dict:
    shown = [
        {"credit": "", **item, "image": pictures[item["image"]]} for item in fields["pictures"]
    ]
    return {**fields, "pictures": shown}


def _embed(fields: dict, pictures: Mapping[str, Picture]) -> dict:
    still = fields.get("still")
    return {**fields, "still": pictures[still] if still else None}


def _document(fields: dict, pictures: Mapping[str, Picture]) -> dict:
    kept = {name: value for name, value in fields.items() if name != "file"}
    return {**kept, "document": get_document_model().objects.get(title=fields["file"])}


def _table(fields: dict, pictures: Mapping[str, Picture]) -> dict:
    table = TablePart().child_blocks["table"]
    return {
        "channel": fields["channel"],
        "table": table.to_python(
            {
                "columns": [{"type": "text", "heading": name} for name in fields["columns"]],
                "rows": [{"values": [str(cell) for cell in row]} for row in fields["rows"]],
                "caption": fields.get("caption", ""),
            }
        ),
    }


BUILDERS = {
    "picture": _picture,
    "gallery": _gallery,
    "embed": _embed,
    "document": _document,
    "table": _table,
}
