"""Where the people stand in a list, and who is taken."""

from datetime import date

import openpyxl
import pytest

from members.roster_reader import RosterRow, read_roster
from tests.factories.rosters import HEADER, people, refusals, saved, text, xlsx
from unionoffice.periods import Precision


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
        ("校区", "campus"), ("所在校区", "campus"), ("专任教师（是/否）", "is_teacher"),
        ("是否专任教师", "is_teacher"), ("用工形式", "contract"), ("编制", "contract"),
        ("是否在编", "contract"), ("学历", "education"), ("文化程度", "education"),
        ("参加工作时间", "work_began"), ("参加工作年月", "work_began"), ("到校时间", "arrived"),
        ("进校时间", "arrived"), ("入职日期", "arrived"), ("会员证号", "card_no"),
        ("工会会员证编号", "card_no"), ("特长爱好", "hobbies"), ("兴趣爱好", "hobbies"),
        ("居住片区", "area"), ("家庭住址片区", "area"), ("退休类别", "retirement_line"),
        ("法定退休年龄", "retirement_line"), ("出生日期（格式：1990-01-01）", "birth"),
        ("出生年月 格式如198503", "birth"), ("手机号（必填）", "phone"),
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
        "入党时间", "学科", "毕业院校", "入会介绍人", "家庭电话", "家庭住址", "会员证领取", "工会卡号",
        "退休时间", "学历取得时间",
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
