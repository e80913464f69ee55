"""Where a motion stands, as a line of steps."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from congress.choices import MotionState as S
from congress.models import Motion

SPOKEN = {
    "done": "已完成",
    "doing": "进行中",
    "late": "退回来了",
    "off": "到此为止",
    "plan": "还没到",
}


@dataclass(frozen=True)
class Step:
    """One step of the line. `glyph`: a key of SPOKEN."""

    label: str
    glyph: str
    note: str

    @property
    def spoken(self) -> str:
        return SPOKEN[self.glyph]

    @property
    def look(self) -> str:
        return {"done": "done", "plan": ""}.get(self.glyph, "now")


# state -> how many steps are done, and the glyph of the one after them
POSITIONS = {
    S.DRAFT: (0, "doing"),
    S.SECONDING: (1, "doing"),
    S.SUBMITTED: (2, "doing"),
    S.RETURNED: (2, "late"),
    S.FILED: (4, ""),
    S.TO_SUGGESTION: (3, "off"),
    S.REJECTED: (3, "off"),
    S.WITHDRAWN: (0, "off"),
}


def steps_of(motion: Motion, seconders: int, needed: int) -> list[Step]:
    """起草, 附议, 审查, 立案: with what is known of each."""
    done, glyph = POSITIONS[motion.state]
    rows = [
        ("起草", _day(timezone.localdate(motion.drafted_at))),
        ("附议", _seconding_note(motion, seconders, needed)),
        ("审查", _review_note(motion)),
        (_outcome(motion), motion.number_text),
    ]
    return [
        Step(label, "done" if place < done else glyph if place == done else "plan", note)
        for place, (label, note) in enumerate(rows)
    ]


def _seconding_note(motion: Motion, seconders: int, needed: int) -> str:
    if motion.submitted_on:
        return f"{_day(motion.submitted_on)}，{seconders} 人"
    return f"{seconders} 人，满 {needed} 人送审"


def _review_note(motion: Motion) -> str:
    return {
        S.SUBMITTED: "等提案委员会审查",
        S.RETURNED: "退回，改好再交",
        S.FILED: _day(motion.decided_on),
        S.TO_SUGGESTION: _day(motion.decided_on),
        S.REJECTED: _day(motion.decided_on),
    }.get(motion.state, "")


def _outcome(motion: Motion) -> str:
    ended = {S.TO_SUGGESTION, S.REJECTED, S.WITHDRAWN}
    return motion.get_state_display() if motion.state in ended else "立案"


def _day(day: date | None) -> str:
    """5月20日; with its year, when that is over."""
    if day is None:
        return ""
    year = "" if day.year == timezone.localdate().year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
