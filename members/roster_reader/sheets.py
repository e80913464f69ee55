"""A handed-in workbook as plain grids of cells, and which of the cells are formulas."""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

from python_calamine import CalamineError, PasswordError

from members.roster_reader.cells import is_blank
from members.roster_reader.old_formulas import formula_cells
from members.roster_reader.workbook import Sheet, TooManyCells, sheets_of, sheets_of_old_workbook
from unionoffice.errors import FileRefused

MOST_ROWS = 20_000  # of all sheets of a file
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
FORMULA_TAGS = (re.compile(rb"<f[\s>/]"), re.compile(rb":f[\s>/]"))  # a quick look first
FORMULA_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"']([A-Z]+)(\d+)[\"'][^>]*>\s*<(?:\w+:)?f[\s>/]"
)
# calamine lays a sheet out whole: one stray cell in the last row and column would take gigabytes.
# Row 100000 and beyond, column AAA and beyond, or column BA and beyond from row 10000 on.
# An empty cell that only has a colour or a border (<c r="E1048576" s="1"/>) takes none.
FAR = rb"r=[\"'](?<=\sr=.)(?:[A-Z]+\d{6}|[A-Z]{3}|[B-Z][A-Z]\d{5})"
TOO_FAR = re.compile(FAR + rb"[^>]*(?<!/)>(?!</)")
FAR_ROW = re.compile(rb"r=[\"'](?<=\sr=.)\d{6}")
CELL_WITHOUT_PLACE = re.compile(rb"<(?:\w+:)?c(?=[\s>])(?![^>]*\sr=)")

DAMAGES = (
    CalamineError,
    ElementTree.ParseError,
    EOFError,
    IndexError,
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass
class Grid:
    """Rows of one sheet from its very first row and column, all of the same width.

    Cells are str, float, bool, date, datetime, time or timedelta; "" is an empty cell.
    `merges` are ((top, left), (bottom, right)); all positions count from 0, both ends included.
    """

    name: str
    rows: list[list]
    merges: list[tuple[tuple[int, int], tuple[int, int]]]
    formulas: frozenset[tuple[int, int]] = frozenset()

    @cached_property
    def spans(self) -> dict[tuple[int, int], tuple[int, int, int, int]]:
        """Each position under a merge: its (top, left, bottom, right)."""
        return {
            (row, column): (top, left, bottom, right)
            for (top, left), (bottom, right) in self.merges
            for row in range(top, min(bottom, len(self.rows) - 1) + 1)
            for column in range(left, min(right, len(self.rows[row]) - 1) + 1)
        }


def open_workbook(name: str, content: bytes) -> tuple[list[Grid], list[str]]:
    """The visible sheets and warnings about the others. Raises FileRefused when it can't be opened."""
    try:
        formulas, sheets = _contents(name, content)
    except PasswordError:
        raise _locked(name) from None
    except TooManyCells:
        raise too_many_cells(name) from None
    except DAMAGES:
        raise _locked(name) if ENCRYPTED in content else _damaged(name) from None
    grids = [_grid(sheet, formulas.get(sheet.name)) for sheet in sheets if sheet.is_shown]
    hidden = [sheet.name for sheet in sheets if not sheet.is_shown]
    return grids, [f"工作表“{sheet}”是隐藏的，没有读。" for sheet in hidden]


def _contents(name: str, content: bytes) -> tuple[dict[str, frozenset], list[Sheet]]:
    """Formula cells by sheet name, and the sheets."""
    if content.startswith(b"PK"):
        return _formulas(name, content), sheets_of(content)
    sheets = sheets_of_old_workbook(content)
    formulas = zip(sheets, formula_cells(content), strict=True)
    return {sheet.name: cells for sheet, cells in formulas}, sheets


def too_many_cells(name: str) -> FileRefused:
    return FileRefused(f"“{name}”的格子太多，放不下。把花名册复制到一个新工作簿里再传。")


def _locked(name: str) -> FileRefused:
    return FileRefused(f"“{name}”加了密码，打不开。在 Excel 里去掉密码，另存后再传。")


def _damaged(name: str) -> FileRefused:
    return FileRefused(
        f"“{name}”打不开，可能没有下载完整或者损坏了。用 Excel 或 WPS 打开，另存为 .xlsx 后再传。"
    )


def _grid(sheet: Sheet, formulas: frozenset | None) -> Grid:
    grid = Grid(sheet.name, sheet.rows, sheet.merges, formulas or frozenset())
    spread_merges_down(grid)
    return grid


def spread_merges_down(grid: Grid) -> None:
    """Gives every row under a vertical merge the value that Excel shows beside it.

    Rows that hold nothing else stay empty: a merge often reaches past the last person.
    """
    empty = {row for row, _ in grid.spans if all(is_blank(cell) for cell in grid.rows[row])}
    for (row, column), (top, left, bottom, _right) in grid.spans.items():
        if top < row <= bottom and column == left and row not in empty:
            grid.rows[row][column] = grid.rows[top][left]


def _formulas(name: str, content: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Sheet name → positions of its formula cells."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for sheet, part in _sheet_parts(archive):
            xml = archive.read(part)
            if _reaches_too_far(xml):
                raise FileRefused(
                    f"“{name}”的工作表“{sheet}”在很远的行或列上还有内容，放不下。"
                    "把花名册复制到一个新工作簿里再传。"
                )
            if any(tag.search(xml) for tag in FORMULA_TAGS):
                found[sheet] = frozenset(
                    (int(row) - 1, _column(letters)) for letters, row in FORMULA_CELL.findall(xml)
                )
    return found


def _reaches_too_far(xml: bytes) -> bool:
    """A cell that does not say its place takes it from its row."""
    unplaced = FAR_ROW.search(xml) and CELL_WITHOUT_PLACE.search(xml)
    return bool(TOO_FAR.search(xml) or unplaced)


def _sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """(sheet name, path in the archive) of each worksheet."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target", "")))
        for relation in relations
        if relation.get("Type", "").endswith("/worksheet")
    }
    sheets = ElementTree.fromstring(archive.read("xl/workbook.xml")).iterfind(".//{*}sheet")
    pairs = [(sheet.get("name", ""), targets.get(_relation(sheet))) for sheet in sheets]
    return [(name, path.lstrip("/")) for name, path in pairs if path]


def _relation(sheet: ElementTree.Element) -> str:
    """The value of r:id; strict and usual workbooks name its namespace differently."""
    return next((value for key, value in sheet.items() if key.endswith("}id")), "")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
