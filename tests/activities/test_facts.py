"""Every figure equals the list that its source opens, the home page and the sums by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from activities import actions, facts
from activities.actions.stocktakes import void_stocktake
from activities.home import home_part
from activities.models import (
    Activity,
    Check,
    OwnField,
    Participation,
    PlaceUse,
    PlanChange,
    Study,
)
from tests.factories.activities import (
    make_activity,
    make_asset,
    make_item,
    make_place,
    make_plan,
    make_series,
    make_stocktake,
)
from tests.factories.honours import make_honour
from tests.factories.members import make_group, make_member, make_user
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
    PlanChange.objects.update(made_at=datetime(2026, 10, 8, 8, tzinfo=UTC))
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
        "added": 0,
        "changed": 1,
        "adjusted": 0,
        "put_off": 1,
        "called_off": 0,
        "tasks": 0,
        "unplanned": 1,
        "held": 3,
        "attendance": 126,
        "without_headcount": 1,
        "average": Decimal("63.0"),
        "budget": None,
        "spent": Decimal("1200.50"),
        **dict.fromkeys(
            (
                *("place_uses", "place_people", "stocktakes"),
                *("people", "studies", "courses", "studied", "hours", "papers", "contests"),
                *("awards", "checks", "drills", "drilled", "inspections", "open_checks"),
                *("honours", "own_honours", "team_honours", "won"),
            )
        ),
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
def test_facts_cost_the_same_for_one_and_many(rows, django_assert_num_queries):
    for number in range(rows):
        make_activity(plan_item=make_item(month=f"2026-0{number + 1}"))
        make_activity(kind="contest").stages.create(level="city", awarded=True, result="一等奖")
        make_honour()
        make_activity(venue=make_place())
    with django_assert_num_queries(13):
        facts.facts(YEAR)


# ------------------------------------------------------------------ every kind of record
@pytest.fixture
def full_year(office):
    """Something in every figure, something beside it that does not count, neighbours before."""
    chair = make_user(Role.CHAIR)
    plan = make_plan()
    late = make_item(plan, "2026-03", added_late=True)
    kept = make_item(plan, "2026-05")
    for item, kind in ((late, "added"), (kept, "postponed"), (kept, "postponed")):
        keep_change(item, kind, chair)
    for kind in ("adjusted", "cancelled", "resumed"):
        keep_change(kept, kind, chair)
    place = make_place("教工之家")
    PlaceUse.objects.create(place=place, day=date(2026, 5, 8), people=7, recorded_by=chair)
    PlaceUse.objects.create(place=place, day=date(2026, 5, 9), recorded_by=chair)
    PlaceUse.objects.create(place=place, day=date(2025, 5, 9), people=900, recorded_by=chair)
    make_asset(place=place)
    make_stocktake(place, "2026-03-02", by=chair)
    make_stocktake(place, "2025-03-02", by=chair)
    void_stocktake(stocktake=make_stocktake(place, "2026-04-02", by=chair), reason="重了", by=chair)
    came, left, twice = make_member(), make_member(), make_member()
    study = make_activity("2026-04-02", kind="study", headcount=30, budget=500, spent=400, by=chair)
    Study.objects.create(activity=study, form="lecture", courses=3, hours=Decimal("4.5"), papers=12)
    plain = make_activity("2026-05-02", kind="study", by=chair)
    Study.objects.create(activity=plain, form="training", hours=2)
    contest = make_activity("2026-06-02", kind="contest", headcount=12, venue=place, by=chair)
    contest.stages.create(level="school")
    contest.stages.create(level="town", result="第一名", awarded=True)
    contest.stages.create(level="district", result="一等奖", awarded=True)
    check = make_activity("2026-06-09", kind="check", by=chair)
    Check.objects.create(activity=check, problems="电线老化")
    drill = make_activity("2026-09-09", kind="drill", headcount=80, by=chair)
    Check.objects.create(activity=drill, problems="太慢", mended_on=date(2026, 9, 10))
    make_activity("2026-09-19", kind="inspection", by=chair)
    for activity, member, attendance in (
        (study, came, "present"),
        (study, left, "leave"),
        (study, twice, "present"),
        (contest, twice, "present"),
    ):
        Participation.objects.create(
            activity=activity, member=member, attendance=attendance, added_by=chair
        )
    make_honour(level="nation", by=chair)
    make_honour("女子气排球队", level="district", is_contest=True, by=chair)
    make_honour(holder="union", level="district", by=chair)
    make_honour(day="2025-09-10", by=chair)
    make_activity("2026-07-01", "要办的", by=chair, kind="study")
    Activity.objects.filter(title="要办的").update(state="announced", headcount=99, spent=99)
    return chair


def keep_change(item, kind, by, day="2026-04-08"):
    """As the actions keep it, on `day`."""
    change = PlanChange.objects.create(
        plan=item.plan, item=item, item_text=item.text, kind=kind, made_by=by
    )
    at = datetime.fromisoformat(f"{day}T08:00+08:00")
    PlanChange.objects.filter(pk=change.pk).update(made_at=at)
    return change


KINDS = {
    "changed": 6,
    "adjusted": 1,
    "put_off": 2,
    "called_off": 1,
    "tasks": 1,
    "place_uses": 3,
    "place_people": 19,
    "stocktakes": 1,
    "added": 1,
    "held": 6,
    "attendance": 42,
    "average": Decimal("21.0"),
    "people": 2,
    "budget": Decimal(500),
    "spent": Decimal(400),
    "studies": 2,
    "courses": 4,
    "studied": 30,
    "hours": Decimal("6.5"),
    "papers": 12,
    "contests": 1,
    "awards": 2,
    "checks": 1,
    "drills": 1,
    "drilled": 80,
    "inspections": 1,
    "open_checks": 1,
    "honours": 3,
    "own_honours": 1,
    "team_honours": 2,
    "won": 1,
}


def test_facts_of_every_kind(full_year):
    found = values()
    assert {name: found[name] for name in KINDS} == KINDS


ROWS = (
    *("planned", "done", "postponed", "cancelled", "late", "added", "unplanned", "held"),
    *("without_headcount", "people", "studies", "contests", "awards", "checks", "drills"),
    *("inspections", "open_checks", "honours", "own_honours", "team_honours", "won"),
    *("changed", "adjusted", "put_off", "called_off", "tasks", "stocktakes"),
)


@pytest.mark.parametrize("name", ROWS)
def test_each_count_is_the_rows_of_the_list_behind_it(name, full_year, log_in):
    fact = next(f for f in facts.facts(YEAR) if f.key == f"activities.{name}")
    page = log_in(Role.CHAIR).get(fact.source)
    assert page.status_code == 200
    assert page.context["page"].paginator.count == (fact.value or 0)


SUMS = {
    "attendance": "attendance",
    "budget": "budget",
    "spent": "spent",
    "courses": "courses",
    "studied": "attendance",
    "hours": "hours",
    "papers": "papers",
    "drilled": "drilled",
    "place_uses": "used",
    "place_people": "people",
}


@pytest.mark.parametrize("name", SUMS)
def test_each_sum_stands_on_the_page_of_the_list_behind_it(name, full_year, log_in):
    fact = next(f for f in facts.facts(YEAR) if f.key == f"activities.{name}")
    totals = log_in(Role.CHAIR).get(fact.source).context["totals"]
    assert getattr(totals, SUMS[name]) == fact.value


def test_every_figure_is_held_to_its_list():
    rates = {"rate", "average"}
    assert {*ROWS, *SUMS, *rates} == {key.removeprefix("activities.") for key in facts.COUNTED}


def test_levels_go_down_from_the_nation_and_each_opens_its_rows(full_year, log_in):
    rows = facts.told(YEAR).levels
    assert [(r.label, r.stages.value, r.awards.value, r.honours.value) for r in rows] == [
        ("国家级", 0, 0, 1),
        ("区县级", 1, 1, 2),
        ("镇（片）级", 1, 1, 0),
        ("校级", 1, 0, 0),
    ]
    client = log_in(Role.CHAIR)
    for fact in (fact for row in rows for fact in (row.stages, row.awards, row.honours)):
        assert client.get(fact.source).context["page"].paginator.count == fact.value


def test_what_was_only_announced_does_not_make_an_item_done(office):
    item = make_item()
    Activity.objects.filter(pk=make_activity(plan_item=item).pk).update(state="announced")
    assert (values()["planned"], values()["done"], values()["held"]) == (1, 0, None)


def test_the_offices_own_field_has_its_row_after_the_shipped_ones(office, log_in):
    OwnField.objects.create(name="青蓝工程")
    make_activity(field="青蓝工程", headcount=7)
    make_activity(field="warmth")
    make_item(field="青蓝工程")
    rows = facts.told(YEAR).fields
    assert [(r.label, r.planned.value, r.held.value) for r in rows] == [
        ("送温暖", 0, 1),
        ("青蓝工程", 1, 1),
    ]
    client = log_in(Role.CHAIR)
    for fact in (rows[1].planned, rows[1].held):
        assert client.get(fact.source).context["page"].paginator.count == fact.value
    parts = facts.breakdowns("activities.attendance", YEAR)
    assert parts[1].rows == (("青蓝工程", 7),)


def test_activities_are_parted_by_the_group_that_held_them(office):
    group = make_group("第一工会小组")
    make_activity(group=group, headcount=9)
    make_activity(headcount=4)
    (parts,) = [b for b in facts.breakdowns("activities.attendance", YEAR) if b.title == "按小组"]
    assert parts.rows == (("第一工会小组", 9), ("不是小组办的", 4))


def test_meetings_of_a_club_are_not_counted_as_unplanned(log_in):
    club = make_series()
    make_activity("2026-03-05", "羽毛球社活动", series=club)
    make_activity("2026-03-06", "临时迎检")
    assert values(Period.year(2026))["unplanned"] == 1
    page = log_in(Role.CHAIR).get("/activities/?period=2026&planned=no")
    assert [row.title for row in page.context["rows"]] == ["临时迎检"]
