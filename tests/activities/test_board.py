from datetime import date

import pytest

from activities import board
from activities.choices import Mark
from activities.queries import ItemRow
from activities.rules import item_mark
from activities.rules.weeks import Term
from unionoffice.periods import Period

TODAY = date(2026, 11, 18)


def row(
    text="拔河",
    first="2026-03",
    last=None,
    *,
    state="planned",
    moved_from=None,
    done=None,
    day=None,
    until=None,
    **more,
):
    first_month = date.fromisoformat(f"{first}-01")
    last_month = date.fromisoformat(f"{last or first}-01")
    done_on = date.fromisoformat(done) if done else None
    return ItemRow(
        pk=1,
        text=text,
        field="culture",
        state=state,
        first_month=first_month,
        last_month=last_month,
        moved_from=moved_from and date.fromisoformat(f"{moved_from}-01"),
        record=7 if done else None,
        record_day=done_on,
        record_precision="day" if done else None,
        mark=item_mark(state, first_month, last_month, bool(done), TODAY),
        day=day and date.fromisoformat(day),
        last_day=until and date.fromisoformat(until),
        **more,
    )


def built(*rows, extras=(), period=None, **chosen):
    return board.build(period or Period.year(2026), rows, extras, TODAY, **chosen)


def extra(day="2026-07-22", title="防汛值守慰问", field="warmth"):
    return {
        "pk": 3,
        "title": title,
        "field": field,
        "day": date.fromisoformat(day),
        "precision": "day",
    }


def lines(found) -> list[tuple]:
    return [
        (month.number, line.mark.value, line.when, line.text, line.note)
        for month in found.months
        for line in month.lines
    ]


def test_board_has_the_months_of_the_period_with_the_current_one_marked():
    found = built(period=Period.school_year(2026))
    assert [(m.year, m.number) for m in found.months] == Period.school_year(2026).months()
    assert [m.number for m in found.months if m.now] == [11]
    assert [m.number for m in found.months if m.ahead] == [12, 1, 2, 3, 4, 5, 6, 7, 8]


def test_festivals_stand_at_their_month():
    assert built().months[8].fest == ["教师节 10", "中秋 25"]


@pytest.mark.parametrize(
    ("item", "line"),
    [
        (row(), (3, "late", "", "拔河", "没有记录")),
        (row(done="2026-03-06"), (3, "done", "6", "拔河", "")),
        (row(done="2026-02-26"), (3, "done", "2/26", "拔河", "")),
        (row(done="2026-04-06"), (3, "done", "4/6", "拔河", "4月才办")),
        (row(first="2026-12"), (12, "plan", "", "拔河", "")),
        (row(first="2026-12", day="2026-12-30"), (12, "plan", "30", "拔河", "")),
        (
            row("体检", "2026-12", day="2026-12-16", until="2026-12-20"),
            (12, "plan", "16–20", "体检", ""),
        ),
        (
            row("年会", "2026-12", day="2026-12-30", until="2027-01-02"),
            (12, "plan", "30–1/2", "年会", ""),
        ),
        (row(first="2026-11", last="2026-12"), (11, "doing", "", "拔河", "至 12月")),
        (row(state="cancelled"), (3, "off", "", "拔河", "")),
    ],
)
def test_line_says_what_became_of_the_item(item, line):
    assert lines(built(item)) == [line]


def test_postponed_item_leaves_a_line_where_it_was():
    item = row(first="2026-12", state="postponed", moved_from="2026-06")
    found = built(item)
    assert lines(found) == [
        (6, "moved", "", "拔河", "改 12月"),
        (12, "moved", "", "拔河", "原 6月"),
    ]
    assert [(m.done, m.planned) for m in found.months if m.planned] == [(0, 1)]
    assert found.months[5].planned == 1


def test_item_postponed_to_the_next_year_says_the_year():
    item = row(first="2027-03", state="postponed", moved_from="2026-06")
    assert lines(built(item)) == [(6, "moved", "", "拔河", "改 2027年3月")]


def test_counts_and_bar_come_from_the_same_marks():
    found = built(row(done="2026-03-06"), row(), row(first="2026-12"), extras=[extra()])
    assert [(p.mark, p.count, p.on) for p in found.pills] == [
        (None, 4, True),
        (Mark.DONE, 1, False),
        (Mark.PLAN, 1, False),
        (Mark.LATE, 1, False),
        (Mark.EXTRA, 1, False),
    ]
    assert (found.planned, found.done) == (3, 1)
    assert [bar.glyph for bar in found.bars] == [Mark.DONE, Mark.LATE, Mark.PLAN]
    assert found.summary == "3 项：已完成 1，逾期未记 1，计划中 1"


def test_mark_hides_lines_but_not_counts():
    found = built(row(done="2026-03-06"), row(), extras=[extra()], mark="late")
    assert lines(found) == [(3, "late", "", "拔河", "没有记录")]
    assert found.pills[0].count == 3


def test_field_narrows_counts_too():
    found = built(row(), extras=[extra()], field="warmth")
    assert lines(found) == [(7, "extra", "22", "防汛值守慰问", "")]
    assert (found.planned, found.pills[0].count) == (0, 1)


def test_of_many_unplanned_activities_a_month_shows_the_first_and_leads_to_all():
    many = [extra(f"2026-07-{day:02}", f"第{day}场") for day in range(1, 12)]
    found = built(row(), extras=[*many, extra("2026-08-01", "八月的")])
    july, august = found.months[6:8]
    assert [line.text for line in july.lines] == [f"第{day}场" for day in range(1, 9)]
    assert (july.rest, august.rest) == (3, 0)
    assert july.rest_url == "/activities/?period=2026-07-01..2026-07-31&planned=no"
    assert {p.mark: p.count for p in found.pills}[Mark.EXTRA] == 12
    narrowed = built(extras=many, field="warmth").months[6]
    assert narrowed.rest_url == "/activities/?period=2026-07-01..2026-07-31&planned=no&field=warmth"
    assert [m.rest for m in built(row(), extras=many, mark="late").months] == [0] * 12


def test_empty_board_says_so():
    assert built().summary == "还没有事项"


def test_a_period_that_is_over_says_calmly_what_has_no_record():
    rows = [row(first="2025-03"), row(first="2025-04"), row(first="2025-05", done="2025-05-06")]
    found = built(*rows, period=Period.year(2025))
    assert found.unrecorded == 2
    shown = [line for month in found.months for line in month.lines]
    assert [(line.look.glyph, line.look.word, line.note, line.tone) for line in shown] == [
        ("plan", "未记录", "", ""),
        ("plan", "未记录", "", ""),
        ("done", "已完成", "", ""),
    ]
    assert [(p.mark, p.look.word, p.count) for p in found.pills[1:]] == [
        (Mark.DONE, "已完成", 1),
        (Mark.LATE, "未记录", 2),
    ]
    assert [bar.glyph for bar in found.bars] == ["done", "plan"]
    assert found.summary == "3 项：已完成 1，未记录 2"


def test_a_running_period_says_what_is_late():
    found = built(row())
    (line,) = [line for month in found.months for line in month.lines]
    assert (line.look.glyph, line.note, line.tone) == ("late", "没有记录", "late")
    assert found.unrecorded is None


def texts(month) -> list[tuple[str, str]]:
    return [(line.when, line.text) for line in month.lines]


def test_a_month_is_in_the_order_of_its_days_and_what_has_none_comes_last():
    term = Term(date(2026, 9, 1), date(2027, 1, 20))
    rows = [
        row("没定日子", "2026-12"),
        row("三十日", "2026-12", day="2026-12-30"),
        row("第十五周", "2026-12", week=15),
        row("二日", "2026-12", day="2026-12-02"),
    ]
    found = built(*rows, extras=[extra("2026-12-20", "计划外")], terms=[term])
    assert texts(found.months[11]) == [
        ("2", "二日"),
        ("第15周", "第十五周"),
        ("20", "计划外"),
        ("30", "三十日"),
        ("", "没定日子"),
    ]


def test_a_recurring_item_says_how_often_and_until_when():
    rows = [row("训练", "2026-11", "2027-01", rhythm="weekly", weekday=3)]
    assert lines(built(*rows)) == [(11, "doing", "", "训练", "每周四，至 2027年1月")]


def test_unplanned_activities_of_one_title_are_one_line_of_their_month():
    days = ("2026-06-05", "2026-06-07", "2026-06-08")
    several = [extra(day, "小组包粽子") for day in days]
    found = built(extras=[*several, extra("2026-06-06", "讲座"), extra("2026-07-01", "小组包粽子")])
    assert texts(found.months[5]) == [("5–8", "小组包粽子 3 场"), ("6", "讲座")]
    assert texts(found.months[6]) == [("1", "小组包粽子")]
    url = "/activities/?period=2026-06-01..2026-06-30&planned=no&q=%E5%B0%8F%E7%BB%84%E5%8C%85%E7%B2%BD%E5%AD%90"
    assert found.months[5].lines[0].url == url
    assert {p.mark: p.count for p in found.pills}[Mark.EXTRA] == 5


def test_the_pills_add_up_and_what_is_counted_twice_says_so():
    found = built(row(done="2026-03-06"), row(added_late=True), extras=[extra()])
    all_of_them, *others, added = found.pills
    assert all_of_them.count == sum(pill.count for pill in others)
    assert (added.look.word, added.look.glyph, added.count) == ("其中新增", "", 1)


def test_a_plan_through_two_years_says_where_each_begins():
    months = built(period=Period.school_year(2026)).months
    assert [(m.year, m.number) for m in months if m.new_year] == [(2026, 9), (2027, 1)]
    assert not any(m.new_year for m in built().months)
