"""The cells of a workbook as calamine reads them.

Run as a script it reads the workbook from standard input and answers on standard output: a damaged
file in the old .xls format can bring the library, and with it the whole process, down.
Imports nothing of ours, so that the script starts quickly.
"""

import io
import pickle
import resource
import subprocess
import sys
from typing import NamedTuple

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

SECONDS = 30
MEMORY = 2 * 1024**3  # bytes of address space
LOCKED = 3  # the exit code for a workbook with a password
TOO_MANY = 4  # … and for one with too many cells
MOST_CELLS = 3_000_000  # of all sheets, the empty ones between others included


class TooManyCells(Exception):
    """More than a roster ever has."""


class Sheet(NamedTuple):
    name: str
    is_shown: bool
    rows: list[list]
    merges: list[tuple[tuple[int, int], tuple[int, int]]]


def sheets_of(content: bytes) -> list[Sheet]:
    """All worksheets; hidden ones without their cells. Raises CalamineError, PasswordError
    or TooManyCells."""
    sheets, cells = [], 0
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for meta in book.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet:
                sheets.append(
                    _sheet(book, meta.name, meta.visible == SheetVisibleEnum.Visible, cells)
                )
                cells += sum(map(len, sheets[-1].rows))
    return sheets


def sheets_of_old_workbook(content: bytes) -> list[Sheet]:
    """The same for .xls, in a process of its own."""
    try:
        run = subprocess.run(
            [sys.executable, "-I", __file__], input=content, capture_output=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        raise CalamineError("timeout") from None
    if run.returncode == LOCKED:
        raise PasswordError
    if run.returncode == TOO_MANY:
        raise TooManyCells
    if run.returncode:
        raise CalamineError(run.stderr.decode(errors="replace")[-200:])
    return [Sheet(*parts) for parts in pickle.loads(run.stdout)]


def _sheet(book: CalamineWorkbook, name: str, is_shown: bool, cells_before: int) -> Sheet:
    if not is_shown:
        return Sheet(name, False, [], [])
    sheet = book.get_sheet_by_name(name)
    if cells_before + sheet.total_height * sheet.total_width > MOST_CELLS:
        raise TooManyCells
    return Sheet(name, True, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or [])


def _answer() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        sheets = sheets_of(sys.stdin.buffer.read())
    except PasswordError:
        sys.exit(LOCKED)
    except TooManyCells:
        sys.exit(TOO_MANY)
    pickle.dump([tuple(sheet) for sheet in sheets], sys.stdout.buffer)


if __name__ == "__main__":
    _answer()
