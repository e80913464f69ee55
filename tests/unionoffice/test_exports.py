"""Lists out of the office: the same rows in both formats, and nothing that Excel would run."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from unionoffice.exports import (
    TableExport,
    as_csv,
    as_xlsx,
    file_response,
    harmless,
    table_response,
)


class Register(TableExport):
    title = "走访慰问登记表_2026"
    columns = ("姓名", "日期", "金额", "备注")

    def rows(self):
        yield "王某", date(2026, 3, 8), Decimal("400.50"), None
        yield "=1+1", None, Decimal("0.00"), "两行\n备注"


class Wide(TableExport):
    title = "宽表"
    columns = tuple(f"第{n}列" for n in range(1, 31))

    def rows(self):
        yield range(30)


class Odd(TableExport):
    title = "慰问/登记[2026]：甲*乙?"
    columns = ("备注",)

    def rows(self):
        yield ["竖排\x0b备注"]


class Long(TableExport):
    title = "长短"
    columns = ("序号", "工会小组", "日期", "备注")

    def rows(self):
        yield 1, "退休教职工小组第二片", date(2026, 3, 8), "长" * 60
        yield 2, "", None, None


class Empty(TableExport):
    title = "没有人"
    columns = ("姓名", "什么时候到校的")

    def rows(self):
        return iter(())


def sheet_rows(content: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_workbook_holds_the_heads_and_the_rows():
    assert sheet_rows(as_xlsx(Register())) == [
        ["姓名", "日期", "金额", "备注"],
        ["王某", date(2026, 3, 8), 400.5, ""],
        ["'=1+1", "", 0.0, "两行\n备注"],
    ]


def test_the_text_table_holds_the_same_and_excel_reads_it_as_utf8():
    content = as_csv(Register())
    assert content.startswith(b"\xef\xbb\xbf")
    assert csv_rows(content) == [
        ["姓名", "日期", "金额", "备注"],
        ["王某", "2026-03-08", "400.50", ""],
        ["'=1+1", "", "0.00", "两行\n备注"],
    ]


def test_a_table_may_have_more_than_26_columns():
    assert sheet_rows(as_xlsx(Wide())) == [list(Wide.columns), [float(n) for n in range(30)]]


def test_characters_that_a_workbook_cannot_hold_do_not_stop_the_export():
    assert sheet_rows(as_xlsx(Odd())) == [["备注"], ["竖排备注"]]


@pytest.mark.parametrize(
    ("table", "widths"), [(Long, [6, 22, 12, 40]), (Empty, [6, 16])], ids=["rows", "no rows"]
)
def test_a_column_is_as_wide_as_its_longest_text_within_bounds(table, widths):
    sheet = load_workbook(io.BytesIO(as_xlsx(table()))).active
    assert [column.width for column in sheet.column_dimensions.values()] == widths


STARTS = [
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "﹢",
    " =",
    "\n=",
    "\u3000＝",
    "\t",
    "\r",
    "\n",
]


@pytest.mark.parametrize("start", STARTS)
def test_text_that_a_spreadsheet_would_run_is_made_harmless(start):
    assert harmless(f"{start}cmd") == f"'{start}cmd"


@pytest.mark.parametrize(
    "value", ["王某", "", " ", "1-2", "（=", 3, Decimal("-5.00"), date(2026, 3, 8), False]
)
def test_other_values_stay_as_they_are(value):
    assert harmless(value) is value


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_a_download_is_named_after_the_table(file_format):
    response = table_response(Register(), file_format)
    name = "%E8%B5%B0%E8%AE%BF%E6%85%B0%E9%97%AE%E7%99%BB%E8%AE%B0%E8%A1%A8_2026"
    assert response["Content-Disposition"] == (f"attachment; filename*=utf-8''{name}.{file_format}")


@pytest.mark.parametrize(
    ("extension", "content_type"),
    [("csv", "text/csv; charset=utf-8"), ("pdf", "application/pdf")],
)
def test_a_download_says_what_it_is(extension, content_type):
    response = file_response(b"x", "总结", extension)
    assert (response["Content-Type"], response.content) == (content_type, b"x")
