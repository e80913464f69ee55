"""Writes about people, offices and accounts."""

from datetime import date

import pytest

from members import actions
from members.models import (
    Employment,
    GroupAssignment,
    Member,
    Membership,
    UnionGroup,
)
from tests.factories.members import make_department, make_group, make_member, make_office, make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry, Office
from unionoffice.periods import Precision
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db

SPRING = date(2026, 3, 1)


def spans(model, *fields) -> list[tuple]:
    return list(model.objects.order_by("pk").values_list(*fields, "start", "end"))


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("number").values_list("act", flat=True))


def test_add_member_stores_the_person_and_every_place():
    group, department = make_group(), make_department()
    member = actions.add_member(
        member=Member(name="单明"),
        by=None,
        joined=date(2009, 9, 1),
        joined_precision=Precision.MONTH,
        employment="working",
        group=group,
        department=department,
    )
    assert (member.pinyin, member.pinyin_joined, member.initials) == (
        "shan ming",
        "shanming",
        "sm",
    )
    assert spans(Membership, "status", "start_precision") == [
        ("active", "month", date(2009, 9, 1), None)
    ]
    assert spans(Employment, "status") == [("working", date(2009, 9, 1), None)]
    assert spans(GroupAssignment, "group") == [(group.pk, date(2009, 9, 1), None)]
    assert acts() == ["members.add_member"]


def test_update_member_writes_only_what_differs_and_records_old_and_new():
    member = make_member("甲一", phone="13800000000")
    user = make_user(Role.CHAIR)
    member.name, member.phone = "单明", "13900000000"
    actions.update_member(member=member, by=user)
    stored = Member.objects.get(pk=member.pk)
    assert (stored.name, stored.initials, stored.phone) == ("单明", "sm", "13900000000")
    entry = AuditEntry.objects.get(act="members.update_member")
    assert entry.changes == {
        "name": ["甲一", "单明"],
        "phone": ["13800000000", "13900000000"],
    }
    actions.update_member(member=stored, by=user)
    assert AuditEntry.objects.filter(act="members.update_member").count() == 1


def test_update_member_leaves_alone_what_it_is_not_told_to_save():
    """Two had the same page open: the later one must not bring the first one's old values back."""
    member = make_member("甲一", phone="13800000000", group=make_group(), employment="working")
    stale = Member.objects.get(pk=member.pk)
    Member.objects.filter(pk=member.pk).update(phone="13900000000", name="单明", initials="sm")
    stale.title = "高级教师"
    actions.update_member(
        member=stale,
        by=make_user(Role.CHAIR),
        fields=["title"],
        since=SPRING,
        places={"employment": "retired"},
    )
    stored = Member.objects.get(pk=member.pk)
    assert (stored.phone, stored.name, stored.initials) == ("13900000000", "单明", "sm")
    assert stored.title == "高级教师"
    assert AuditEntry.objects.get(act="members.update_member").changes == {
        "title": ["", "高级教师"]
    }
    assert [row.end for row in GroupAssignment.objects.all()] == [None]
    assert Employment.objects.count() == 2


def test_joined_is_corrected_before_a_change_that_lies_after_it():
    member, group = make_member("甲一", joined=date(2025, 9, 1)), make_group()
    actions.update_member(
        member=member,
        by=make_user(Role.CHAIR),
        since=date(2024, 3, 1),
        places={"group": group},
        joined=(date(1990, 9, 1), Precision.MONTH),
    )
    assert spans(Membership, "status") == [("active", date(1990, 9, 1), None)]
    assert spans(GroupAssignment, "group") == [(group.pk, date(2024, 3, 1), None)]


def test_update_member_moves_places_from_the_day_on():
    old, new = make_group(), make_group()
    member = make_member("甲一", group=old, employment="working")
    user = make_user(Role.CHAIR)
    places = {"employment": "retired", "group": new}
    actions.update_member(member=member, by=user, since=SPRING, places=places)
    begun, eve = date(2020, 9, 1), date(2026, 2, 28)
    assert spans(Membership, "status") == [("active", begun, None)]
    assert spans(Employment, "status") == [("working", begun, eve), ("retired", SPRING, None)]
    assert spans(GroupAssignment, "group") == [(old.pk, begun, eve), (new.pk, SPRING, None)]


def test_update_member_with_the_same_places_changes_nothing():
    group = make_group()
    member = make_member("甲一", group=group, employment="working")
    user = make_user(Role.CHAIR)
    before = acts()
    places = {"employment": "working", "group": group}
    actions.update_member(member=member, by=user, since=SPRING, places=places)
    assert spans(GroupAssignment, "group") == [(group.pk, date(2020, 9, 1), None)]
    assert acts() == before


def test_update_member_ends_what_is_named_and_empty():
    member = make_member("甲一", group=make_group(), employment="working")
    places = {"employment": "", "group": None}
    actions.update_member(member=member, by=make_user(Role.CHAIR), since=SPRING, places=places)
    ends = [model.objects.get(member=member).end for model in (Employment, GroupAssignment)]
    assert ends == [date(2026, 2, 28)] * 2


def test_joined_can_be_corrected_and_is_recorded():
    member = make_member("甲一")
    user = make_user(Role.CHAIR)
    actions.update_member(member=member, by=user, joined=(date(2010, 9, 1), Precision.MONTH))
    assert spans(Membership, "start_precision") == [("month", date(2010, 9, 1), None)]
    entry = AuditEntry.objects.get(act="members.correct_joined")
    assert entry.changes == {"joined": ["2020-09-01", "2010-09"]}


def test_joined_after_the_end_of_that_membership_is_refused_and_nothing_is_written():
    member = make_member("甲一", phone="13800000000")
    actions.end_dated(model=Membership, member=member, since=date(2022, 1, 1), by=None)
    member.phone = "13900000000"
    with pytest.raises(RuleBroken) as refusal:
        actions.update_member(
            member=member, by=make_user(Role.CHAIR), joined=(date(2023, 1, 1), Precision.DAY)
        )
    assert str(refusal.value) == (
        "入会时间 2023-01-01 晚于这段会籍结束的 2021-12-31，改成之前的日期。"
    )
    assert Member.objects.get(pk=member.pk).phone == "13800000000"


def test_add_group_is_recorded():
    actions.add_group(group=UnionGroup(name="语文组"), by=make_user(Role.CHAIR))
    assert list(UnionGroup.objects.values_list("name", flat=True)) == ["语文组"]
    assert acts() == ["members.add_group"]


def test_an_account_logs_in_with_the_number_else_the_phone():
    chair = make_user(Role.CHAIR)
    numbered = make_member("甲一", staff_no="1001", phone="13800000000")
    phoned = make_member("乙二", staff_no=None, phone="13900000000")
    users = [actions.open_account(member=m, by=chair) for m in (numbered, phoned)]
    assert [user.username for user, _ in users] == ["1001", "13900000000"]
    assert all(user.check_password(password) for user, password in users)
    assert all(user.must_change_password for user, _ in users)


def test_an_account_needs_a_number_or_a_phone():
    member = make_member("甲一", staff_no=None)
    with pytest.raises(RuleBroken) as refusal:
        actions.open_account(member=member, by=None)
    assert str(refusal.value) == "甲一没有工号也没有手机，先补上一样再开账号。"


def test_nobody_gets_two_accounts():
    member = make_member("甲一", staff_no="1001")
    actions.open_account(member=member, by=None)
    with pytest.raises(RuleBroken) as refusal:
        actions.open_account(member=member, by=None)
    assert str(refusal.value) == "甲一已经有账号。"


def test_a_reset_password_replaces_the_old_one_and_is_to_be_changed():
    user, old = actions.open_account(member=make_member("甲一"), by=None)
    actions.change_own_password(user=user, password="table-tennis-2026")
    new = actions.reset_password(user=user, by=make_user(Role.CHAIR))
    user.refresh_from_db()
    assert [user.check_password(p) for p in (old, "table-tennis-2026", new)] == [
        False,
        False,
        True,
    ]
    assert user.must_change_password
    assert new != old


def test_no_password_stands_in_the_audit_chain():
    _, password = actions.open_account(member=make_member("甲一"), by=None)
    assert password not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    ("login", "staff_no", "phone"),
    [("1001", "1001", ""), ("13800000000", None, "13800000000")],
)
def test_set_up_makes_the_office_and_its_first_administrator(login, staff_no, phone):
    office = Office(
        school_name="示例市第三中学",
        short_name="示例三中",
        union_name="示例市第三中学工会委员会",
        higher_union_name="示例市教育工会",
    )
    user = actions.set_up(
        office=office, name="甲一", login=login, password="table-tennis-2026", is_chair=True
    )
    assert (user.username, user.member.staff_no, user.member.phone) == (login, staff_no, phone)
    assert set(user.member.offices.values_list("office", flat=True)) == {"admin", "chair"}
    assert not user.must_change_password


def test_set_up_happens_once():
    office = make_office()
    with pytest.raises(RuleBroken) as refusal:
        actions.set_up(office=office, name="甲一", login="1001", password="x", is_chair=False)
    assert str(refusal.value) == "工会办公室已经设置过了，名称可以在设置里改。"
    assert not Member.objects.exists()
