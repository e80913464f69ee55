"""The box that finds people, activities and motions, and tells those of one name apart."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.activities import make_activity
from tests.factories.congress import make_motion
from tests.factories.members import make_department, make_member
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
FIND = reverse("unionoffice:find")


def found(client, text: str) -> dict[str, list[tuple[str, str]]]:
    groups = client.get(FIND, {"q": text}).context["groups"]
    return {group.heading: [(row.name, row.beside) for row in group.rows] for group in groups}


def test_what_bears_one_name_is_told_apart(log_in):
    chair = log_in(Role.CHAIR, Role.MEMBER)
    make_member("饮水英", department=make_department("语文组"))
    make_activity("2026-03-06", "饮水安全检查")
    for day in (date(2025, 5, 20), date(2026, 5, 20)):
        make_motion("filed", title="改善饮水条件", opened_on=day, number=day.year, year=day.year)
    assert found(chair, "饮水") == {
        "会员": [("饮水英", "语文组")],
        "活动": [("饮水安全检查", "2026年3月6日")],
        "提案": [
            ("关于改善饮水条件的提案", "2026年5月20日"),
            ("关于改善饮水条件的提案", "2025年5月20日"),
        ],
    }


def test_who_may_not_see_the_roster_finds_nobody(log_in):
    make_member("饮水英")
    assert found(log_in(Role.MEMBER), "饮水") == {}


def test_nothing_is_looked_for_before_something_is_typed(log_in):
    make_member("饮水英")
    assert found(log_in(Role.CHAIR), " ") == {}
