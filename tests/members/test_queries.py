"""Who is seen, found, and what people were on a given day."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import timezone

from members import actions, queries
from members.choices import OfficeName
from members.models import GroupAssignment, Member, Membership
from tests.factories.members import make_department, make_group, make_member, make_user
from unionoffice.periods import Period, Precision
from unionoffice.roles import COMMITTEE, Role

pytestmark = pytest.mark.django_db


def names(members) -> list[str]:
    return [member.name for member in members]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("曾", ["曾晓燕"]),
        ("晓", ["曾晓燕", "单晓明"]),
        ("zxy", ["曾晓燕"]),
        ("ZX", ["曾晓燕"]),
        ("zeng x", ["曾晓燕"]),
        ("shanxiao", ["单晓明"]),
        ("4471", ["曾晓燕"]),
        ("A77", ["单晓明"]),
        ("77", []),
        ("不在", []),
    ],
)
def test_people_are_found_by_name_pinyin_initials_number_and_end_of_phone(text, found):
    make_member("曾晓燕", phone="13800004471", staff_no="B1")
    make_member("单晓明", staff_no="a77")
    result = queries.matching(Member.objects.order_by("-pinyin"), text)
    assert names(result) == found


@pytest.mark.parametrize("role", sorted(COMMITTEE | {Role.ADMIN}))
def test_the_committee_sees_the_whole_roster(role):
    user = make_user(role)
    make_member("甲一")
    assert names(queries.members_visible_to(user)) == names(Member.objects.all())
    assert Member.objects.count() == 2


def test_a_group_leader_sees_the_own_group_and_oneself():
    group = make_group()
    user = make_user(Role.GROUP_LEADER, group=group)
    make_member("甲组员", group=group)
    make_member("乙旁人", group=make_group())
    left = make_member("丙走了", group=group)
    actions.end_dated(model=GroupAssignment, member=left, since=date(2024, 1, 1), by=None)
    assert set(names(queries.members_visible_to(user))) == {"甲组员", str(user)}


def test_who_led_another_group_before_or_will_sees_the_one_led_today():
    today, day = timezone.localdate(), timedelta(days=1)
    now, before, next_one = make_group(), make_group(), make_group()
    user = make_user(Role.GROUP_LEADER, group=now)
    lead = partial(user.member.offices.create, office=OfficeName.GROUP_LEADER)
    lead(group=before, start=today - 90 * day, end=today - day)
    lead(group=next_one, start=today + day)
    for name, group in (("甲一", now), ("乙二", before), ("丙三", next_one)):
        make_member(name, group=group)
    assert list(queries.led_groups(user)) == [now]
    assert set(names(queries.members_visible_to(user))) == {"甲一", str(user)}


def test_a_member_sees_only_oneself():
    user = make_user(Role.MEMBER)
    make_member("甲旁人")
    assert names(queries.members_visible_to(user)) == [str(user)]


def test_find_members_offers_eight_people_at_most():
    user = make_user(Role.CHAIR)
    for number in range(9):
        make_member(f"甲{'一二三四五六七八九'[number]}")
    assert len(queries.find_members(user, "甲")) == 8


def test_places_are_those_of_the_day():
    old, new = make_group("旧小组"), make_group("新小组")
    department = make_department("语文组")
    member = make_member("甲一", group=old, department=department, employment="working")
    actions.change_dated(
        model=GroupAssignment, member=member, since=date(2025, 3, 1), by=None, group=new
    )
    actions.change_dated(
        model=Membership, member=member, since=date(2025, 3, 1), by=None, status="retained"
    )

    def places(day):
        found = queries.with_places(Member.objects.all(), day).get()
        return (
            found.group_name,
            found.department_name,
            found.membership_status,
            found.employment_status,
            found.joined,
        )

    assert places(date(2020, 8, 31)) == (None, None, None, None, date(2020, 9, 1))
    assert places(date(2025, 2, 28)) == ("旧小组", "语文组", "active", "working", date(2020, 9, 1))
    assert places(date(2025, 3, 1)) == ("新小组", "语文组", "retained", "working", date(2020, 9, 1))


def test_a_first_membership_without_a_beginning_leaves_joined_unknown():
    member = make_member("甲一", joined=None)
    actions.change_dated(
        model=Membership, member=member, since=date(2025, 3, 1), by=None, status="retained"
    )
    found = queries.with_places(Member.objects.all(), date(2026, 1, 1)).get()
    assert (found.joined, found.joined_precision) == (None, Precision.DAY)


def test_tabs_part_the_roster():
    make_member("甲在册")
    make_member("乙退休", status="retained")
    make_member("丙从来不是", status=None)
    make_member("丁调出", status=None, employment="left")
    gone = make_member("戊退会")
    actions.end_dated(model=Membership, member=gone, since=date(2025, 1, 1), by=None)
    day = date(2025, 1, 1)
    tabs = {
        tab: set(names(queries.in_tab(Member.objects.all(), tab, day)))
        for tab in ("active", "retained", "left", "all")
    }
    assert tabs == {
        "active": {"甲在册"},
        "retained": {"乙退休"},
        "left": {"丁调出", "戊退会"},
        "all": {"甲在册", "乙退休", "丙从来不是", "丁调出", "戊退会"},
    }
    eve = queries.in_tab(Member.objects.all(), "active", date(2024, 12, 31))
    assert set(names(eve)) == {"甲在册", "戊退会"}


def test_joining_and_leaving_belong_to_the_period_in_which_they_happen():
    make_member("甲老会员")
    make_member("乙新会员", joined=date(2025, 1, 1))
    make_member("丙不详", joined=None)
    retired = make_member("丁退休")
    actions.change_dated(
        model=Membership, member=retired, since=date(2025, 6, 1), by=None, status="retained"
    )
    last = make_member("戊年底走")
    actions.end_dated(model=Membership, member=last, since=date(2026, 1, 1), by=None)
    first = make_member("己年初走")
    actions.end_dated(model=Membership, member=first, since=date(2025, 1, 1), by=None)

    def moved(query, year):
        return names(query(Member.objects.order_by("pk"), Period.year(year)))

    assert moved(queries.joined_in, 2025) == ["乙新会员"]
    assert moved(queries.joined_in, 2024) == []
    assert moved(queries.left_in, 2025) == ["己年初走"]
    assert moved(queries.left_in, 2026) == ["戊年底走"]
    assert moved(queries.left_in, 2024) == []


def test_groups_tell_their_size_and_leader_on_the_day():
    group = make_group("一组")
    empty = make_group("二组")
    leader = make_user(Role.GROUP_LEADER, group=group)
    make_member("甲一", group=group)
    make_member("乙不是会员", group=group, status=None)
    make_member("丙退休", group=group, status="retained")
    day = date(2026, 1, 1)
    chair = make_user(Role.CHAIR)

    def told(day: date) -> list[tuple]:
        rows = queries.groups_on(chair, day)
        return [(r.group, r.size, r.retained, r.others, r.leaders) for r in rows]

    assert told(day) == [(group, 1, 1, 1, str(leader))]
    assert told(timezone.localdate()) == [(group, 1, 1, 1, str(leader)), (empty, 0, 0, 0, "")]
    assert [row.group for row in queries.groups_on(leader, day)] == [group]


def test_office_holdings_are_in_the_order_of_the_offices_and_the_former_apart():
    admin, chair = make_user(Role.ADMIN), make_user(Role.CHAIR)
    former = make_user(Role.TREASURER)
    actions.end_office(holding=former.member.offices.get(), last_day=date(2025, 12, 31), by=chair)
    current, over = queries.office_holdings(date(2026, 1, 1))
    assert [holding.member_id for holding in current] == [chair.member_id, admin.member_id]
    assert [holding.member_id for holding in over] == [former.member_id]
    assert [h.member_id for h in queries.office_holdings(date(2025, 12, 31))[0]] == [
        chair.member_id,
        former.member_id,
        admin.member_id,
    ]


def test_roles_end_with_the_office():
    user, successor = make_user(Role.CHAIR, Role.MEMBER), make_user(Role.CHAIR)
    actions.end_office(holding=user.member.offices.get(), last_day=date(2025, 6, 30), by=successor)
    assert queries.roles_of(user, date(2025, 6, 30)) == {Role.CHAIR, Role.MEMBER}
    assert queries.roles_of(user, date(2025, 7, 1)) == {Role.MEMBER}
