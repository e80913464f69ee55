"""The calendar: what stands on which day, and the pages of it."""

from datetime import date, time

import pytest
from django.urls import reverse

from activities import calendar
from activities.choices import ActivityState, Field, Mark, Rhythm, Weekday
from activities.models import Semester, Series
from activities.queries.calendar import span_of
from tests.factories.activities import make_activity, make_item, make_plan
from tests.factories.members import make_user
from unionoffice.periods import Period
from unionoffice.roles import Role

TODAY = date(2026, 11, 18)
MONTH = reverse("activities:calendar_month")
WEEK = reverse("activities:calendar_week")


@pytest.fixture
def chair(office):
    return make_user(Role.CHAIR)


@pytest.fixture
def autumn(db) -> Semester:
    return Semester.objects.create(
        first_day=date(2026, 9, 1), last_day=date(2027, 1, 22), name="2026秋"
    )


def entries_of(user, month: date):
    span = span_of(user, *calendar.month_bounds(month), TODAY)
    return span, [(each.text, each.first.isoformat(), each.mark) for each in span.entries]


# ------------------------------------------------------------------ what stands where
def test_an_item_with_a_day_stands_on_it_and_one_without_beside(chair):
    make_item(month="2026-11", text="安全检查", day=date(2026, 11, 25))
    make_item(month="2026-11", text="心理沙龙")
    span, entries = entries_of(chair, date(2026, 11, 1))
    assert entries == [("安全检查", "2026-11-25", Mark.DOING)]
    assert [each.row.text for each in span.undated] == ["心理沙龙"]


def test_an_item_of_a_week_takes_its_working_days_or_the_one_that_is_named(chair, autumn):
    make_item(month="2026-11", text="核对信息", week=12)
    make_item(month="2026-11", text="例会", week=12, weekday=Weekday.FRIDAY)
    span, _ = entries_of(chair, date(2026, 11, 1))
    spans = {each.text: (each.first, each.last) for each in span.entries}
    assert spans == {
        "核对信息": (date(2026, 11, 16), date(2026, 11, 20)),
        "例会": (date(2026, 11, 20), date(2026, 11, 20)),
    }


def test_a_recurring_item_comes_in_its_weeks_but_not_on_a_holiday(chair, autumn):
    make_item(
        month="2026-09",
        until="2026-10",
        text="政治学习",
        rhythm=Rhythm.EVEN_WEEKS,
        weekday=Weekday.FRIDAY,
        from_time=time(16, 20),
        to_time=time(17),
    )
    span, _ = entries_of(chair, date(2026, 9, 1))
    assert [(each.first, each.off, each.times) for each in span.entries] == [
        (date(2026, 9, 11), "", "16:20–17:00"),
        (date(2026, 9, 25), "中秋节", "16:20–17:00"),
    ]
    left_out = calendar.beside(span, date(2026, 9, 1)).left_out
    assert [each.first for each in left_out] == [date(2026, 9, 25)]


def test_a_past_day_of_what_recurs_says_that_it_has_no_record(chair, autumn):
    often = {"rhythm": Rhythm.WEEKLY, "weekday": Weekday.THURSDAY}
    item = make_item(month="2026-11", text="训练", **often)
    make_activity("2026-11-06", "训练", plan_item=item)
    span = span_of(chair, *calendar.month_bounds(date(2026, 11, 1)), TODAY)
    assert [(each.first.day, each.mark, each.word) for each in span.entries] == [
        (6, Mark.DONE, "已举行"),
        (12, Mark.PLAN, "没有记录"),
        (19, Mark.PLAN, "计划中"),
        (26, Mark.PLAN, "计划中"),
    ]


def test_a_draft_is_marked_on_the_screen_and_left_out_on_demand(log_in):
    draft = make_plan(state="draft")
    make_item(draft, "2026-11", "教师沙龙", day=date(2026, 11, 25))
    make_item(draft, "2026-11", "没日子")
    client = log_in(Role.CHAIR)
    page = client.get(MONTH, {"month": "2026-11"}).content.decode()
    assert (
        page.count('<span class="in-draft">起草中</span>') == 4
    )  # table, list, what waits, plan and fact
    bounds = calendar.month_bounds(date(2026, 11, 1))
    span = span_of(client.user, *bounds, TODAY, drafts=False)
    assert (span.entries, span.items) == ([], [])


def test_a_recorded_item_stands_in_the_calendar_as_its_activity_alone(chair):
    item = make_item(month="2026-11", text="拔河赛", day=date(2026, 11, 6))
    make_activity("2026-11-05", "教职工拔河赛", plan_item=item)
    _, entries = entries_of(chair, date(2026, 11, 1))
    assert entries == [("教职工拔河赛", "2026-11-05", Mark.DONE)]


def test_activities_stand_in_the_calendar_as_what_they_are(chair):
    make_activity("2026-11-03", "慰问援疆家属")
    announced = make_activity("2026-11-04", "健步走")
    type(announced).objects.filter(pk=announced.pk).update(state=ActivityState.ANNOUNCED)
    voided = make_activity("2026-11-05", "记错的")
    type(voided).objects.filter(pk=voided.pk).update(
        voided_at="2026-11-06T08:00Z", void_reason="错"
    )
    make_activity("2026-11-01", "只知道月份的", precision="month")
    span, entries = entries_of(chair, date(2026, 11, 1))
    assert entries == [
        ("慰问援疆家属", "2026-11-03", Mark.EXTRA),
        ("健步走", "2026-11-04", Mark.DOING),
    ]
    assert [each.text for each in span.loose] == ["只知道月份的"]


def test_something_over_several_days_comes_also_in_the_month_it_runs_into(chair):
    make_activity("2026-10-29", "气排球联赛", last_day=date(2026, 11, 3))
    span, entries = entries_of(chair, date(2026, 11, 1))
    assert entries == [("气排球联赛", "2026-10-29", Mark.EXTRA)]
    page = calendar.month_page(date(2026, 11, 1), span, TODAY)
    shown = [(d.day.day, p.note) for d in page.days for p in d.pieces]
    assert shown == [
        (29, "到11月3日，共6天"),
        *((day, f"第{nth}天，共6天") for nth, day in enumerate((30, 31, 1, 2, 3), start=2)),
    ]


# ------------------------------------------------------------------ the lines of a week
def november(chair) -> calendar.Page:
    month = date(2026, 11, 1)
    return calendar.month_page(month, span_of(chair, *calendar.month_bounds(month), TODAY), TODAY)


def drawn(week: calendar.Week) -> list[list[tuple]]:
    """Of each line of each day what stands there, and over how many days it is drawn."""
    return [
        [(slot.piece and slot.piece.entry.text, slot.days) for slot in day.slots]
        for day in week.days
    ]


def test_what_runs_over_several_days_is_one_bar_in_one_line_of_its_week(chair):
    make_activity("2026-11-10", "读书周", last_day=date(2026, 11, 14))
    make_activity("2026-11-12", "运动会", last_day=date(2026, 11, 13))
    make_activity("2026-11-14", "秋游", last_day=date(2026, 11, 17))
    make_activity("2026-11-12", "讲座")
    make_activity("2026-11-14", "义诊")
    page = november(chair)
    assert drawn(page.weeks[2]) == [
        [],
        [("读书周", 5)],
        [("读书周", 0)],
        [("读书周", 0), ("运动会", 2), ("讲座", 1)],
        [("读书周", 0), ("运动会", 0)],
        [("读书周", 0), ("秋游", 2), ("义诊", 1)],
        [(None, 1), ("秋游", 0)],
    ]
    assert drawn(page.weeks[3])[:3] == [[("秋游", 2)], [("秋游", 0)], []]
    ends = [(slot.begins, slot.ends) for day in page.days for slot in day.slots if slot.days > 1]
    assert ends == [(True, True), (True, True), (True, False), (False, True)]


def test_a_single_thing_stands_where_a_line_is_free(chair):
    make_activity("2026-11-10", "读书周", last_day=date(2026, 11, 11))
    make_activity("2026-11-11", "运动会", last_day=date(2026, 11, 12))
    make_activity("2026-11-12", "讲座")
    assert drawn(november(chair).weeks[2])[3] == [("讲座", 1), ("运动会", 0)]


@pytest.mark.parametrize(("number", "shown", "rest"), [(5, 5, 0), (6, 4, 2), (12, 4, 8)])
def test_a_full_day_shows_a_few_and_says_how_many_more(chair, number, shown, rest):
    for n in range(number):
        make_activity("2026-11-13", f"第{n}场")
    day = next(day for day in november(chair).days if day.day == date(2026, 11, 13))
    assert (len(day.slots), day.rest) == (shown, rest)


def test_more_long_things_than_lines_are_counted_on_each_of_their_days(chair):
    for n in range(6):
        make_activity("2026-11-10", f"第{n}周", last_day=date(2026, 11, 12))
    week = november(chair).weeks[2]
    assert [(len(day.slots), day.rest) for day in week.days[1:4]] == [(4, 2)] * 3


def test_what_is_too_much_for_a_day_is_one_step_away_in_its_week(log_in):
    client = log_in(Role.CHAIR)
    for n in range(12):
        make_activity("2026-11-13", f"同一天的第{n}场")
    page = client.get(f"{MONTH}?month=2026-11").content.decode()
    leads = f"{WEEK}?day=2026-11-13#d-2026-11-13"
    assert page.count(leads) == 2  # in the table, in the phone's list
    assert "还有 8 项" in page
    assert "还有 5 项" in page
    week = client.get(f"{WEEK}?day=2026-11-13").content.decode()
    assert 'id="d-2026-11-13"' in week
    assert week.count("同一天的第") == 12


def test_the_months_list_says_a_long_thing_on_its_first_and_its_last_day(chair):
    make_activity("2026-10-30", "健康月", last_day=date(2026, 11, 26))
    listed = [(day.day.day, [p.note for p in day.listed]) for day in november(chair).agenda]
    assert [(day, notes) for day, notes in listed if notes] == [
        (1, ["第3天，共28天"]),
        (18, ["第20天，共28天"]),  # today
        (26, ["第28天，共28天"]),
    ]


def test_the_months_list_has_today_also_when_nothing_is_on(log_in):
    client = log_in(Role.CHAIR)
    assert "今天没有安排" in client.get(f"{MONTH}?month=2026-11").text
    make_activity("2026-11-18")
    assert "今天没有安排" not in client.get(f"{MONTH}?month=2026-11").text


def test_beside_a_week_stands_what_is_on_in_it_and_what_has_no_day_yet(chair):
    plan = make_plan()
    make_item(plan, "2026-11", "这一周的", day=date(2026, 11, 18))
    make_item(plan, "2026-11", "上一周的", day=date(2026, 11, 11))
    make_item(plan, "2026-11", "没有定日子的")
    late = make_item(plan, "2026-11", "这一周补办的", day=date(2026, 11, 4))
    make_activity("2026-11-17", plan_item=late)
    first = date(2026, 11, 16)
    found = calendar.beside(span_of(chair, first, date(2026, 11, 22), TODAY))
    assert [each.row.text for each in found.items] == ["这一周的", "这一周补办的"]
    assert [each.row.text for each in found.undated] == ["没有定日子的"]


def test_of_what_has_no_day_the_first_stand_beside_the_month(log_in):
    client = log_in(Role.CHAIR)
    for n in range(calendar.LOOSE_SHOWN + 3):
        make_activity("2026-11-01", f"只知道月份的第{n}场", precision="month")
    page = client.get(f"{MONTH}?month=2026-11")
    beside = page.context["beside"]
    assert len(beside.loose) == calendar.LOOSE_SHOWN
    assert "还有 3 场" in page.content.decode()
    assert beside.loose_url in page.content.decode()
    assert client.get(beside.loose_url).context["totals"].held == calendar.LOOSE_SHOWN + 3


def test_a_series_comes_on_its_days_except_in_a_week_that_has_its_meeting(chair, autumn):
    series = Series.objects.create(
        name="羽毛球社",
        kind="club",
        field=Field.CULTURE,
        rhythm=Rhythm.WEEKLY,
        weekday=Weekday.THURSDAY,
        start=date(2026, 9, 1),
    )
    make_activity("2026-11-06", "羽毛球社活动", series=series, kind="club")
    _, entries = entries_of(chair, date(2026, 11, 1))
    assert [(text, day) for text, day, _ in entries] == [
        ("羽毛球社", "2026-10-29"),
        ("羽毛球社活动", "2026-11-06"),
        ("羽毛球社", "2026-11-12"),
        ("羽毛球社", "2026-11-19"),
        ("羽毛球社", "2026-11-26"),
        ("羽毛球社", "2026-12-03"),
    ]


def test_a_draft_is_in_no_teachers_calendar(chair):
    draft = make_plan(state="draft")
    make_item(draft, month="2026-11", text="还没通过", day=date(2026, 11, 25))
    teacher = make_user(Role.MEMBER)
    assert entries_of(teacher, date(2026, 11, 1))[1] == []
    assert len(entries_of(chair, date(2026, 11, 1))[1]) == 1


# ------------------------------------------------------------------ pages
def test_the_month_shows_days_weeks_lunar_words_and_days_off(log_in, autumn):
    page = log_in(Role.CHAIR).get(f"{MONTH}?month=2026-10")
    html = page.content.decode()
    days = {each.day: each for each in page.context["page"].days}
    assert days[date(2026, 10, 1)].mark == "休"
    assert days[date(2026, 10, 10)].mark == "班"
    assert not days[date(2026, 10, 10)].idle
    assert days[date(2026, 10, 18)].words.text == "重阳"
    assert days[date(2026, 10, 8)].words.text == "寒露"
    assert [week.number for week in page.context["page"].weeks] == [5, 6, 7, 8, 9]
    assert "第 5 至 9 周" in html
    assert "?month=2026-09" in html
    assert "?month=2026-11" in html


def test_a_month_that_is_none_is_said_and_this_one_is_shown(log_in):
    page = log_in(Role.CHAIR).get(f"{MONTH}?month=2026-13")
    assert page.status_code == 422
    assert "没有“2026-13”这个月" in page.content.decode()
    assert page.context["month"] == date(2026, 11, 1)


@pytest.mark.parametrize("month", ["1900-01", "2099-12", "0001-01"])
def test_a_month_out_of_reach_is_refused(month, log_in):
    assert log_in(Role.CHAIR).get(f"{MONTH}?month={month}").status_code == 422


def test_the_week_shows_seven_days_and_its_number(log_in, autumn):
    make_item(month="2026-11", text="督办会", day=date(2026, 11, 19))
    page = log_in(Role.CHAIR).get(f"{WEEK}?day=2026-11-22")
    assert [each.day.day for each in page.context["page"].days] == [16, 17, 18, 19, 20, 21, 22]
    assert page.context["page"].weeks_text == "第 12 周"
    assert "督办会" in page.content.decode()


@pytest.mark.parametrize("address", [MONTH, WEEK])
def test_a_full_calendar_costs_as_many_queries_as_an_empty_one(
    address, log_in, autumn, django_assert_max_num_queries
):
    client = log_in(Role.CHAIR)
    client.get(address)
    with django_assert_max_num_queries(30) as empty:
        client.get(address)
    for number in range(1, 19):
        make_item(month="2026-11", day=date(2026, 11, number))
        make_activity(f"2026-11-{number:02}")
    with django_assert_max_num_queries(30) as full:
        client.get(address)
    assert len(full) == len(empty)


# ------------------------------------------------------------------ one plan, four views
def test_the_views_of_a_plan_lead_to_each_other(log_in, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)
    plan, client = make_plan(), log_in(Role.MEMBER)
    make_plan(Period.school_year(2026))
    month = f"{MONTH}?month=2026-11&amp;plan={plan.pk}"
    week = f"{WEEK}?day=2026-11-01&amp;plan={plan.pk}"
    board = client.get(plan.get_absolute_url()).content.decode()
    for address in (month, week, f"{reverse('activities:plan_item_list')}?period=2026"):
        assert f'href="{address}"' in board
        page = client.get(address.replace("&amp;", "&")).content.decode()
        assert page.count('role="group" aria-label="视图"') == 1
        assert 'class="section-tabs"' not in page
        assert f'<a href="{plan.get_absolute_url()}">全年</a>' in page


def test_a_month_and_a_week_further_one_is_still_with_the_plan(log_in):
    plan, client = make_plan(), log_in(Role.MEMBER)
    page = client.get(MONTH, {"month": "2026-11", "plan": plan.pk}).content.decode()
    assert f'href="?month=2026-12&amp;plan={plan.pk}"' in page
    page = client.get(WEEK, {"day": "2026-11-18", "plan": plan.pk}).content.decode()
    assert f'href="?day=2026-11-23&amp;plan={plan.pk}"' in page


def test_a_plan_that_one_may_not_see_is_no_view_of_a_month(log_in):
    draft, client = make_plan(state="draft"), log_in(Role.MEMBER)
    response = client.get(MONTH, {"month": "2026-11", "plan": draft.pk})
    assert (response.status_code, response.context["plan"]) == (200, None)
    assert "全年" not in response.content.decode()
    assert client.get(MONTH, {"plan": "x"}).status_code == 422
