"""The trace of a list of what is ahead that someone took away."""

from members.models import User
from unionoffice.audit import record
from unionoffice.models import AuditEntry, Office


def note_forecast_taken(*, office: Office, by: User, title: str, rows: int) -> AuditEntry:
    """Which list it was, and of how many people: not of whom."""
    return record(by, "members.export_forecasts", office, title=title, rows=rows)
