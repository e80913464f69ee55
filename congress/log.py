"""What was done with a motion, in words, from the audit chain."""

from dataclasses import dataclass
from datetime import datetime

from congress.models import Motion
from congress.queries import log_of
from unionoffice.models import AuditEntry

WORDS = {
    "congress.add_motion": "{who}起草",
    "congress.update_motion": "{who}改了内容",
    "congress.drop_secondings": "内容改了，附议要重新来",
    "congress.submit_motion": "{who}提交，请人附议",
    "congress.retract_motion": "{who}拿回去改",
    "congress.withdraw_motion": "{who}撤案",
    "congress.second_motion": "{who}附议",
    "congress.unsecond_motion": "{who}撤回附议",
    "congress.hand_in_motion": "附议够了，送审查",
    "congress.file_motion": "{who}立案",
    "congress.return_motion": "{who}退回修改：{reason}",
    "congress.to_suggestion_motion": "{who}转为意见建议：{reason}",
    "congress.reject_motion": "{who}不予立案：{reason}",
    "unionoffice.attach_file": "{who}加了附件",
}
MILESTONES = {
    "congress.hand_in_motion",
    "congress.file_motion",
    "congress.return_motion",
    "congress.to_suggestion_motion",
    "congress.reject_motion",
    "congress.withdraw_motion",
}


@dataclass(frozen=True)
class LogLine:
    at: datetime
    text: str
    key: bool  # a milestone


def log_lines(motion: Motion) -> list[LogLine]:
    """The newest first."""
    return [_line(entry) for entry in log_of(motion)]


def _line(entry: AuditEntry) -> LogLine:
    text = WORDS[entry.act].format(who=entry.actor_name, reason=entry.changes.get("reason", ""))
    return LogLine(entry.at, text, entry.act in MILESTONES)
