"""Every write to the visits, and the trace of every look at them."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from members.models import Member, User
from unionoffice.actions import Files, attach_files
from unionoffice.audit import changed_fields, record
from unionoffice.models import AuditEntry, Office
from welfare import rules
from welfare.choices import VisitState
from welfare.models import Visit
from welfare.queries import sees_everyone

FIELDS = (
    "member",
    "person_name",
    "kind",
    "relation",
    "day",
    "day_precision",
    "place",
    "money",
    "goods",
    "goods_value",
)


@transaction.atomic
def record_visit(
    *, visit: Visit, visitors: Iterable[Member], by: User | None, files: Files = ()
) -> Visit:
    """Save a visit that was paid, with its files (name, content).

    Raises RuleBroken for a day to come or a person out of reach, FileRefused for files.
    """
    _check(visit, by)
    visit.recorded_by = by
    visit.save()
    visit.visitors.set(visitors)
    record(by, "welfare.record_visit", visit, kind=visit.kind, money=visit.money)
    attach_files(owner=visit, files=files, by=by)
    return visit


@transaction.atomic
def update_visit(*, visit: Visit, visitors: Iterable[Member], by: User, files: Files = ()) -> Visit:
    """Save what a form filled. The trace says that the circumstances changed, not what they are."""
    old = Visit.objects.select_for_update().get(pk=visit.pk)
    rules.check_not_voided(old)
    _check(visit, by)
    changes = changed_fields(visit, old, FIELDS)
    if visit.reason != old.reason:
        changes["reason"] = "改过"
    changes |= _changed_visitors(visit, visitors)
    if changes:
        visit.save()
        record(by, "welfare.update_visit", visit, **changes)
    attach_files(owner=visit, files=files, by=by)
    return visit


def _changed_visitors(visit: Visit, visitors: Iterable[Member]) -> dict[str, list]:
    before, after = set(visit.visitors.all()), set(visitors)
    if before == after:
        return {}
    visit.visitors.set(after)
    return {"visitors": [sorted(map(str, before)), sorted(map(str, after))]}


def _check(visit: Visit, by: User | None) -> None:
    rules.check_day(visit.day, timezone.localdate())
    rules.check_person(visit, sees_everyone=by is None or sees_everyone(by))


@transaction.atomic
def void_visit(*, visit: Visit, reason: str, by: User) -> Visit:
    """Take a visit out of every figure. The row stays, with the reason."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    rules.check_not_voided(visit)
    rules.check_void_reason(reason)
    visit.state, visit.void_reason = VisitState.VOIDED, reason.strip()
    visit.save(update_fields=["state", "void_reason"])
    record(by, "welfare.void_visit", visit, reason=visit.void_reason)
    return visit


def note_look(*, visit: Visit, by: User) -> AuditEntry:
    """Leave the trace that `by` opened the visit, its circumstances included."""
    return record(by, "welfare.view_visit", visit)


def note_list(*, office: Office, by: User, act: str, filters: dict, rows: int) -> AuditEntry:
    """Leave the trace that `by` looked through ("view") or took away ("export") `rows` visits."""
    return record(by, f"welfare.{act}_visits", office, filters=filters, rows=rows)
