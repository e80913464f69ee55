"""Where a number comes from: what is counted, the parts that add up to it, and nobody's name."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import Check, Participation, PlanChange, Study
from members.actions import change_dated
from members.models import Employment, Membership
from reports.gather import COUNTED, breakdowns_of, fact_of, gather
from tests.factories.activities import (
    make_activity,
    make_asset,
    make_item,
    make_place,
    make_plan,
    make_stocktake,
)
from tests.factories.bodies import make_working_group
from tests.factories.congress import make_motion, make_notice
from tests.factories.honours import make_honour
from tests.factories.members import make_group, make_member, make_user
from tests.factories.titles import make_title
from tests.factories.welfare import make_visit
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
YEAR = Period.year(2026)
TODAY = date(2026, 12, 25)
WHOLE = {  # numbers without parts
    "members.women",
    "members.retained",
    "members.groups",
    "members.working_groups",
    "members.employed",
    "members.teachers",
    "members.young",
    "activities.people",
    "activities.average",
}
RATES = {
    "activities.rate",
    "congress.filing_rate",
    "members.rate",
    "members.teacher_rate",
    "members.young_rate",
}


@pytest.fixture
def year(office):
    """Something in every figure."""
    woman = make_member("示例保密", gender="female", group=make_group())
    Membership.objects.filter(member=make_member()).update(end=date(2026, 3, 31))
    teacher = {"employment": "working", "is_teacher": True, "birth": date(1995, 5, 5)}
    make_member(joined=date(2026, 9, 1), arrived=date(2026, 8, 20), **teacher)
    make_member(employment="working", is_teacher=False, birth=date(1970, 5, 5))
    retired = make_member(status="retained", employment="working")
    change_dated(
        model=Employment, member=retired, since=date(2026, 2, 1), by=None, status="retired"
    )
    make_title(woman)
    make_working_group()
    make_visit(woman, reason="示例病情", goods="水果", goods_value=Decimal(80))
    make_visit(woman, kind="hardship", day=date(2026, 5, 6), money=Decimal("500.50"))
    make_visit(person_name="示例外聘")
    plan, late_by = make_plan(), make_user(Role.CHAIR)
    done = make_item(plan, "2026-03", "插花")
    make_item(plan, "2026-05", "座谈")
    make_item(plan, "2026-06", "开放日", state="cancelled", reason="中考")
    moved = {"state": "postponed", "moved_from": date(2026, 10, 1), "reason": "展板未到"}
    make_item(plan, "2099-01", "摄影展", **moved)
    make_activity("2026-03-06", plan_item=done, headcount=36, spent=Decimal("1280.50"))
    make_activity("2026-05-09", "捐款", field="warmth", headcount=4, budget=Decimal(50))
    late = make_item(plan, "2026-07", added_late=True)
    for kind in ("added", "adjusted", "postponed", "cancelled"):
        change = {"item": late, "item_text": late.text, "kind": kind, "made_by": late_by}
        PlanChange.objects.create(plan=plan, **change)
    PlanChange.objects.update(made_at=datetime(2026, 7, 3, 8, tzinfo=UTC))
    make_activity("2026-10-09", headcount=8, venue=make_place("教工之家"))
    place = make_place("书屋")
    make_asset(place=place)
    make_stocktake(place)
    every_kind(woman)
    make_activity("2026-06-09", "没记人数")
    make_motion("filed")
    make_motion("to_suggestion", category="livelihood")
    make_motion("rejected")
    make_notice()


def every_kind(member):
    """Study, a competition, checks, honours."""
    study = make_activity("2026-04-02", kind="study", headcount=30)
    Study.objects.create(activity=study, form="lecture", courses=2, hours=3, papers=9)
    contest = make_activity("2026-06-02", kind="contest")
    contest.stages.create(level="town", result="第一名", awarded=True)
    Participation.objects.create(
        activity=contest, member=member, attendance="present", added_by=contest.recorded_by
    )
    check = make_activity("2026-06-09", kind="check")
    Check.objects.create(activity=check, problems="电线老化")
    make_activity("2026-09-09", kind="drill", headcount=80)
    make_activity("2026-09-19", kind="inspection")
    make_honour(member)
    make_honour("女子气排球队", is_contest=True)


def test_every_figure_says_what_is_counted():
    assert set(COUNTED) == set(gather(YEAR, TODAY).facts)


@pytest.mark.parametrize("key", sorted(set(COUNTED) - WHOLE - RATES))
def test_the_parts_of_a_figure_add_up_to_it(key, year):
    fact, parts = fact_of(key, YEAR, TODAY), breakdowns_of(key, YEAR, TODAY)
    assert fact.value
    assert {sum(value for _, value in part.rows) for part in parts} == {fact.value}
    assert {part.unit for part in parts} == {fact.unit}


@pytest.mark.parametrize("key", sorted(RATES))
def test_a_rate_says_what_is_divided(key, year):
    (part,) = breakdowns_of(key, YEAR, TODAY)
    (_, done), (_, whole) = part.rows
    assert fact_of(key, YEAR, TODAY).value == round(Decimal(done) * 100 / whole, 1)


def test_an_average_says_what_is_divided(year):
    (part,) = breakdowns_of("activities.average", YEAR, TODAY)
    (_, people), (_, held) = part.rows
    average = fact_of("activities.average", YEAR, TODAY).value
    assert average == round(Decimal(people) / held, 1)


def test_one_fact_is_the_same_as_among_all(year):
    facts = gather(YEAR, TODAY).facts
    assert {key: fact_of(key, YEAR, TODAY) for key in facts} == facts


def page(client, key: str, period: str = "2026") -> str:
    return client.get(f"/reports/figures/{key}/?period={period}").content.decode()


def rows(text: str) -> list[tuple[str, str]]:
    return re.findall(r'<th scope="row">(.*?)</th><td class="r">(.*?)</td>', text)


def test_the_page_tells_records_days_total_and_months(year, log_in):
    text = page(log_in(Role.HIGHER_UNION), "welfare.money")
    assert "这一期各次慰问给的慰问金相加" in text
    assert "2026-01-01 到 2026-12-31" in text
    money = fact_of("welfare.money", YEAR, TODAY).value
    assert f"<b>{money:,.2f}</b> 元" in text
    assert ("2026年5月", "500.50 元") in rows(text)


def test_only_those_who_may_see_visits_read_the_kinds(year, log_in):
    higher, chair = log_in(Role.HIGHER_UNION), log_in(Role.CHAIR)
    for key in ("welfare.visits", "welfare.money", "welfare.goods_value"):
        assert "按事由" in page(chair, key)
        assert "按事由" not in page(higher, key)
        assert "生病" not in page(higher, key)


def test_nobody_is_named_on_any_of_the_pages(year, log_in):
    chair = log_in(Role.CHAIR)
    everything = "".join(page(chair, key) for key in COUNTED)
    assert "示例保密" not in everything
    assert "示例外聘" not in everything
    assert "示例病情" not in everything


def test_the_list_is_offered_to_those_who_may_open_it(year, log_in):
    link = 'href="/welfare/?period=2026"'
    assert link in page(log_in(Role.CHAIR), "welfare.visits")
    assert link not in page(log_in(Role.HIGHER_UNION), "welfare.visits")


def test_a_figure_without_records_says_so(log_in):
    text = page(log_in(Role.CHAIR), "welfare.visits")
    assert "没有记录" in text
    assert "【待补：慰问人次】" in text
    assert rows(text) == []


def test_a_period_that_is_not_over_is_counted_up_to_today(log_in):
    today = timezone.localdate()
    period = f"{today}..{today + timedelta(days=9)}"
    assert f"还没过完，这是 {today} 的数" in page(log_in(Role.CHAIR), "members.active", period)


@pytest.mark.parametrize("key", ["welfare.visits.illness", "welfare", "novel.visits", "summary"])
def test_figure_detail_knows_only_whole_figures(key, log_in):
    assert log_in(Role.CHAIR).get(f"/reports/figures/{key}/").status_code == 404


def test_a_rate_stands_with_its_one_place(log_in):
    make_activity(plan_item=make_item())
    make_item()
    make_item()
    page = log_in(Role.HIGHER_UNION).get(
        reverse("reports:figure_detail", args=["activities.rate"]), {"period": "2026"}
    )
    assert "<b>33.3</b>%" in page.text
