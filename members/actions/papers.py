"""What leaves the office on paper leaves a trace."""

from collections.abc import Sequence

from django.db import transaction

from members.models import Member, RosterImport, User
from unionoffice.audit import record
from unionoffice.held import held
from unionoffice.models import AuditEntry, Office

ONE_BY_ONE = 50  # people; of more of them the trace tells how many


@transaction.atomic
def note_papers(*, office: Office, by: User, kind: str, people: Sequence[Member]) -> None:
    """Leave the trace that `by` printed the papers of these people: at each of them, or for a long
    list at the office."""
    if len(people) > ONE_BY_ONE:
        told = {"people": len(people), "held": held(each.pk for each in people)}
        record(by, "members.export_papers", office, kind=kind, **told)
        return
    for person in people:
        record(by, "members.export_papers", person, kind=kind)


def note_rows_left_out(*, roster_import: RosterImport, rows: int, by: User) -> AuditEntry:
    """Leave the trace that `by` took away the rows of a file that were not taken."""
    return record(by, "members.export_rows_left_out", roster_import, rows=rows)
