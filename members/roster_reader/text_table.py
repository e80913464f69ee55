"""A roster kept as text: which character separates the columns, and its records as a grid."""

import csv
import io
import re

from members.roster_reader.columns import recognise
from members.roster_reader.sheets import Grid
from unionoffice.errors import FileRefused

DELIMITERS = (",", "\t", ";", "|", "，", "、")
LOOK_AT = 20_000  # characters that decide about the delimiter
WEB_PAGE = re.compile(r"\s*<(?:!doctype|html|\?xml|table|meta|style)", re.IGNORECASE)


def open_text(name: str, text: str) -> Grid:
    """The records as rows; a quoted line break stays inside its record, an empty line is a row."""
    if WEB_PAGE.match(text):
        raise FileRefused(
            f"“{name}”里面其实是网页表格。用 Excel 或 WPS 打开，另存为 .xlsx 后再传。"
        )
    text = text.rstrip("\x1a")
    try:
        rows = _records(text, _delimiter(text))
    except csv.Error:
        raise FileRefused(
            f"“{name}”里有一格文字太长，认不出是表格。用 Excel 打开看看，另存为 .xlsx 后再传。"
        ) from None
    width = max(map(len, rows), default=0)
    return Grid("", [row + [""] * (width - len(row)) for row in rows], merges=[])


def _delimiter(text: str) -> str:
    """The one under which most headings are understood in a single record."""
    head = text[:LOOK_AT]
    return max(DELIMITERS, key=lambda delimiter: _headings(_records(head, delimiter)))


def _headings(rows: list[list[str]]) -> int:
    return max((sum(recognise(cell) is not None for cell in row) for row in rows), default=0)


def _records(text: str, delimiter: str) -> list[list[str]]:
    """With a quotation mark that is never closed, every line is a record and quotes mean nothing."""
    try:
        return _split(text, delimiter, strict=True)
    except csv.Error:
        rows = _split(text, delimiter, quoting=csv.QUOTE_NONE)
        return [[cell.strip('"') for cell in row] for row in rows]


def _split(text: str, delimiter: str, **options) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, **options))
