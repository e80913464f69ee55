"""会籍变动: each move with all that follows from it, and taking it back as a whole."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members import actions
from members.choices import EmploymentStatus, MembershipStatus, OfficeName, Standing
from members.models import Employment, GroupAssignment, Member, Membership, OfficeHolding
from members.queries import roles_of
from members.queries.membership import last_membership, standing_of
from members.rules.moves import ACTS, MOVES, member_offers
from tests.factories.members import make_department, make_group, make_member, make_user
from unionoffice.acts import ACTS as ALL_ACTS
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.periods import chinese_date
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db

BEGUN, SPRING, LATER = date(2020, 9, 1), date(2026, 3, 1), date(2026, 6, 1)
BEFORE_SPRING = SPRING - timedelta(days=1)
ANSWERS = {
    "transfer_in": {"union": "示例二中工会"},
    "transfer_out": {"union": "示例五中工会"},
    "retire": {"work": EmploymentStatus.RETIRED},
    "retain": {"note": "病休两年"},
    "lapse": {"note": "七个月没有交会费"},
    "expel": {"note": "委员会 3 月 1 日决定"},
    "mistake": {"note": "入会志愿书是另一位同名的"},
}


def do(member, move, since=SPRING, *, by=None, **how):
    return actions.move_member(
        member=member, move=move, since=since, by=by, **ANSWERS.get(move, {}) | how
    )


def memberships(member) -> list[tuple]:
    rows = member.memberships.order_by("pk")
    return list(rows.values_list("status", "start", "end", "entry", "exit"))


def standing(member) -> Standing:
    return standing_of(last_membership(member))


def refusal(member, move, since=SPRING, **how) -> str:
    with pytest.raises(RuleBroken) as refused:
        do(member, move, since, **how)
    return str(refused.value)


def nobody_yet(**values) -> Member:
    return make_member(status=None, **values)


def someone_gone() -> Member:
    member = make_member("甲一")
    do(member, "resign", date(2025, 1, 1))
    return member


# From where to where


def test_who_is_approved_is_a_member_from_that_day_on_in_the_group():
    member, group = nobody_yet(), make_group()
    do(member, "join", group=group)
    assert memberships(member) == [("active", SPRING, None, "joined", "")]
    assert [(r.group, r.start) for r in member.group_assignments.all()] == [(group, SPRING)]


def test_a_transfer_keeps_the_union_that_one_comes_from_and_the_one_that_one_goes_to():
    member = nobody_yet()
    do(member, "transfer_in", note="随配偶调来")
    do(member, "transfer_out", LATER, note="调回原籍")
    row = member.memberships.get()
    assert (row.entry, row.from_union, row.note) == ("transferred", "示例二中工会", "随配偶调来")
    assert (row.exit, row.to_union, row.exit_note) == ("transferred", "示例五中工会", "调回原籍")
    assert (row.start, row.end) == (SPRING, LATER - timedelta(days=1))


def test_retiring_keeps_the_membership_as_retained_unless_the_office_says_otherwise():
    kept, stays = make_member(employment="working"), make_member(employment="working")
    do(kept, "retire")
    do(stays, "retire", stays=True)
    assert memberships(kept) == [
        ("active", BEGUN, BEFORE_SPRING, "", ""),
        ("retained", SPRING, None, "", ""),
    ]
    assert memberships(stays) == [("active", BEGUN, None, "", "")]
    for member in (kept, stays):
        assert [(r.status, r.start, r.end) for r in member.employments.order_by("pk")] == [
            ("working", BEGUN, BEFORE_SPRING),
            ("retired", SPRING, None),
        ]


def test_who_is_no_member_can_retire_and_is_none_afterwards():
    member = nobody_yet(employment="working")
    do(member, "retire")
    assert memberships(member) == []
    assert member.employments.on(SPRING).get().status == EmploymentStatus.RETIRED


def test_coming_back_to_work_restores_the_membership():
    member = make_member(employment="working")
    do(member, "retire", work=EmploymentStatus.EARLY_RETIRED)
    do(member, "return", LATER)
    assert [row[0] for row in memberships(member)] == ["active", "retained", "active"]
    assert memberships(member)[-1] == ("active", LATER, None, "restored", "")
    assert member.employments.on(LATER).get().status == EmploymentStatus.WORKING


def test_who_transfers_out_leaves_the_department_and_a_retired_one_stays_retired():
    place = {"department": make_department()}
    working = make_member(employment="working", **place)
    retired = make_member(employment="retired", **place)
    for member in (working, retired):
        do(member, "transfer_out")
    ends = [member.department_assignments.get().end for member in (working, retired)]
    assert ends == [BEFORE_SPRING, BEFORE_SPRING]
    assert working.employments.on(SPRING).get().status == EmploymentStatus.LEFT
    assert retired.employments.get().status == EmploymentStatus.RETIRED


@pytest.mark.parametrize("move", ["join", "transfer_in", "restore"])
def test_who_left_comes_back_in_a_row_of_its_own(move):
    member = someone_gone()
    do(member, move)
    assert [row[1:3] for row in memberships(member)] == [
        (BEGUN, date(2024, 12, 31)),
        (SPRING, None),
    ]


def test_death_ends_everything_the_day_before():
    group = make_group()
    member = make_member(employment="working", group=group)
    user = make_user(Role.DEPARTMENT_HEAD, Role.WELFARE, member=member)
    do(member, "die")
    rows = [
        *member.memberships.all(),
        *member.employments.all(),
        *member.group_assignments.all(),
        *member.offices.all(),
    ]
    assert [row.end for row in rows] == [BEFORE_SPRING] * 5
    assert standing(member) == Standing.DEAD
    user.refresh_from_db()
    assert not user.is_active
    assert member_offers(Standing.DEAD, "", make_user(Role.CHAIR)) == []


# What ends with the membership


def test_who_leaves_loses_the_group_the_union_offices_and_the_account():
    group = make_group()
    member = make_member("甲一", group=group)
    user = make_user(Role.GROUP_LEADER, Role.WELFARE, member=member, group=group)
    do(member, "resign")
    assert member.group_assignments.get().end == BEFORE_SPRING
    assert [row.end for row in member.offices.all()] == [BEFORE_SPRING] * 2
    user.refresh_from_db()
    assert (user.is_active, roles_of(user)) == (False, frozenset())


@pytest.mark.parametrize(
    "role", [Role.DEPARTMENT_HEAD, Role.SCHOOL_LEADER, Role.HIGHER_UNION, Role.ADMIN]
)
def test_the_offices_that_the_union_does_not_give_stay_and_keep_the_account(role):
    member = make_member()
    user = make_user(role, Role.WELFARE, member=member)
    do(member, "resign")
    user.refresh_from_db()
    assert (user.is_active, roles_of(user)) == (True, frozenset({role}))


def test_who_comes_back_can_log_in_again():
    member = make_member()
    user = make_user(member=member)
    do(member, "transfer_out")
    do(member, "transfer_in", LATER)
    user.refresh_from_db()
    assert user.is_active


def test_retiring_leaves_the_offices_as_they_are():
    member = make_member(employment="working")
    make_user(Role.WELFARE, member=member)
    do(member, "retire")
    assert member.offices.get().end is None


def test_an_organisation_officer_cannot_end_the_offices_of_a_chair_this_way():
    member = make_member("甲一")
    make_user(Role.CHAIR, member=member)
    make_user(Role.ADMIN)
    with pytest.raises(RuleBroken) as refused:
        do(member, "resign", by=make_user(Role.ORGANISATION))
    assert str(refused.value) == "甲一的工会主席由主席、副主席或管理员结束，找他们办。"
    assert standing(member) == Standing.ACTIVE


def test_the_last_who_can_give_offices_cannot_leave():
    member = make_member("甲一")
    make_user(Role.CHAIR, member=member)
    assert refusal(member, "resign").endswith(
        "先登记接任的主席、副主席或管理员，给他开好账号，再结束这一位的。"
    )


def test_an_office_that_lies_ahead_goes():
    member, ahead = make_member(), timezone.localdate() + timedelta(days=20)
    OfficeHolding.objects.create(member=member, office=OfficeName.WELFARE, start=ahead)
    do(member, "resign")
    assert not member.offices.exists()
    actions.undo_move(member=member, by=make_user(Role.CHAIR))
    assert member.offices.get().start == ahead


def test_an_office_that_lies_ahead_goes_only_by_who_may_give_it():
    member, ahead = make_member("甲一"), timezone.localdate() + timedelta(days=20)
    OfficeHolding.objects.create(member=member, office=OfficeName.WELFARE, start=ahead)
    with pytest.raises(RuleBroken) as refused:
        do(member, "resign", by=make_user(Role.ORGANISATION))
    assert str(refused.value) == "甲一的福利委员由主席、副主席或管理员结束，找他们办。"
    assert member.offices.get().start == ahead


def test_an_office_that_began_later_than_the_move_stays_as_recorded():
    member = make_member("甲一")
    OfficeHolding.objects.create(member=member, office=OfficeName.WELFARE, start=LATER)
    assert refusal(member, "resign") == (
        "甲一的福利委员从2026年6月1日才开始，这一天以后才能离开。"
        "日期没有写错的话，先到“职务”里改正任期。"
    )
    assert standing(member) == Standing.ACTIVE


# What is refused


def test_a_move_that_does_not_start_here_is_refused():
    assert refusal(make_member("甲一"), "join") == "甲一已经是会员，不用再入会。"
    retired = make_member("甲一", employment="retired")
    assert refusal(retired, "retire") == "甲一已经退休，不用再办。"


@pytest.mark.parametrize(
    ("move", "how", "sentence"),
    [
        ("transfer_out", {"union": ""}, "写上转到哪个工会。"),
        ("expel", {"note": ""}, "除名要写明原因和依据，以后才查得到。"),
        ("retire", {"work": ""}, "退休、离休、内退，选一样。"),
    ],
)
def test_what_a_move_asks_has_to_be_answered(move, how, sentence):
    assert refusal(make_member(employment="working"), move, **how) == sentence


def test_a_day_to_come_is_refused():
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert refusal(make_member(), "resign", tomorrow) == (
        f"{chinese_date(tomorrow)}还没到，申请退会到了那天再登记。"
    )


def test_a_membership_holds_for_a_day_at_least():
    member = make_member("甲一", joined=SPRING)
    assert refusal(member, "resign") == (
        "甲一的“在册”从2026年3月1日才开始，申请退会最早从第二天算起。"
    )
    assert memberships(member) == [("active", SPRING, None, "", "")]


def test_nobody_comes_back_before_having_left():
    assert refusal(someone_gone(), "join", date(2024, 12, 31)) == (
        "甲一的上一段会籍到2024年12月31日才结束，入会的日期要在那以后。"
    )


def test_a_move_needs_its_permission():
    with pytest.raises(RuleBroken) as refused:
        do(make_member(), "resign", by=make_user(Role.CULTURE))
    assert str(refused.value) == "您没有“申请退会”的权限，联系工会主席办理。"


@pytest.mark.parametrize("work", ["", *EmploymentStatus.values])
@pytest.mark.parametrize("where", Standing)
def test_the_buttons_are_the_moves_that_are_accepted(where, work):
    member = make_member(**{"employment": work} if work else {})
    stand(member, where, work)
    offered = {o.name for o in member_offers(where, work, make_user(Role.CHAIR))}
    accepted = set()
    for move in MOVES:
        try:
            do(member, move)
        except RuleBroken:
            continue
        accepted.add(move)
        actions.undo_move(member=member, by=make_user(Role.CHAIR))
    assert accepted == offered


def stand(member, where, work) -> None:
    """Make the rows say so, whatever way led there."""
    row = member.memberships.get()
    if where == Standing.NEVER:
        row.delete()
    elif where == Standing.RETAINED:
        member.memberships.update(status=MembershipStatus.RETAINED)
    elif where in {Standing.LEFT, Standing.DEAD}:
        exit_ = "died" if where == Standing.DEAD else "resigned"
        member.memberships.update(end=date(2025, 1, 1), exit=exit_)


# Taking it back


@pytest.mark.parametrize("move", ["retire", "retain", "transfer_out", "lapse", "expel", "die"])
def test_undo_restores_the_same_rows(move):
    group = make_group()
    member = make_member(employment="working", group=group)
    make_user(Role.GROUP_LEADER, Role.WELFARE, member=member, group=group)
    chair = make_user(Role.CHAIR)
    before = everything(member)
    do(member, move, by=chair)
    assert everything(member) != before
    assert actions.undo_move(member=member, by=chair) == MOVES[move].label
    assert everything(member) == before
    assert AuditEntry.objects.first().text == f"{chair}撤销会籍变动"


def everything(member) -> list:
    models = (Membership, Employment, GroupAssignment, OfficeHolding)
    rows = [list(model.objects.filter(member=member).order_by("pk").values()) for model in models]
    return [*rows, *type(member.user).objects.filter(member=member).values()]


def test_moves_are_taken_back_one_after_the_other_from_the_last():
    member, chair = make_member(employment="working"), make_user(Role.CHAIR)
    first = memberships(member)
    do(member, "retire")
    second = memberships(member)
    do(member, "transfer_out", LATER)
    actions.undo_move(member=member, by=chair)
    assert memberships(member) == second
    actions.undo_move(member=member, by=chair)
    assert memberships(member) == first
    with pytest.raises(RuleBroken, match=r"^甲二没有可以撤销的会籍变动。$"):
        actions.undo_move(member=make_member("甲二"), by=chair)


def test_what_was_changed_again_is_not_taken_back():
    member, chair = make_member("甲一", employment="working"), make_user(Role.CHAIR)
    do(member, "retire")
    Employment.objects.filter(member=member, end=None).update(status="retired_cadre")
    with pytest.raises(RuleBroken) as refused:
        actions.undo_move(member=member, by=chair)
    assert str(refused.value) == (
        "登记“退休”以后，甲一的会籍、在岗情况又改过，不能整笔撤销。照现在的情况另办一次变动。"
    )


def test_an_undo_does_not_bring_back_a_chair_whom_another_followed():
    member = make_member("甲一")
    make_user(Role.CHAIR, member=member)
    make_user(Role.ADMIN)
    do(member, "transfer_out")
    successor = make_user(Role.CHAIR)
    with pytest.raises(RuleBroken) as refused:
        actions.undo_move(member=member, by=successor)
    assert str(refused.value) == (
        f"{successor}已经接任工会主席，不能整笔撤销。照现在的情况另办一次变动。"
    )


def test_an_undo_gives_back_no_office_that_one_could_not_give():
    member = make_member("甲一")
    make_user(Role.WELFARE, member=member)
    do(member, "resign")
    with pytest.raises(RuleBroken) as refused:
        actions.undo_move(member=member, by=make_user(Role.ORGANISATION))
    assert str(refused.value) == "这会动到甲一的工会职务，由主席、副主席或管理员办，找他们办。"


def test_nobody_gets_the_own_office_back_by_an_undo_of_ones_own():
    member, other = make_member("甲一"), make_user(Role.ADMIN)
    by = make_user(Role.CHAIR, Role.ADMIN, member=member)
    do(member, "resign", by=other)
    with pytest.raises(RuleBroken) as refused:
        actions.undo_move(member=member, by=by)
    assert str(refused.value) == "这会动到您自己的职务，让另一位主席、副主席或管理员办。"
    assert roles_of(by) == {Role.ADMIN}
    actions.undo_move(member=member, by=other)
    assert roles_of(by) == {Role.ADMIN, Role.CHAIR, Role.MEMBER}


def test_no_secret_of_the_account_gets_into_the_audit_chain():
    member = make_member()
    make_user(Role.WELFARE, member=member)
    do(member, "resign")
    rows = AuditEntry.objects.get(act="members.resign_member").changes["rows"]
    assert set(rows["user"][0][0]) == {"id", "is_active", "locked_because"}


def test_every_move_has_its_words_in_the_audit_chain():
    assert set(ACTS) <= set(ALL_ACTS)
