"""What stands beside an activity of some kinds: study, check, stages of a competition."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from activities import rules
from activities.models import Activity, Check, ContestStage, Study
from unionoffice.actions import Files, attach_files
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken

COLUMNS = {
    Study: ("form", "topic", "teacher", "courses", "hours", "papers", "result"),
    Check: ("checked_by", "scope", "problems", "mended_on", "result"),
    ContestStage: ("level", "day", "host", "team", "result", "awarded"),
}


@dataclass(frozen=True)
class Details:
    """What a form gives beside the activity: rows to keep, each with the fields that the form left
    as they were, and rows that go."""

    rows: tuple[tuple[Model, frozenset[str]], ...] = ()
    gone: tuple[Model, ...] = ()


NOTHING_BESIDE = Details()


def keep_details(activity: Activity, details: Details) -> dict:
    """Save them; gives what changed, for the caller's entry in the audit chain. Raises RuleBroken
    for what can't be."""
    changes = {}
    for row, untouched in details.rows:
        _check_beside(row, activity)
        name = f"{row._meta.model_name}{row.pk or ''}"
        row.activity = activity
        if changed := _kept(row, untouched):
            changes[name if name not in changes else f"{name}_{row.pk}"] = changed
    for row in details.gone:
        changes[f"{row._meta.model_name}{row.pk}"] = [_values(row), None]
        row.delete()
    return changes


def _check_beside(row: Model, activity: Activity) -> None:
    if isinstance(row, Study):
        rules.check_courses(row.courses)
        rules.check_study_hours(row.hours)
        rules.check_papers(row.papers)
    elif isinstance(row, Check):
        rules.check_mended(activity.day, row.mended_on, timezone.localdate())


def _kept(row: Model, untouched: Collection[str]) -> dict | list:
    if row.pk is None:
        row.save()
        return [None, _values(row)]
    old = type(row).objects.select_for_update().get(pk=row.pk)
    changed = changed_fields(row, old, set(COLUMNS[type(row)]).difference(untouched))
    if changed:
        row.save(update_fields=list(changed))
    return changed


def _values(row: Model) -> dict:
    return {name: row.serializable_value(name) for name in COLUMNS[type(row)]}


@transaction.atomic
def mend_check(*, activity: Activity, day: date | None, by) -> None:
    """What the check found was put right on `day`; None takes that back. Raises RuleBroken."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    rules.check_standing(activity.title, voided=activity.voided_at is not None)
    check = Check.objects.filter(activity=activity).first()
    if check is None or not check.problems:
        raise RuleBroken(f"“{activity}”没有记发现的问题，没有要整改的。")
    rules.check_mended(activity.day, day, timezone.localdate())
    old, check.mended_on = check.mended_on, day
    check.save(update_fields=["mended_on"])
    record(by, "activities.mend_check", activity, mended_on=[old, day])


@transaction.atomic
def attach_documents(*, activity: Activity, files: Files, label: str, by) -> None:
    """Keep more files with the activity, and what they are."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    rules.check_standing(activity.title, voided=activity.voided_at is not None)
    attach_files(owner=activity, files=files, by=by, label=label)
