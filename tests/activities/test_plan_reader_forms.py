"""Forms met in plans of other schools; one test each. All texts are invented."""

from activities.plan_reader import read_plan
from tests.activities.test_plan_reader_months import arranged, months


def test_weeks_with_dotted_days_stand_in_the_month_that_they_begin_in():
    assert arranged(
        "第1周（2.24—2.28）制定计划；召开委员会\n第2周（3.3—3.7）三八节活动\n第3周（4.7—4.11）扫墓\n"
    ) == [
        ([2], ["制定计划", "召开委员会"]),
        ([3], ["三八节活动"]),
        ([4], ["扫墓"]),
    ]


def test_a_semicolon_in_brackets_divides_no_item():
    found = arranged("三月：登山（地点：湖边；时间：下午）；植树\n四月：春游\n五月：体检\n")
    assert found[0] == ([3], ["登山（地点：湖边；时间：下午）", "植树"])


def test_letters_spread_out_are_read_as_words():
    assert arranged("三 月 份（女工月）\n1、座谈\n五 月 份\n1、体检\n十 二 月 份\n1、总结会\n") == [
        ([3], ["座谈"]),
        ([5], ["体检"]),
        ([12], ["总结会"]),
    ]


def test_a_summary_to_be_written_is_the_last_item_of_its_month_and_no_title():
    assert arranged(
        "2026年1月\n春节慰问\n期末工会总结\n2026年2月\n元宵灯谜\n2026年3月\n三八节活动\n学期工会工作总结\n"
    ) == [
        ([1], ["春节慰问", "期末工会总结"]),
        ([2], ["元宵灯谜"]),
        ([3], ["三八节活动", "学期工会工作总结"]),
    ]


def test_a_plan_that_is_to_be_handed_down_is_an_item_and_no_heading():
    found = arranged("二月\n·下发工作要点\n·慰问\n三月\n·植树\n四月\n·春游\n")
    assert found[0] == ([2], ["下发工作要点", "慰问"])


def test_a_table_of_months_and_weeks_keeps_the_items_of_every_week():
    assert arranged(
        "月份\t周次\t工作内容\n九月\t1\t开学\n\t2\t表彰\n十月\t5\t游园\n\t7\t登高\n十一月\t10\t排球\n"
    ) == [
        ([9], ["开学", "表彰"]),
        ([10], ["游园", "登高"]),
        ([11], ["排球"]),
    ]


def test_a_poem_that_names_months_is_no_plan():
    poem = "二月春风似剪刀，\n烟花三月下扬州。\n八月秋高风怒号，\n九月九日忆山东。\n"
    assert months(poem) == []
    assert read_plan(poem).warnings[0] == (
        "文中没有按月份排列的安排，只在行文里提到二月、三月、八月、九月，没有读出任何月份的事项。"
    )
