"""The list of activities, its file and the figures say the same of what was planned and spent."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from activities.facts import told
from activities.models import Activity
from tests.factories.activities import make_activity, make_item, make_series
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
LIST = reverse("activities:activity_list") + "?period=2026"
EXPORT = reverse("activities:activity_export") + "?period=2026&format=csv"


def facts() -> dict:
    return {fact.key: fact for fact in told(Period.year(2026)).facts}


def test_the_file_calls_each_what_the_list_calls_it(log_in):
    make_activity("2026-03-06", "训练", series=make_series())
    make_activity("2026-03-07", "拔河", plan_item=make_item(text="春季拔河"))
    make_activity("2026-03-08", "插花")
    client = log_in(Role.CHAIR)
    file = client.get(EXPORT).getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    told = {row["活动"]: row["计划事项"] for row in rows}
    assert told == {"插花": "计划外", "拔河": "春季拔河", "训练": "定期"}
    assert list(told.values()).count("计划外") == facts()["activities.unplanned"].value
    assert client.get(LIST).text.count("计划外</span>") == 1


def test_the_figure_of_budgets_leads_to_a_list_that_adds_up_to_it(log_in):
    make_activity("2026-03-06", "拔河", budget="1200.50")
    make_activity("2026-03-07", "插花", budget="300")
    make_activity("2026-03-08", "健步走")
    fact = facts()["activities.budget"]
    client = log_in(Role.CHAIR)
    page = client.get(fact.source)
    assert page.context["totals"].budget == fact.value
    assert "填了的预算 1,500.50 元" in page.text
    assert "预算（元）" in page.text
    assert "1,200.50" in page.text
    dear = client.get(f"{fact.source}&sort=-budget")
    assert [row.title for row in dear.context["rows"]] == ["拔河", "插花", "健步走"]


def test_over_in_the_database_is_what_the_record_says_itself():
    days = ("2026-02-01", "2026-03-01", "2026-03-10", "2026-03-11", "2026-03-12")
    for day in days:
        make_activity(day, precision="day")
        make_activity(day, precision="day", last_day=date(2026, 3, 12))
        make_activity(f"{day[:8]}01", precision="month")
    for today in (date(2026, 3, 11), date(2026, 3, 31), date(2026, 4, 1)):
        said = {each.pk for each in Activity.objects.all() if each.final_day < today}
        assert set(Activity.objects.over(today).values_list("pk", flat=True)) == said
