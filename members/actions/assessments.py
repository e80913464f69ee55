"""考核: recorded, changed, voided, taken away."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from members.choices import AssessmentOf
from members.models import Assessment, User
from members.queries.assessments import recorded_of
from members.rules import assessments as rules
from unionoffice.actions import Files, attach_files
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.queries import current_office
from unionoffice.undo import UNDO_REASON, UNDO_WITHIN, check_undo

ADD, IMPORT = "members.add_assessment", "members.import_assessments"
FIELDS = ("topic", "period_code", "items", "result", "assessed_on", "assessed_by")


@transaction.atomic
def add_assessment(*, assessment: Assessment, by: User | None, files: Files = ()) -> Assessment:
    """Raises RuleBroken for a day that can't be."""
    _check_day(assessment)
    _check_once([assessment])
    assessment.recorded_by = by
    assessment.save()
    record(by, ADD, assessment, result=assessment.result)
    attach_files(owner=assessment, files=files, by=by)  # last: the disk does not roll back
    return assessment


@transaction.atomic
def update_assessment(
    *, assessment: Assessment, by: User, untouched: Collection[str] = (), files: Files = ()
) -> Assessment:
    """Save what a form changed; whose it is stays. Raises RuleBroken once it is voided, and where
    that one has another of the same kind in the period."""
    old = Assessment.objects.select_for_update().get(pk=assessment.pk)
    rules.check_standing(str(old), voided=old.voided_at is not None)
    _check_day(assessment)
    changes = changed_fields(assessment, old, set(FIELDS).difference(untouched))
    if changes.keys() & {"topic", "period_code"}:
        _check_once([assessment])
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
    return _taken_out(assessment, reason, by, "members.void_assessment")


@transaction.atomic
def undo_assessment(*, assessment: Assessment, by: User) -> Assessment:
    """Take out what `by` recorded a moment ago."""
    assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    rules.check_standing(str(assessment), voided=assessment.voided_at is not None)
    check_undo(assessment, act=ADD, by=by)
    return _taken_out(assessment, UNDO_REASON, by, "members.undo_assessment")


def _taken_out(assessment: Assessment, reason: str, by: User, act: str) -> Assessment:
    assessment.voided_at, assessment.void_reason = timezone.now(), reason
    assessment.save(update_fields=["voided_at", "void_reason"])
    record(by, act, assessment, reason=reason)
    return assessment


@transaction.atomic
def note_assessments_export(*, rows: int, by: User) -> None:
    """Leave the trace that `by` took the list away."""
    record(by, "members.export_assessments", current_office(), rows=rows)


# ------------------------------------------------------------------ from a file
@transaction.atomic
def import_assessments(*, assessments: Collection[Assessment], by: User) -> AuditEntry:
    """Those of many people at once, all of them or none. Gives the entry by which they are taken
    back."""
    if not assessments:
        raise RuleBroken("这份文件里没有能导入的行。")
    for assessment in assessments:
        _check_day(assessment)
        assessment.recorded_by = by
    _check_once(assessments)
    rows = Assessment.objects.bulk_create(assessments)
    told = {"assessments": [row.pk for row in rows], "rows": len(rows)}
    return record(by, IMPORT, rows[0], **told)


@transaction.atomic
def undo_import(*, entry: AuditEntry, by: User) -> int:
    """Take back what `by` landed a moment ago, as a whole. Gives how many there were."""
    keys = entry.changes["assessments"]
    if entry.actor_id != by.pk or timezone.now() - entry.at > UNDO_WITHIN:
        minutes = UNDO_WITHIN.seconds // 60
        raise RuleBroken(f"只有导入的人自己在 {minutes} 分钟里能撤回；错的一条条作废。")
    rows = Assessment.objects.select_for_update().filter(pk__in=keys, voided_at=None)
    touched = AuditEntry.objects.filter(
        target_type=Assessment._meta.label_lower,
        target_id__in=[str(key) for key in keys],
        number__gt=entry.number,
    )
    if len(rows) != len(keys) or touched.exists():
        raise RuleBroken("导入以后改过里面的考核，不能整份撤回了；错的一条条作废。")
    record(by, "members.undo_assessment_import", rows[0], rows=len(keys), entry=entry.number)
    rows.update(voided_at=timezone.now(), void_reason=UNDO_REASON)
    return len(keys)


def _check_once(assessments: Collection[Assessment]) -> None:
    """Nobody has two of one kind in one period."""
    people = [one for one in assessments if one.of == AssessmentOf.PERSON]
    if people:
        first = people[0]
        keys = [one.member_id for one in people]
        had = recorded_of(keys, first.topic, first.period_code, but=first.pk)
        names = [str(one.member) for one in people if one.member_id in had]
        rules.check_new_person(names, first.topic)


def _check_day(assessment: Assessment) -> None:
    start = assessment.period.start
    rules.check_day(assessment.assessed_on, start, timezone.localdate())
