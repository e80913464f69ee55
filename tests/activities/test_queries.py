from datetime import date

import pytest

from activities import actions, queries
from activities.choices import PlanState
from activities.models import Activity, Plan, PlanItem
from activities.queries.calendar import span_of
from tests.factories.activities import make_activity, make_item, make_plan
from tests.factories.members import make_user
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


def void(activity):
    return actions.void_activity(activity=activity, reason="记重了", by=make_user(Role.CHAIR))


def titles(activities) -> list[str]:
    return sorted(activity.title for activity in activities)


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.CHAIR, ["作废的", "联欢"]),
        (Role.GROUP_LEADER, ["作废的", "联欢"]),
        (Role.MEMBER, ["联欢"]),
        (Role.HIGHER_UNION, ["联欢"]),
    ],
)
def test_voided_activities_are_seen_by_those_who_record(role, seen):
    make_activity(title="联欢")
    void(make_activity(title="作废的"))
    assert titles(queries.activities_visible_to(make_user(role))) == seen


@pytest.mark.parametrize(
    ("role", "changeable"),
    [
        (Role.CHAIR, ["别人的", "自己的"]),
        (Role.CULTURE, ["别人的", "自己的"]),
        (Role.WOMEN, ["自己的"]),
        (Role.GROUP_LEADER, ["自己的"]),
    ],
)
def test_others_records_are_changed_by_those_who_may(role, changeable):
    user = make_user(role)
    make_activity(title="自己的", by=user)
    make_activity(title="别人的")
    void(make_activity(title="作废的", by=user))
    assert titles(queries.activities_changeable_by(user)) == changeable


def test_search_finds_standing_activities_by_every_word():
    make_activity(title="教职工拔河赛", place="操场")
    make_activity(title="教职工登山")
    void(make_activity(title="拔河", place="操场"))
    assert titles(queries.find_activities(make_user(Role.MEMBER), "拔河 操场")) == ["教职工拔河赛"]


def test_search_gives_a_few_rows():
    for _ in range(9):
        make_activity(title="拔河")
    assert len(queries.find_activities(make_user(Role.MEMBER), "拔河")) == 8


def test_item_row_has_its_earliest_standing_activity():
    item = make_item()
    void(make_activity("2026-03-01", plan_item=item))
    make_activity("2026-03-20", plan_item=item)
    first = make_activity("2026-03-06", plan_item=item)
    other = make_item(text="没记的")
    rows = queries.item_rows(PlanItem.objects.all(), TODAY)
    assert [(r.pk, r.record, r.record_day) for r in rows] == [
        (item.pk, first.pk, date(2026, 3, 6)),
        (other.pk, None, None),
    ]


def test_items_planned_in_a_period_are_those_that_begin_in_it():
    make_item(month="2026-06", until="2026-07", text="跨半年")
    make_item(month="2026-07", text="下半年")
    moved = {"state": "postponed", "reason": "维修"}
    make_item(month="2026-09", text="延期", moved_from=date(2026, 5, 1), **moved)
    found = queries.items_planned_in(Period.half(2026, 1))
    assert [item.text for item in found.order_by("origin_month")] == ["延期", "跨半年"]


def test_due_items_wait_for_a_record():
    plan = make_plan()
    make_item(plan, "2026-10", "十月的")
    make_item(plan, "2026-11", "十一月的")
    make_item(plan, "2026-12", "以后的")
    make_item(plan, "2026-09", "取消的", state="cancelled", reason="不办了")
    make_activity(plan_item=make_item(plan, "2026-08", "办了的"))
    make_item(make_plan(Period.year(2025)), "2025-12", "去年的")
    assert [item.text for item in queries.due_items(TODAY)] == ["十一月的", "十月的"]


def test_items_to_choose_are_of_this_and_last_years_plans():
    for year in (2024, 2025, 2026):
        make_item(make_plan(Period.year(year)), f"{year}-03", str(year))
    make_item(Plan.objects.first(), "2026-04", "取消的", state="cancelled", reason="不办了")
    assert [item.text for item in queries.items_to_choose(TODAY)] == ["2026", "2025"]


def test_the_plan_of_a_month_was_passed_unless_one_was_made_for_just_that_time():
    year = make_plan()
    term = make_plan(Period.semester(2026, 1), state="draft")
    assert queries.plan_of(Period.month(2026, 11)) == year
    assert queries.plan_of(Period.semester(2026, 1)) == term


def test_an_item_of_a_draft_is_neither_late_nor_under_way():
    plan = make_plan(state="draft")
    for month in ("2026-10", "2026-11"):
        make_item(plan, month)
    make_activity(plan_item=make_item(plan, "2026-09"))
    rows = queries.item_rows(plan.items.order_by("first_month"), TODAY)
    assert [row.mark for row in rows] == ["done", "plan", "plan"]


def test_items_to_choose_stand_under_their_plans_a_draft_last(log_in):
    make_item(make_plan(), text="公布的")
    client = log_in(Role.CHAIR)
    field = client.get("/activities/new/").context["form"].fields["plan_item"]
    assert [str(words) for _, words in field.choices] == ["计划外", "2026年3月 公布的"]
    item = make_item(make_plan(Period.year(2027), state="draft"), "2027-03", "起草的")
    page = client.get(f"/activities/new/?item={item.pk}")
    field = page.context["form"].fields["plan_item"]
    assert [str(plan) for plan, _ in field.choices] == ["", "2026年计划", "2027年计划（起草中）"]
    option = f'<option value="{item.pk}" selected>2027年3月 起草的</option>'
    assert f'<optgroup label="2027年计划（起草中）">{option}</optgroup>' in page.text


@pytest.mark.parametrize(
    ("role", "offered"), [(Role.CHAIR, ["公布的", "起草的"]), (Role.GROUP_LEADER, ["公布的"])]
)
def test_items_of_drafts_are_offered_to_those_who_may_see_drafts(role, offered):
    make_item(make_plan(), text="公布的")
    make_item(make_plan(Period.half(2026, 1), state="draft"), text="起草的")
    found = queries.items_to_choose(TODAY, user=make_user(role))
    assert sorted(item.text for item in found) == offered


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["区里的", "联欢"]),
        ({"q": "联欢"}, ["联欢"]),
        ({"field": "women"}, ["区里的"]),
        ({"planned": "yes"}, ["联欢"]),
        ({"planned": "no"}, ["区里的"]),
        ({"headcount": "missing"}, ["联欢"]),
    ],
)
def test_filters_of_the_activity_list(filters, found):
    make_activity(title="联欢", plan_item=make_item())
    make_activity(title="区里的", field="women", headcount=12)
    make_activity("2025-12-31", title="去年的联欢")
    void(make_activity(title="作废的联欢"))
    narrowed = queries.narrowed(Activity.objects.all(), period=Period.year(2026), **filters)
    assert titles(narrowed) == found


def test_progress_of_plans_counts_each_item_once():
    plan = make_plan()
    item = make_item(plan)
    make_activity(plan_item=item)
    make_activity(plan_item=item)
    make_item(plan, state="cancelled", reason="不办了")
    void(make_activity(plan_item=make_item(plan)))
    make_plan(Period.year(2025))
    rows = queries.plans_with_progress(queries.plans_visible_to(make_user(Role.MEMBER)))
    assert [(p.period.code, p.planned, p.done) for p in rows] == [("2026", 3, 1), ("2025", 0, 0)]


def test_an_item_that_was_held_and_then_cancelled_is_not_done():
    item = make_item(make_plan())
    make_activity(plan_item=item)
    PlanItem.objects.update(state="cancelled", reason="不办了")
    (plan,) = queries.plans_with_progress(queries.plans_visible_to(make_user(Role.MEMBER)))
    assert (plan.planned, plan.done) == (1, 0)


def test_of_what_is_known_to_the_month_only_that_months_stands_in_the_calendar():
    for month in ("2026-09", "2026-10", "2026-11"):
        make_activity(f"{month}-01", month, precision="month")
    for first, last in ((1, 31), (19, 25)):
        days = date(2026, 10, first), date(2026, 10, last)
        span = span_of(make_user(Role.CHAIR), *days, TODAY)
        assert [entry.text for entry in span.loose] == ["2026-10"]


@pytest.mark.parametrize(
    ("period", "plan"),
    [
        (Period.year(2026), "2026"),
        (Period.half(2026, 1), "2026"),
        (Period.school_year(2026), "2026-2027"),
        (Period.semester(2026, 1), "2026-2027"),
        (Period.month(2026, 3), "2026"),
        (Period.year(2024), None),
    ],
)
def test_plan_of_a_period_is_the_nearest_that_covers_it(period, plan):
    make_plan(Period.school_year(2026))
    make_plan(Period.year(2026))
    found = queries.plan_of(period)
    assert (found and found.period.code) == plan


def planned(period: Period) -> list[str]:
    return sorted(item.text for item in queries.items_planned_in(period))


def test_work_that_stands_in_two_plans_counts_once():
    year, term = Period.year(2026), Period.semester(2026, 1)
    make_item(make_plan(year), "2026-09", "全年的")
    make_item(make_plan(term), "2026-09", "学期的")
    make_item(make_plan(Period.school_year(2026)), "2026-09", "学年的")
    make_item(Plan.objects.get(start=year.start), "2026-03", "春天的")
    assert planned(year) == ["全年的", "春天的"]
    assert planned(term) == ["学期的"]
    assert planned(Period.school_year(2026)) == ["学年的"]
    assert planned(Period.month(2026, 9)) == ["全年的"]
    draft = {"state": PlanState.DRAFT, "passed_on": None, "passed_by": "", "published_at": None}
    Plan.objects.filter(start=year.start, end=year.end).update(**draft)
    assert planned(year) == planned(Period.month(2026, 9)) == ["学年的"]


def test_the_plans_whose_items_are_not_counted_are_named():
    year, chair = make_plan(Period.year(2026)), make_user(Role.CHAIR)
    passed = make_plan(Period.semester(2026, 1), state=PlanState.PASSED, title="学期计划")
    make_item(year, "2026-09")
    make_item(passed, "2026-09")
    beside = [plan.title for plan in queries.plans_beside(chair, Period.year(2026))]
    assert beside == ["学期计划"]
    assert not queries.plans_beside(make_user(Role.GROUP_LEADER), Period.year(2026))
    assert not queries.plans_beside(chair, Period.half(2026, 1))
