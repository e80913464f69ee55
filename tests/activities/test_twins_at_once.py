"""Two people record one event in the same moment, each over a connection of their own."""

from datetime import date

import pytest

from activities import actions
from activities.models import Activity
from activities.rules import Twin
from tests.factories.at_once import at_once, shared_database
from tests.factories.members import make_office, make_user
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared_database(transactional_db, tmp_path):
    with shared_database(tmp_path):
        yield


def recorded(by) -> str:
    activity = Activity(title="拔河", day=date(2026, 3, 6), field="culture")
    try:
        return actions.record_activity(activity=activity, by=by).title
    except Twin as twin:
        return str(twin)


def test_one_of_them_is_told():
    make_office()
    users = [make_user(Role.CHAIR) for _ in range(10)]
    answers = at_once(*(lambda user=user: recorded(user) for user in users))
    assert answers.count("拔河") == 1
    assert all("2026年3月6日已经记过一次“拔河”" in said for said in set(answers) - {"拔河"})
    assert Activity.objects.count() == 1
