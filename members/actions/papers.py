"""What leaves the office on paper leaves a trace."""

from collections.abc import Sequence

from django.db import transaction

from members.models import Member, User
from unionoffice.audit import record
from unionoffice.models import Office

ONE_BY_ONE = 50  # people; of more of them the trace tells how many


@transaction.atomic
def note_papers(*, office: Office, by: User, kind: str, people: Sequence[Member]) -> None:
    """Leave the trace that `by` printed the papers of these people: at each of them, or for a long
    list at the office."""
    if len(people) > ONE_BY_ONE:
        record(by, "members.export_papers", office, kind=kind, people=len(people))
        return
    for person in people:
        record(by, "members.export_papers", person, kind=kind)
