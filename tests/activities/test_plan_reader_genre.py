"""Whole small plans of the many kinds that schools write. All texts are invented."""

import pytest

from activities.plan_reader import read_plan

HEAD = (
    "2026年示例市第三中学工会工作计划\n一、指导思想\n以服务教职工为宗旨，团结奋进。\n"
    "二、主要工作\n1、加强民主管理，开好教代会。\n2、关心教职工生活。\n三、活动安排\n"
)
TAIL = "四、保障措施\n1、加强领导。\n"
MONTHS = [([3], ["庆祝三八节"]), ([4], ["春游"]), ([5], ["体检"])]
NUMBERED = [([3], ["庆祝三八节", "评选先进"]), ([4], ["春游", "体检"]), ([5], ["五四座谈"])]


def read(text: str) -> list:
    return [(list(month.months), list(month.items)) for month in read_plan(text).months]


@pytest.mark.parametrize(
    "body",
    [
        "1、庆祝三八节（3月）\n2、春游（四月份）\n3、体检（五月）\n",
        "1、庆祝三八节——3月\n2、春游——4月\n3、体检——5月\n",
        "1、庆祝三八节。时间：3月\n2、春游。时间：4月\n3、体检。时间：5月\n",
        "1、庆祝三八节（时间：3月）；\n2、春游（时间：4月）；\n3、体检（时间：5月）。\n",
        "（一）庆祝三八节\n时间：3月\n地点：礼堂\n（二）春游\n时间：4月\n（三）体检\n时间：5月\n",
        "1、庆祝三八节\n活动地点：礼堂\n活动时间：2026年3月\n2、春游\n活动时间：2026年4月\n3、体检\n活动时间：2026年5月\n",
        "1、庆祝三八节\n（1）时间：3月\n（2）地点：礼堂\n2、春游\n（1）时间：4月\n3、体检\n（1）时间：5月\n",
        "时间：3月\n内容：庆祝三八节\n时间：4月\n内容：春游\n时间：5月\n内容：体检\n",
        "活动时间：3月\n活动名称：庆祝三八节\n活动地点：礼堂\n活动时间：4月\n活动名称：春游\n活动时间：5月\n活动名称：体检\n",
        "活动名称：庆祝三八节\n活动时间：3月\n活动名称：春游\n活动时间：4月\n活动名称：体检\n活动时间：5月\n",
    ],
)
def test_months_behind_or_below_their_items(body):
    assert read(HEAD + body + TAIL) == MONTHS


def test_months_behind_items_in_no_order_and_not_on_all():
    body = "（一）民主\n1、教代会（2月）\n2、校务公开\n（二）文体\n1、登山（10月）\n2、球赛（4—5月）\n3、疗休养（7、8月）\n"
    assert read(HEAD + body + TAIL) == [
        ([2], ["教代会"]),
        ([10], ["登山"]),
        ([4, 5], ["球赛"]),
        ([7, 8], ["疗休养"]),
    ]


def test_days_behind_items_are_kept():
    body = "1、庆祝三八节（3月8日下午）\n2、春游。时间：4月中旬\n3、体检\n时间：5月6日\n"
    plan = read_plan(HEAD + body)
    assert read(HEAD + body) == [
        ([3], ["庆祝三八节（3月8日下午）"]),
        ([4], ["春游"]),
        ([5], ["体检"]),
    ]
    assert plan.unread == ("时间：4月中旬", "时间：5月6日")


@pytest.mark.parametrize(
    "text",
    [
        "2025年示例市第三中学工会工作总结\n一、主要工作\n1、三八节活动（3月）\n2、春游（4月）\n3、球赛（5月）\n",
        HEAD + "1、开好教代会。4月份召开教代会，讨论学校大事。\n2、关心女教工，在3月份组织活动。\n3、5月份组织球赛。\n",
        HEAD + "1、庆祝三八节（3月）\n2、春游（4月）\n3、体检\n",
        "工会工作计划\n一、工作安排（2月—3月）\n做好服务。\n二、工作要点（4月—5月）\n做好总结。\n三、活动安排（9月）\n登山。\n",
    ],
)  # fmt: skip
def test_months_behind_words_that_are_no_list_of_plans(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "label",
    ["2026.{}", "2026年{}月", "2026-{}", "{}月份工作安排", "{}月工作要点：", "〖{}月〗", "（{}月）", "【{}月份】：", "2026.0{}"],
)  # fmt: skip
def test_headings_of_months(label):
    body = "".join(
        f"{label.format(month)}\n1、{item}\n"
        for month, item in zip("345", ("庆祝三八节", "春游", "体检"), strict=True)
    )
    assert read(HEAD + body + TAIL) == MONTHS


@pytest.mark.parametrize(
    "marks",
    [("Ⅰ、", "Ⅱ、"), ("A、", "B、"), ("a. ", "b. "), ("A.", "B."), ("Ａ．", "Ｂ．"), ("一、", "二、"), ("⑴", "⑵")],
)  # fmt: skip
def test_roman_letters_and_other_numbering(marks):
    one, two = marks
    body = (
        f"三月\n{one}庆祝三八节\n{two}评选先进\n四月\n{one}春游\n{two}体检\n五月\n{one}五四座谈\n"
    )
    assert read(HEAD + body) == NUMBERED


def test_letters_on_the_months_own_line():
    assert (
        read(HEAD + "三月：A.庆祝三八节 B.评选先进\n四月：A.春游 B.体检\n五月：A.五四座谈\n")
        == NUMBERED
    )


def test_months_as_headings_of_the_second_level():
    body = "（一）三月份\n1、庆祝三八节\n2、评选先进\n（二）四月份\n1、春游\n2、体检\n（三）五月份\n1、五四座谈\n"
    plan = read_plan(HEAD + body + TAIL)
    assert read(HEAD + body + TAIL) == NUMBERED
    assert [s.title for s in plan.sections] == ["指导思想", "主要工作", "活动安排", "保障措施"]


def test_a_number_and_a_month_with_a_dot_between():
    assert read(HEAD + "1.3月份：庆祝三八节\n2.4月份：春游\n3.5月份：体检\n") == MONTHS
    assert read(HEAD + "5月：体检\n6月：座谈\n7.8月：疗休养\n9.10月：登山\n") == [
        ([5], ["体检"]),
        ([6], ["座谈"]),
        ([7, 8], ["疗休养"]),
        ([9, 10], ["登山"]),
    ]


@pytest.mark.parametrize("name", ["{}季度：", "第{}季度", "第{}季度工作：", "（第{}季度）"])
def test_quarters(name):
    body = "".join(
        f"{name.format(n)}\n1、{item}\n" for n, item in zip("一二三四", "甲乙丙丁", strict=True)
    )
    expected = [
        ([1, 2, 3], ["甲"]),
        ([4, 5, 6], ["乙"]),
        ([7, 8, 9], ["丙"]),
        ([10, 11, 12], ["丁"]),
    ]
    assert read(HEAD + body) == expected


def test_quarters_with_their_months():
    body = "第一季度（1—3月）\n1、庆祝三八节\n二季度（4—6月）：\n1、春游\n"
    assert read(HEAD + body) == [([1, 2, 3], ["庆祝三八节"]), ([4, 5, 6], ["春游"])]


def test_months_days_and_tenths_in_one_list():
    body = "1、3月上旬，庆祝三八节。\n2、4月，春游。\n3、5月4日，五四座谈。\n4、9月10日，庆祝教师节。\n5、12月底，总结。\n"
    assert read(HEAD + body + TAIL) == [
        ([3], ["庆祝三八节。"]),
        ([4], ["春游。"]),
        ([5], ["五四座谈。"]),
        ([9], ["庆祝教师节。"]),
        ([12], ["总结。"]),
    ]


def test_a_short_unnumbered_item_of_the_last_month_among_numbered_ones():
    assert read(HEAD + "三月\n1、庆祝三八节\n四月\n1、春游\n五月\n体检\n" + TAIL) == MONTHS


def test_months_inside_quarters_are_read_as_months():
    body = "（一）一季度\n1、1月，慰问\n2、3月，庆祝三八节\n（二）二季度\n1、4月，春游\n2、6月，教代会\n"
    assert read(HEAD + body + TAIL) == [
        ([1], ["慰问"]),
        ([3], ["庆祝三八节"]),
        ([4], ["春游"]),
        ([6], ["教代会"]),
    ]


def test_a_calendar_of_a_term_whose_items_mention_the_plan():
    text = "工会工作行事历\n（2026年2月至2026年7月）\n月份 工作内容 备注\n二月 1.制定本学期工会工作计划\n2.例会\n三月 1.庆祝三八节\n四月 1.春游\n"
    assert read_plan(text).title == "工会工作行事历"
    assert read(text) == [
        ([2], ["制定本学期工会工作计划", "例会"]),
        ([3], ["庆祝三八节"]),
        ([4], ["春游"]),
    ]


def test_columns_of_spaces_with_the_month_in_the_middle():
    text = (
        "2026年工会活动安排\n序号  活动名称  活动时间  活动地点\n1  庆祝 三八节  3月  礼堂\n"
        "2  春游  4月  东山\n3  体检  5月  医院\n"
    )
    assert read(text) == [([3], ["庆祝 三八节"]), ([4], ["春游"]), ([5], ["体检"])]


def test_a_term_plan_with_its_sections_months_and_signature():
    text = """示例小学2025—2026学年度第一学期工会工作计划
一、指导思想
    本学期，工会围绕学校中心工作，团结教职工，做好服务。
二、主要工作及措施
（一）加强学习
9月份组织教师学习师德规范。
（二）民主管理
    坚持教代会制度，11月份召开教代会。
三、具体工作安排：
九月份：
1．制订工会工作计划。
2．庆祝教师节。
十月份：
1．国庆、中秋慰问教职工。
十一月份：
1．召开教代会。
2．教职工拔河比赛。
一月份：
1．慰问困难教职工。
                                        示例小学工会
                                        2025年9月1日
"""
    plan = read_plan(text)
    assert read(text) == [
        ([9], ["制订工会工作计划。", "庆祝教师节。"]),
        ([10], ["国庆、中秋慰问教职工。"]),
        ([11], ["召开教代会。", "教职工拔河比赛。"]),
        ([1], ["慰问困难教职工。"]),
    ]
    assert (plan.period.kind, plan.period.start, plan.period.end) == (
        "semester",
        "2025-09",
        "2026-01",
    )
    assert [s.title for s in plan.sections] == ["指导思想", "主要工作及措施", "具体工作安排"]
    assert plan.unread == ("示例小学工会", "2025年9月1日")


def test_months_in_one_section_among_sections_of_standing_work():
    text = (
        "2026年示例幼儿园工会工作计划\n一、民主管理\n1.每学期召开一次教代会。\n2.园务公开每月一次。\n二、文体活动\n"
        "1.三月：庆“三八”——踏青活动。\n2.五月：庆“五一”——趣味运动会。\n3.九月：庆“教师节”——表彰大会。\n"
        "三、关心教职工\n1.生病住院必访。\n2.生日送祝福。\n"
    )
    assert read(text) == [
        ([3], ["庆“三八”——踏青活动。"]),
        ([5], ["庆“五一”——趣味运动会。"]),
        ([9], ["庆“教师节”——表彰大会。"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "示例中学工会经费管理办法\n第一条 会费每年3月收取。\n第二条 预算每年1月编制，12月决算。\n第三条 生病住院500元。\n",
        "示例小学工会工作计划\n一、重点\n1、开好教代会。\n2、三月份组织三八节活动，五月份组织趣味运动会，九月份组织教师节活动。\n3、十二月份开展考核。\n",
    ],
)
def test_months_in_passing_are_no_arrangement(text):
    assert read(text) == []


def test_numbered_items_behind_the_time():
    body = "时间：3月\n内容：1、庆祝三八节\n2、评选先进\n时间：4月\n内容：1、春游\n2、体检\n时间：5月4日\n内容：五四座谈\n"
    assert read(HEAD + body) == NUMBERED
    assert read_plan(HEAD + body).unread == ("时间：5月4日",)


def test_a_line_without_a_month_in_a_numbered_list_of_dates():
    body = "（一）3月8日，三八节。\n（二）4月下旬，健步走。\n（三）9月10日，教师节。\n（四）重阳节，慰问。\n（五）12月31日，联欢。\n"
    plan = read_plan(HEAD + body)
    assert [(entry.months, entry.items) for entry in plan.months] == [
        ((3,), ("三八节。",)),
        ((4,), ("健步走。",)),
        ((9,), ("教师节。",)),
        ((12,), ("联欢。",)),
    ]
    assert "重阳节，慰问。" in "".join(s.title + s.body for s in plan.sections)


def test_several_bullets_on_a_line():
    assert (
        read(HEAD + "◆3月◆\n●庆祝三八节 ●评选先进\n◆4月◆\n●春游●体检\n◆5月◆\n●五四座谈\n")
        == NUMBERED
    )
