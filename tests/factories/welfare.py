"""Visits for tests."""

from datetime import date
from decimal import Decimal

from members.models import Member
from tests.factories.members import make_member
from welfare import actions
from welfare.models import Visit

IN_MARCH = date(2026, 3, 12)


def make_visit(member: Member | None = None, *, by=None, visitors=None, **values) -> Visit:
    """生病住院, 600 元, on 12 March 2026. `voided="…"` voids it with that reason."""
    voided = values.pop("voided", "")
    fields = {"kind": "illness", "day": IN_MARCH, "money": Decimal(600)} | values
    if "person_name" not in fields:
        fields["member"] = member or make_member()
    visit = actions.record_visit(visit=Visit(**fields), visitors=visitors or [make_member()], by=by)
    return actions.void_visit(visit=visit, reason=voided, by=by) if voided else visit
