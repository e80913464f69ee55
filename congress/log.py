"""What was done with a motion, in words, from the audit chain."""

from dataclasses import dataclass
from datetime import datetime

from congress.models import Motion
from unionoffice.models import AuditEntry
from unionoffice.queries import log_for

BY_ITSELF = {"congress.drop_secondings", "congress.hand_in_motion"}  # follows from another act
REASONED = {"congress.return_motion", "congress.to_suggestion_motion", "congress.reject_motion"}
MILESTONES = REASONED | {
    "congress.hand_in_motion",
    "congress.file_motion",
    "congress.withdraw_motion",
}


@dataclass(frozen=True)
class LogLine:
    at: datetime
    text: str
    key: bool  # a milestone


def log_lines(user, motion: Motion) -> list[LogLine]:
    """The newest first, as far as it is for `user` to read."""
    return [_line(entry) for entry in log_for(user, motion)]


def _line(entry: AuditEntry) -> LogLine:
    text = entry.act_words if entry.act in BY_ITSELF else entry.text
    reason = f"：{entry.changes['reason']}" if entry.act in REASONED else ""
    return LogLine(entry.at, text + reason, entry.act in MILESTONES)
