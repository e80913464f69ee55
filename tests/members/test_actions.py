"""Writes about people, offices and accounts."""

from datetime import date

import pytest

from members import actions
from members.models import (
    Employment,
    GroupAssignment,
    Member,
    Membership,
    OfficeHolding,
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
    assert spans(Employment, "status") == [("working", None, None)]
    assert spans(GroupAssignment, "group") == [(group.pk, None, None)]
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


def test_update_member_moves_places_from_the_day_on():
    old, new = make_group(), make_group()
    member = make_member("甲一", group=old, employment="working")
    user = make_user(Role.CHAIR)
    places = actions.Places(since=SPRING, status="retained", employment="retired", group=new)
    actions.update_member(member=member, by=user, places=places)
    begun, eve = date(2020, 9, 1), date(2026, 2, 28)
    assert spans(Membership, "status") == [
        ("active", begun, eve),
        ("retained", SPRING, None),
    ]
    assert spans(Employment, "status") == [("working", None, eve), ("retired", SPRING, None)]
    assert spans(GroupAssignment, "group") == [(old.pk, begun, eve), (new.pk, SPRING, None)]


def test_update_member_with_the_same_places_changes_nothing():
    group = make_group()
    member = make_member("甲一", group=group, employment="working")
    user = make_user(Role.CHAIR)
    before = acts()
    places = actions.Places(since=SPRING, status="active", employment="working", group=group)
    actions.update_member(member=member, by=user, places=places)
    assert spans(GroupAssignment, "group") == [(group.pk, date(2020, 9, 1), None)]
    assert acts() == before


def test_update_member_ends_what_is_left_empty():
    member = make_member("甲一", group=make_group(), employment="working")
    actions.update_member(
        member=member, by=make_user(Role.CHAIR), places=actions.Places(since=SPRING)
    )
    ends = [
        model.objects.get(member=member).end for model in (Membership, Employment, GroupAssignment)
    ]
    assert ends == [date(2026, 2, 28)] * 3


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


def test_a_dated_change_replaces_whatever_began_on_or_after_its_day():
    one, two, three = make_group(), make_group(), make_group()
    member = make_member("甲一", group=one)
    for group, since in ((two, date(2026, 5, 1)), (three, SPRING)):
        actions.change_dated(
            model=GroupAssignment, member=member, since=since, by=None, group=group
        )
    assert spans(GroupAssignment, "group") == [
        (one.pk, date(2020, 9, 1), date(2026, 2, 28)),
        (three.pk, SPRING, None),
    ]


def test_a_dated_change_never_leaves_two_rows_for_one_day():
    one, two, three = make_group(), make_group(), make_group()
    member = make_member("甲一", group=one)
    for group, since in ((two, SPRING), (three, date(2025, 1, 1))):
        actions.change_dated(
            model=GroupAssignment, member=member, since=since, by=None, group=group
        )
    assert spans(GroupAssignment, "group") == [
        (one.pk, date(2020, 9, 1), date(2024, 12, 31)),
        (three.pk, date(2025, 1, 1), None),
    ]


def test_ending_what_is_not_there_does_nothing():
    member = make_member("甲一")
    assert actions.end_dated(model=Employment, member=member, since=SPRING, by=None) is None
    assert acts() == ["members.add_member"]


def test_add_group_is_recorded():
    actions.add_group(group=UnionGroup(name="语文组"), by=make_user(Role.CHAIR))
    assert list(UnionGroup.objects.values_list("name", flat=True)) == ["语文组"]
    assert acts() == ["members.add_group"]


def test_an_office_gives_its_role_and_is_not_given_twice():
    user = make_user(Role.MEMBER)
    chair = make_user(Role.CHAIR)

    def holding():
        return OfficeHolding(member=user.member, office="treasurer", start=SPRING)

    actions.appoint(holding=holding(), by=chair)
    with pytest.raises(RuleBroken) as refusal:
        actions.appoint(holding=holding(), by=chair)
    assert str(refusal.value) == f"{user.member}现在就是财务委员，不用再登记。"
    assert user.member.offices.count() == 1


def test_an_office_does_not_end_before_it_began():
    chair = make_user(Role.CHAIR)
    holding = chair.member.offices.get()
    with pytest.raises(RuleBroken) as refusal:
        actions.end_office(holding=holding, last_day=date(2020, 8, 31), by=chair)
    assert str(refusal.value) == "2020年8月31日早于任职开始的2020年9月1日，改成之后的日期。"
    assert OfficeHolding.objects.get().end is None


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
    assert str(refusal.value) == "甲一已经有账号，或登录名 1001 已被别人使用。"


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
