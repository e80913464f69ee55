"""Who sees which motions and notices."""

from datetime import date, timedelta

import pytest

from congress import queries
from congress.choices import MotionState
from congress.models import Motion
from tests.factories.congress import IN_JUNE, make_motion, make_notice, make_session
from tests.factories.members import make_member, make_user
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", MotionState.values)
def test_a_motion_is_seen_from_the_day_it_asks_for_seconders(state):
    motion = make_motion(state)
    shown = state not in {"draft", "withdrawn"}
    assert queries.motions_visible_to(make_user(Role.CHAIR)).filter(pk=motion.pk).exists() == shown


@pytest.mark.parametrize("state", MotionState.values)
def test_the_proposer_sees_the_own_motion_in_every_state(state):
    user = make_user(Role.MEMBER)
    motion = make_motion(state, proposer=user.member)
    assert list(queries.motions_visible_to(user)) == [motion]


def test_a_motion_withdrawn_after_it_was_shown_stays_visible():
    motion = make_motion("withdrawn", opened_on=IN_JUNE)
    assert list(queries.motions_visible_to(make_user(Role.MEMBER))) == [motion]


def test_a_motion_taken_back_to_be_changed_is_the_proposers_alone():
    make_motion("draft", opened_on=IN_JUNE)
    assert list(queries.motions_visible_to(make_user(Role.MEMBER))) == []


@pytest.mark.parametrize(
    ("role", "states"),
    [
        (Role.MEMBER, {"published"}),
        (Role.HIGHER_UNION, {"published"}),
        (Role.ORGANISATION, {"draft", "published", "withdrawn"}),
    ],
)
def test_a_notice_is_seen_while_it_is_public_or_by_who_publishes(role, states):
    for state in ("draft", "published", "withdrawn"):
        make_notice(state)
    assert {notice.state for notice in queries.notices_visible_to(make_user(role))} == states


def test_waiting_for_leaves_out_the_own_and_what_was_seconded():
    user = make_user(Role.MEMBER)
    make_motion("seconding", proposer=user.member)
    make_motion("seconding", seconders=[user.member])
    make_motion("submitted")
    wanted = make_motion("seconding", seconders=[make_member()])
    assert list(queries.waiting_for(user.member_id)) == [wanted]


def test_tab_counts_are_the_rows_under_the_tabs():
    user = make_user(Role.CHAIR, Role.MEMBER)
    make_motion("seconding", proposer=user.member)
    make_motion("seconding", seconders=[user.member, make_member()])
    make_motion("seconding", seconders=[make_member()])
    for _ in range(3):
        make_motion("submitted")
    assert queries.tab_counts(user) == {"to_decide": 3, "asking": 1, "own": 1}
    assert queries.waiting_for_decision().count() == 3
    assert queries.asking(user).count() == queries.own(user).count() == 1


def test_who_can_not_second_sees_all_that_ask():
    make_motion("seconding")
    leader = make_user(Role.SCHOOL_LEADER)
    assert queries.asking(leader).count() == queries.tab_counts(leader)["asking"] == 1


@pytest.mark.parametrize("state", ["draft", "seconding"])
def test_a_motion_that_came_back_and_was_taken_up_again_is_not_received(state):
    proposer = make_user(Role.MEMBER)
    values = {"proposer": proposer.member, "opened_on": IN_JUNE, "submitted_on": IN_JUNE}
    motion = make_motion("returned", **values)
    assert list(queries.received(proposer, Period.year(2026))) == [motion]
    Motion.objects.update(state=state)
    assert list(queries.received(proposer, Period.year(2026))) == []


@pytest.mark.parametrize("state", sorted(set(MotionState.values) - {"draft", "seconding"}))
def test_whoever_looks_finds_what_was_received(state):
    motion = make_motion(state, opened_on=IN_JUNE, submitted_on=IN_JUNE)
    assert list(queries.received(make_user(Role.MEMBER), Period.year(2026))) == [motion]


def test_titles_and_names_are_found_in_any_case():
    motion = make_motion("filed", title="PC机房", proposer=make_member("外教Mary"))
    notice = make_notice(title="PC采购")
    user, year = make_user(Role.MEMBER), Period.year(2026)
    for text in ("pc", "mary"):
        assert list(queries.received(user, year, q=text)) == [motion]
        assert list(queries.find_motions(user, text)) == [motion]
    assert list(queries.find_notices(user, "pc")) == [notice]
    assert list(queries.notices(user, year, q="pc")) == [notice]


@pytest.mark.parametrize("text", ["母婴", "关于设母婴室的提案", "孙玉"])
def test_find_motions_by_title_or_proposer(text):
    motion = make_motion("seconding", title="设母婴室", proposer=make_member("孙玉梅"))
    make_motion("seconding")
    make_motion("draft", title="设母婴室")
    assert list(queries.find_motions(make_user(Role.MEMBER), text)) == [motion]


def test_find_notices_by_title():
    notice = make_notice(title="职称推荐人选公示")
    make_notice("draft", title="职称评聘办法")
    make_notice()
    assert list(queries.find_notices(make_user(Role.MEMBER), "职称")) == [notice]


def test_the_current_session_is_the_next_one_and_none_that_was_held():
    today = date(2026, 6, 1)
    assert queries.current_session(today) is None
    make_session(1, held_on=today - timedelta(days=400))
    make_session(2, held_on=today - timedelta(days=30))
    assert queries.current_session(today) is None
    coming = make_session(3, held_on=today + timedelta(days=9))
    make_session(4)
    assert queries.current_session(today) == coming
