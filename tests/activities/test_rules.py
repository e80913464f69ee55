from datetime import date, time

import pytest

from activities import rules
from activities.choices import Field, ItemState, Mark
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period, Precision

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
DECEMBER = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("state", "recorded", "today", "mark"),
    [
        ("planned", False, date(2026, 2, 28), Mark.PLAN),
        ("planned", False, date(2026, 3, 1), Mark.DOING),
        ("planned", False, date(2026, 4, 30), Mark.DOING),
        ("planned", False, date(2026, 5, 1), Mark.LATE),
        ("planned", True, date(2026, 2, 28), Mark.DONE),
        ("planned", True, date(2026, 5, 1), Mark.DONE),
        ("postponed", False, date(2026, 2, 28), Mark.MOVED),
        ("postponed", False, date(2026, 4, 30), Mark.MOVED),
        ("postponed", False, date(2026, 5, 1), Mark.LATE),
        ("postponed", True, date(2026, 5, 1), Mark.DONE),
        ("cancelled", False, date(2026, 2, 28), Mark.OFF),
        ("cancelled", False, date(2026, 5, 1), Mark.OFF),
        ("cancelled", True, date(2026, 5, 1), Mark.OFF),
    ],
)
def test_mark_of_an_item_from_march_to_april(state, recorded, today, mark):
    assert rules.item_mark(state, MARCH, APRIL, recorded, today) == mark


@pytest.mark.parametrize(
    ("move", "sources", "target", "needs_reason"),
    [
        ("postpone", {"planned", "postponed"}, "postponed", True),
        ("cancel", {"planned", "postponed"}, "cancelled", True),
        ("resume", {"postponed", "cancelled"}, "planned", False),
    ],
)
def test_moves_of_an_item(move, sources, target, needs_reason):
    step = rules.ITEM_MOVES[move]
    assert (step.sources, step.target, step.needs_reason) == (sources, target, needs_reason)


def test_every_state_can_be_left():
    left = {source for step in rules.ITEM_MOVES.values() for source in step.sources}
    assert left == set(ItemState)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("开展庆祝“三、八”国际妇女劳动节活动", Field.WOMEN),
        ("重阳节组织退休职工活动一次", Field.RETIRED),
        ("召开八届一次教代会", Field.DEMOCRACY),
        ("迎接教师节基本功比赛", Field.TRAINING),
        ("组织师德演讲比赛", Field.STUDY),
        ("慰问重病教师和困难职工", Field.WARMTH),
        ("利用业余时间开展乒乓球比赛", Field.CULTURE),
        ("工会委员会换届", Field.BUILDING),
        ("师徒拜师会", Field.OTHER),
    ],
)
def test_field_of_an_item_is_guessed_from_its_words(text, field):
    assert rules.field_of(text) == field


@pytest.mark.parametrize(
    ("month", "by", "shifted"),
    [
        (date(2026, 3, 1), 0, date(2026, 3, 1)),
        (date(2026, 11, 1), 2, date(2027, 1, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
    ],
)
def test_month_is_shifted_over_the_end_of_the_year(month, by, shifted):
    assert rules.shifted(month, by) == shifted
    assert rules.months_between(month, shifted) == by


@pytest.mark.parametrize(
    ("last_month", "text"),
    [
        (date(2026, 7, 1), "2026年7月"),
        (date(2026, 8, 1), "2026年7月至8月"),
        (date(2027, 1, 1), "2026年7月至2027年1月"),
    ],
)
def test_months_text_says_the_year_once(last_month, text):
    assert rules.months_text(date(2026, 7, 1), last_month) == text


@pytest.mark.parametrize(
    ("precision", "at", "until", "text"),
    [
        (Precision.MONTH, None, None, "2026年3月"),
        (Precision.DAY, None, None, "2026年3月8日"),
        (Precision.MINUTE, time(16, 30), None, "2026年3月8日16:30"),
        (Precision.DAY, None, date(2026, 3, 8), "2026年3月8日"),
        (Precision.DAY, None, date(2026, 3, 10), "2026年3月8日至10日"),
        (Precision.DAY, None, date(2026, 4, 2), "2026年3月8日至4月2日"),
        (Precision.DAY, None, date(2027, 1, 2), "2026年3月8日至2027年1月2日"),
    ],
)
def test_when_text_says_only_what_is_known(precision, at, until, text):
    assert rules.when_text(date(2026, 3, 8), precision, at, until) == text


def refusal(check, *args) -> str:
    with pytest.raises(RuleBroken) as caught:
        check(*args)
    return str(caught.value)


def test_day_ahead_is_refused():
    assert refusal(rules.check_day, date(2026, 3, 9), Precision.DAY, date(2026, 3, 8)) == (
        "2026年3月9日还没到，等办了再记；要先排上，在年度计划里加一项。"
    )


def test_day_with_half_a_year_number_is_refused():
    assert refusal(rules.check_day, date(206, 3, 9), Precision.DAY, date(2026, 3, 8)) == (
        "206年3月9日太早了，看看年份是不是写全了四位。"
    )


def test_month_outside_of_the_plan_is_refused():
    assert refusal(rules.check_month, "联欢", date(2027, 1, 1), Period.year(2026)) == (
        "“联欢”排在2027年1月，不在2026年里，改成期间内的月份。"
    )


@pytest.mark.parametrize("to_month", [date(2026, 2, 1), date(2026, 3, 1)])
def test_postponing_to_the_same_or_an_earlier_month_is_refused(to_month):
    assert refusal(rules.check_postponed_to, to_month, MARCH, DECEMBER) == (
        "这一项现在排在2026年3月，改期要改到它后面的月份；提前办了，直接记活动就行。"
    )


@pytest.mark.parametrize("to_month", [date(2029, 1, 1), date(2206, 1, 1), date(9999, 12, 1)])
def test_postponing_far_past_the_plan_is_refused(to_month):
    assert refusal(rules.check_postponed_to, to_month, MARCH, DECEMBER) == (
        "改期最晚改到2028年12月；更晚才办的，取消这一项，写进那一年的计划。"
    )


def test_postponing_to_the_last_month_allowed_is_accepted():
    rules.check_postponed_to(date(2028, 12, 1), MARCH, DECEMBER)


def test_recorded_item_is_not_moved():
    assert refusal(rules.check_not_recorded, "拔河", True, "取消") == (
        "“拔河”已有活动记录，不能再取消；记错了的话，先作废那条活动。"
    )


def test_activity_of_a_cancelled_item_is_refused():
    assert refusal(rules.check_item_open, "拔河", ItemState.CANCELLED) == (
        "“拔河”在计划里已取消，先在计划里恢复它，再记活动。"
    )


@pytest.mark.parametrize("state", [ItemState.PLANNED, ItemState.POSTPONED])
def test_activity_of_an_open_item_is_allowed(state):
    rules.check_item_open("拔河", state)
