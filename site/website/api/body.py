"""Turn the blocks of a body into the typed ones of the API, one function a type."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from magazine.blocks.links import has_ended
from magazine.blocks.pictures import shown_credit
from magazine.footnotes import NoteCounter, linked_call
from magazine.models import Picture
from website.api import blocks, schemas
from website.api.pictures import serialise_picture
from website.api.texts import absolute, finished, plain, rich


@dataclass(frozen=True)
class Setting:
    """What blocks need to know of their article: where the site is, who paid, and its notes."""

    base_url: str
    sponsored: bool
    notes: NoteCounter = field(default_factory=lambda: NoteCounter(linked_call))

    def html(self, source: object) -> str:
        """Return rich text as this article shows it; its notes are counted."""
        return rich(source, self.base_url, sponsored=self.sponsored, notes=self.notes)

    def footnotes(self) -> list[schemas.Footnote]:
        """Return the notes of the texts asked for so far."""
        return [
            schemas.Footnote(
                id=note.id,
                number=note.number,
                html=finished(note.html, self.base_url, self.sponsored),
            )
            for note in self.notes.notes
        ]

    def picture(self, value: Any) -> schemas.Picture | None:
        """Return a block's picture with its words, None where the picture was deleted."""
        return serialise_picture(
            value["image"],
            self.base_url,
            alt=value["alt_text"],
            caption=value["caption"],
            credit=shown_credit(value),
        )


def serialise_body(
    shown: Iterable[Any], headings: Iterable[schemas.Heading], setting: Setting
) -> list[blocks.BodyBlock]:
    """Return the typed form of the blocks that the web shows; `headings` are their crossheads.

    A block whose picture or document was deleted is left out, as on the site.
    """
    anchors = iter(headings)
    body = []
    for number, child in enumerate(shown, start=1):
        own = {"id": child.id or f"block-{number}", "type": child.block_type}
        if child.block_type == "crosshead":
            own |= next(anchors).model_dump()
        block = SERIALISERS[child.block_type](child.value, setting, own)
        if block is not None:
            body.append(block)
    return body


def pictures_in(shown: Iterable[Any]) -> list[Picture | None]:
    """Return every picture that the blocks show."""
    found: list[Picture | None] = []
    for child in shown:
        if child.block_type == "gallery":
            found += [item["image"] for item in child.value["pictures"]]
        elif child.block_type in {"picture", "embed"}:
            found.append(child.value["image" if child.block_type == "picture" else "still"])
    return found


def _paragraph(value: Any, setting: Setting, own: dict) -> blocks.ParagraphBlock:
    return blocks.ParagraphBlock(**own, html=setting.html(value["text"]))


def _crosshead(value: Any, setting: Setting, own: dict) -> blocks.CrossheadBlock:
    return blocks.CrossheadBlock(**own)


def _question_answer(value: Any, setting: Setting, own: dict) -> blocks.QuestionAnswerBlock:
    return blocks.QuestionAnswerBlock(
        **own,
        question=plain(value["question"]),
        speaker=plain(value["speaker"]),
        answer_html=setting.html(value["answer"]),
    )


def _list(value: Any, setting: Setting, own: dict) -> blocks.ListBlock:
    items = [setting.html(item) for item in value["items"]]
    return blocks.ListBlock(**own, style=value["style"] or "bullets", items_html=items)


def _picture(value: Any, setting: Setting, own: dict) -> blocks.PictureBlock | None:
    picture = setting.picture(value)
    return picture and blocks.PictureBlock(**own, picture=picture, width=value["width"] or "column")


def _gallery(value: Any, setting: Setting, own: dict) -> blocks.GalleryBlock | None:
    pictures = [shown for item in value["pictures"] if (shown := setting.picture(item))]
    if not pictures:
        return None
    return blocks.GalleryBlock(**own, title=plain(value["title"]), pictures=pictures)


def _pull_quote(value: Any, setting: Setting, own: dict) -> blocks.PullQuoteBlock:
    return blocks.PullQuoteBlock(
        **own, **{name: plain(value[name]) for name in ("quote", "author", "role")}
    )


def _key_figures(value: Any, setting: Setting, own: dict) -> blocks.KeyFiguresBlock:
    return blocks.KeyFiguresBlock(
        **own,
        title=plain(value["title"]),
        figures=[
            schemas.Figure(value=plain(figure["value"]), label=plain(figure["label"]))
            for figure in value["figures"]
        ],
        source=plain(value["source"]),
    )


def _table(value: Any, setting: Setting, own: dict) -> blocks.TableBlock:
    table = value["table"]
    return blocks.TableBlock(
        **own,
        caption=plain(table.caption),
        columns=[plain(column["heading"]) for column in table.columns],
        rows=[[plain(cell.value) for cell in row] for row in table.rows],
    )


def _sidebar(value: Any, setting: Setting, own: dict) -> blocks.SidebarBlock:
    return blocks.SidebarBlock(**own, title=plain(value["title"]), html=setting.html(value["text"]))


def _embed(value: Any, setting: Setting, own: dict) -> blocks.EmbedBlock:
    until = value["available_until"]
    return blocks.EmbedBlock(
        **own,
        url=None if has_ended(until) else value["url"],
        host=(urlsplit(value["url"]).hostname or "").removeprefix("www."),
        title=plain(value["title"]),
        caption=plain(value["caption"]),
        still=serialise_picture(value["still"], setting.base_url),
        available_until=until,
    )


def _document(value: Any, setting: Setting, own: dict) -> blocks.DocumentBlock | None:
    document = value["document"]
    if document is None:
        return None
    return blocks.DocumentBlock(
        **own,
        url=absolute(document.url, setting.base_url),
        title=plain(value["title"] or document.title),
        description=plain(value["description"]),
        extension=document.file_extension,
        size=document.get_file_size(),
    )


def _editors_note(value: Any, setting: Setting, own: dict) -> blocks.EditorsNoteBlock:
    return blocks.EditorsNoteBlock(**own, html=setting.html(value["text"]))


Serialiser = Callable[[Any, Setting, dict], Any]
SERIALISERS: dict[str, Serialiser] = {
    "paragraph": _paragraph,
    "crosshead": _crosshead,
    "question_answer": _question_answer,
    "list": _list,
    "picture": _picture,
    "gallery": _gallery,
    "pull_quote": _pull_quote,
    "key_figures": _key_figures,
    "table": _table,
    "sidebar": _sidebar,
    "embed": _embed,
    "document": _document,
    "editors_note": _editors_note,
}
