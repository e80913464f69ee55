"""Items inside other words: 一是…二是…, months in brackets inside a quarter, commas for columns.

All texts are invented.
"""

import pytest

from activities.plan_reader import read_plan

HEAD = "2026年示例市第三中学工会工作计划\n一、指导思想\n服务教职工。\n二、工作安排\n"
MONTHS = [([3], ["庆祝三八节"]), ([4], ["春游"]), ([5], ["体检"])]


def read(body: str) -> list:
    return [(list(month.months), list(month.items)) for month in read_plan(HEAD + body).months]


def items(body: str) -> list:
    return [item for line in read_plan(HEAD + body).lines for item in line.items]


@pytest.mark.parametrize("stop", ["；", "。", "，"])
def test_items_counted_by_words(stop):
    body = f"3月份主要工作有：一是庆祝三八节{stop}二是评选先进。\n4月份主要工作：一是春游。\n5月份：一是体检{stop}二是座谈{stop}三是总结。\n"
    assert read(body) == [
        ([3], ["庆祝三八节", "评选先进。"]),
        ([4], ["春游。"]),
        ([5], ["体检", "座谈", "总结。"]),
    ]


def test_a_term_with_its_months_in_brackets_groups_the_months_below():
    body = (
        "上学期（9月—1月）\n9月：登山\n10月：拔河\n下学期（2月—7月）\n3月：庆祝三八节\n4月：春游\n"
    )
    assert read(body) == [
        ([9], ["登山"]),
        ([10], ["拔河"]),
        ([3], ["庆祝三八节"]),
        ([4], ["春游"]),
    ]


def test_items_of_a_quarter_that_name_their_month():
    body = (
        "（一）第一季度\n1．慰问（1月）\n2．制定工作要点（2月）；\n3．庆祝三八节（3月上旬）\n"
        "（二）第二季度\n1．春游\n2．体检（5月、6月）\n3．比赛（9月）\n"
    )
    assert read(body) == [
        ([1], ["慰问"]),
        ([2], ["制定工作要点"]),
        ([3], ["庆祝三八节（3月上旬）"]),
        ([4, 5, 6], ["春游"]),
        ([5, 6], ["体检"]),
        ([4, 5, 6], ["比赛（9月）"]),
    ]


def test_a_numbered_item_about_a_plan_is_no_heading():
    body = "三月\n1、制定工作要点\n2、庆祝三八节\n四月\n1、公布活动安排\n五月\n1、体检\n"
    assert read(body)[:2] == [([3], ["制定工作要点", "庆祝三八节"]), ([4], ["公布活动安排"])]


def test_a_table_saved_with_commas():
    body = "月份,工作内容,负责人,备注\n3月,庆祝三八节,赵丽,\n4月,春游,孙强,暂定\n5月,体检,王红,\n以上安排，如有变动，另行通知，不再说明，特此告知。\n"
    assert read(body) == MONTHS
    assert [[words.text for words in item.said] for item in items(body)] == [
        ["负责人：赵丽"],
        ["负责人：孙强", "备注：暂定"],
        ["负责人：王红"],
    ]


def test_commas_in_sentences_are_no_columns():
    body = "月份  工作内容  负责人\n3月，庆祝三八节，座谈\n4月，春游，登山\n5月，体检，复查\n"
    assert read(body) == [
        ([3], ["庆祝三八节，座谈"]),
        ([4], ["春游，登山"]),
        ([5], ["体检，复查"]),
    ]


def test_a_quoted_theme_behind_a_month_with_its_items_below():
    body = "▲ 3月　“她力量”\n· 庆祝三八节\n▲ 4月　“春日行”\n· 春游\n▲ 5月　“劳动美”\n· 体检\n"
    assert read(body) == MONTHS
    assert read_plan(HEAD + body).unread == ("“她力量”", "“春日行”", "“劳动美”")


def test_a_week_behind_the_month():
    body = "三月　第1周　庆祝三八节\n第2周　评选先进\n四月　第6周　春游\n五月　第10周　体检\n"
    assert read(body) == [([3], ["庆祝三八节", "评选先进"]), *MONTHS[1:]]
    assert [item.week for item in items(body)] == [1, 2, 6, 10]


def test_named_items_with_their_number_time_and_place_below():
    body = "".join(
        f"序号：{n}\n活动名称：{name}\n活动时间：{time}\n活动地点：礼堂\n负责人：吴刚\n"
        for n, name, time in (
            (1, "庆祝三八节", "3月8日"),
            (2, "春游", "4月中旬"),
            (3, "体检", "5月"),
        )
    )
    assert read(body) == MONTHS


def test_a_signature_with_a_word_behind_its_date():
    body = "三月\n庆祝三八节\n四月\n春游\n五月\n体检\n示例中学工会委员会　2026年1月3日印发\n"
    assert read(body) == MONTHS
