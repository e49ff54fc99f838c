"""Let print templates fit titles, open and end texts, and share out figures and contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from magazine.models import Article, Contributor, Issue, Picture
from magazine.typography import typeset
from print import composition, fitting
from print.page_grid import PageGrid
from print.templatetags.press import pt

register = template.Library()

FACES = {
    "thin": "BricolageGrotesque_200ExtraLight.ttf",
    "sans": "BricolageGrotesque_400Regular.ttf",
    "bold": "BricolageGrotesque_700Bold.ttf",
    "heavy": "BricolageGrotesque_800ExtraBold.ttf",
}
# Titles step down until they fit.
STEPS = tuple(range(16, 133, 2))
# « L’homme » keeps its opening mark, loses its first letter to the initial.
INITIAL = re.compile(
    r"(?P<before><p[^>]*>(?:<(?:b|i|em|strong)>)*)(?P<mark>[«“(]?[\s\u00a0\u202f]?)"
    r"(?P<letter>[^\W\d_])(?P<rest>[^\W_]*)"
)
LEADING_FIGURE = re.compile(r"\s*(?:<figure.*?</figure>\s*)*", re.DOTALL)
LAST_SENTENCE = re.compile(
    r"</p>(?=\s*(?:</div>\s*)*(?:<aside class=\"editors-note(?:(?!</aside>).)*</aside>\s*)*$)",
    re.DOTALL,
)
# WeasyPrint keeps a heading with what follows in a column, not with what spans them all.
HEAD_OF_PIECE = re.compile(
    r'(<h2 class="crosshead"[^>]*>(?:(?!</h2>).)*</h2>\s*'
    r'<(figure|section|aside) class="[^"]*\bacross\b(?:(?!</\2>).)*</\2>)',
    re.DOTALL,
)
LONG_ENOUGH = 200
STANDS_UPRIGHT = 1.05
LARGEST_FIGURE_PT, LEAST_FIGURE_MM, FIGURE_GAP_MM = 62, 34.0, 8.0
BOARD_TITLE_SHARE = 1.05


@dataclass(frozen=True)
class Fitted:
    """A text broken into lines that fit, with the style that sets them."""

    html: SafeString
    style: SafeString
    lines: int
    grid_lines: int


@register.simple_tag
def opener(article: Article, grid: PageGrid) -> str:
    """Return the template that opens an article: by who paid, its kind, its picture's shape.

    Beside an upright picture there is no room for words on a small page.
    """
    if article.is_paid:
        name = "paid"
    elif article.kind in ("opinion", "case_study"):
        name = article.kind
    else:
        name = f"{article.kind}_{_shape(article.lead_picture)}"
    if grid.is_small:
        name = {"feature_upright": "feature_wide", "case_study": "case_study_small"}.get(name, name)
    return f"print/openers/{name}.html"


@register.filter
def settings(article: Article) -> str:
    """Return how an opener may be set, the preferred way first (see print/settling.py)."""
    if article.is_paid:
        return "tall low low+tight"
    if article.kind == "opinion" and article.lead_picture:
        return "plated pictured pictured+low+tight"
    return "tall low+tight"


def _shape(picture: Picture | None) -> str:
    if picture is None:
        return "bare"
    return "upright" if picture.height > picture.width * STANDS_UPRIGHT else "wide"


@register.filter
def opens_with_initial(article: Article) -> bool:
    """Tell whether the text begins with a large initial: features and opinions do."""
    return article.kind in ("feature", "opinion") and not article.is_paid


@register.simple_tag
def opinion_matter(article: Article, bylines: list[Any], grid: PageGrid) -> dict[str, Any]:
    """Return an opinion's author, the portrait's window, and the width left for the title."""
    author = bylines[0].contributor if bylines else None
    portrait = author.portrait if author else None
    window = grid.span_mm(1, 3)
    return {
        "author": author,
        "portrait": portrait,
        "window_mm": window,
        "window_height_mm": 18 * grid.line_mm,
        "title_mm": grid.span_mm(2, 3),
    }


@register.simple_tag
def fit_lines(
    text: object,
    face: str,
    width_mm: float,
    largest: int,
    most_lines: int,
    leading: float = 1.0,
    smallest: int = 16,
) -> Fitted:
    """Set a text in even lines, at the largest size that takes no more than `most_lines`.

    `{% fit_lines article.title "heavy" 178 72 3 0.95 as title %}`; the box is as high as the whole
    lines that hold it.
    """
    sizes = [size for size in STEPS if smallest <= size <= largest]
    return _fitted(text, face, width_mm, sizes, most_lines, leading)


@register.simple_tag
def set_lines(text: object, face: str, width_mm: float, size_pt: float, leading: float) -> Fitted:
    """Set a text in even lines at one size, in a box as high as whole lines."""
    return _fitted(text, face, width_mm, [float(size_pt)], 1, leading)


def _fitted(
    text: object,
    face: str,
    width_mm: float,
    sizes: Sequence[float],
    most_lines: int,
    leading: float,
) -> Fitted:
    made = fitting.fit(
        typeset(" ".join(str(text).split())),
        face_file(face),
        float(width_mm),
        sizes,
        int(most_lines),
        float(leading),
    )
    return as_fitted(made)


def as_fitted(made: fitting.SetLines) -> Fitted:
    """Return lines as a template sets them."""
    style = (
        f"font-size:{pt(made.size_pt)};line-height:{pt(made.leading_pt)};"
        f"height:{pt(made.height_pt)};white-space:nowrap"
    )
    return Fitted(
        html=format_html_join(mark_safe("<br>"), "{}", ((line,) for line in made.lines)),
        style=mark_safe(style),  # noqa: S308
        lines=len(made.lines),
        grid_lines=made.grid_lines,
    )


@register.simple_tag
def size_across(text: object, face: str, width_mm: float, most_pt: float = 400) -> str:
    """Return the size at which the longest line of a text fills a width, such as `148.2pt`."""
    lines = str(text).splitlines() or [""]
    return pt(
        min(
            fitting.one_line_size(line, face_file(face), float(width_mm), float(most_pt))
            for line in lines
        )
    )


@register.filter
def word_lines(text: object) -> str:
    """Return a text with each of its words on a line of its own."""
    return "\n".join(str(text).split(" "))


@register.simple_tag
def figure_row(figures: Any, width_mm: float) -> dict[str, Any]:
    """Share a row between figures by their widths, all at the largest size that leaves room."""
    texts = [typeset(str(figure["value"])) for figure in figures]
    least = min(LEAST_FIGURE_MM, float(width_mm) / len(texts))
    for size in range(LARGEST_FIGURE_PT, 15, -1):
        widths = [
            max(least, fitting.width_mm(text, face_file("thin"), size) + FIGURE_GAP_MM)
            for text in texts
        ]
        if sum(widths) <= float(width_mm):
            break
    spare = max(0.0, float(width_mm) - sum(widths)) / len(widths)
    return {
        "size": pt(size),
        "figures": [
            {"value": text, "label": figure["label"], "width_mm": width + spare}
            for text, figure, width in zip(texts, figures, widths, strict=True)
        ],
    }


def face_file(name: str) -> Path:
    """Return the file of a face: thin, sans, bold or heavy."""
    (path,) = composition.FONTS.glob(f"*/{FACES[name]}")
    return path


@register.filter
def initial(html: str) -> SafeString:
    """Enlarge the first letter of a text; short first paragraphs are left alone.

    `::first-letter` can't float (WeasyPrint 70 crashes), so the letter gets an element of its own.
    """
    ahead = LEADING_FIGURE.match(html)
    start = ahead.end() if ahead else 0
    found = INITIAL.match(html, start)
    if found is None or html.find("</p>", start) - start < LONG_ENOUGH:
        return mark_safe(html)  # noqa: S308
    letter = f'<span class="initial">{found["mark"].strip()}{found["letter"]}</span>'
    rest = f'<span class="after-initial">{found["rest"]}</span>' if found["rest"] else ""
    return mark_safe(html[:start] + found["before"] + letter + rest + html[found.end() :])  # noqa: S308


@register.filter
def ended(html: str) -> SafeString:
    """Put the sign that ends a text behind its last sentence."""
    return mark_safe(LAST_SENTENCE.sub('<span class="end"></span></p>', html, count=1))  # noqa: S308


@register.filter
def headed(html: str) -> SafeString:
    """Keep a crosshead with the piece across all columns that follows it, on one page."""
    return mark_safe(HEAD_OF_PIECE.sub(r'<div class="across headed">\1</div>', html))  # noqa: S308


@register.filter
def said_by(answer: object, speaker: str) -> SafeString:
    """Put the speaker's name in front of the first paragraph of an answer."""
    html = str(conditional_escape(answer))
    name = format_html('<span class="speaker">{}.</span> ', speaker)
    return mark_safe(re.sub(r"(<p[^>]*>)", rf"\g<1>{name}", html, count=1))  # noqa: S308


@register.filter
def signing(bylines: list[Any]) -> list[Contributor]:
    """Return who wrote or asked, each once, if there is something to say of them."""
    people = [each.contributor for each in bylines if each.role in ("text", "interview")]
    return [person for person in dict.fromkeys(people) if person.bio]


@register.filter
def names(bylines: list[Any]) -> str:
    """Return the names of those who sign, each once."""
    return ", ".join(dict.fromkeys(byline.contributor.name for byline in bylines))


@register.filter
def euros(price: Any) -> str:
    """Return a price as one says it: `9 €`, `9,50 €`."""
    return f"{price:.2f} €".replace(".", ",").replace(",00", "")


@register.filter
def is_game(table: Any) -> bool:
    """Tell whether a table is a game's grid: square, with one letter above each column."""
    headings = [column["heading"] for column in table.columns]
    return len(headings) == len(list(table.rows)) and all(len(each) == 1 for each in headings)


@register.simple_tag
def call_board(rows: list[Any], grid: PageGrid) -> dict[str, Any]:
    """Share the contents between two pages: a few calls under the heading, the rest opposite."""
    left = max(1, round(len(rows) * 0.3))
    right = max(1, len(rows) - left)
    row = grid.height_mm / max(right, left * 2)
    return {
        "left": rows[:left],
        "right": rows[left:],
        "row_mm": row,
        "head_mm": grid.height_mm - left * row,
        "title_mm": min(grid.width_mm, (grid.height_mm - left * row) * BOARD_TITLE_SHARE),
        "ground_mm": grid.sheet.bleed_mm + grid.head_mm + grid.height_mm + grid.line_mm,
    }


@register.simple_tag
def picture_credits(issue: Issue) -> list[str]:
    """Return the credits of the pictures printed in an issue, each once, in alphabetical order."""
    pictures = [issue.cover] if issue.cover else []
    for entry in issue.entries.on_paper().select_related("article"):
        pictures += composition.pictures_of(entry.article.specific)
    return sorted({picture.credit for picture in pictures if picture.credit})
