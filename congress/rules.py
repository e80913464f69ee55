"""What is allowed in the congress: state tables, names, how much a motion has to say. Pure."""

from datetime import date

from congress.choices import MotionState, NoticeState
from unionoffice.errors import RuleBroken
from unionoffice.numerals import chinese_number
from unionoffice.workflow import Move, Offer, offers

S = MotionState
MOVES = {
    "submit": Move(
        "提交，请人附议",
        frozenset({S.DRAFT, S.RETURNED}),
        S.SECONDING,
        "congress.submit_motion",
        "同事都看得到，附议够了自动送审",
    ),
    "retract": Move(
        "拿回来改",
        frozenset({S.SECONDING}),
        S.DRAFT,
        "congress.submit_motion",
        "改了内容，附议要重新来",
    ),
    "withdraw": Move(
        "撤案",
        frozenset({S.DRAFT, S.SECONDING, S.SUBMITTED, S.RETURNED}),
        S.WITHDRAWN,
        "congress.submit_motion",
        "这件提案到此为止",
        needs_reason=True,
    ),
    "file": Move(
        "立案",
        frozenset({S.SUBMITTED}),
        S.FILED,
        "congress.file_motion",
        "编上号，成为正式提案",
    ),
    "return": Move(
        "退回修改",
        frozenset({S.SUBMITTED}),
        S.RETURNED,
        "congress.file_motion",
        "提案人改好再交",
        needs_reason=True,
    ),
    "to_suggestion": Move(
        "转为意见建议",
        frozenset({S.SUBMITTED}),
        S.TO_SUGGESTION,
        "congress.file_motion",
        "交有关部门处理，逐条回复",
        needs_reason=True,
    ),
    "reject": Move(
        "不予立案",
        frozenset({S.SUBMITTED}),
        S.REJECTED,
        "congress.file_motion",
        "写明原因，退给提案人",
        needs_reason=True,
    ),
}
PROPOSERS_OWN = frozenset({"submit", "retract", "withdraw"})
EDITABLE = frozenset({S.DRAFT, S.RETURNED})
DECIDED = frozenset({S.FILED, S.RETURNED, S.TO_SUGGESTION, S.REJECTED})

NOTICE_MOVES = {
    "publish": Move(
        "公开",
        frozenset({NoticeState.DRAFT}),
        NoticeState.PUBLISHED,
        "congress.publish_notice",
        "全校都看得到",
    ),
    "withdraw": Move(
        "撤下",
        frozenset({NoticeState.PUBLISHED}),
        NoticeState.WITHDRAWN,
        "congress.publish_notice",
        "写明原因，同事不再看得到",
        needs_reason=True,
    ),
    "rework": Move(
        "拿回来改",
        frozenset({NoticeState.WITHDRAWN}),
        NoticeState.DRAFT,
        "congress.publish_notice",
        "改好再公开",
    ),
}

FORWARD = frozenset({"submit", "file", "publish"})  # what is expected next; the others turn off

REASON_AT_LEAST, SUGGESTION_AT_LEAST = 30, 15  # characters, when it is handed in

# In force where the office has set nothing: most schools ask for two, some for three.
SHIPPED_SECONDING_RULE = {
    "seconders": 2,
    "effective_from": date(2012, 1, 1),
    "source": "多数学校 2 名，也有 3 名的，以本校提案办法为准",
    "is_sample": True,
}


def congress_name(congress: int) -> str:
    return f"第{chinese_number(congress)}届教代会"


def full_title(title: str) -> str:
    """How a motion is named on paper; what is typed is only the middle of it."""
    return f"关于{title}的提案"


def session_name(congress: int, session: int) -> str:
    return f"{chinese_number(congress)}届{chinese_number(session)}次教代会"


def is_own(motion, user) -> bool:
    return motion.proposer_id == user.member_id


def motion_offers(motion, user) -> list[Offer]:
    """The moves that `user` may make with the motion now: the table, and whose motion it is."""
    return [
        offer
        for offer in offers(MOVES, motion.state, user)
        if offer.name not in PROPOSERS_OWN or is_own(motion, user)
    ]


def may_edit(motion, user) -> bool:
    return is_own(motion, user) and motion.state in EDITABLE


def may_second(motion, user) -> bool:
    """Whether the button is for this user at all; check_may_second looks at the rest."""
    return (
        motion.state == S.SECONDING
        and not is_own(motion, user)
        and user.has_perm("congress.second_motion")
    )


def may_edit_notice(notice, user) -> bool:
    return notice.state == NoticeState.DRAFT and user.has_perm("congress.publish_notice")


def check_own(motion, user) -> None:
    if not is_own(motion, user):
        raise RuleBroken("这是别人的提案，只有提案人自己能改、能撤。")


def check_editable(motion) -> None:
    if motion.state not in EDITABLE:
        raise RuleBroken(
            f"“{motion.get_state_display()}”的提案不能改内容，等人附议的可以先“拿回来改”。"
        )


def check_reason(move: Move, reason: str) -> None:
    if move.needs_reason and not reason:
        raise RuleBroken(f"{move.label}要写明原因，别人才知道怎么回事。")


def complaints(motion) -> dict[str, str]:
    """What is still missing before a motion can be handed in: field -> what to write."""
    reason = REASON_AT_LEAST - len(motion.reason.strip())
    suggestion = SUGGESTION_AT_LEAST - len(motion.suggestion.strip())
    found = {}
    if reason > 0:
        found["reason"] = f"理由再写 {reason} 个字就够了，可以写写现在怎样、影响了谁。"
    if suggestion > 0:
        found["suggestion"] = f"建议再写 {suggestion} 个字就够了，可以写写由谁办、怎么办。"
    return found


def check_complete(motion) -> None:
    for sentence in complaints(motion).values():
        raise RuleBroken(sentence)


def check_may_second(motion, member, *, active: bool, already: bool) -> None:
    """Whether `member` may second the motion now. `active`: 在册 today, not 保留会籍."""
    if motion.state != S.SECONDING:
        raise RuleBroken(f"这件提案“{motion.get_state_display()}”，现在不用附议。")
    if motion.proposer_id == member.pk:
        raise RuleBroken("自己的提案不能自己附议，请同事来附议。")
    if not active:
        raise RuleBroken("在册会员才能附议，您现在不是在册会员，联系工会组织委员。")
    if already:
        raise RuleBroken("您已经附议过这件提案了。")


def check_may_unsecond(motion, *, already: bool) -> None:
    if not already:
        raise RuleBroken("您没有附议过这件提案。")
    if motion.state != S.SECONDING:
        raise RuleBroken("提案已经送审，附议不能再撤回。")


def check_day_has_come(published_on: date, today: date) -> None:
    if published_on > today:
        raise RuleBroken(
            f"公开日期 {published_on:%Y-%m-%d} 还没有到，先存草稿，到那天再公开，或者把日期改成今天。"
        )


def check_notice_editable(notice) -> None:
    if notice.state != NoticeState.DRAFT:
        raise RuleBroken(f"“{notice.get_state_display()}”的内容不能直接改，先撤下，再拿回来改。")
