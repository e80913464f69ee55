"""Names, themes and figures beside the items of a month. All texts are invented."""

import pytest

from activities.plan_reader import read_plan
from tests.activities.test_plan_reader_months import arranged


def said(plan) -> list:
    items = [item for line in plan.lines for item in line.items]
    return [(item.text, [words.text for words in item.said]) for item in items]


def test_names_below_every_item_of_a_table_without_its_head():
    plan = read_plan(
        "1月\n走访\n田野\n3月\n登山\n田野\n植树\n白桦\n4月\n运动会\n王老师\n5月\n总结会\n田野\n"
    )
    assert said(plan) == [
        ("走访", ["负责人：田野"]),
        ("登山", ["负责人：田野"]),
        ("植树", ["负责人：白桦"]),
        ("运动会", ["负责人：王老师"]),
        ("总结会", ["负责人：田野"]),
    ]


def test_a_meeting_as_the_second_item_of_every_month_is_no_name():
    found = arranged("三月\n登山\n例会\n四月\n春游\n例会\n五月\n体检\n例会\n")
    assert found == [([3], ["登山", "例会"]), ([4], ["春游", "例会"]), ([5], ["体检", "例会"])]


def test_a_theme_right_behind_the_month_is_no_item():
    plan = read_plan(
        "9月主题：师恩\n活动：茶歇会\n负责：郭园长\n10月主题：金秋\n活动：徒步\n负责：沈老师\n11月主题：健康\n活动：讲座\n"
    )
    assert said(plan) == [
        ("茶歇会", ["负责：郭园长"]),
        ("徒步", ["负责：沈老师"]),
        ("讲座", []),
    ]


def test_months_of_a_table_of_money_hold_no_items():
    text = (
        "月份\t收入\t支出\n1月\t1200\t860\n2月\t300\t120\n3月\t300\t450\n经审查，以上账目属实。\n"
    )
    plan = read_plan(text)
    assert plan.months == ()
    assert plan.warnings[0] == ("“1月”起几个月份下面没有事项，没有排进月份；在下面逐行选月份。")


@pytest.mark.parametrize("month", ["3月", "三月份", "3——4月", "三、四月"])
def test_full_width_gaps_behind_a_month_divide_its_items(month):
    found = arranged(f"{month}　“3.8”节拔河　植树\n5月　表彰\n6月　慰问　总结\n")
    assert [items for _, items in found] == [["“3.8”节拔河", "植树"], ["表彰"], ["慰问", "总结"]]


def test_a_name_behind_a_full_width_gap_is_no_item():
    assert arranged("3月　植树活动　王红\n4月　春游\n5月　体检\n")[0] == ([3], ["植树活动  王红"])
