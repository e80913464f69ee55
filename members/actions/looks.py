"""The trace of a look at what is stored about someone: once a day for each who looks."""

from members.models import Application, Correction, Member, User
from unionoffice.audit import record_daily


def note_look(*, member: Member, by: User) -> None:
    """`by` opened the whole entry. The own one is nobody else's business."""
    if member.pk != by.member_id:
        record_daily(by, "members.view_member", member)


def note_correction_look(*, correction: Correction, by: User) -> None:
    """`by` opened a proof that was sent with the correction."""
    _note_proof(correction, by)


def note_application_look(*, application: Application, by: User) -> None:
    """`by` opened a paper that was handed in with the application."""
    _note_proof(application, by)


def _note_proof(request: Correction | Application, by: User) -> None:
    if request.member_id != by.member_id:
        record_daily(by, "members.view_proof", request)
