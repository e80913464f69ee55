"""Whole files: where the people stand, who is taken, and what is refused."""

import base64
import io
import lzma
import re
import zipfile
from datetime import date

import openpyxl
import pytest

from members.roster_reader import Rejection, RosterRow, read_roster
from unionoffice.errors import FileRefused
from unionoffice.periods import Precision

HEADER = ["姓名", "性别", "部门"]
WANTED = (
    "花名册要有“姓名”一列，再有性别、出生日期、部门、工号、手机中的一两列，"
    "请补上这样的表头，或换成花名册再传。"
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


def test_a_full_row_fills_every_field():
    reading = read_roster(
        "名册.xlsx",
        xlsx(
            [
                "序号", "工号", "姓名", "性别", "出生日期", "民族", "政治面貌", "部门", "工会小组",
                "职称", "职务", "状态", "入会时间", "手机", "备注",
            ],
            [
                1, "09002", "甲一", "女", date(1985, 7, 5), "汉族", "群众", "信息组", "第五工会小组",
                "高级教师", "组长", "在职", "2009-09", "13800000001", "住城东",
            ],
        ),
    )  # fmt: skip
    assert reading.accepted == (
        RosterRow(
            sheet="名单",
            row=2,
            name="甲一",
            gender="女",
            birth=date(1985, 7, 5),
            birth_precision=Precision.DAY,
            staff_no="09002",
            phone="13800000001",
            ethnicity="汉族",
            party="群众",
            department="信息组",
            group="第五工会小组",
            title="高级教师",
            post="组长",
            status="在职",
            joined=date(2009, 9, 1),
            joined_precision=Precision.MONTH,
            note="住城东",
            warnings=(),
        ),
    )
    assert (reading.rejected, reading.ignored_columns, reading.warnings) == ((), (), ())


def test_json_leaves_out_what_is_not_known():
    content = xlsx(
        ["姓名", "性别", "出生年月", "部门"], ["甲一", "女", "1985.3", None], [None, "男"]
    )
    assert read_roster("名册.xlsx", content).as_json() == {
        "accepted": [
            {"row": 2, "name": "甲一", "gender": "女", "birth": "1985-03", "warnings": []}
        ],
        "rejected": [{"row": 3, "reason": "缺姓名"}],
        "columns": {
            "名单": {"姓名": "name", "性别": "gender", "出生年月": "birth", "部门": "department"}
        },
        "ignored_columns": [],
        "warnings": [],
    }


def test_json_names_the_sheet_only_when_several_hold_people():
    reading = read_roster(
        "名册.xlsx",
        xlsx(HEADER, ["甲一", "男"], sheet="在职", 退休=[HEADER, ["乙二", "女"], [None, "女"]]),
    ).as_json()
    assert [(one["sheet"], one["row"], one["name"]) for one in reading["accepted"]] == [
        ("在职", 2, "甲一"),
        ("退休", 2, "乙二"),
    ]
    assert reading["rejected"] == [{"sheet": "退休", "row": 3, "reason": "缺姓名"}]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("姓 名", "name"), ("教师姓名", "name"), ("职工姓名", "name"), ("*姓名（必填）", "name"),
        ("姓名 Name", "name"), ("性　别", "gender"), ("性别(男/女)", "gender"),
        ("出生年月", "birth"), ("出生年月日", "birth"), ("生日", "birth"), ("出生时间（公历）", "birth"),
        ("职工号", "staff_no"), ("教工号", "staff_no"), ("联系电话", "phone"), ("手机号码", "phone"),
        ("手机/电话", "phone"), ("民 族", "ethnicity"), ("政治面貌", "party"), ("所在科室", "department"),
        ("处室", "department"), ("教研组", "department"), ("年级组", "department"),
        ("所在\n部门", "department"), ("工会小组", "group"), ("所属小组", "group"), ("职称", "title"),
        ("现任职务", "post"), ("岗位", "post"), ("在职/退休", "status"), ("在岗情况", "status"),
        ("人员类别", "status"), ("入会日期", "joined"), ("加入工会时间", "joined"), ("备注", "note"),
    ],
)  # fmt: skip
def test_a_heading_is_known_by_its_usual_words(header, field):
    beside = ["民族" if field == "gender" else "性别"] + ["姓名"] * (field != "name")
    content = xlsx([header, *beside], ["甲一"] * 3)
    assert read_roster("名册.xlsx", content).columns["名单"][" ".join(header.split())] == field


@pytest.mark.parametrize(
    "header",
    [
        "序号", "编号", "父亲姓名", "配偶姓名", "紧急联系电话", "部门负责人", "职称取得时间", "出生地",
        "入党时间", "参加工作时间", "学科", "学历", "入会介绍人", "家庭电话",
    ],
)  # fmt: skip
def test_a_heading_about_something_else_is_not_read(header):
    content = xlsx(["姓名", "性别", header], ["甲一", "男", "乙二"])
    reading = read_roster("名册.xlsx", content)
    assert reading.columns == {"名单": {"姓名": "name", "性别": "gender"}}
    assert reading.ignored_columns == (() if header in ("序号", "编号") else (header,))


def test_of_two_columns_for_one_field_the_plainer_heading_is_read():
    content = xlsx(["单位", "姓名", "教研组", "部门"], ["三中", "甲一", "语文组", "教务处"])
    reading = read_roster("名册.xlsx", content)
    assert reading.accepted[0].department == "教务处"
    assert reading.ignored_columns == ("单位", "教研组")


def test_an_identity_card_is_neither_read_nor_used():
    content = text("姓名,身份证号,部门\n甲一,11010119900101123X,语文组\n")
    reading = read_roster("名册.csv", content)
    assert reading.accepted == (RosterRow("", 2, "甲一", department="语文组"),)
    assert reading.ignored_columns == ("身份证号",)
    assert reading.warnings == ("“身份证号”涉及个人隐私，名册用不上，没有读取。",)


def test_rows_count_as_the_spreadsheet_shows_them():
    book = openpyxl.Workbook()
    for column, (head, value) in enumerate(zip(HEADER, ["甲一", "男", "语文组"], strict=True), 3):
        book.active.cell(4, column, head)
        book.active.cell(7, column, value)
    assert people(saved(book)) == [(7, "甲一", "男", "语文组")]


def test_titles_above_and_signatures_below_are_no_people():
    content = xlsx(
        ["示例市第三中学会员登记表（2026年9月）"],
        [],
        ["序号", *HEADER],
        [1, "甲一", "男", "语文组"],
        [2, None, None, None],
        ["合计", "1人", None, None],
        ["制表人：", "郝工", "审核：", None],
        [None, "以下空白", None, None],
        ["说明：请核对", None, None, None],
        merges=["A1:D1"],
    )
    assert people(content) == [(4, "甲一", "男", "语文组")]
    assert refusals(content) == [(6, "合计行"), (7, "制表行"), (8, "说明行"), (9, "说明行")]


def test_a_header_printed_again_is_skipped():
    content = xlsx(
        ["名册（一）", None, None],
        HEADER,
        ["甲一", "男", "语文组"],
        ["名册（二）", None, None],
        HEADER,
        ["乙二", "女", "数学组"],
        merges=["A1:C1", "A4:C4"],
    )
    assert people(content) == [(3, "甲一", "男", "语文组"), (6, "乙二", "女", "数学组")]
    assert refusals(content) == [(4, "分组或标题行")]


def test_a_second_table_below_has_its_own_columns():
    content = xlsx(HEADER, ["甲一", "男", "语文组"], [], ["部门", "姓名"], ["数学组", "乙二"])
    assert people(content) == [(2, "甲一", "男", "语文组"), (5, "乙二", "", "数学组")]


def test_group_headings_stand_over_the_header():
    content = xlsx(
        ["序号", "基本情况", None, None, "入会", None, "备注"],
        [None, "姓名", "性别", "部门", "时间", "介绍人", None],
        [1, "甲一", "男", "语文组", "2001.9", "乙二", "组长"],
        merges=["A1:A2", "B1:D1", "E1:F1", "G1:G2"],
    )
    assert read_roster("名册.xlsx", content).accepted == (
        RosterRow(
            "名单", 3, "甲一", gender="男", department="语文组",
            joined=date(2001, 9, 1), joined_precision=Precision.MONTH, note="组长",
        ),
    )  # fmt: skip


def test_group_headings_need_no_merges():
    content = xlsx(
        ["会员花名册"],
        ["序号", "基本情况", None, "部门"],
        [None, "姓名", "性别", None],
        [1, "甲一", "男", "语文组"],
        merges=["A1:D1"],
    )
    assert people(content) == [(4, "甲一", "男", "语文组")]


def test_a_header_in_groups_may_come_again():
    groups = ["部门", "基本情况", None]
    names = [None, "姓名", "性别"]
    content = xlsx(
        groups,
        names,
        ["语文组", "甲一", "男"],
        [None, "乙二", "女"],
        groups,
        names,
        ["数学组", "丙三", "女"],
        merges=["A1:A2", "B1:C1", "A3:A4", "A5:A6", "B5:C5"],
    )
    assert people(content) == [
        (3, "甲一", "男", "语文组"),
        (4, "乙二", "女", "语文组"),
        (7, "丙三", "女", "数学组"),
    ]
    assert refusals(content) == []


def test_subheadings_stand_under_the_name():
    content = xlsx(
        ["姓名", "基本情况", None, "部门"],
        [None, "性别", "出生年月", None],
        ["甲一", "男", "1985.3", "语文组"],
        merges=["A1:A2", "B1:C1", "D1:D2"],
    )
    assert people(content) == [(3, "甲一", "男", "语文组")]


def test_two_header_records_of_a_text_file_are_one_header():
    content = text("序号,基本情况,,联系方式,\n,姓名,性别,手机,部门\n1,甲一,男,13800000001,语文组\n")
    assert people(content, "名册.csv") == [(3, "甲一", "男", "语文组")]


def test_a_nameless_person_right_below_the_header_is_no_subheading():
    content = xlsx(["姓名", "性别", "状态"], [None, "女", "在职"], ["甲一", "男", "在职"])
    assert people(content) == [(3, "甲一", "男", "")]
    assert refusals(content) == [(2, "缺姓名")]


def test_a_familys_columns_are_not_read():
    content = xlsx(
        ["本人情况", None, None, "家庭成员", None],
        ["姓名", "性别", "部门", "姓名", "关系"],
        ["甲一", "男", "语文组", "乙二", "妻"],
        merges=["A1:C1", "D1:E1"],
    )
    assert people(content) == [(3, "甲一", "男", "语文组")]
    assert read_roster("名册.xlsx", content).ignored_columns == ("家庭成员姓名", "家庭成员关系")


def test_people_side_by_side_share_their_row_number():
    content = xlsx(
        ["序号", *HEADER, None, "序号", *HEADER],
        [1, "甲一", "男", "语文组", None, 3, "丙三", "女", "数学组"],
        [2, "乙二", "女", "语文组", None, None, None, None, None],
        ["合计", "2人", None, None, None, "合计", "1人", None, None],
    )
    assert people(content) == [
        (2, "甲一", "男", "语文组"),
        (2, "丙三", "女", "数学组"),
        (3, "乙二", "女", "语文组"),
    ]
    assert refusals(content) == [(4, "合计行"), (4, "合计行")]


def test_a_merged_department_holds_for_its_rows_only():
    content = xlsx(
        ["部门", "姓名", "性别"],
        ["语文组", "甲一", "男"],
        [None, "乙二", "女"],
        [None, "丙三", "女"],
        merges=["A2:A3"],
    )
    assert people(content) == [
        (2, "甲一", "男", "语文组"),
        (3, "乙二", "女", "语文组"),
        (4, "丙三", "女", ""),
    ]


def test_a_merge_that_reaches_past_the_people_makes_no_person():
    content = xlsx(["部门", "姓名"], ["语文组", "甲一"], [], ["数学组", "乙二"], merges=["A2:A3"])
    assert people(content) == [(2, "甲一", "", "语文组"), (4, "乙二", "", "数学组")]
    assert refusals(content) == []


def test_a_merged_name_is_one_person_and_a_merged_phone_is_nobodys():
    content = xlsx(
        ["姓名", "部门", "手机"],
        ["甲一", "语文组", "13800000001"],
        [None, "数学组", None],
        ["乙二", "英语组", None],
        merges=["A2:A3", "C2:C4"],
    )
    reading = read_roster("名册.xlsx", content)
    assert [(row.name, row.phone, row.warnings) for row in reading.accepted] == [
        ("甲一", "13800000001", ()),
        ("乙二", "", ("手机是合并的一格，没有读入",)),
    ]
    assert refusals(content) == [(3, "姓名与第2行是合并的一格")]


@pytest.mark.parametrize("heading", ["语文组", "语文组（2人）", "退休人员", "高一年级"])
def test_a_heading_between_the_people_is_no_person(heading):
    content = xlsx(HEADER, [heading, None, None], ["甲一", "男", "语文组"])
    assert people(content) == [(3, "甲一", "男", "语文组")]
    assert refusals(content) == [(2, "分组或标题行")]


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
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
        "“名册.xls”打不开，可能没有下载完整或者损坏了。请用 Excel 或 WPS 打开，另存为 .xlsx 后再传。"
    )


def test_a_workbook_without_its_sheet_is_refused():
    content = xlsx(HEADER, ["甲一", "男"]).replace(b"sheet1.xml", b"sheet9.xml")
    assert refusal_of(content, "名册.xlsx").startswith("“名册.xlsx”打不开，可能没有下载完整")


def test_a_workbook_with_a_password_is_refused():
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    content += "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert refusal_of(content, "名册.xlsx") == (
        "“名册.xlsx”加了密码，打不开。请在 Excel 里去掉密码，另存后再传。"
    )


@pytest.mark.parametrize("cell", ["A100000", "AAA1", "BA10000"])
def test_a_stray_cell_far_out_is_refused_before_it_fills_the_memory(cell):
    book = openpyxl.load_workbook(io.BytesIO(xlsx(HEADER, ["甲一", "男"])))
    book.active[cell] = "x"
    assert refusal_of(saved(book), "名册.xlsx") == (
        "“名册.xlsx”的工作表“名单”在很远的行或列上还有内容，放不下。请把花名册复制到一个新工作簿里再传。"
    )


def test_a_picture_a_program_and_a_huge_file_are_refused():
    assert "实际上是PNG 图片" in refusal_of(b"\x89PNG\r\n\x1a\n123", "名册.xlsx")
    assert "内容认不出是什么文件" in refusal_of(b"MZ\x90\x00\x03\x00\xff\xff\x81", "名册.xlsx")
    assert "超过 10 MB 的上限" in refusal_of(b"PK\x03\x04" + b"0" * (20 << 20), "名册.xlsx")
    assert "是空文件" in refusal_of(b"", "名册.csv")


def test_a_web_page_that_calls_itself_xls_is_refused():
    assert refusal_of(text("<html><table><td>姓名</td></table>"), "名册.xls") == (
        "“名册.xls”里面其实是网页表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再传。"
    )


def test_an_empty_workbook_is_refused():
    assert refusal_of(xlsx(), "名册.xlsx") == f"“名册.xlsx”是空的，一个格子也没填。{WANTED}"


def test_a_header_without_people_is_refused():
    assert refusal_of(xlsx(HEADER), "名册.xlsx") == (
        "“名册.xlsx”只有表头，下面一个人也没有。请填好人员再传。"
    )


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (
            ["日期", "摘要", "收入", "支出", "余额", "经手人"],
            "有“收入、支出、余额、摘要”这些列，像记账表",
        ),
        (["日期", "姓名", "部门", "事由", "金额", "经办人"], "有“金额、经办人”这些列，像记账表"),
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
        "“名册.csv”里有一格文字太长，认不出是表格。请用 Excel 打开看看，另存为 .xlsx 后再传。"
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
