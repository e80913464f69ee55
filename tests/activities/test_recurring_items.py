"""An item that comes again and again is under way until its last month is over."""

from datetime import date

import pytest
from django.urls import reverse

from activities import queries, rules
from activities.board import build
from activities.choices import Mark
from activities.facts import facts
from activities.facts.plans import outcome_of
from activities.home import home_part
from activities.models import PlanItem
from activities.queries.calendar import span_of
from tests.factories.activities import make_activity, make_item, make_plan
from tests.factories.members import make_user
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
TODAY = date(2026, 11, 18)
YEAR = Period.year(2026)
WEEKLY = {"rhythm": "weekly", "weekday": 3}


def training(until: str = "2026-12", times: int = 2, **values) -> PlanItem:
    item = make_item(month="2026-09", until=until, text="教职工训练", **WEEKLY | values)
    for number in range(times):
        make_activity(f"2026-09-{3 + 7 * number:02}", plan_item=item)
    return item


def row_of(item: PlanItem, today: date = TODAY) -> queries.ItemRow:
    return queries.item_rows(PlanItem.objects.filter(pk=item.pk), today)[0]


@pytest.mark.parametrize(
    ("state", "recorded", "today", "mark"),
    [
        ("planned", False, date(2026, 8, 31), Mark.PLAN),
        ("planned", True, date(2026, 8, 31), Mark.DOING),
        ("planned", True, date(2026, 9, 10), Mark.DOING),
        ("planned", True, date(2026, 12, 31), Mark.DOING),
        ("planned", True, date(2027, 1, 1), Mark.DONE),
        ("planned", False, date(2027, 1, 1), Mark.LATE),
        ("postponed", True, date(2026, 12, 31), Mark.DOING),
        ("cancelled", True, date(2026, 10, 1), Mark.OFF),
    ],
)
def test_mark_of_a_weekly_item_from_september_to_december(state, recorded, today, mark):
    months = date(2026, 9, 1), date(2026, 12, 1)
    assert rules.item_mark(state, *months, recorded, today, "weekly") == mark


def test_a_range_of_months_without_a_rhythm_is_done_once_recorded():
    row = row_of(training(rhythm="", weekday=None))
    assert (row.mark, row.record_text) == (Mark.DONE, "2026年9月3日")


def test_what_was_voided_or_only_announced_is_not_counted_up():
    item = training()
    make_activity("2026-12-03", plan_item=item, state="announced")
    assert (row_of(item).times, row_of(item).record_text) == (2, "已办 2 次")


def test_once_its_last_month_is_over_it_is_done():
    row = row_of(training(until="2026-10"))
    assert (row.mark, row.record_text, outcome_of(row)) == (
        Mark.DONE,
        "2026年9月3日",
        "已完成（2 次）",
    )


def test_board_list_figures_and_plan_list_agree_that_it_goes_on(log_in):
    item = training()
    client = log_in(Role.CHAIR)
    board = build(YEAR, [row_of(item)], [], TODAY)
    line = next(line for month in board.months for line in month.lines)
    assert (line.mark, line.note, line.item) == (Mark.DOING, "每周四，已办 2 次", None)
    known = {fact.key: fact.value for fact in facts(YEAR)}
    assert (known["activities.planned"], known["activities.done"]) == (1, 0)
    assert outcome_of(row_of(item)) == "进行中（已办 2 次）"
    plan = queries.plans_with_progress(queries.plans_visible_to(client.user)).get()
    assert (plan.planned, plan.done, board.done) == (1, 0, 0)
    page = client.get(reverse("activities:plan_item_list") + "?period=2026").content.decode()
    assert "计划 1 项，已完成 0 项" in page
    assert "已办 2 次" in page
    assert "已办 2 次" in client.get(item.get_absolute_url()).content.decode()


def test_nobody_is_asked_for_a_record_in_its_last_month_once_it_was_held():
    training(until="2026-11")
    assert home_part(make_user(Role.CHAIR), TODAY, YEAR).todos == ()


def test_what_comes_monthly_does_not_wait_for_a_day():
    make_item(month="2026-09", until="2026-12", text="每月例会", rhythm="monthly")
    make_item(month="2026-10", until="2026-12", text="联欢")
    span = span_of(make_user(Role.CHAIR), date(2026, 11, 1), date(2026, 11, 30), TODAY)
    assert [each.row.text for each in span.undated] == ["联欢"]


def test_a_plan_that_is_over_counts_it_as_done_everywhere():
    item = make_item(make_plan(Period.year(2025)), "2025-09", until="2025-12", **WEEKLY)
    make_activity("2025-09-04", plan_item=item)
    plan = queries.plans_with_progress(queries.plans_visible_to(make_user(Role.CHAIR))).get()
    known = {fact.key: fact.value for fact in facts(Period.year(2025))}
    assert (plan.done, known["activities.done"], row_of(item).mark) == (1, 1, Mark.DONE)
