"""What the visits tell of weddings and births, to whom."""

from datetime import date

import pytest

from tests.factories.members import make_member, make_user
from tests.factories.welfare import make_visit
from unionoffice.models import AuditEntry
from unionoffice.periods import Period
from unionoffice.roles import Role
from welfare.milestones import joys

YEAR = Period.year(2026)


@pytest.fixture(autouse=True)
def _office(office):
    pass


def test_the_newest_wedding_or_birth_stands_first_and_leads_to_its_visit():
    wedding = make_visit(make_member("张三"), kind="wedding", relation="self", day=date(2026, 5, 1))
    make_visit(make_member("李四"), kind="birth", relation="spouse", day=date(2026, 6, 2))
    make_visit(make_member("王五"), kind="birth", relation="self", day=date(2025, 6, 2))
    found = joys(make_user(Role.WELFARE), YEAR)
    assert [(joy.name, joy.what, joy.day_text) for joy in found] == [
        ("李四", "生育", "2026年6月2日"),
        ("张三", "结婚", "2026年5月1日"),
    ]
    assert found[1].url == wedding.get_absolute_url()


def test_a_wedding_of_a_child_is_none_of_the_member():
    make_visit(make_member("张三"), kind="wedding", relation="child", day=date(2026, 5, 1))
    assert joys(make_user(Role.CHAIR), YEAR) == []


def test_each_look_leaves_its_trace():
    make_visit(make_member("张三"), kind="wedding", relation="self", day=date(2026, 5, 1))
    joys(make_user(Role.CHAIR), YEAR)
    entry = AuditEntry.objects.latest("number")
    assert entry.act == "welfare.view_visits"
    assert entry.changes == {"filters": {"period": "2026", "kind": "wedding,birth"}, "rows": 1}
