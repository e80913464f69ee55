"""Whole files: sheets, formulas, formats, and what is refused."""

import base64
import io
import lzma
import re
import tracemalloc
import zipfile

import openpyxl
import pytest

from members.roster_reader import Rejection, RosterRow, read_roster
from tests.factories.rosters import HEADER, people, refusal_of, refusals, saved, text, xlsx

WANTED = (
    "花名册要有“姓名”一列，再有性别、出生日期、部门、工号、手机中的一两列，"
    "补上这样的表头，或换成花名册再传。"
)

# An .xls with 部门 merged over three people of 在职, packed: no library here writes the old format.
OLD_WORKBOOK = """
/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4BX/ArNdAGgzvhyGMHdg9KSEKkAMHHYngvKRhtyIyie64aC3xgQTZ5vNmLlpNRUq
meED08XozNH0Sz/ZqCLxYNmwx+4v1UI+paOKIneBVRFwGzT6D/ujymYAx2HNK6igkTgwCYzLHYse39FHGA104/DYJ4+VKGOm
rUwK6ls6nK/V8ANGtcY3YFqYFEqCx5eWX79ofuY4cKoND/k7tx7JFKeHSazwp/H40Fv4HQxGZJEZZQu5VmygJkk4iVzyLa6i
Zkw3pUgy+2qGJpTfgG0AJ3TgLaN0a+vn9ZOi+pxZMQUA0oDk/3mrPwWv7yFjSb1pnzLoyN2XNMkQCKzqaQOHkNNFAt7WeW0n
syswQjZXq6c5kGhtCYjb7X3CCkXTqkYskmeekJGCDaDPghOIquNXSky4qoFa3av9nbZtPECskLBqMsutsSI31h2NIgcKI8aA
CVURryZI+cZYebKafGuMVLfcc9tB/p8wTw28+95+gsT7N9x5gU15H4+r8Lyl0Kt+9VR7D4/9RL609o51oKXpr0pTatdvF/2i
OhxK93YD11OY/iAmJ5FfyYE0IZTvW+DZjQjIBpb38QZRjLQSe3rB0vFSQWduR8/znW3d3NglTYh0F2gPj2Htmn9Mw3QGCp8+
3pXdvvgVEDiCQZDksU97RAbpNxBZWZYpWKKC8B6D2NnOzKfx2CfI9ik6DAmWUtGvzo0VgWFqYiO8VsP438GOq5i6awoejTZX
6lrTQ6ruZmQ3DT6PJDqNff4GIOxwCEiASybNYPnyoxFYXyTobW6k6HxBMjoFL/fgOcIFxAQqZVO7GMty8xaPAu/9nx01sM0U
JRhsvvpDuW8yRSu2YnicMPQf7ue0nVDJM5+xExq1Yfbbz6l/pSleMtArXEhR1Kwbs8b4aIC29kfIJW83+gBxOOLzI0g5fS63
f8AAAIed2eqn8KPdAAHPBYAsAABz/gU3scRn+wIAAAAABFla
"""


def test_sheets_give_the_status_where_no_column_does():
    reading = read_roster(
        "名册.xlsx",
        xlsx(
            HEADER,
            ["甲一", "男"],
            sheet="在职教师",
            退休=[HEADER, ["乙二", "女"]],
            离退休=[HEADER, ["丙三", "女"]],
            退休2=[[*HEADER, "状态"], ["丁四", "女", None, None]],
        ),
    )
    assert [(row.name, row.status) for row in reading.accepted] == [
        ("甲一", "在职"),
        ("乙二", "退休"),
        ("丙三", ""),
        ("丁四", ""),
    ]


def test_a_sheet_of_another_kind_is_named_and_passed_over():
    reading = read_roster(
        "名册.xlsx",
        xlsx(
            HEADER,
            ["甲一", "男"],
            收支=[["日期", "摘要", "收入", "支出"], ["1月", "会费", 1, 2]],
            说明=[["填表须知"]],
            空白=[],
        ),
    )
    assert [row.name for row in reading.accepted] == ["甲一"]
    assert reading.warnings == (
        "工作表“收支”有“收入、支出、摘要”这些列，像记账表，不是花名册，没有读。",
        "工作表“说明”没有找到花名册的表头，只看到“填表须知”，没有读。",
    )


def test_a_hidden_sheet_is_not_read():
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx(HEADER, ["甲一", "男"], 旧=[HEADER, ["乙二", "女"]]))
    )
    book["旧"].sheet_state = "hidden"
    reading = read_roster("名册.xlsx", saved(book))
    assert [row.name for row in reading.accepted] == ["甲一"]
    assert reading.warnings == ("工作表“旧”是隐藏的，没有读。",)


def test_a_formula_is_no_name_and_no_number_of_a_person():
    content = xlsx(
        ["工号", *HEADER],
        ["1", "=A1", "男", "语文组"],
        ["=1+1", "甲一", '=IF(1,"男","女")', "语文组"],
    )
    reading = read_roster("名册.xlsx", content)
    assert reading.rejected == (Rejection("名单", 2, "", "姓名是公式"),)
    assert reading.accepted == (
        RosterRow(
            "名单", 3, "甲一", department="语文组",
            warnings=("工号是公式，没有读入", "性别是公式，没有读入"),
        ),
    )  # fmt: skip


def test_the_last_result_of_a_formula_is_read_with_a_warning():
    plain = xlsx(["工号", "姓名", "性别"], ["1001", "甲一", "男"])
    content = with_formulas(plain, A2="1001", C2="男")
    assert read_roster("名册.xlsx", content).accepted == (
        RosterRow(
            "名单", 2, "甲一", gender="男",
            warnings=("工号是公式，没有读入", "性别是公式，读的是表里算好的结果"),
        ),
    )  # fmt: skip


def with_formulas(content, **results):
    """The workbook with formulas in these cells, beside what Excel worked out last time."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            xml = old.read(part).decode()
            for cell, result in results.items():
                formula = f'<c r="{cell}" t="str"><f>X1</f><v>{result}</v></c>'
                xml = re.sub(f'<c r="{cell}".*?</c>', formula, xml)
            new.writestr(part, xml)
    return changed.getvalue()


@pytest.mark.parametrize("start", ["=1+1", "+86", "-2", "@SUM(A1)", "＝1+1"])
def test_a_name_that_starts_like_a_formula_is_rejected(start):
    content = text(f"姓名,性别,部门\n{start},男,语文组\n甲一,女,数学组\n")
    assert refusals(content, "名册.csv") == [(2, "姓名是公式")]
    assert people(content, "名册.csv") == [(3, "甲一", "女", "数学组")]


def test_a_text_that_starts_like_a_formula_is_left_out():
    reading = read_roster("名册.csv", text('姓名,工号,部门\n甲一,="0012",=cmd|x\n乙二,=1+1,-\n'))
    assert reading.accepted == (
        RosterRow("", 2, "甲一", staff_no="0012", warnings=("部门“=cmd|x”是公式，没有读入",)),
        RosterRow("", 3, "乙二", warnings=("工号“=1+1”不像工号，没有读入",)),
    )


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_text_file_is_read_in_any_encoding_and_delimiter(encoding, delimiter):
    lines = [["会员名单"], HEADER, ["龙㛃", "女", "化学组"], ["", "", ""], ["𠮷一", "男", "语文组"]]
    content = text("\r\n".join(delimiter.join(line) for line in lines), encoding)
    assert people(content, "名册.csv") == [(3, "龙㛃", "女", "化学组"), (5, "𠮷一", "男", "语文组")]


def test_a_quoted_line_break_starts_no_new_record_and_an_empty_line_counts():
    content = text('姓名,性别,备注\n甲一,男,"第一行\n第二行"\n\n乙二,女,"他说""好"""\n')
    rows = read_roster("名册.csv", content).accepted
    assert [(row.row, row.name, row.note) for row in rows] == [
        (2, "甲一", "第一行 第二行"),
        (4, "乙二", '他说"好"'),
    ]


def test_a_quote_that_is_never_closed_swallows_nobody():
    content = text('姓名,性别,部门\n甲一,男,"语文组\n乙二,女,数学组\n')
    assert people(content, "名册.csv") == [(2, "甲一", "男", "语文组"), (3, "乙二", "女", "数学组")]


def test_the_old_binary_format_is_read_with_its_merges():
    content = lzma.decompress(base64.b64decode(OLD_WORKBOOK))
    rows = read_roster("名册.xls", content).accepted
    assert [(row.row, row.name, row.department, row.status) for row in rows] == [
        (2, "甲一", "语文组", "在职"),
        (3, "乙二", "语文组", "在职"),
        (4, "丙三", "语文组", "在职"),
    ]


def test_a_damaged_old_workbook_is_refused():
    content = lzma.decompress(base64.b64decode(OLD_WORKBOOK))[:3000]
    assert refusal_of(content, "名册.xls") == (
        "“名册.xls”打不开，可能没有下载完整或者损坏了。用 Excel 或 WPS 打开，另存为 .xlsx 后再传。"
    )


def test_a_workbook_without_its_sheet_is_refused():
    content = xlsx(HEADER, ["甲一", "男"]).replace(b"sheet1.xml", b"sheet9.xml")
    assert refusal_of(content, "名册.xlsx").startswith("“名册.xlsx”打不开，可能没有下载完整")


def test_a_workbook_with_a_password_is_refused():
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    content += "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert refusal_of(content, "名册.xlsx") == (
        "“名册.xlsx”加了密码，打不开。在 Excel 里去掉密码，另存后再传。"
    )


@pytest.mark.parametrize("cell", ["A100000", "AAA1", "BA10000"])
def test_a_stray_cell_far_out_is_refused_before_it_fills_the_memory(cell):
    book = openpyxl.load_workbook(io.BytesIO(xlsx(HEADER, ["甲一", "男"])))
    book.active[cell] = "x"
    assert refusal_of(saved(book), "名册.xlsx") == (
        "“名册.xlsx”的工作表“名单”在很远的行或列上还有内容，放不下。把花名册复制到一个新工作簿里再传。"
    )


def test_a_picture_a_program_and_a_huge_file_are_refused():
    assert "实际上是 PNG 图片" in refusal_of(b"\x89PNG\r\n\x1a\n123", "名册.xlsx")
    assert "是一个程序" in refusal_of(b"MZ\x90\x00\x03\x00\xff\xff\x81", "名册.xlsx")
    assert "超过 10 MB 的上限" in refusal_of(b"PK\x03\x04" + b"0" * (20 << 20), "名册.xlsx")
    assert "是空文件" in refusal_of(b"", "名册.csv")


def test_an_empty_workbook_is_refused():
    assert refusal_of(xlsx(), "名册.xlsx") == f"“名册.xlsx”是空的，一个格子也没填。{WANTED}"


def test_a_header_without_people_is_refused():
    assert refusal_of(xlsx(HEADER), "名册.xlsx") == (
        "“名册.xlsx”只有表头，下面一个人也没有。填好人员再传。"
    )


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (
            ["日期", "摘要", "收入", "支出", "余额", "经手人"],
            "有“收入、支出、余额、摘要”这些列，像记账表",
        ),
        (
            ["日期", "姓名", "部门", "事由", "金额", "经办人"],
            "有“金额、经办人、事由”这些列，像记账表",
        ),
        (["姓名", "部门", "金额", "签名"], "有“金额”一列，像记账表"),
        (["学号", "姓名", "性别", "语文", "数学", "总分"], "有“总分、语文、数学”这些列，像成绩表"),
        (["姓名", "部门", "得分"], "有“得分”一列，像成绩表"),
        (["学号", "姓名", "性别", "民族", "生日"], "有“学号”一列，像学生名单"),
        (["月份", "活动内容", "责任人"], "有“月份、活动内容、责任人”这些列，像计划表"),
    ],
)
def test_a_list_of_another_kind_is_refused(header, found):
    content = xlsx(header, ["甲一"] * len(header))
    assert refusal_of(content, "表.xlsx") == (
        f"“表.xlsx”不能当花名册读：工作表“名单”{found}，不是花名册，没有读。{WANTED}"
    )


def test_a_roster_may_have_a_column_of_money():
    content = xlsx(["姓名", "性别", "手机", "民族", "金额"], ["甲一", "男", None, "汉族", 5])
    assert people(content) == [(2, "甲一", "男", "")]


def test_a_text_cell_without_end_is_refused():
    assert refusal_of(text("姓名,性别\n" + "甲" * 140_000), "名册.csv") == (
        "“名册.csv”里有一格文字太长，认不出是表格。用 Excel 打开看看，另存为 .xlsx 后再传。"
    )


def test_a_list_without_names_is_refused_for_that():
    assert refusal_of(text("性别,出生日期,部门\n男,1990,语文组\n"), "名册.csv") == (
        f"“名册.csv”不能当花名册读：文件里缺“姓名”这一列，没有读。{WANTED}"
    )


def test_a_text_that_is_no_table_is_refused():
    assert refusal_of(text("工会工作计划\n一、学习\n"), "计划.txt") == (
        "“计划.txt”不能当花名册读：文件里没有找到花名册的表头，只看到“工会工作计划”，没有读。"
        + WANTED
    )


def test_thousands_of_people_are_read_in_order():
    rows = [[f"甲{chr(0x4E00 + number)}", "男", f"{number % 40}组"] for number in range(3000)]
    assert people(xlsx(HEADER, *rows)) == [
        (number + 2, name, gender, unit) for number, (name, gender, unit) in enumerate(rows)
    ]


def test_a_sheet_with_too_many_cells_is_refused_before_they_are_read():
    book = openpyxl.load_workbook(io.BytesIO(xlsx(HEADER, ["甲一", "男"])))
    book.active["AZ99999"] = "x"
    assert refusal_of(saved(book), "名册.xlsx") == (
        "“名册.xlsx”的格子太多，放不下。把花名册复制到一个新工作簿里再传。"
    )


def test_a_roster_of_too_many_rows_is_refused():
    rows = "".join(f"甲{number},男\n" for number in range(20_000))
    assert refusal_of(text(f"姓名,性别\n{rows}"), "名册.csv") == (
        "“名册.csv”超过 20000 行，太长了，拆成几份再传。"
    )


def test_a_text_with_one_very_long_line_is_refused_before_it_fills_the_memory():
    long_line = "甲一," + "," * 250_000
    content = text("姓名,性别\n" + "甲一,男\n" * 15_000 + long_line)
    tracemalloc.start()
    try:
        refusal = refusal_of(content, "名册.csv")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refusal == "“名册.csv”的格子太多，放不下。把花名册复制到一个新工作簿里再传。"
    assert peak < 50_000_000


def test_a_text_of_millions_of_lines_is_refused_before_it_fills_the_memory():
    tracemalloc.start()
    try:
        refusal = refusal_of(text("姓名,性别\n" + "\n" * 3_000_000), "名册.csv")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refusal == "“名册.csv”超过 20000 行，太长了，拆成几份再传。"
    assert peak < 50_000_000
