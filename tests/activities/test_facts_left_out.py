"""What figures leave out: drafts and what changed in them; how often places were used."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from activities import actions, facts
from activities.models import Plan, PlanChange, PlanSection
from tests.activities.test_plan_changes import keep
from tests.factories.activities import make_activity, make_item, make_place, make_plan
from tests.factories.members import make_user
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
YEAR = Period.year(2026)


def values(period=YEAR) -> dict:
    return {fact.key.removeprefix("activities."): fact.value for fact in facts.facts(period)}


# ------------------------------------------------------------------ changes, places
def test_changes_of_drafts_chapters_and_other_years_do_not_count(office):
    chair, plan = make_user(Role.CHAIR), make_plan()
    item = make_item(plan)
    keep(item, by=chair)
    keep(item, by=chair, day=(2025, 12, 31))
    keep(make_item(make_plan(Period.half(2026, 1), state="draft")), by=chair)
    section = PlanSection.objects.create(plan=plan, order=0, title="指导思想")
    actions.update_section(section=_retitled(section), by=chair)
    PlanChange.objects.filter(item=None).update(made_at=datetime(2026, 4, 8, 8, tzinfo=UTC))
    assert PlanChange.objects.count() == 4
    assert (values()["changed"], values()["adjusted"], values()["put_off"]) == (1, 1, 0)


@pytest.mark.parametrize("year", [2025, 2027])
def test_changes_of_a_plan_that_is_not_of_the_period_do_not_count(year, office):
    keep(make_item(make_plan(Period.year(year)), f"{year}-03"))
    Plan.objects.update(passed_on=date(2025, 1, 1))
    assert values()["changed"] is None
    keep(make_item(make_plan(Period.school_year(2026)), "2026-09"), day=(2026, 10, 8))
    assert values()["changed"] == 1


def test_what_was_changed_before_the_plan_was_passed_anew_does_not_count(office):
    plan = make_plan()
    keep(make_item(plan), day=(2026, 3, 8))
    keep(make_item(plan), day=(2026, 6, 8))
    assert values()["changed"] == 2
    plan.passed_on = date(2026, 5, 1)
    plan.save()
    assert values()["changed"] == 1


def test_changes_of_a_plan_beside_the_one_that_figures_go_by_do_not_count(office):
    """A school that went over from calendar to school years: the items of one of them count."""
    autumn, plan = make_plan(Period.school_year(2026)), make_plan()
    keep(make_item(plan, "2026-10"), day=(2026, 10, 8))
    keep(make_item(autumn, "2026-10"), day=(2026, 10, 9))
    school_year = Period.school_year(2026)
    assert (values()["changed"], values(school_year)["changed"]) == (1, 1)
    assert (values()["planned"], values(school_year)["planned"]) == (1, 1)


def _retitled(section):
    section.title = "总体要求"
    return section


def test_each_place_opens_its_own_page_and_has_no_zero(office, log_in):
    used, empty = make_place("教工之家", kind="home"), make_place("书屋", kind="library")
    make_place("旧活动室", closed_on=date(2025, 6, 30))
    make_activity(venue=used)
    rows = facts.told(YEAR).places
    assert [(row.label, row.uses.value, row.people.value) for row in rows] == [
        ("教工之家", 1, None),
        ("书屋", None, None),
    ]
    page = log_in(Role.CHAIR).get(rows[0].uses.source)
    assert page.context["row"].used == 1
    assert rows[1].uses.source == f"{empty.get_absolute_url()}?period=2026"


# ------------------------------------------------------------------ plans that nobody passed
def test_items_of_a_draft_are_no_figure_until_it_is_passed(log_in):
    plan = make_plan(state="draft")
    item = make_item(plan, "2026-03")
    make_activity(plan_item=item)
    draft = {name: values()[name] for name in ("planned", "done", "rate", "added")}
    assert draft == dict.fromkeys(("planned", "done", "rate", "added"))
    told = facts.told(YEAR)
    assert [(row.planned.value, row.done.value) for row in told.fields] == [(0, 0)]
    assert all(row.items == () for row in told.months)
    board = log_in(Role.CHAIR).get(plan.get_absolute_url()).context["board"]
    assert (board.planned, board.done) == (1, 1)
    for state in ("passed", "published"):
        plan.state, plan.passed_on = state, YEAR.start
        plan.published_at = timezone.now() if state == "published" else None
        plan.save()
        assert (values()["planned"], values()["done"]) == (1, 1)


def test_the_list_of_items_counts_as_the_facts_do_and_shows_a_draft_when_asked(log_in):
    plan = make_plan(state="draft")
    make_item(plan, "2026-03", "还在想的")
    make_item(make_plan(Period.school_year(2025)), "2026-03", "定了的")
    client = log_in(Role.CHAIR)
    page = client.get("/activities/plans/items/?period=2026")
    assert [row.text for row, _ in page.context["looks"]] == ["定了的"]
    assert page.context["planned"] == values()["planned"] == 1
    board = client.get(plan.get_absolute_url()).context["board"]
    drafted = client.get(board.months[2].url)
    assert [row.text for row, _ in drafted.context["looks"]] == ["还在想的"]
    assert "?period=2026&amp;draft=yes" in client.get(plan.get_absolute_url()).content.decode()


def test_who_may_not_see_drafts_is_not_asked_about_them(log_in):
    make_item(make_plan(state="draft"), "2026-03", "还在想的")
    page = log_in(Role.MEMBER).get("/activities/plans/items/?period=2026&draft=yes")
    assert "draft" not in page.context["form"].fields
    assert page.context["looks"] == []


def test_the_people_of_a_drill_are_pupils_too_and_no_attendance_of_members(office):
    make_activity("2026-03-06", headcount=40)
    make_activity("2026-05-12", kind="drill", headcount=1460)
    found = values()
    assert (found["held"], found["attendance"], found["average"]) == (2, 40, 40)
    assert (found["drilled"], found["without_headcount"]) == (1460, 0)
    assert values(Period.month(2026, 5))["attendance"] is None


def test_the_list_says_beside_whom_it_counts_how_many_were_at_drills(office, log_in):
    make_activity("2026-03-06", headcount=40)
    client = log_in(Role.CHAIR)
    assert "演练另有" not in client.get("/activities/?period=2026").text
    make_activity("2026-05-12", kind="drill", headcount=1460)
    assert "参加 40 人次，演练另有 1,460 人次" in client.get("/activities/?period=2026").text
