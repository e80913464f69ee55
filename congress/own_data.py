"""What the congress keeps about one person, for this person."""

from congress.models import Motion, Seconding
from members.models import Member
from unionoffice.own_data import Section, Traces

MOTION = ("起草", "案名", "类别", "案由", "理由", "建议", "状态", "编号", "决定日期", "决定的理由")


def own_data(member: Member) -> list[Section]:
    motions = [
        (
            motion.drafted_at,
            motion.full_title,
            motion.get_category_display(),
            motion.cause,
            motion.reason,
            motion.suggestion,
            motion.get_state_display(),
            motion.number_text,
            motion.decided_on,
            motion.decision_reason,
        )
        for motion in Motion.objects.filter(proposer=member)
    ]
    seconded = Seconding.objects.filter(member=member).select_related("motion")
    seconded = tuple((s.at, s.motion.full_title) for s in seconded)
    return [
        Section("提案", MOTION, tuple(motions), of_members=True),
        Section("附议", ("时间", "提案"), seconded, of_members=True),
    ]


def traces(member: Member) -> Traces:
    keys = list(Motion.objects.filter(proposer=member).values_list("pk", flat=True))
    return Traces({"congress.motion": keys})
