"""Who gives which office and ends it, and whose account is whose to reset."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members import actions
from members.choices import OfficeName
from members.models import Member, OfficeHolding, User
from members.rules import may_handle, may_take
from tests.factories.members import make_group, make_member, make_user
from tests.factories.terms import make_election
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import GRANTS, Role

SPRING = date(2026, 3, 1)
TOP = [Role.ADMIN, Role.CHAIR, Role.VICE_CHAIR]
BELOW = [OfficeName.GROUP_LEADER, OfficeName.DEPARTMENT_HEAD]
ABOVE = sorted(set(OfficeName) - set(BELOW))


@pytest.mark.parametrize("role", Role)
def test_who_handles_which_offices(role):
    handled = {office for office in OfficeName if may_handle(frozenset({role}), [office])}
    expected = {
        **{role: set(OfficeName) for role in TOP},
        Role.ORGANISATION: set(BELOW),
    }
    assert handled == expected.get(role, set())


def test_one_office_out_of_reach_puts_the_person_out_of_reach():
    organisation = frozenset({Role.ORGANISATION})
    assert may_handle(organisation, [])
    assert may_handle(organisation, ["group_leader"])
    assert not may_handle(organisation, ["group_leader", "chair"])
    assert may_handle(organisation | {Role.VICE_CHAIR}, ["group_leader", "chair"])


def test_who_may_handle_accounts_is_exactly_who_reaches_the_page():
    reaching = {role for role in Role if may_handle(frozenset({role}), ["group_leader"])}
    assert reaching == GRANTS["members.manage_offices"] == GRANTS["members.manage_accounts"]


@pytest.mark.parametrize("role", TOP)
def test_nobody_takes_an_office_that_stands_above_or_looks_at_the_work(role):
    refused = {office.value for office in OfficeName if not may_take(frozenset({role}), office)}
    looking = {"auditor", "audit_head", "school_leader", "higher_union"}
    assert refused == {"admin", "chair", "vice_chair"} | looking


def test_below_the_top_nobody_takes_any_office():
    assert not any(may_take(frozenset({Role.ORGANISATION}), office) for office in OfficeName)


def holding_of(member: Member, office: str, **values) -> OfficeHolding:
    return OfficeHolding(member=member, office=office, start=SPRING, **values)


def refused(action, **values) -> str:
    before = list(OfficeHolding.objects.order_by("pk").values()), list(User.objects.values())
    with pytest.raises(RuleBroken) as refusal:
        action(**values)
    assert (
        list(OfficeHolding.objects.order_by("pk").values()),
        list(User.objects.values()),
    ) == before
    return str(refusal.value)


pytestmark = pytest.mark.django_db


def test_an_office_gives_its_role_and_is_not_given_twice():
    member, chair = make_member("甲一"), make_user(Role.CHAIR)
    actions.appoint(holding=holding_of(member, "treasurer"), by=chair)
    sentence = refused(actions.appoint, holding=holding_of(member, "treasurer"), by=chair)
    assert sentence == "甲一现在就是财务委员，不用再登记。"
    assert member.offices.count() == 1


@pytest.mark.parametrize("office", ABOVE)
def test_the_organisation_commissioner_gives_no_office_above(office):
    by = make_user(Role.ORGANISATION)
    sentence = refused(actions.appoint, holding=holding_of(make_member("甲一"), office), by=by)
    assert sentence == f"{OfficeName(office).label}由主席、副主席或管理员登记，找他们办。"


def test_the_organisation_commissioner_gives_and_ends_the_office_of_a_group_leader():
    by, group = make_user(Role.ORGANISATION), make_group()
    holding = holding_of(make_member("甲一"), "group_leader", group=group)
    actions.appoint(holding=holding, by=by)
    actions.end_office(holding=holding, last_day=date(2026, 8, 31), by=by)
    assert OfficeHolding.objects.get(group=group).end == date(2026, 8, 31)


def test_the_organisation_commissioner_does_not_become_a_group_leader_by_oneself():
    by = make_user(Role.ORGANISATION)
    holding = holding_of(by.member, "group_leader", group=make_group())
    assert refused(actions.appoint, holding=holding, by=by) == (
        "工会小组长不能给自己登记，让另一位主席、副主席或管理员登记。"
    )


def test_an_administrator_does_not_become_the_chair_by_oneself():
    by = make_user(Role.ADMIN)
    assert refused(actions.appoint, holding=holding_of(by.member, "chair"), by=by) == (
        "工会主席不能给自己登记，让另一位主席、副主席或管理员登记。"
    )


@pytest.mark.parametrize("office", ABOVE)
def test_the_organisation_commissioner_ends_no_office_above(office):
    make_user(Role.CHAIR)
    held = make_user(office).member.offices.get()
    sentence = refused(
        actions.end_office, holding=held, last_day=SPRING, by=make_user(Role.ORGANISATION)
    )
    assert sentence == f"{OfficeName(office).label}由主席、副主席或管理员结束，找他们办。"


@pytest.mark.parametrize("office", ABOVE)
def test_the_organisation_commissioner_sees_no_password_of_those_above(office):
    by, user = make_user(Role.ORGANISATION), make_user(office)
    sentence = f"{user}是{OfficeName(office).label}，账号由主席、副主席或管理员管，找他们办。"
    assert refused(actions.reset_password, user=user, by=by) == sentence
    member = make_member("甲一")
    OfficeHolding.objects.create(
        member=member, office=office, start=timezone.localdate() + timedelta(days=9)
    )
    assert refused(actions.open_account, member=member, by=by) == (
        f"甲一是{OfficeName(office).label}，账号由主席、副主席或管理员管，找他们办。"
    )


def test_whose_office_is_over_is_a_member_like_any_other():
    by, former = make_user(Role.ORGANISATION), make_user(Role.TREASURER)
    former.member.offices.update(end=timezone.localdate() - timedelta(days=1))
    password = actions.reset_password(user=former, by=by)
    assert User.objects.get(pk=former.pk).check_password(password)


def test_an_office_does_not_end_before_it_began():
    chair = make_user(Role.CHAIR)
    sentence = refused(
        actions.end_office,
        holding=chair.member.offices.get(),
        last_day=date(2020, 8, 31),
        by=chair,
    )
    assert sentence == "2020年8月31日早于任职开始的2020年9月1日，改成之后的日期。"


def test_an_office_that_is_over_is_not_ended_again():
    chair, former = make_user(Role.CHAIR), make_user(Role.TREASURER)
    former.member.offices.update(end=date(2026, 8, 31))
    sentence = refused(
        actions.end_office, holding=former.member.offices.get(), last_day=SPRING, by=chair
    )
    assert sentence == f"{former}的财务委员已经结束了，不用再写。"


def test_an_end_that_lies_ahead_can_still_be_moved_and_old_and_new_are_recorded():
    chair, member = make_user(Role.CHAIR), make_member("甲一")
    ahead = timezone.localdate() + timedelta(days=30)
    holding = member.offices.create(office="women", start=SPRING, end=ahead)
    actions.end_office(holding=holding, last_day=SPRING, by=chair)
    entry = AuditEntry.objects.get(act="members.end_office")
    told = {"holding": holding.pk, "office": "women", "end": [str(ahead), "2026-03-01"]}
    assert entry.changes == told


LAST = (
    "2026年8月31日以后就没有能登记职务的人了。"
    "先登记接任的主席、副主席或管理员，给他开好账号，再结束这一位的。"
)


def no_successor(chair):
    make_user(Role.ORGANISATION)


def successor_without_an_account(chair):
    make_member("甲一").offices.create(office="chair", start=date(2026, 9, 1))


def successor_too_late(chair):
    make_user(Role.VICE_CHAIR).member.offices.update(start=date(2026, 9, 2))


def successor_for_a_while(chair):
    make_user(Role.VICE_CHAIR).member.offices.update(end=date(2099, 1, 1))


@pytest.mark.parametrize(
    "others",
    [no_successor, successor_without_an_account, successor_too_late, successor_for_a_while],
)
def test_the_last_who_can_give_offices_stays(others):
    chair = make_user(Role.CHAIR)
    others(chair)
    holding = chair.member.offices.get()
    sentence = refused(actions.end_office, holding=holding, last_day=date(2026, 8, 31), by=chair)
    assert sentence == LAST


def test_with_a_successor_from_the_next_day_on_the_chair_can_go():
    chair, successor = make_user(Role.CHAIR), make_user(Role.CHAIR)
    successor.member.offices.update(start=date(2026, 9, 1))
    holding = chair.member.offices.get()
    actions.end_office(holding=holding, last_day=date(2026, 8, 31), by=chair)
    assert chair.member.offices.get().end == date(2026, 8, 31)


def test_who_holds_two_such_offices_can_give_one_back():
    chair = make_user(Role.CHAIR, Role.ADMIN)
    holding = chair.member.offices.get(office="admin")
    actions.end_office(holding=holding, last_day=SPRING, by=chair)
    assert chair.member.offices.get(office="admin").end == SPRING


def test_a_second_chair_is_not_given_in_passing():
    by, earlier = make_user(Role.ADMIN), make_user(Role.CHAIR)
    sentence = refused(actions.appoint, holding=holding_of(make_member("甲一"), "chair"), by=by)
    assert sentence == (
        f"{earlier}的工会主席还没有结束。"
        "写上新任从哪天起，前任到前一天为止；要两位同时任，写明为什么。"
    )


def test_the_same_office_is_not_registered_twice_for_the_same_days():
    by, member = make_user(Role.ADMIN), make_member("甲一")
    old = member.offices.create(office="women", start=date(2021, 1, 1), end=date(2023, 12, 31))
    again = holding_of(member, "women", end=None)
    again.start = date(2023, 12, 31)
    sentence = "甲一到2023年12月31日为止的女工委员已经登记了，日子重叠，改一下起止日期。"
    assert refused(actions.appoint, holding=again, by=by) == sentence
    again.start = date(2024, 1, 1)
    actions.appoint(holding=again, by=by)
    old.end = date(2024, 1, 1)
    assert refused(actions.update_office, holding=old, by=by) == (
        "甲一现任的女工委员已经登记了，日子重叠，改一下起止日期。"
    )


NO_MEMBER = (
    "甲一在{}不是会员，不能任{}：选举权、被选举权是会员的权利。会籍漏记了先补上，不是会员的换人。"
)


@pytest.mark.parametrize("office", ["chair", "welfare", "audit_head", "women_head"])
def test_an_office_of_the_committees_is_given_to_no_outsider(office):
    by, outsider = make_user(Role.ADMIN), make_member("甲一", status=None)
    label = OfficeName(office).label
    assert refused(actions.appoint, holding=holding_of(outsider, office), by=by) == (
        NO_MEMBER.format("2026年3月1日", label)
    )
    later = make_member("甲一", joined=date(2026, 3, 2))
    assert refused(actions.appoint, holding=holding_of(later, office), by=by) == (
        NO_MEMBER.format("2026年3月1日", label)
    )


@pytest.mark.parametrize("office", ["admin", "school_leader", "higher_union"])
def test_an_office_that_is_none_of_the_unions_may_be_an_outsiders(office):
    outsider = make_member("甲一", status=None)
    actions.appoint(holding=holding_of(outsider, office), by=make_user(Role.ADMIN))
    assert outsider.offices.get().office == office


def test_an_office_is_not_moved_to_days_before_joining():
    by, member = make_user(Role.ADMIN), make_member("甲一", joined=date(2025, 9, 1))
    holding = member.offices.create(office="women", start=SPRING)
    holding.start = date(2025, 8, 31)
    assert refused(actions.update_office, holding=holding, by=by) == (
        NO_MEMBER.format("2025年8月31日", "女工委员")
    )


def test_the_last_chair_does_not_make_room_for_one_who_cannot_log_in():
    chair = make_user(Role.CHAIR)
    holding = OfficeHolding(member=make_member("甲一"), office="chair", start=date(2026, 9, 1))
    sentence = refused(actions.appoint, holding=holding, by=chair, instead=True)
    assert sentence == LAST


def test_what_was_registered_wrongly_is_corrected_with_old_and_new_on_record():
    chair, member = make_user(Role.CHAIR), make_member("甲一")
    holding = member.offices.create(office="women", start=SPRING)
    holding.start, holding.note = date(2026, 2, 1), "女工、计生"
    actions.update_office(holding=holding, by=chair)
    entry = AuditEntry.objects.get(act="members.update_office")
    assert entry.changes == {
        "office": "women",
        "start": ["2026-03-01", "2026-02-01"],
        "note": ["", "女工、计生"],
    }


def test_nobody_moves_the_days_of_the_own_office_but_its_share_of_work():
    chair = make_user(Role.CHAIR)
    own = chair.member.offices.get()
    own.note = "主持全面工作"
    actions.update_office(holding=own, by=chair)
    own.start = date(2019, 1, 1)
    assert refused(actions.update_office, holding=own, by=chair) == (
        "自己任职的起止日期不能自己改，让另一位主席、副主席或管理员改。"
    )


def test_a_correction_leaves_someone_who_can_give_offices():
    chair, admin = make_user(Role.CHAIR), make_user(Role.ADMIN)
    holding = admin.member.offices.get()
    holding.end = SPRING
    actions.update_office(holding=holding, by=chair)
    last = chair.member.offices.get()
    last.end = SPRING
    assert refused(actions.update_office, holding=last, by=admin).endswith("找他们办。")
    vice = make_user(Role.VICE_CHAIR)
    vice.member.offices.update(end=timezone.localdate())
    assert refused(actions.update_office, holding=last, by=vice) == (
        "这样一来就没有能登记职务的人了。先给接任的主席、副主席或管理员开好账号，再办这一步。"
    )


def test_a_holding_registered_by_mistake_goes_and_the_reason_stays():
    chair, member = make_user(Role.CHAIR), make_member("甲一")
    holding = member.offices.create(office="women", start=SPRING)
    actions.drop_office(holding=holding, reason="登记重了", by=chair)
    assert not member.offices.exists()
    entry = AuditEntry.objects.get(act="members.drop_office")
    assert entry.changes == {
        "office": "women",
        "start": "2026-03-01",
        "end": None,
        "reason": "登记重了",
    }


def test_what_an_election_gave_is_not_simply_taken_away():
    admin, member = make_user(Role.ADMIN), make_member("甲一")
    election = make_election(None, (member, "youth", True))
    actions.conclude_election(election=election, by=admin)
    holding = member.offices.get()
    assert refused(actions.drop_office, holding=holding, reason="错", by=admin) == (
        "这是选举产生的，登记错了就撤回那次选举；离任了就写上最后一天。"
    )


def test_the_last_one_on_top_is_not_taken_away():
    chair = make_user(Role.CHAIR)
    holding = chair.member.offices.get()
    assert "就没有能登记职务的人了" in refused(
        actions.drop_office, holding=holding, reason="错", by=chair
    )
