"""What is said where a move of the 会籍 can't be made; and the one that was a mistake."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members import actions
from members.choices import EmploymentStatus, OfficeName, Standing
from members.models import Membership, OfficeHolding
from members.queries.membership import ending_of
from members.rules.move_words import why_not
from members.rules.moves import (
    MOVES,
    How,
    changes_membership,
    consequences,
    member_offers,
    works_by_hand,
)
from tests.factories.applications import make_application, make_colleague
from tests.factories.congress import make_motion
from tests.factories.members import make_group, make_member, make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db

SPRING = date(2026, 3, 1)


def refused(member, move, since=SPRING, **how) -> str:
    with pytest.raises(RuleBroken) as refusal:
        actions.move_member(member=member, move=move, since=since, by=None, **how)
    return str(refusal.value)


# The words

SAID = {
    ("join", "active"): "甲一已经是会员，不用再入会。",
    ("join", "retained"): "甲一的会籍还保留着，要重新在册就办“恢复会籍”。",
    ("transfer_in", "active"): "甲一已经是会员，不用再转入。",
    ("transfer_in", "retained"): "甲一的会籍还保留着，要重新在册就办“恢复会籍”。",
    ("restore", "never"): "甲一以前不是会员，没有会籍可以恢复，办“入会”或者“转入”。",
    ("restore", "active"): "甲一现在就在册，不用恢复会籍。",
    ("return", "never"): "甲一不是会员，返岗不在这里办，点“改资料”改在岗情况。",
    ("return", "active"): "甲一现在就在职，不用办返岗。",
    ("return", "retained"): "甲一现在就在职，不用办返岗。",
    ("return", "left"): "甲一已经离开工会，先办“入会”“转入”或者“恢复会籍”。",
    ("retain", "never"): "甲一不是会员，没有会籍可以保留。",
    ("retain", "retained"): "甲一的会籍已经保留着，不用再办。",
    ("retain", "left"): "甲一已经离开工会，没有会籍可以保留。",
    ("transfer_out", "never"): "甲一不是会员，没有会籍可以转出。",
    ("transfer_out", "left"): "甲一已经离开工会，没有会籍可以转出。",
    ("resign", "never"): "甲一不是会员，不用退会。",
    ("resign", "left"): "甲一已经离开工会，不用再退会。",
    ("lapse", "never"): "甲一不是会员，不用退会。",
    ("lapse", "left"): "甲一已经离开工会，不用再退会。",
    ("expel", "never"): "甲一不是会员，谈不上除名。",
    ("expel", "left"): "甲一已经离开工会，不能再除名。",
    ("die", "never"): "甲一不是会员，没有会籍要结束，去世不在这里登记。",
    ("die", "left"): "甲一已经离开工会，会籍早就结束了，去世不在这里登记。",
    ("mistake", "never"): "甲一没有记成会员，没有要去掉的会籍。",
}
DEAD = "甲一已登记去世，不再办会籍变动；登记错了，在资料页撤销那一次。"


def test_each_refusal_of_someone_at_work_is_a_sentence_of_its_own():
    found = {
        (name, standing.value): f"甲一{words}"
        for name in MOVES
        for standing in Standing
        if (words := why_not(name, standing, EmploymentStatus.WORKING))
    }
    assert found == SAID | {(name, "dead"): DEAD for name in MOVES}


def test_each_refusal_for_the_employment_is_a_sentence_of_its_own():
    found = {
        (name, work): words
        for name in MOVES
        for work in ("", *EmploymentStatus.values)
        if (words := why_not(name, Standing.ACTIVE, work))
        and not why_not(name, Standing.ACTIVE, "early_retired")
    }
    assert found == {
        ("retire", "retired"): "已经退休，不用再办。",
        ("retire", "retired_cadre"): "已经离休，不用再办。",
        ("retire", "left"): "已经调出学校，退休由现在的单位办。",
        ("return", ""): "没有记过退休、离休、内退，不用办返岗。",
        ("return", "working"): "现在就在职，不用办返岗。",
        ("return", "left"): "已经调出学校，回来上班的点“改资料”，把在岗情况改成在职。",
    }


@pytest.mark.parametrize("work", ["", *EmploymentStatus.values])
@pytest.mark.parametrize("standing", Standing)
def test_words_stand_exactly_where_there_is_no_button(standing, work):
    offered = {offer.name for offer in member_offers(standing, work, make_user(Role.CHAIR))}
    assert offered == {name for name in MOVES if not why_not(name, standing, work)}


# The days


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"birth": date(2026, 3, 2)}, "甲一的出生时间是2026年3月2日，"),
        ({"arrived": date(2026, 8, 1)}, "甲一的到校时间是2026年8月1日，"),
    ],
)
def test_nobody_joins_before_being_born_or_at_the_school(values, sentence):
    member = make_member("甲一", status=None, **values)
    assert refused(member, "join") == (f"{sentence}变动日期 2026-03-01 比它早，改成那时或以后。")


def test_nobody_retires_before_having_joined():
    member = make_member("甲一", joined=date(2026, 5, 1), employment="working")
    assert refused(member, "retire", work="retired", stays=True) == (
        "甲一的入会时间是2026年5月1日，变动日期 2026-03-01 比它早，改成那时或以后。"
    )


def test_a_move_does_not_end_a_place_before_it_began():
    member = make_member("甲一", group=make_group("语文组"), employment="working")
    member.group_assignments.update(start=date(2026, 5, 1))
    assert refused(member, "resign") == (
        "甲一的“语文组”是从2026年5月1日起的，变动日期 2026-03-01 比它早，改成那天或以后。"
    )


# Never was one


def test_a_mistake_is_gone_from_the_figures_of_every_day_and_comes_back_with_an_undo():
    group, chair = make_group("语文组"), make_user(Role.CHAIR)
    member = make_member("甲一", group=group)
    actions.move_member(member=member, move="retain", since=SPRING, by=chair, note="病休")
    days = [date(2021, 1, 1), SPRING, timezone.localdate()]
    before, rows = [figure(day) for day in days], history(member)
    actions.move_member(member=member, move="mistake", since=days[-1], by=chair, note="同名的")
    assert [figure(day) for day in days] == [number - 1 for number in before]
    assert (member.memberships.count(), member.group_assignments.count()) == (0, 0)
    entry = AuditEntry.objects.get(act="members.mistake_member")
    assert (entry.changes["note"], len(entry.changes["rows"]["membership"][0])) == ("同名的", 2)
    assert actions.undo_move(member=member, by=chair) == "登记错了"
    assert (history(member), [figure(day) for day in days]) == (rows, before)


def figure(day: date) -> int:
    return Membership.objects.on(day).count()


def history(member) -> list:
    return [list(r.order_by("pk").values()) for r in (member.memberships, member.group_assignments)]


def test_only_the_last_span_goes_where_someone_was_a_member_before():
    member = make_member("甲一")
    actions.move_member(member=member, move="resign", since=date(2022, 1, 1), by=None)
    actions.move_member(member=member, move="join", since=SPRING, by=None)
    actions.move_member(member=member, move="mistake", since=SPRING, by=None, note="记混了")
    row = member.memberships.get()
    assert (row.exit, row.end) == ("resigned", date(2021, 12, 31))


def test_a_mistake_needs_its_reason():
    assert refused(make_member("甲一"), "mistake") == "登记错了要写明原因和依据，以后才查得到。"


ENDING = (
    "，不能当作登记错了去掉。那些也是记错的，先去掉、撤回，再办这一步；不是的话，办退会或者转出。"
)


def test_what_hangs_on_it_is_said_and_nothing_goes():
    member = make_member("甲一")
    OfficeHolding.objects.create(
        member=member,
        office=OfficeName.WELFARE,
        start=date(2021, 1, 1),
        end=date(2022, 1, 1),
    )
    make_motion("seconding", proposer=member)
    assert refused(member, "mistake", note="x") == f"甲一这段会籍里记着福利委员、提案{ENDING}"
    assert member.memberships.count() == 1


def test_who_asked_to_join_and_was_approved_was_no_mistake():
    application = make_application(make_colleague("甲一"), by=make_user(Role.CHAIR))
    actions.approve_applications(applications=[application], since=date(2026, 9, 20), by=None)
    told = refused(application.member, "mistake", note="x")
    assert told == f"甲一这段会籍里记着批准过的入会申请{ENDING}"


def test_an_office_outside_the_span_does_not_hang_on_it():
    member = make_member("甲一", joined=SPRING)
    OfficeHolding.objects.create(
        member=member,
        office=OfficeName.WELFARE,
        start=date(2021, 1, 1),
        end=SPRING - timedelta(days=1),
    )
    actions.move_member(member=member, move="mistake", since=SPRING, by=None, note="记混了")
    assert member.memberships.count() == 0


def test_the_form_of_a_mistake_asks_only_how_it_came_about(log_in):
    member, client = make_member("甲一"), log_in(Role.CHAIR)
    page = client.get(f"/members/{member.pk}/moves/mistake/")
    assert list(page.context["form"].fields) == ["note"]
    done = client.post(f"/members/{member.pk}/moves/mistake/", {"note": "同名的"}, follow=True)
    assert "记下了：甲一的会籍登记错了，去掉了" in done.text
    assert done.context["moves"].last == "登记错了"
    client.post(f"/members/{member.pk}/moves/undo/")
    assert member.memberships.count() == 1


# What follows from a move


EVERY_WORK = ("", *EmploymentStatus.values)


@pytest.mark.parametrize("work", EVERY_WORK)
@pytest.mark.parametrize("standing", Standing)
def test_the_employment_is_corrected_by_hand_only_where_no_move_leads_on(standing, work):
    at_work = EmploymentStatus.WORKING
    of_a_member = (work, at_work) if work in ("", EmploymentStatus.LEFT) else ()
    right = {Standing.NEVER: EVERY_WORK, Standing.LEFT: EVERY_WORK, Standing.DEAD: ()}
    assert works_by_hand(standing, work) == right.get(standing, of_a_member)


@pytest.mark.parametrize("move", MOVES)
def test_the_membership_stays_as_it_is_only_with_the_moves_that_ask_so(move):
    stays = changes_membership(MOVES[move], How(stays=True), Standing.RETAINED)
    does = changes_membership(MOVES[move], How(), Standing.RETAINED)
    asks = move in ("retire", "return")
    assert (stays, MOVES[move].may_stay) == (False if asks else does, asks)


def test_an_answer_that_the_move_does_not_ask_keeps_nobody_in_the_union():
    member = make_member("甲一")
    actions.move_member(member=member, move="resign", since=SPRING, by=None, stays=True)
    assert member.memberships.get().end == SPRING - timedelta(days=1)


@pytest.mark.parametrize(
    ("move", "said"),
    [
        ("join", ["有入会申请在等的，这次一起批准。", "以前离开时停用的账号重新可以用。"]),
        ("transfer_in", ["有入会申请在等的，这次一起批准。", "以前离开时停用的账号重新可以用。"]),
        ("restore", []),
        ("return", []),
        ("retire", ["账号照常可以登录。"]),
        ("resign", ["账号停用，不能再登录；以前记的都留着。"]),
    ],
)
def test_what_follows_is_said_before_it_is_done(move, said):
    member = make_user(Role.MEMBER).member
    assert consequences(MOVES[move], ending_of(member, MOVES[move])) == said
