"""入会申请 for tests."""

from datetime import date

from members import actions
from members.models import Application, Member, User
from tests.factories.members import make_member

ASKED = date(2026, 9, 3)


def make_colleague(name: str = "", **values) -> Member:
    """Someone who works at the school and never was a 会员."""
    return make_member(name, status=None, employment="working", **values)


def make_application(member: Member | None = None, *, by: User, **values) -> Application:
    """Waiting, of 3 September 2026."""
    member = member or make_colleague()
    application = Application(member=member, **{"applied_on": ASKED} | values)
    return actions.apply(application=application, by=by)
