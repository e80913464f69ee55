"""A list of days off as a file, turned into the lines that the reader of the notice takes."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime

from python_calamine import CalamineError, load_workbook

from unionoffice.errors import FileRefused
from unionoffice.uploads import FileKind, decode_text, file_kind

MOST_ROWS = 1000
TAKEN = (FileKind.XLSX, FileKind.TEXT)


def lines_of(name: str, content: bytes) -> str:
    """Raises FileRefused for what is no list."""
    if file_kind(name, content, TAKEN) == FileKind.TEXT:
        text = decode_text(content) or ""
        return text if not name.lower().endswith(".csv") else _lines(csv.reader(io.StringIO(text)))
    try:
        book = load_workbook(io.BytesIO(content))
        rows = [
            row for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python()
        ]
    except (CalamineError, ValueError, OSError):
        raise FileRefused(f"“{name}”打不开，用 Excel 打开另存一份再传。") from None
    if len(rows) > MOST_ROWS:
        raise FileRefused(
            f"“{name}”有 {len(rows)} 行，一年的安排不到 {MOST_ROWS} 行，检查是不是选错了。"
        )
    return _lines(rows)


def _lines(rows: Iterable[Iterable]) -> str:
    return "\n".join(" ".join(filter(None, map(_word, row))) for row in rows)


def _word(value) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value or "").strip()
