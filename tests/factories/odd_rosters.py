"""More rosters as schools keep them, and lists that look like one: forms that came up later."""

import io

import openpyxl
from openpyxl.styles import Font

from tests.factories.school_rosters import ROSTERS, Case, book_of, roster, text_of

__all__ = ["ROSTERS"]


@roster("sections_in_the_first_column.xlsx")
def sections_in_the_first_column() -> Case:
    """What a group is stands over it from the first column on, merged over the whole table."""
    rows = [
        ["序号", "姓名", "性别", "出生年月"],
        ["语文组（2人）"],
        [1, "甲一", "男", "1985.03"],
        [2, "乙二", "女", "1990.10"],
        ["二、总务处", None, None, "共1人"],
        [3, "丙三", "女", "1979.1"],
        ["三、退休教师"],
        [4, "丁四", "男", "1955.12"],
        [5, None, "女", "1956.12"],
        ["2026年9月1日"],
    ]
    return (
        book_of({"名单": rows}, {"名单": ["A2:D2", "A7:D7", "A10:D10"]}),
        [
            (3, "甲一", "男", "1985-03", "语文组"),
            (4, "乙二", "女", "1990-10", "语文组"),
            (6, "丙三", "女", "1979-01", "总务处"),
            (8, "丁四", "男", "1955-12", ""),
        ],
        [2, 5, 7, 9, 10],
    )


@roster("birth_in_three_columns.xlsx")
def birth_in_three_columns() -> Case:
    rows = [
        ["姓名", "性别", "出生日期", None, None, "部门"],
        [None, None, "年", "月", "日", None],
        ["甲一", "男", 1985, 3, 8, "语文组"],
        ["乙二", "女", "1990年", "10月", None, "数学组"],
        ["丙三", "女", 1979, None, None, "英语组"],
        ["丁四", "男", 1980, 2, 30, "英语组"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:E1", "F1:F2"]
    return (
        book_of({"名单": rows}, {"名单": merges}),
        [
            (3, "甲一", "男", "1985-03-08", "语文组"),
            (4, "乙二", "女", "1990-10", "数学组"),
            (5, "丙三", "女", "1979", "英语组"),
            (6, "丁四", "男", "", "英语组"),
        ],
        [],
    )


@roster("birth_in_three_columns.csv")
def birth_in_columns_of_their_own() -> Case:
    lines = [
        "姓名,性别,出生年,出生月,出生日,部门",
        "甲一,男,1985,03,08,语文组",
        "乙二,女,1990,10,,",
    ]
    people = [(2, "甲一", "男", "1985-03-08", "语文组"), (3, "乙二", "女", "1990-10", "")]
    return text_of(lines, "gb18030"), people, []


@roster("borders_to_the_last_row.xlsx")
def borders_to_the_last_row() -> Case:
    """Cells without content that somebody gave a look, down to the end of the sheet."""
    rows = [["姓名", "性别", "部门"], ["甲一", "男", "语文组"]]
    book = openpyxl.load_workbook(io.BytesIO(book_of({"名单": rows})))
    for cell in ("C30000", "C1048576", "AAB3"):
        book.active[cell].font = Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), [(2, "甲一", "男", "", "语文组")], []


@roster("traditional_headings.xlsx")
def traditional_headings() -> Case:
    rows = [["編號", "姓名", "性別", "出生年月", "部門"], [1, "甲一", "女", "1985.3", "語文組"]]
    return book_of({"名单": rows}), [(2, "甲一", "女", "1985-03", "語文組")], []


@roster("empty_dates.csv")
def empty_dates() -> Case:
    """What a system writes for a date that it does not know."""
    lines = ["姓名,性别,出生日期", "甲一,男,1900-01-01", "乙二,女。,1900/1/0", "丙三,女,1899-12-30"]
    people = [(2, "甲一", "男", "", ""), (3, "乙二", "女", "", ""), (4, "丙三", "女", "", "")]
    return text_of(lines, "utf-8-sig"), people, []


@roster("children.xlsx")
def children() -> Case:
    rows = [
        ["序号", "职工姓名", "部门", "子女姓名", "子女性别", "子女出生日期"],
        [1, "甲一", "语文组", "乙二", "女", "2015-06-01"],
    ]
    return book_of({"统计": rows}), [], []


@roster("insurance.xlsx")
def insurance() -> Case:
    rows = [
        ["职工互助保障参保名单"],
        ["序号", "姓名", "性别", "身份证号", "险种", "保费", "受益人"],
        [1, "甲一", "男", "无", "住院", 60, "法定"],
    ]
    return book_of({"名单": rows}), [], []


@roster("health_check.xlsx")
def health_check() -> Case:
    rows = [
        ["序号", "姓名", "性别", "年龄", "部门", "血压", "血糖", "结论"],
        [1, "甲一", "男", 45, "语文组", "130/80", 5.6, "正常"],
    ]
    return book_of({"汇总": rows}), [], []


@roster("attendance.xlsx")
def attendance() -> Case:
    rows = [
        ["序号", "代表团", "姓名", "性别", "到会情况", "请假原因"],
        [1, "第一代表团", "甲一", "男", "√", None],
    ]
    return book_of({"到会": rows}), [], []
