"""Which group held an activity: recorded, shown, filtered by, counted."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from activities import actions, queries
from activities.exporters import ActivityRegister
from activities.facts import GroupSpending, spent_by_groups
from activities.models import Activity
from members.models import UnionGroup
from tests.factories.activities import make_activity
from tests.factories.forms import posted_back
from tests.factories.members import make_group, make_user
from unionoffice.periods import Period
from unionoffice.queries import log_of
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
QUICK = {"title": "小组登山", "when": "today", "field": "culture"}
YEAR = Period.year(2026)


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def offered(response) -> list[UnionGroup]:
    return list(response.context["form"].fields["group"].queryset)


def test_a_leader_records_for_the_own_group_which_is_there_already(log_in):
    own, _ = make_group(), make_group()
    client = log_in(user=make_user(Role.GROUP_LEADER, group=own))
    page = client.get(url("activity_create"))
    assert offered(page) == [own]
    preset = page.context["form"]["group"].value()
    client.post(url("activity_create"), QUICK | {"group": preset})
    assert Activity.objects.get().group == own


def test_a_leader_cannot_record_for_another_group(log_in):
    own, other = make_group(), make_group()
    client = log_in(user=make_user(Role.GROUP_LEADER, group=own))
    refused = client.post(url("activity_create"), QUICK | {"group": other.pk})
    assert refused.status_code == 422
    assert refused.context["form"].errors["group"] == ["这个小组不能选，从列表里重新选。"]


def test_the_committee_chooses_among_the_groups_that_are_there(log_in):
    group = make_group()
    gone = make_group()
    UnionGroup.objects.filter(pk=gone.pk).update(last_day=date(2020, 1, 31))
    page = log_in(Role.CHAIR, Role.GROUP_LEADER).get(url("activity_create"))
    assert group in offered(page)
    assert gone not in offered(page)
    assert page.context["form"].initial == {}


def test_a_record_keeps_its_group_when_it_was_dissolved_since(log_in):
    group = make_group()
    activity = make_activity(group=group)
    UnionGroup.objects.filter(pk=group.pk).update(last_day=date(2020, 1, 31))
    client = log_in(Role.CHAIR)
    page = client.get(url("activity_update", activity.pk))
    client.post(url("activity_update", activity.pk), posted_back(page) | {"place": "操场"})
    activity.refresh_from_db()
    assert (activity.group, activity.place) == (group, "操场")


def test_changing_the_group_is_audited():
    group, chair = make_group("第一工会小组"), make_user(Role.CHAIR)
    activity = make_activity(by=chair)
    activity.group = group
    actions.update_activity(activity=activity, by=chair)
    assert log_of(activity)[0].changes == {"group": [None, group.pk]}


def test_the_list_its_filter_the_page_and_the_export_tell_the_group(log_in):
    group = make_group("第一工会小组")
    activity = make_activity(title="登山", group=group)
    make_activity(title="联欢")
    client = log_in(Role.MEMBER)
    page = client.get(url("activity_list") + f"?period=2026&group={group.pk}")
    assert [(row.title, row.group_name) for row in page.context["rows"]] == [
        ("登山", "第一工会小组")
    ]
    shown = client.get(url("activity_detail", activity.pk)).content.decode()
    assert "<dt>哪个小组办的</dt><dd>第一工会小组</dd>" in shown
    table = ActivityRegister(Activity.objects.order_by("pk"), YEAR)
    column = table.columns.index("哪个小组办的")
    assert [row[column] for row in table.rows()] == ["第一工会小组", None]


def test_what_a_group_spent_is_what_the_list_of_its_activities_adds_up_to():
    one, other = make_group(), make_group()
    make_activity(group=one, spent=Decimal("300.50"))
    make_activity(group=one, spent=Decimal(200))
    make_activity(group=one)
    make_activity("2025-12-31", group=one, spent=Decimal(999))
    make_activity(spent=Decimal(5000))
    make_activity(group=other)
    voided = make_activity(group=one, spent=Decimal(70))
    actions.void_activity(activity=voided, reason="记重了", by=make_user(Role.CHAIR))
    assert spent_by_groups(YEAR) == {
        one.pk: GroupSpending(Decimal("500.50"), 3, 1),
        other.pk: GroupSpending(Decimal(0), 1, 1),
    }
    listed = queries.narrowed(Activity.objects.all(), period=YEAR, group=str(one.pk))
    totals = queries.totals_of(listed)
    assert (totals.spent, totals.held) == (Decimal("500.50"), 3)
