"""How lines lie on the page: torn numbering, page numbers, cells behind an item, parts of a month.

All texts are invented.
"""

import pytest

from activities.plan_reader import read_plan

HEAD = "2026年示例市第三中学工会工作计划\n一、指导思想\n服务教职工。\n二、工作安排\n"
MONTHS = [([3], ["庆祝三八节"]), ([4], ["春游"]), ([5], ["体检"])]


def read(body: str) -> list:
    return [(list(month.months), list(month.items)) for month in read_plan(HEAD + body).months]


def said(body: str) -> list[list[str]]:
    lines = read_plan(HEAD + body).lines
    return [[words.text for words in item.said] for line in lines for item in line.items]


def test_sentences_behind_a_comma_are_cut_at_semicolons():
    body = "三月份，庆祝三八节；评选先进。\n四月份，春游。\n五月份，组织体检；看望病人（地点：医院；时间：下午）。\n"
    assert read(body) == [
        ([3], ["庆祝三八节", "评选先进。"]),
        ([4], ["春游。"]),
        ([5], ["组织体检", "看望病人（地点：医院；时间：下午）。"]),
    ]


@pytest.mark.parametrize("date", ["2026年8月30日", "二〇二六年一月六日", "二0二六年元月十日"])
def test_the_date_of_a_plan_is_no_day_among_its_months(date):
    body = "【三月】庆祝三八节\n【四月】春游\n【五月】体检\n示例市第三中学工会\n" + date
    assert read(body) == MONTHS
    assert read_plan(HEAD + body).unread == ("示例市第三中学工会", date)


def test_a_signature_with_its_year_left_out():
    body = "三月\n- 庆祝三八节\n四月\n- 春游\n五月\n- 体检\n__中学工会\n20__年2月\n"
    assert read(body) == MONTHS


@pytest.mark.parametrize("page", ["— 1 —", "-1-", "第 1 页 共 2 页", "第1页/共2页", "1/2", "·3·"])
def test_page_numbers_between_items_are_none(page):
    body = f"三月\n1、庆祝三八节\n四月\n1、春游\n五月\n1、体检\n{page}\n2、座谈\n{page}\n"
    assert read(body) == [*MONTHS[:2], ([5], ["体检", "座谈"])]
    assert page.replace(" ", "") in [t.replace(" ", "") for t in read_plan(HEAD + body).unread]


@pytest.mark.parametrize("gap", ["　", "：", "  ", "——"])
def test_a_part_of_a_month_set_off_from_the_item(gap):
    body = f"3月上旬{gap}庆祝三八节\n4月中旬{gap}春游\n5月底{gap}体检\n"
    assert read(body) == MONTHS
    assert said(body) == [["时间：3月上旬"], ["时间：4月中旬"], ["时间：5月底"]]


def test_months_from_one_part_to_another():
    body = "2月下旬至3月上旬：慰问\n4月底—5月初：春游\n6月上旬：体检\n"
    assert read(body) == [([2, 3], ["慰问"]), ([4, 5], ["春游"]), ([6], ["体检"])]


def test_days_set_off_from_the_item_in_a_list_of_dates():
    body = "3月8日 庆祝三八节\n4月5日（周日）：春游\n4月20日—5月8日 球赛\n5月6日组织体检\n"
    assert read(body) == [
        ([3], ["庆祝三八节"]),
        ([4], ["春游"]),
        ([4, 5], ["球赛"]),
        ([5], ["5月6日组织体检"]),
    ]
    assert said(body) == [
        ["日期：3月8日"],
        ["日期：4月5日（周日）"],
        ["日期：4月20日—5月8日"],
        [],
    ]


def test_numbering_goes_on_behind_a_torn_line():
    body = (
        "三月份：1、庆祝三八节，\n看望退休教师；2、评选，\n表彰先进。\n四月份：1、春游；2、体检。\n"
        "五月份：1、座谈；2、总结。\n"
    )
    assert read(body) == [
        ([3], ["庆祝三八节，看望退休教师", "评选，表彰先进。"]),
        ([4], ["春游", "体检。"]),
        ([5], ["座谈", "总结。"]),
    ]


def test_the_word_content_before_each_item_and_a_theme_above_it():
    body = (
        "三月\n活动主题：巾帼\n活动内容：庆祝三八节\n负责人：林芳\n活动主题：师徒\n活动内容：拜师\n"
        "四月\n活动主题：踏青\n活动内容：春游\n五月\n活动内容：体检\n"
    )
    assert read(body) == [([3], ["庆祝三八节", "拜师"]), ([4], ["春游"]), ([5], ["体检"])]
    assert said(body) == [
        ["活动主题：巾帼", "负责人：林芳"],
        ["活动主题：师徒"],
        ["活动主题：踏青"],
        [],
    ]


def test_who_is_in_charge_at_the_end_of_lines_under_a_header():
    body = (
        "周次 日期 工作内容 责任人\n第一周（3.2—3.8） 庆祝三八节 孙丽\n评选先进 刘洋\n"
        "第六周（4.6—4.12） 春 游 马超\n第十周（5.4—5.10） 体检 钱进\n"
    )
    assert read(body) == [([3], ["庆祝三八节", "评选先进"]), ([4], ["春 游"]), ([5], ["体检"])]
    assert said(body) == [["责任人：孙丽"], ["责任人：刘洋"], ["责任人：马超"], ["责任人：钱进"]]


def test_words_behind_a_space_are_kept_where_no_header_names_them():
    body = "三月\n庆祝三八节 座谈\n四月\n春游\n五月\n体检 医院\n"
    assert read(body) == [([3], ["庆祝三八节 座谈"]), ([4], ["春游"]), ([5], ["体检 医院"])]


def test_a_title_as_an_item_of_a_table_with_two_rows_a_month():
    body = (
        "序号\t时间\t工作内容\t责任人\n1\t3月\t庆祝三八节\t张伟\n2\t3月\t工会工作计划\t刘芳\n"
        "3\t4月\t工会工作总结\t张伟\n4\t4月\t春游\t何静\n5\t5月\t体检\t何静\n"
    )
    assert read(body) == [
        ([3], ["庆祝三八节"]),
        ([3], ["工会工作计划"]),
        ([4], ["工会工作总结"]),
        ([4], ["春游"]),
        ([5], ["体检"]),
    ]


@pytest.mark.parametrize(
    "column", ["协办部门", "配合科室", "经费（元）", "活动场地", "经费预算", "参与对象", "主管领导"]
)
def test_columns_beside_the_content_are_said_of_it(column):
    body = f"| 月份 | 活动内容 | {column} |\n|---|---|---|\n| 3月 | 庆祝三八节 | 甲 |\n| 4月 | 春游 | |\n| 5月 | 体检 | 乙 |\n"
    assert read(body) == MONTHS
    assert said(body) == [[f"{column}：甲"], [], [f"{column}：乙"]]


def test_a_line_that_says_what_an_item_consists_of_belongs_to_it():
    body = (
        "三月1、庆祝三八节。\n包括：插花、座谈。\n2、评选先进。\n四月。3、春游。\n五月4、体检。\n"
    )
    assert read(body) == [
        ([3], ["庆祝三八节。包括：插花、座谈。", "评选先进。"]),
        ([4], ["春游。"]),
        ([5], ["体检。"]),
    ]


def test_a_decorated_heading_of_a_term_among_the_months():
    body = "★ 第一学期 ★\n九月\n1) 庆祝教师节\n十月\n1) 登山\n十一月\n1) 拔河\n★ 第二学期 ★\n二月\n1) 例会\n三月\n1) 庆祝三八节\n联系人：工会办公室  电话：8866\n"
    assert read(body) == [
        ([9], ["庆祝教师节"]),
        ([10], ["登山"]),
        ([11], ["拔河"]),
        ([2], ["例会"]),
        ([3], ["庆祝三八节"]),
    ]


def test_sections_whose_numbering_lost_its_first_bracket():
    body = (
        "四)抓好维权\n1、关心职工。\n五)、活动\n三月\n1、庆祝三八节\n四月\n1、春游\n五月\n1、体检\n"
    )
    assert read(body) == MONTHS


def test_a_year_behind_a_number_is_no_part_of_it():
    body = "三月\n1.2025-2026学年度先进评选\n2.庆祝三八节\n四月\n1.春游\n五月\n1.体检\n"
    assert read(body)[0] == ([3], ["2025-2026学年度先进评选", "庆祝三八节"])


def test_cells_that_stand_alone_with_a_pipe_behind_them():
    rows = "序号 活动时间 活动名称 活动内容 1 3月 庆祝三八节 插花 2 4月 春游 爬山 3 5月 体检 内科"
    body = "".join(f"{cell} |\n" for cell in rows.split())
    assert read(body) == MONTHS
    assert said(body) == [["内容说明：插花"], ["内容说明：爬山"], ["内容说明：内科"]]


def test_a_paragraph_of_months_where_nothing_else_names_them():
    body = "首先，二月下旬，开好例会。三月，庆祝三八节，座谈。四月，分组春游；体检。五月，总结。\n以上请讨论。\n"
    assert read(body) == [
        ([2], ["开好例会。"]),
        ([3], ["庆祝三八节，座谈。"]),
        ([4], ["分组春游", "体检。"]),
        ([5], ["总结。"]),
    ]
    assert read("1、重点：3月，庆祝三八节；5月，体检。\n") == []
    headed = "三月\n1、庆祝三八节\n四月\n1、春游\n五月\n1、体检\n"
    assert read(f"重点：3月，慰问；5月，座谈；9月，例会；12月，总结。\n{headed}") == MONTHS
