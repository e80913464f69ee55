"""What leaves the office on paper leaves a trace."""

from members.models import User
from unionoffice.audit import record
from unionoffice.models import AuditEntry, Office


def note_papers(*, office: Office, by: User, kind: str, people: int) -> AuditEntry:
    """Leave the trace that `by` printed `people` people's papers."""
    return record(by, "members.export_papers", office, kind=kind, people=people)
