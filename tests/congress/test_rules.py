"""Names, the state tables, and every refusal word for word."""

from datetime import date

import pytest

from congress import rules
from congress.choices import MotionState, NoticeState
from congress.models import Motion, Notice
from members.models import Member
from tests.factories.congress import REASON, SUGGESTION
from unionoffice.errors import RuleBroken

S = MotionState
SOURCES = {
    "submit": {S.DRAFT, S.RETURNED},
    "retract": {S.SECONDING},
    "withdraw": {S.DRAFT, S.SECONDING, S.SUBMITTED, S.RETURNED},
    "file": {S.SUBMITTED},
    "return": {S.SUBMITTED},
    "to_suggestion": {S.SUBMITTED},
    "reject": {S.SUBMITTED},
}
TARGETS = {
    "submit": S.SECONDING,
    "retract": S.DRAFT,
    "withdraw": S.WITHDRAWN,
    "file": S.FILED,
    "return": S.RETURNED,
    "to_suggestion": S.TO_SUGGESTION,
    "reject": S.REJECTED,
}


def refusal(act, *args, **kwargs) -> str:
    with pytest.raises(RuleBroken) as broken:
        act(*args, **kwargs)
    return str(broken.value)


@pytest.mark.parametrize("state", MotionState.values)
def test_a_motion_moves_only_from_its_source_states(state):
    open_moves = {name for name, move in rules.MOVES.items() if state in move.sources}
    assert open_moves == {name for name, sources in SOURCES.items() if state in sources}


def test_each_move_leads_to_its_state():
    assert {name: move.target for name, move in rules.MOVES.items()} == TARGETS


@pytest.mark.parametrize(
    ("state", "moves"),
    [("draft", ["publish"]), ("published", ["withdraw"]), ("withdrawn", ["rework"])],
)
def test_a_notice_moves_in_a_ring(state, moves):
    open_moves = [name for name, move in rules.NOTICE_MOVES.items() if state in move.sources]
    assert open_moves == moves


def test_a_notice_is_published_on_its_day_or_later():
    rules.check_day_has_come(date(2026, 6, 2), date(2026, 6, 2))
    assert refusal(rules.check_day_has_come, date(2026, 6, 3), date(2026, 6, 2)) == (
        "公开日期 2026-06-03 还没有到，先存草稿，到那天再公开，或者把日期改成今天。"
    )


@pytest.mark.parametrize(
    ("congress", "session", "name"),
    [(8, 1, "八届一次教代会"), (10, 3, "十届三次教代会"), (21, 12, "二十一届十二次教代会")],
)
def test_session_name(congress, session, name):
    assert rules.session_name(congress, session) == name


def test_congress_name():
    assert rules.congress_name(8) == "第八届教代会"


def motion(state=S.DRAFT, **values) -> Motion:
    fields = {"reason": REASON, "suggestion": SUGGESTION, "proposer_id": 1}
    return Motion(state=state, **fields | values)


def test_a_whole_motion_lacks_nothing():
    assert rules.complaints(motion()) == {}
    rules.check_complete(motion())


@pytest.mark.parametrize(
    ("length", "sentence"),
    [
        (0, "理由再写 30 个字就够了，可以写写现在怎样、影响了谁。"),
        (29, "理由再写 1 个字就够了，可以写写现在怎样、影响了谁。"),
    ],
)
def test_a_reason_too_short_says_how_much_is_missing(length, sentence):
    short = motion(reason="长" * length + "  ")
    assert rules.complaints(short) == {"reason": sentence}
    assert refusal(rules.check_complete, short) == sentence


def test_a_reason_just_long_enough_is_taken():
    assert rules.complaints(motion(reason="长" * 30, suggestion="办" * 15)) == {}


def test_a_suggestion_too_short_says_how_much_is_missing():
    sentence = "建议再写 13 个字就够了，可以写写由谁办、怎么办。"
    assert rules.complaints(motion(suggestion="快办")) == {"suggestion": sentence}


@pytest.mark.parametrize("state", MotionState.values)
def test_the_text_changes_only_in_a_draft_or_after_it_came_back(state):
    if state in {S.DRAFT, S.RETURNED}:
        rules.check_editable(motion(state))
        return
    label = S(state).label
    assert refusal(rules.check_editable, motion(state)) == (
        f"“{label}”的提案不能改内容，等人附议的可以先“拿回来改”。"
    )


@pytest.mark.parametrize("name", [name for name, move in rules.MOVES.items() if move.needs_reason])
def test_a_weighty_step_takes_a_reason(name):
    move = rules.MOVES[name]
    rules.check_reason(move, "属于日常管理")
    assert refusal(rules.check_reason, move, "") == f"{move.label}要写明原因，别人才知道怎么回事。"


def test_who_decides_must_say_why_unless_it_is_filed():
    weighty = {name for name, move in rules.MOVES.items() if move.needs_reason}
    assert weighty == {"withdraw", "return", "to_suggestion", "reject"}


COLLEAGUE = Member(pk=2)


@pytest.mark.parametrize("key", [1, 2, 3])
def test_every_colleague_may_second_but_the_proposer(key):
    """The proposer is 1."""
    try:
        rules.check_may_second(motion(S.SECONDING), Member(pk=key), active=True, already=False)
    except RuleBroken:
        taken = False
    else:
        taken = True
    assert taken == (key != 1)


@pytest.mark.parametrize("state", sorted(set(MotionState.values) - {S.SECONDING}))
def test_no_one_seconds_what_does_not_ask_for_it(state):
    sentence = refusal(rules.check_may_second, motion(state), COLLEAGUE, active=True, already=False)
    assert sentence == f"这件提案“{S(state).label}”，现在不用附议。"


@pytest.mark.parametrize(
    ("member", "active", "already", "sentence"),
    [
        (Member(pk=1), True, False, "自己的提案不能自己附议，请同事来附议。"),
        (COLLEAGUE, False, False, "在册会员才能附议，您现在不是在册会员，联系工会组织委员。"),
        (COLLEAGUE, True, True, "您已经附议过这件提案了。"),
    ],
)
def test_who_may_not_second_is_told_why(member, active, already, sentence):
    asking = motion(S.SECONDING)
    assert (
        refusal(rules.check_may_second, asking, member, active=active, already=already) == sentence
    )


def test_a_seconding_can_be_taken_back_until_the_motion_goes_on():
    rules.check_may_unsecond(motion(S.SECONDING), already=True)
    assert refusal(rules.check_may_unsecond, motion(S.SECONDING), already=False) == (
        "您没有附议过这件提案。"
    )
    assert refusal(rules.check_may_unsecond, motion(S.SUBMITTED), already=True) == (
        "提案已经送审，附议不能再撤回。"
    )


@pytest.mark.parametrize(
    ("state", "label"), [(NoticeState.PUBLISHED, "已公开"), (NoticeState.WITHDRAWN, "已撤下")]
)
def test_only_a_draft_of_a_notice_changes(state, label):
    rules.check_notice_editable(Notice(state=NoticeState.DRAFT))
    assert refusal(rules.check_notice_editable, Notice(state=state)) == (
        f"“{label}”的内容不能直接改，先撤下，再拿回来改。"
    )
