"""Congresses, motions in any state, and notices for tests."""

from datetime import date
from itertools import count

from congress.choices import MotionState
from congress.models import Congress, Motion, Notice, Session
from congress.rules import DECIDED
from members.models import Member
from tests.factories.members import make_member

IN_MAY, IN_JUNE, LATE_JUNE = date(2026, 5, 20), date(2026, 6, 2), date(2026, 6, 16)
REASON = (
    "课间十分钟里排队接水要六分多钟，二三楼最挤，师生一千九百人只有九台饮水机，其中三台出水很慢。"
)
SUGGESTION = "每层至少增设一台开水器，由总务处在暑假里办好。"
numbers = count(1)


def make_session(number: int = 1, congress: int = 8, held_on: date | None = None) -> Session:
    term, _ = Congress.objects.get_or_create(number=congress, defaults={"start": IN_MAY})
    return Session.objects.create(congress=term, number=number, held_on=held_on)


def make_motion(state: str = MotionState.DRAFT, *, proposer: Member | None = None, **values):
    """A complete motion as it looks in `state`; handed in on 2 June 2026 where it was at all.

    `seconders=` takes members.
    """
    seconders = values.pop("seconders", ())
    fields = {
        "title": f"改善示例{next(numbers)}号楼饮水条件",
        "category": "campus",
        "reason": REASON,
        "suggestion": SUGGESTION,
    }
    fields |= _stamps(MotionState(state))
    motion = Motion.objects.create(
        state=state, proposer=proposer or make_member(), **fields | values
    )
    for member in seconders:
        motion.secondings.create(member=member)
    return motion


def _stamps(state: MotionState) -> dict:
    stamps: dict = {}
    if state not in {MotionState.DRAFT, MotionState.WITHDRAWN}:
        stamps["opened_on"] = IN_MAY
    if state in DECIDED | {MotionState.SUBMITTED}:
        stamps["submitted_on"] = IN_JUNE
    if state in DECIDED:
        stamps["decided_on"] = LATE_JUNE
    if state == MotionState.FILED:
        last = Motion.objects.filter(year=2026).count()
        stamps |= {"year": 2026, "number": last + 1}
    return stamps


def make_notice(state: str = "published", **values) -> Notice:
    fields = {
        "title": f"第{next(numbers)}项示例公开",
        "category": "finance",
        "body": "上半年工会经费收支情况已经公布在公开栏。",
        "published_on": IN_JUNE,
    }
    return Notice.objects.create(state=state, **fields | values)
