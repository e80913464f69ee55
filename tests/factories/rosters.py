"""Rosters as files, and what the reader makes of them."""

import io

import openpyxl
import pytest

from members.roster_reader import read_roster
from unionoffice.errors import FileRefused

HEADER = ["姓名", "性别", "部门"]


def xlsx(*rows, merges=(), sheet="名单", **more_sheets):
    """The bytes of a workbook; `more_sheets` are further sheets by name."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in {sheet: rows, **more_sheets}.items():
        page = book.create_sheet(name)
        for line in lines:
            page.append(line)
    for merge in merges:
        book[sheet].merge_cells(merge)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def people(content, name="名册.xlsx"):
    """(row, name, gender, department) of everyone accepted."""
    rows = read_roster(name, content).accepted
    return [(row.row, row.name, row.gender, row.department) for row in rows]


def refusals(content, name="名册.xlsx"):
    return [(one.row, one.reason) for one in read_roster(name, content).rejected]


def text(content, encoding="utf-8"):
    return content.encode(encoding)


def refusal_of(content, name):
    with pytest.raises(FileRefused) as refusal:
        read_roster(name, content)
    return str(refusal.value)
