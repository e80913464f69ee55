"""A year with 2,000 activities: the pages ask the database as often as with twenty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.actions.calendar import open_feed
from tests.factories.activities import make_activity
from tests.factories.full_year import FullYear, make_full_year
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
LISTS = (
    *("activity_list", "study_list", "contest_list", "check_list", "activity_export"),
    *("attendance_list", "chronicle"),
)


def asked(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("number", [20, 2000])
def test_pages_ask_the_database_as_often_for_2000_activities_as_for_20(log_in, number):
    client = log_in(Role.CHAIR)
    year = make_full_year(
        activities=number, participations=number * 20, photos=number * 5, people=400
    )
    make_activity(f"{timezone.localdate():%Y-%m-%d}")  # in the months that a phone gets
    costs = {name: asked(client, f"{reverse(f'activities:{name}')}?period=2026") for name in LISTS}
    one = year.activities[0]
    of_one = ("activity_detail", "activity_update", "attendance_update", "photo_list")
    costs |= {name: asked(client, reverse(f"activities:{name}", args=[one.pk])) for name in of_one}
    costs |= {name: asked(client, address) for name, address in calendar_pages(year).items()}
    costs["photo_detail"] = asked(client, one.photos.first().get_absolute_url())
    person = reverse("activities:attendance_member", args=[one.participations.first().member_id])
    costs["attendance_member"] = asked(client, person)
    feed = reverse("activities:calendar_ics", args=[open_feed(by=client.user)])
    costs["calendar_ics"] = asked(client, feed)
    assert costs == {
        "activity_list": 10,
        "study_list": 8,
        "contest_list": 8,
        "check_list": 7,
        "activity_export": 9,
        "attendance_list": 7,
        "chronicle": 10,
        "activity_detail": 14,
        "activity_update": 15,
        "attendance_update": 11,  # whether one may write the guests
        "photo_list": 7,
        "plan_detail": 9,
        "calendar_month": 10,
        "calendar_week": 10,  # with the meetings that have no record
        "photo_detail": 7,
        "attendance_member": 8,
        "calendar_ics": 17,
    }


def address_of(name: str, query: str) -> str:
    return f"{reverse(f'activities:{name}')}?{query}"


def calendar_pages(year: FullYear) -> dict[str, str]:
    return {
        "plan_detail": year.plan.get_absolute_url(),
        "calendar_month": address_of("calendar_month", "month=2026-01"),
        "calendar_week": address_of("calendar_week", "day=2026-01-12"),
    }


def test_a_month_of_200_activities_is_as_short_as_its_days_allow(log_in):
    client = log_in(Role.CHAIR)
    make_full_year(activities=200, participations=0, photos=0, people=40, days=31)
    month = client.get(address_of("calendar_month", "month=2026-01"))
    page = month.context["page"]
    assert sum(len(day.pieces) for day in page.days) == 200
    assert {len(day.slots) for day in page.days if day.inside} == {4}
    assert all(len(day.slots) + day.rest == len(day.pieces) for day in page.days)


def test_a_meeting_of_600_people_is_marked_in_one_go(log_in):
    client = log_in(Role.CHAIR)
    year = make_full_year(activities=1, participations=600, photos=0, people=600)
    rows = year.activities[0].participations
    rows.update(attendance="")
    keys = list(rows.values_list("pk", flat=True))
    marks = {f"a{key}": "present" for key in keys} | {f"s{key}": "" for key in keys}
    page = reverse("activities:attendance_update", args=[year.activities[0].pk])
    assert client.post(page, marks).status_code == 302
    assert rows.filter(attendance="present").count() == 600
