"""Every write to the visits, and the trace of every look at them."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from members.models import Member, User
from unionoffice.actions import Files, attach_files
from unionoffice.audit import changed_fields, record
from unionoffice.models import AuditEntry, Office
from unionoffice.undo import UNDO_REASON, check_undo, may_undo
from welfare import rules
from welfare.choices import VisitState
from welfare.models import Visit
from welfare.queries import in_reach

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
    "reason",
)

SAME_VISIT = ("member", "person_name", "kind", "relation", "day", "money", "goods", "goods_value")


@transaction.atomic
def record_visit(
    *, visit: Visit, visitors: Iterable[Member], by: User | None, files: Files = ()
) -> Visit:
    """Save a visit that was paid, with its files.

    Raises RuleBroken for a day to come, a person out of reach, or the same visit sent twice.
    """
    _check(visit, by)
    if by:
        _refuse_repeat(visit, by)
    visit.recorded_by = by
    visit.save()
    visit.visitors.set(visitors)
    record(by, "welfare.record_visit", visit, money=visit.money)
    attach_files(owner=visit, files=files, by=by)
    return visit


def _refuse_repeat(visit: Visit, by: User) -> None:
    """A form that was sent twice arrives twice; the recorder's row makes the second one wait."""
    User.objects.select_for_update().get(pk=by.pk)
    same = {field: getattr(visit, field) for field in SAME_VISIT}
    since = timezone.now() - rules.REPEAT_WITHIN
    twin = Visit.objects.done().filter(recorded_by=by, recorded_at__gte=since, **same)
    rules.check_not_repeated(repeated=twin.exists())


@transaction.atomic
def update_visit(
    *,
    visit: Visit,
    visitors: Iterable[Member],
    by: User,
    untouched: Collection[str] = (),
    files: Files = (),
) -> Visit:
    """Save what a form changed, not the `untouched` fields that another form may have changed.

    The trace says that the circumstances changed, not what they are.
    """
    old = Visit.objects.select_for_update().get(pk=visit.pk)
    rules.check_not_voided(old)
    _check(visit, by)
    changes = changed_fields(visit, old, [name for name in FIELDS if name not in untouched])
    visit.save(update_fields=list(changes))
    if "reason" in changes:
        changes["reason"] = "改过"
    if "visitors" not in untouched:
        changes |= _changed_visitors(visit, visitors)
    if changes:
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
    rules.check_reach(in_reach=by is None or in_reach(by, visit))


@transaction.atomic
def void_visit(*, visit: Visit, reason: str, by: User) -> Visit:
    """Take a visit out of every figure. The row stays, with the reason."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    rules.check_not_voided(visit)
    rules.check_void_reason(reason)
    return _take_out(visit, reason.strip(), by, "welfare.void_visit")


@transaction.atomic
def undo_visit(*, visit: Visit, by: User) -> Visit:
    """Take out what `by` recorded a moment ago, if nobody changed it since. Raises RuleBroken."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    rules.check_not_voided(visit)
    check_undo(visit, act="welfare.record_visit", by=by)
    return _take_out(visit, UNDO_REASON, by, "welfare.undo_visit")


def may_undo_visit(*, visit: Visit, by: User) -> bool:
    """Whether `undo_visit` would go through: what the page of the visit offers."""
    return not visit.voided and may_undo(visit, act="welfare.record_visit", by=by)


def _take_out(visit: Visit, reason: str, by: User, act: str) -> Visit:
    visit.state, visit.void_reason = VisitState.VOIDED, reason
    visit.save(update_fields=["state", "void_reason"])
    record(by, act, visit, reason=reason)
    return visit


def note_look(*, visit: Visit, by: User) -> AuditEntry:
    """Leave the trace that `by` opened the visit, its circumstances included."""
    return record(by, "welfare.view_visit", visit)


def note_list(*, office: Office, by: User, act: str, filters: dict, rows: int) -> AuditEntry:
    """Leave the trace that `by` looked through ("view") or took away ("export") `rows` visits.

    `filters`: name -> value, of the filters that were set. Whom one searched for is not kept.
    """
    return record(by, f"welfare.{act}_visits", office, filters=filters, rows=rows)


def note_earlier(*, office: Office, by: User, member: Member, rows: int) -> None:
    """Leave the trace that the form showed `by` the earlier visits to a member: once, though the
    form asks for them again with every field that is filled."""
    filters = {"member": member.pk}
    last = AuditEntry.objects.filter(actor=by).first()
    today = last and timezone.localdate(last.at) == timezone.localdate()
    if not today or last.changes.get("filters") != filters:
        note_list(office=office, by=by, act="view", filters=filters, rows=rows)
