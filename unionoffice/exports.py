"""Lists out of the office: one row generator, two formats, no cell that Excel would execute."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX

FORMULA_SIGNS = frozenset("=+-@")  # also full-width, also behind a blank
BLANK_STARTS = ("\t", "\r", "\n")
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "zip": "application/zip",
}
NARROWEST_COLUMN, WIDEST_COLUMN = 6, 40  # digits, of which a Chinese character takes two


class TableExport:
    """A list that can be taken away. Subclasses set `title` and `columns` and give the rows."""

    title: str
    columns: tuple[str, ...]

    def rows(self) -> Iterator[Iterable]:
        raise NotImplementedError


def harmless(value):
    """The value for a cell: text that a spreadsheet would run as a formula gets a leading ',
    characters that a workbook can't hold are dropped."""
    if not isinstance(value, str):
        return "" if value is None else value
    value = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{value}" if _may_run(value) else value


def _may_run(text: str) -> bool:
    first = text.lstrip()[:1]
    runs = first in FORMULA_SIGNS or unicodedata.normalize("NFKC", first) in FORMULA_SIGNS
    return runs or text.startswith(BLANK_STARTS)


def as_xlsx(table: TableExport) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(INVALID_TITLE_REGEX.sub("", table.title)[:31])
    sheet.freeze_panes = "A2"
    heads = [WriteOnlyCell(sheet, value=name) for name in table.columns]
    for head in heads:
        head.font = Font(bold=True)
    rows = [[harmless(value) for value in row] for row in table.rows()]
    for number, width in enumerate(_widths(table.columns, rows), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append(heads)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _widths(heads: Iterable[str], rows: list[list]) -> Iterator[int]:
    """What the longest text of each column takes, within bounds: no date as ########."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(heads)
    for head, values in zip(heads, columns, strict=True):
        longest = max(map(_width, (head, *values)))
        yield min(WIDEST_COLUMN, max(NARROWEST_COLUMN, longest + 2))


def _width(value) -> int:
    """A Chinese character is three bytes long and two digits wide."""
    text = str(value)
    return (len(text) + len(text.encode(errors="replace"))) // 2


def as_csv(table: TableExport) -> bytes:
    """UTF-8 with the mark that makes Excel read it as such."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([_plain(harmless(value)) for value in row] for row in table.rows())
    return out.getvalue().encode("utf-8-sig")


def _plain(value):
    return str(value) if isinstance(value, (date, Decimal)) else value


def table_response(table: TableExport, file_format: str) -> HttpResponse:
    """The table as a download in "xlsx" or "csv"."""
    content = as_csv(table) if file_format == "csv" else as_xlsx(table)
    return file_response(content, table.title, "csv" if file_format == "csv" else "xlsx")


def file_response(content: bytes, title: str, extension: str) -> HttpResponse:
    """A download whose name may hold Chinese (RFC 5987)."""
    response = HttpResponse(content, content_type=CONTENT_TYPES[extension])
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{title}.{extension}"
    )
    return response
