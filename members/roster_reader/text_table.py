"""A roster kept as text: what kind of text, which character separates the columns, and its records
as a grid."""

import csv
import io
import re
from itertools import islice

from members.roster_reader.columns import recognise
from members.roster_reader.sheets import MOST_ROWS, Grid, too_many_cells
from members.roster_reader.web_page import open_web_page
from members.roster_reader.workbook import MOST_CELLS
from members.roster_reader.xml_workbook import is_xml_workbook, open_xml_workbook
from unionoffice.errors import FileRefused

DELIMITERS = (",", "\t", ";", "|", "，", "、")
LOOK_AT = 20_000  # characters that decide about the delimiter
TAGS = "html|head|body|table|thead|tr|meta|style|script|div|center"
WEB_PAGE = re.compile(rf"\s*<(?:!doctype|!--|\?xml|(?:{TAGS})\b)", re.IGNORECASE)
ONE_FILE_PAGE = re.compile(r"\s*MIME-Version:.{0,2000}multipart/related", re.I | re.S)


def open_text(name: str, text: str) -> tuple[list[Grid], list[str]]:
    """What the text holds: a page or a workbook in XML under a false name, else records."""
    if is_xml_workbook(text) and text.lstrip().startswith("<"):
        return open_xml_workbook(name, text.lstrip())
    if WEB_PAGE.match(text):
        return [open_web_page(name, text)], []
    if ONE_FILE_PAGE.match(text):
        raise FileRefused(
            f"“{name}”是存成一个文件的网页，读不了。用 Excel 或 WPS 打开，另存为 .xlsx 后再传。"
        )
    return [_open_records(name, text.rstrip("\x1a"))], []


def _open_records(name: str, text: str) -> Grid:
    """The records as rows; a quoted line break stays inside its record, an empty line is a row."""
    try:
        rows = _records(text, _delimiter(text))
    except csv.Error:
        raise FileRefused(
            f"“{name}”里有一格文字太长，认不出是表格。用 Excel 打开看看，另存为 .xlsx 后再传。"
        ) from None
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        raise too_many_cells(name)
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
    """Not many more than a roster may have: how long the rest is does not matter."""
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, **options)
    return list(islice(records, MOST_ROWS + 1))
