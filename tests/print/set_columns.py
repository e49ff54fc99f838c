"""Read lines and columns back from a finished PDF: where each line stands, in mm and in signs."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from print.page_grid import LEADING_PT, MM_PER_PT, PageGrid

# Ascender and descender of the text's serif, in ems, and its usual size.
SERIF, SERIF_PT = (1.036, 0.335), 9.5
BASELINE_MM = (LEADING_PT + (SERIF[0] - SERIF[1]) * SERIF_PT) / 2 * MM_PER_PT
APART_MM, LEVEL_MM = 3.4, 0.12
CAPTION_MOST_PT = 8.8


@dataclass(frozen=True)
class Sign:
    """One printed sign: its place from the trim's upper left corner, its size and face."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    size_pt: float
    face: str


@dataclass(frozen=True)
class Line:
    """Signs side by side on one baseline; lengths in mm from the trim's upper left corner."""

    left: float
    right: float
    baseline: float
    size_pt: float
    faces: frozenset[str]
    text: str

    @property
    def letters(self) -> str:
        """Return the text without spaces, signs and hyphens."""
        return letters_of(self.text)

    def row(self, grid: PageGrid) -> int:
        """Return the line of the grid it stands on, or the nearest one."""
        return round((self.baseline - grid.head_mm - BASELINE_MM) / grid.line_mm)

    def off_grid_mm(self, grid: PageGrid) -> float:
        """Return how far its baseline is from the nearest line of the grid."""
        return abs(self.baseline - grid.head_mm - BASELINE_MM - self.row(grid) * grid.line_mm)


def letters_of(text: str) -> str:
    """Return a text's letters and figures alone, in small letters."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def signs_of(page: pypdfium2.PdfPage) -> list[Sign]:
    """Return the printed signs of a page, spaces left out."""
    left, _bottom, _right, top = page.get_trimbox()
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    box = [ctypes.c_double() for _ in range(4)]
    matrix = pdfium.FS_MATRIX()
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    found = []
    for at in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text, at))
        if sign.isspace() or not sign.isprintable():
            continue
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        pdfium.FPDFText_GetCharBox(text, at, *box)
        pdfium.FPDFText_GetMatrix(text, at, matrix)
        pdfium.FPDFText_GetFontInfo(text, at, name, 200, flags)
        across = [(side.value - left) * MM_PER_PT for side in box[:2]]
        down = [(top - side.value) * MM_PER_PT for side in box[2:]]
        found.append(
            Sign(
                sign,
                across[0],
                across[1],
                min(down),
                max(down),
                (top - y.value) * MM_PER_PT,
                round(pdfium.FPDFText_GetFontSize(text, at) * abs(matrix.d), 1),
                name.value.decode().split("+")[-1],
            )
        )
    return found


def lines_of(signs: Sequence[Sign]) -> list[Line]:
    """Return the lines, from head to foot; columns side by side make lines of their own."""
    rows: list[list[Sign]] = []
    for sign in sorted(signs, key=lambda each: (round(each.baseline, 1), each.left)):
        near = next(
            (
                row
                for row in reversed(rows[-6:])
                if abs(row[-1].baseline - sign.baseline) < LEVEL_MM
                and -5 < sign.left - row[-1].right < APART_MM
            ),
            None,
        )
        if near is None:
            rows.append([sign])
        else:
            near.append(sign)
    return [_line(row) for row in rows]


def _line(row: list[Sign]) -> Line:
    sizes = sorted(sign.size_pt for sign in row)
    return Line(
        left=row[0].left,
        right=row[-1].right,
        baseline=row[len(row) // 2].baseline,
        size_pt=sizes[len(sizes) // 2],
        faces=frozenset(sign.face for sign in row),
        text="".join(sign.text for sign in row),
    )


@dataclass(frozen=True)
class Column:
    """A column of running text between what spans the page: its lines, and the row it ends on."""

    page: int
    number: int
    lines: tuple[Line, ...]
    last_row: int


def runs_of(
    lines: Sequence[Line], grid: PageGrid, columns: int, recto: bool, page: int
) -> Iterator[list[Column]]:
    """Find the runs of running text on a page, each with its columns side by side.

    A run ends where a row or more holds no running text in any column.
    """
    left = grid.inner_mm if recto else grid.outer_mm
    one = grid.span_mm(1, columns)
    starts = [left + number * (one + grid.gutter_mm) for number in range(columns)]
    held = [
        (line, number)
        for line in lines
        for number, start in enumerate(starts)
        if start - 1 < line.left and line.right < start + one + 2.2
    ]
    # A crosshead with its white takes two rows, what spans takes more.
    text = sorted({line.row(grid) for line, _number in held if _is_running(line)})
    spans = []
    for row in text:
        if spans and row - spans[-1][1] <= 3:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    for first, last in spans:
        run = []
        for number in range(columns):
            own = [
                line
                for line, column in held
                if column == number
                and first <= line.row(grid)
                and line.size_pt > 7.7
                and line.row(grid) < grid.lines
            ]
            running = [line for line in own if _is_running(line) and line.row(grid) <= last]
            running += [line for line in own if _is_head(line) and line.row(grid) <= last + 2]
            if running:
                run.append(
                    Column(
                        page,
                        number,
                        tuple(sorted(running, key=lambda line: line.baseline)),
                        _end_of({line.row(grid) for line in running}, own, grid),
                    )
                )
        if run:
            yield run


def _is_running(line: Line) -> bool:
    return 9.2 <= line.size_pt <= 13 and any(face.startswith("Source") for face in line.faces)


def _is_head(line: Line) -> bool:
    return 10.2 <= line.size_pt <= 13 and all(face.endswith("Ultra-Bold") for face in line.faces)


def _end_of(rows: set[int], own: Sequence[Line], grid: PageGrid) -> int:
    """Return the row that a column ends on: of its text, or of the caption right below."""
    end = max(rows)
    for row in sorted(line.row(grid) for line in own if line.size_pt < CAPTION_MOST_PT):
        if end < row <= end + 2:
            end = row
    return end
