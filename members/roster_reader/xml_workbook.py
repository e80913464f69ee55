"""A workbook in the one-file XML of Excel 2003 (SpreadsheetML), which calls itself .xls or .xml."""

from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree

from members.roster_reader.sheets import Grid, spread_merges_down, too_many_cells
from members.roster_reader.workbook import MOST_CELLS
from unionoffice.errors import FileRefused

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
SS = f"{{{NAMESPACE}}}"
VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
LOOK_AT = 4000  # characters that name the namespace


def is_xml_workbook(text: str) -> bool:
    return NAMESPACE in text[:LOOK_AT]


def open_xml_workbook(name: str, text: str) -> tuple[list[Grid], list[str]]:
    """The visible sheets and warnings about the others. Raises FileRefused when it is damaged."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:  # no workbook has them
        raise _damaged(name)
    try:
        sheets = ElementTree.fromstring(text).findall(f"{SS}Worksheet")
        shown = [sheet for sheet in sheets if not _is_hidden(sheet)]
        grids = [_grid(name, sheet) for sheet in shown]
    except (ElementTree.ParseError, ValueError):
        raise _damaged(name) from None
    hidden = [sheet.get(f"{SS}Name", "") for sheet in sheets if sheet not in shown]
    return grids, [f"工作表“{sheet}”是隐藏的，没有读。" for sheet in hidden]


def _is_hidden(sheet: ElementTree.Element) -> bool:
    return (sheet.findtext(f".//{VISIBLE}") or "").startswith("SheetHidden")


def _grid(name: str, sheet: ElementTree.Element) -> Grid:
    cells = list(_cells(sheet))
    height = max((row + 1 for row, *_ in cells), default=0)
    width = max((column + 1 for _, column, *_ in cells), default=0)
    if height * width > MOST_CELLS:
        raise too_many_cells(name)
    grid = Grid(sheet.get(f"{SS}Name", ""), [[""] * width for _ in range(height)], [])
    formulas = set()
    for row, column, element in cells:
        grid.rows[row][column] = _value(element.find(f"{SS}Data"))
        across, down = _number(element, "MergeAcross"), _number(element, "MergeDown")
        if across or down:
            grid.merges.append(((row, column), (row + down, min(column + across, width - 1))))
        if element.get(f"{SS}Formula"):
            formulas.add((row, column))
    grid.formulas = frozenset(formulas)
    spread_merges_down(grid)
    return grid


def _cells(sheet: ElementTree.Element) -> Iterator[tuple[int, int, ElementTree.Element]]:
    """(row, column, cell); Index says a place that is not the next one, both counted from 1."""
    number = -1
    for row in sheet.iterfind(f"{SS}Table/{SS}Row"):
        number = _number(row, "Index", number + 2) - 1
        column = -1
        for cell in row.iterfind(f"{SS}Cell"):
            column = _number(cell, "Index", column + 2) - 1
            yield number, column, cell
            column += _number(cell, "MergeAcross")
        number += _number(row, "Span")


def _number(element: ElementTree.Element, name: str, default: int = 0) -> int:
    number = int(element.get(f"{SS}{name}", default))
    if number < 0:
        raise ValueError(name)
    return number


def _value(data: ElementTree.Element | None):
    if data is None:
        return ""
    text, kind = "".join(data.itertext()), data.get(f"{SS}Type")
    if kind == "Number":
        return float(text)
    if kind == "DateTime":
        return datetime.fromisoformat(text)
    return text


def _damaged(name: str) -> FileRefused:
    return FileRefused(
        f"“{name}”打不开，可能没有下载完整或者损坏了。用 Excel 或 WPS 打开，另存为 .xlsx 后再传。"
    )
