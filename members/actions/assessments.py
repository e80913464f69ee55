"""考核: recorded, changed, voided, taken away."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from members.models import Assessment, User
from members.rules import assessments as rules
from unionoffice.actions import Files, attach_files
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.queries import current_office

FIELDS = ("period_code", "items", "result", "assessed_on", "assessed_by")


@transaction.atomic
def add_assessment(*, assessment: Assessment, by: User | None, files: Files = ()) -> Assessment:
    """Raises RuleBroken for a day that can't be."""
    _check_day(assessment)
    assessment.recorded_by = by
    assessment.save()
    record(by, "members.add_assessment", assessment, result=assessment.result)
    attach_files(owner=assessment, files=files, by=by)  # last: the disk does not roll back
    return assessment


@transaction.atomic
def update_assessment(
    *, assessment: Assessment, by: User, untouched: Collection[str] = (), files: Files = ()
) -> Assessment:
    """Save what a form changed; whose it is stays. Raises RuleBroken once it is voided."""
    old = Assessment.objects.select_for_update().get(pk=assessment.pk)
    rules.check_standing(str(old), voided=old.voided_at is not None)
    _check_day(assessment)
    changes = changed_fields(assessment, old, set(FIELDS).difference(untouched))
    if changes:
        assessment.save(update_fields=list(changes))
        record(by, "members.update_assessment", assessment, **changes)
    attach_files(owner=assessment, files=files, by=by)
    return assessment


@transaction.atomic
def void_assessment(*, assessment: Assessment, reason: str, by: User) -> Assessment:
    """It stays readable for those who keep them and stands on no list."""
    assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    rules.check_standing(str(assessment), voided=assessment.voided_at is not None)
    if not reason:
        raise RuleBroken("作废要写原因，例如：记到别的小组了。")
    assessment.voided_at, assessment.void_reason = timezone.now(), reason
    assessment.save(update_fields=["voided_at", "void_reason"])
    record(by, "members.void_assessment", assessment, reason=reason)
    return assessment


@transaction.atomic
def note_assessments_export(*, rows: int, by: User) -> None:
    """Leave the trace that `by` took the list away."""
    record(by, "members.export_assessments", current_office(), rows=rows)


def _check_day(assessment: Assessment) -> None:
    start = assessment.period.start
    rules.check_day(assessment.assessed_on, start, timezone.localdate())
