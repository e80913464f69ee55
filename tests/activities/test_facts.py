"""Every figure equals the list that its source opens, the home page and the sums by hand."""

from datetime import date
from decimal import Decimal

import pytest

from activities import actions, facts
from activities.home import home_part
from tests.factories.activities import make_activity, make_item, make_plan
from tests.factories.members import make_user
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
YEAR = Period.year(2026)
TODAY = date(2026, 11, 18)


@pytest.fixture
def year():
    """A year with every mark, unplanned and voided activities, and neighbours on both sides."""
    chair = make_user(Role.CHAIR)
    plan = make_plan()
    done = make_item(plan, "2026-03", "三八节联欢", field="women")
    make_item(plan, "2026-05", "五四座谈", field="study")
    make_item(plan, "2026-06", "教工子女开放日", state="cancelled", reason="撞上中考")
    make_item(plan, "2026-12", "迎新联欢")
    moved = make_item(plan, "2026-10", "摄影展")
    actions.move_item(
        item=moved, move="postpone", by=chair, reason="展板未到", to_month=date(2026, 12, 1)
    )
    make_item(make_plan(Period.year(2025)), "2025-12", "去年的事")
    make_activity("2026-03-06", "联欢", by=chair, plan_item=done, field="women", headcount=86)
    make_activity("2026-03-20", "再联欢", by=chair, plan_item=done, field="women", headcount=40)
    make_activity(
        "2026-07-22",
        "防汛慰问",
        by=chair,
        field="warmth",
        spent=Decimal("1200.50"),
        highlight="连夜慰问值守教师。",
        is_highlight=True,
    )
    make_activity("2025-12-31", "去年的活动", by=chair, headcount=900)
    voided = make_activity("2026-04-01", "记错的", by=chair, headcount=500, spent=Decimal(9))
    actions.void_activity(activity=voided, reason="记错了", by=chair)
    return chair


def values(period=YEAR) -> dict:
    return {fact.key.removeprefix("activities."): fact.value for fact in facts.facts(period)}


def test_facts_of_a_year(year):
    assert values() == {
        "planned": 5,
        "done": 1,
        "rate": Decimal("20.0"),
        "postponed": 1,
        "cancelled": 1,
        "late": 1,
        "unplanned": 1,
        "held": 3,
        "attendance": 126,
        "without_headcount": 1,
        "spent": Decimal("1200.50"),
    }


def test_nothing_recorded_is_none_and_never_zero():
    assert set(values(Period.year(2024)).values()) == {None}


def test_sums_that_nobody_recorded_are_none():
    make_activity()
    found = values()
    assert (found["held"], found["attendance"], found["spent"]) == (1, None, None)
    assert (found["unplanned"], found["without_headcount"], found["planned"]) == (1, 1, None)


def test_postponed_item_stays_with_the_half_year_it_was_planned_for(year):
    assert values(Period.half(2026, 2))["planned"] == 2
    assert values(Period.month(2026, 12))["planned"] == 1


@pytest.mark.usefixtures("office", "year")
@pytest.mark.parametrize(
    "key", ["planned", "done", "postponed", "cancelled", "late", "unplanned", "held"]
)
def test_counted_fact_equals_the_rows_of_its_source(log_in, key):
    fact = next(f for f in facts.facts(YEAR) if f.key == f"activities.{key}")
    page = log_in(Role.CHAIR).get(fact.source).context["page"]
    assert fact.value == page.paginator.count == len(page.object_list)


@pytest.mark.usefixtures("office", "year")
def test_summed_facts_stand_on_the_page_of_their_source(log_in):
    client = log_in(Role.CHAIR)
    by_key = {fact.key: fact for fact in facts.facts(YEAR)}
    for name in ("attendance", "without_headcount", "spent"):
        fact = by_key[f"activities.{name}"]
        totals = client.get(fact.source).context["totals"]
        assert getattr(totals, name) == fact.value
    assert client.get(by_key["activities.rate"].source).context["rate"] == Decimal("20.0")


@pytest.mark.usefixtures("office", "year")
def test_activities_without_headcount_are_the_rows_of_their_source(log_in):
    fact = next(f for f in facts.facts(YEAR) if f.key == "activities.without_headcount")
    rows = log_in(Role.MEMBER).get(fact.source).context["rows"]
    assert [row.title for row in rows] == ["防汛慰问"]


def test_by_field_has_the_fields_that_have_something(year):
    rows = facts.told(YEAR).fields
    assert [
        (r.label, r.planned.value, r.done.value, r.held.value, r.attendance.value) for r in rows
    ] == [
        ("文体", 3, 0, 0, None),
        ("女工", 1, 1, 2, 126),
        ("送温暖", 0, 0, 1, None),
        ("学习师德", 1, 0, 0, None),
    ]


@pytest.mark.usefixtures("office", "year")
@pytest.mark.parametrize("name", ["planned", "done", "held"])
def test_each_figure_of_a_field_opens_the_rows_that_make_it(log_in, name):
    client = log_in(Role.CHAIR)
    for fact in (getattr(row, name) for row in facts.told(YEAR).fields):
        assert client.get(fact.source).context["page"].paginator.count == fact.value


def test_by_month_tells_what_became_of_each_item(year):
    rows = {r.month: (r.items, r.outcomes) for r in facts.told(YEAR).months}
    assert list(rows) == list(range(1, 13))
    assert {month: row for month, row in rows.items() if row[0]} == {
        3: (("三八节联欢",), ("已完成（3月6日）",)),
        5: (("五四座谈",), ("逾期未记",)),
        6: (("教工子女开放日",), ("已取消",)),
        10: (("摄影展",), ("延至12月",)),
        12: (("迎新联欢",), ("计划中",)),
    }


def test_highlights_are_the_sentences_marked_for_the_summary(year):
    assert facts.highlights(YEAR) == ["连夜慰问值守教师。"]


def test_home_figures_are_the_facts(year):
    figure = home_part(year, TODAY, YEAR).figures[0]
    by_key = {fact.key: fact for fact in facts.facts(YEAR)}
    assert figure.fact == by_key["activities.attendance"]
    assert figure.second.value == by_key["activities.held"].value
    assert figure.bars == (0, 0, 126, 0, 0, 0, 0, 0, 0, 0, 0, None)


def test_home_ribbon_counts_like_the_facts(year):
    ribbon = home_part(year, TODAY, YEAR).ribbon
    assert sum(month.planned for month in ribbon) == values()["planned"]
    assert sum(month.done for month in ribbon) == values()["done"]
    assert {m.number: m.marks for m in ribbon if m.marks} == {
        3: ("done",),
        5: ("late",),
        6: ("off",),
        7: ("extra",),
        10: ("moved",),
        12: ("plan",),
    }


def test_home_reminds_recorders_of_what_is_late_or_ends_this_month(year):
    make_item(month="2026-11", text="气排球联赛")
    make_item(month="2026-11", until="2026-12", text="信息核对")
    todos = home_part(year, TODAY, YEAR).todos
    assert [(t.title, t.act_label, t.late) for t in todos] == [
        ("气排球联赛", "记结果", False),
        ("五四座谈", "补记录", True),
    ]
    assert todos[1].detail == "计划2026年5月，还没有记录。没办成的话可以改期"
    assert todos[1].due == date(2026, 5, 31)


def test_home_asks_members_for_nothing(year):
    part = home_part(make_user(Role.MEMBER), TODAY, YEAR)
    assert part.todos == ()
    assert len(part.ribbon) == 12


def test_home_dates_are_the_next_festivals(year):
    dates = home_part(year, TODAY, YEAR).dates
    assert [(d.day, d.text) for d in dates] == [
        (date(2026, 12, 22), "冬至"),
        (date(2027, 1, 1), "元旦"),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_home_part_costs_two_queries(rows, django_assert_num_queries):
    chair = make_user(Role.CHAIR)
    for number in range(rows):
        make_activity(plan_item=make_item(month=f"2026-0{number + 1}"), by=chair)
    with django_assert_num_queries(2):
        home_part(chair, TODAY, YEAR)


@pytest.mark.parametrize("rows", [1, 3])
def test_facts_cost_two_queries(rows, django_assert_num_queries):
    for number in range(rows):
        make_activity(plan_item=make_item(month=f"2026-0{number + 1}"))
    with django_assert_num_queries(2):
        facts.facts(YEAR)
