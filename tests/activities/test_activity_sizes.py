"""A year with 2,000 activities: the pages ask the database as often as with twenty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.full_year import make_full_year
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
LISTS = ("activity_list", "study_list", "contest_list", "check_list", "activity_export")


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
    costs = {name: asked(client, f"{reverse(f'activities:{name}')}?period=2026") for name in LISTS}
    first = year.activities[0]
    costs["activity_detail"] = asked(client, first.get_absolute_url())
    costs["activity_update"] = asked(client, reverse("activities:activity_update", args=[first.pk]))
    assert costs == {
        "activity_list": 10,
        "study_list": 8,
        "contest_list": 8,
        "check_list": 7,
        "activity_export": 9,
        "activity_detail": 16,
        "activity_update": 17,
    }
