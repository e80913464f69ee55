"""Forms to fill in, long lists and cards: what stands in which box, before anybody draws the lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import floor

MARGINS_MM = (18, 15, 16, 15)  # top, right, bottom, left
PAPER_MM = (210, 297)
RIGHT_MM = 8  # between the line and a text at the right
PADDING_MM = 1.2  # left and right of a text in its box
POINT_MM = 25.4 / 72
DIGIT = 0.56  # of the size, in the widest of the faces that stand in for 仿宋
SMALLEST = 7.0  # points, for a number, which reads badly in two lines
SMALLER = 0.85  # of the size, for words


@dataclass(frozen=True)
class Box:
    """One cell. Lines of the text are parted by \\n. `label`: the word for what belongs beside it;
    `bold_first`: the first line stands out; `top`: the text begins at the upper edge."""

    text: str = ""
    across: int = 1
    down: int = 1
    label: bool = False
    side: str = "center"
    top: bool = False
    bold_first: bool = False


@dataclass(frozen=True)
class Row:
    """At least `height` millimetres high."""

    boxes: tuple[Box, ...]
    height: float = 8


@dataclass(frozen=True)
class Grid:
    """`widths` are shares of the line. The first `heads` rows come again on every page; `cut`: the
    lines are there to be cut along. `size` of the text, in points."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    heads: int = 0
    cut: bool = False
    size: float = 12

    @property
    def shares(self) -> tuple[float, ...]:
        return tuple(width / sum(self.widths) for width in self.widths)


@dataclass(frozen=True)
class Sheet:
    """A page, or as many as its grid takes. `left` and `right` stand over the grid, `below` under
    it."""

    grid: Grid
    title: str = ""
    left: str = ""
    right: str = ""
    below: str = ""


@dataclass(frozen=True)
class Paper:
    """What is printed. `name` is the file's; `numbered`: pages carry their numbers."""

    name: str
    sheets: tuple[Sheet, ...]
    author: str
    date: date
    landscape: bool = False
    numbered: bool = False

    @property
    def size_mm(self) -> tuple[int, int]:
        return PAPER_MM[::-1] if self.landscape else PAPER_MM

    @property
    def line_mm(self) -> float:
        """The width between the margins."""
        return self.size_mm[0] - MARGINS_MM[1] - MARGINS_MM[3]


@dataclass(frozen=True)
class Placed:
    """A box and its first column, or (`box` None) the columns that a box from above reaches into."""

    column: int
    across: int
    box: Box | None = None


def placed(grid: Grid) -> Iterator[tuple[Row, list[Placed]]]:
    """Every row with all its columns accounted for, from left to right."""
    reaching: dict[int, tuple[int, int]] = {}  # first column -> (columns, rows still to come)
    for row in grid.rows:
        found: list[Placed] = []
        following: dict[int, tuple[int, int]] = {}
        column, boxes = 0, iter(row.boxes)
        while column < len(grid.widths):
            box = None if column in reaching else next(boxes)
            across, more = reaching[column] if box is None else (box.across, box.down - 1)
            found.append(Placed(column, across, box))
            if more - (box is None) > 0:
                following[column] = (across, more - (box is None))
            column += across
        reaching = following
        yield row, found


def size_of(cell: Placed, grid: Grid, line_mm: float) -> float:
    """The size of the text in its box."""
    text = cell.box.text if cell.box else ""
    if grid.cut or "\n" in text:
        return grid.size
    width = sum(grid.shares[cell.column : cell.column + cell.across]) * line_mm
    return fitting(text, width - 2 * PADDING_MM - 0.3, grid.size)


@lru_cache(maxsize=1000)
def fitting(text: str, room_mm: float, size: float) -> float:
    """The size in half points at which the text stands in one line; `size` where it does so anyway,
    or would be too small and takes several lines."""
    wide = sum(DIGIT if sign.isascii() else 1 for sign in text)
    fits = room_mm / POINT_MM / wide if wide else size
    least = SMALLEST if text.isascii() else size * SMALLER
    return floor(fits * 2) / 2 if least <= fits < size else size
