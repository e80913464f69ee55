"""Motions through their whole life, notices, and the rules that are data."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from congress import actions, rules
from congress.choices import MotionState
from congress.models import Congress, Motion, Notice, SecondingRule, Session
from congress.queries import seconders_needed, seconding_rule
from tests.factories.congress import (
    IN_JUNE,
    REASON,
    SUGGESTION,
    make_motion,
    make_notice,
    make_session,
)
from tests.factories.members import make_member, make_user
from unionoffice.attachments import attachments_of
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.ready_files import ready_files
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
S = MotionState


@pytest.fixture
def chair(office):
    return make_user(Role.CHAIR)


@pytest.fixture
def teacher(office):
    return make_user(Role.MEMBER)


@pytest.fixture
def colleagues(office):
    return [make_user(Role.MEMBER) for _ in range(3)]


def whole_motion(**values) -> Motion:
    fields = {"title": "设母婴室", "category": "livelihood", "reason": REASON}
    return Motion(suggestion=SUGGESTION, **fields | values)


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("number").values_list("act", flat=True))


def test_add_motion_is_a_draft_of_who_writes_it(teacher):
    motion = actions.add_motion(motion=whole_motion(reason=""), by=teacher)
    assert (motion.state, motion.proposer) == (S.DRAFT, teacher.member)
    assert acts() == ["congress.add_motion"]


def test_add_motion_may_hand_in_at_once_with_files(teacher):
    motion = actions.add_motion(
        motion=whole_motion(),
        files=ready_files([("实测.pdf", b"%PDF-1.4")]),
        hand_in=True,
        by=teacher,
    )
    assert (motion.state, motion.opened_on) == (S.SECONDING, timezone.localdate())
    assert [file.name for file in attachments_of(motion)] == ["实测.pdf"]
    assert acts() == ["congress.add_motion", "congress.submit_motion", "unionoffice.attach_file"]


def test_add_motion_that_is_refused_leaves_nothing(teacher, tmp_path):
    files = ready_files([("实测.pdf", b"%PDF-1.4")])
    with pytest.raises(RuleBroken):
        actions.add_motion(motion=whole_motion(reason="短"), files=files, hand_in=True, by=teacher)
    assert Motion.objects.count() == 0
    assert [p for p in (tmp_path / "files").rglob("*") if p.is_file()] == []


def test_the_second_seconder_hands_the_motion_in(teacher, colleagues):
    motion = actions.add_motion(motion=whole_motion(), hand_in=True, by=teacher)
    motion = actions.second_motion(motion=motion, by=colleagues[0])
    assert motion.state == S.SECONDING
    motion = actions.second_motion(motion=motion, by=colleagues[1])
    assert (motion.state, motion.submitted_on) == (S.SUBMITTED, timezone.localdate())
    assert acts()[-3:] == [
        "congress.second_motion",
        "congress.second_motion",
        "congress.hand_in_motion",
    ]


def test_the_number_of_seconders_is_what_the_rule_of_the_day_says(chair, colleagues):
    rule = SecondingRule(seconders=3, effective_from=date(2026, 1, 1), source="本校办法第六条")
    actions.add_seconding_rule(rule=rule, by=chair)
    motion = make_motion(S.SECONDING)
    states = [actions.second_motion(motion=motion, by=user).state for user in colleagues]
    assert states == [S.SECONDING, S.SECONDING, S.SUBMITTED]


def test_seconding_looks_at_the_motion_as_it_is_stored_now(colleagues):
    """A page opened before the motion went on holds an old state."""
    motion = make_motion(S.SECONDING)
    Motion.objects.filter(pk=motion.pk).update(state=S.SUBMITTED)
    with pytest.raises(RuleBroken, match="这件提案“待审查”，现在不用附议。"):
        actions.second_motion(motion=motion, by=colleagues[0])


def test_the_own_motion_can_not_be_seconded(teacher):
    motion = make_motion(S.SECONDING, proposer=teacher.member)
    with pytest.raises(RuleBroken, match="自己的提案不能自己附议"):
        actions.second_motion(motion=motion, by=teacher)


def test_who_only_retains_membership_can_not_second(office):
    retired = make_user(Role.MEMBER, member=make_member(status="retained"))
    with pytest.raises(RuleBroken, match="在册会员才能附议"):
        actions.second_motion(motion=make_motion(S.SECONDING), by=retired)


def test_a_seconding_can_be_taken_back_and_given_again(colleagues):
    motion = make_motion(S.SECONDING)
    actions.second_motion(motion=motion, by=colleagues[0])
    actions.unsecond_motion(motion=motion, by=colleagues[0])
    assert motion.secondings.count() == 0
    actions.second_motion(motion=motion, by=colleagues[0])
    assert motion.secondings.count() == 1


@pytest.mark.parametrize("state", [S.DRAFT, S.RETURNED])
def test_a_changed_text_has_to_be_seconded_again(teacher, state):
    motion = make_motion(state, proposer=teacher.member, seconders=[make_member("方晓婷")])
    motion.suggestion = f"{SUGGESTION}另外公示水质。"
    actions.update_motion(motion=motion, by=teacher)
    assert motion.secondings.count() == 0
    assert AuditEntry.objects.first().changes == {"seconders": ["方晓婷"]}


def test_a_motion_that_came_back_and_was_not_changed_keeps_its_seconders(teacher):
    seconders = [make_member(), make_member()]
    motion = make_motion(S.RETURNED, proposer=teacher.member, seconders=seconders)
    motion = actions.update_motion(motion=motion, hand_in=True, by=teacher)
    assert (motion.state, motion.submitted_on) == (S.SUBMITTED, IN_JUNE)


def test_update_motion_is_for_the_proposer(teacher):
    with pytest.raises(RuleBroken) as refusal:
        actions.update_motion(motion=make_motion(), by=teacher)
    assert str(refusal.value) == "这是别人的提案，只有提案人自己能改、能撤。"


def test_update_motion_is_refused_once_it_is_before_the_colleagues(teacher):
    motion = make_motion(S.SECONDING, proposer=teacher.member)
    with pytest.raises(RuleBroken, match="“等人附议”的提案不能改内容"):
        actions.update_motion(motion=motion, by=teacher)


@pytest.mark.parametrize("state", MotionState.values)
@pytest.mark.parametrize("move", rules.MOVES)
def test_move_motion_works_from_its_source_states_and_no_other(office, move, state):
    both = make_user(Role.CHAIR, Role.MEMBER)
    motion = make_motion(state, proposer=both.member)
    step = rules.MOVES[move]
    if state in step.sources:
        moved = actions.move_motion(motion=motion, move=move, reason="说明", by=both)
        assert moved.state == step.target
        return
    with pytest.raises(RuleBroken) as refusal:
        actions.move_motion(motion=motion, move=move, reason="说明", by=both)
    label = motion.get_state_display()
    assert str(refusal.value) == f"“{label}”状态下不能{step.label}，刷新页面看最新进展。"


def test_a_notice_of_a_day_to_come_stays_a_draft(chair):
    tomorrow = timezone.localdate() + timedelta(days=1)
    notice = make_notice("draft", published_on=tomorrow)
    with pytest.raises(RuleBroken, match="还没有到，先存草稿"):
        actions.move_notice(notice=notice, move="publish", by=chair)
    notice.refresh_from_db()
    assert notice.state == "draft"


@pytest.mark.parametrize("move", sorted(rules.PROPOSERS_OWN))
def test_only_the_proposer_submits_retracts_withdraws(office, move):
    state = sorted(rules.MOVES[move].sources)[0]
    with pytest.raises(RuleBroken, match="这是别人的提案，只有提案人自己能改、能撤。"):
        actions.move_motion(
            motion=make_motion(state), move=move, reason="说明", by=make_user(Role.MEMBER)
        )


def test_move_motion_refuses_a_step_that_is_none(chair):
    with pytest.raises(RuleBroken, match="没有“fly”这一步"):
        actions.move_motion(motion=make_motion(S.SUBMITTED), move="fly", by=chair)


def test_filing_numbers_the_motions_of_a_year_one_after_the_other(chair):
    year = timezone.localdate().year
    make_motion(S.FILED, year=year - 1, number=30)
    filed = [
        actions.move_motion(motion=make_motion(S.SUBMITTED), move="file", by=chair)
        for _ in range(2)
    ]
    assert [motion.number_text for motion in filed] == [f"〔{year}〕001号", f"〔{year}〕002号"]
    assert filed[0].decided_on == timezone.localdate()


def test_returning_keeps_the_reason_for_the_proposer(chair):
    motion = actions.move_motion(
        motion=make_motion(S.SUBMITTED), move="return", reason="写写多久合适", by=chair
    )
    assert (motion.state, motion.decision_reason) == (S.RETURNED, "写写多久合适")


def test_add_notice_may_publish_at_once(chair):
    notice = Notice(title="收支情况", category="finance", body="见附件", published_on=IN_JUNE)
    notice = actions.add_notice(
        notice=notice, files=ready_files([("表.pdf", b"%PDF-1.4")]), publish=True, by=chair
    )
    assert notice.state == "published"
    assert acts() == ["congress.add_notice", "congress.publish_notice", "unionoffice.attach_file"]


def test_update_notice_traces_old_and_new(chair):
    notice = make_notice("draft", title="旧题")
    notice.title = "新题"
    actions.update_notice(notice=notice, by=chair)
    assert AuditEntry.objects.first().changes == {"title": ["旧题", "新题"]}


def test_update_notice_refuses_what_is_public(chair):
    with pytest.raises(RuleBroken, match="“已公开”的内容不能直接改"):
        actions.update_notice(notice=make_notice(), by=chair)


def test_a_notice_is_withdrawn_with_a_reason_and_can_come_back(chair):
    notice = make_notice()
    with pytest.raises(RuleBroken, match="撤下要写明原因"):
        actions.move_notice(notice=notice, move="withdraw", by=chair)
    notice = actions.move_notice(notice=notice, move="withdraw", reason="数字有误", by=chair)
    assert (notice.state, notice.withdraw_reason) == ("withdrawn", "数字有误")
    notice = actions.move_notice(notice=notice, move="rework", by=chair)
    assert (notice.state, notice.withdraw_reason) == ("draft", "")


def test_saving_a_congress_and_a_session_traces_what_it_is(chair):
    congress = actions.save_congress(congress=Congress(number=8, start=IN_JUNE), by=chair)
    assert AuditEntry.objects.first().changes == {
        "number": 8,
        "start": "2026-06-02",
        "end": None,
    }
    session = actions.save_session(session=Session(congress=congress, number=1), by=chair)
    session.held_on = IN_JUNE
    actions.save_session(session=session, by=chair)
    assert AuditEntry.objects.first().changes == {"held_on": [None, "2026-06-02"]}
    actions.save_session(session=session, by=chair)
    assert acts() == [
        "congress.add_congress",
        "congress.add_session",
        "congress.update_session",
    ]


def test_saving_a_session_writes_only_what_changed(chair):
    """Two who have the same session open."""
    first = make_session()
    second = Session.objects.get(pk=first.pk)
    first.held_on = IN_JUNE
    actions.save_session(session=first, by=chair)
    second.number, second.held_on = 2, IN_JUNE
    actions.save_session(session=second, by=chair)
    assert AuditEntry.objects.first().changes == {"number": [1, 2]}


def test_motions_that_have_enough_seconders_by_a_lower_rule_go_on(chair):
    rule = SecondingRule(seconders=3, effective_from=date(2026, 1, 1), source="旧办法")
    actions.add_seconding_rule(rule=rule, by=chair)
    enough = make_motion(S.SECONDING, seconders=[make_member(), make_member()])
    short = make_motion(S.SECONDING, seconders=[make_member()])
    later = timezone.localdate() + timedelta(days=1)
    for since, states in (
        (later, {enough.pk: S.SECONDING, short.pk: S.SECONDING}),
        (timezone.localdate(), {enough.pk: S.SUBMITTED, short.pk: S.SECONDING}),
    ):
        lower = SecondingRule(seconders=2, effective_from=since, source="新办法")
        actions.add_seconding_rule(rule=lower, by=chair)
        assert dict(Motion.objects.values_list("pk", "state")) == states
    assert acts()[-1] == "congress.hand_in_motion"


def test_without_a_rule_of_the_office_the_shipped_sample_holds(office):
    rule = seconding_rule(IN_JUNE)
    assert (rule.seconders, rule.is_sample) == (2, True)


def test_the_rule_in_force_is_the_latest_that_has_begun(chair):
    for seconders, since in ((3, IN_JUNE), (5, IN_JUNE + timedelta(days=10))):
        rule = SecondingRule(seconders=seconders, effective_from=since, source="本校办法")
        actions.add_seconding_rule(rule=rule, by=chair)
    days = [IN_JUNE - timedelta(days=1), IN_JUNE, IN_JUNE + timedelta(days=10)]
    assert [seconders_needed(day) for day in days] == [2, 3, 5]
