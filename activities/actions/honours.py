"""Every write to honours."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from activities.models import Honour
from activities.queries.honours import like_honours
from activities.rules import honours as rules
from members.models import User
from unionoffice.actions import Files, attach_files
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date
from unionoffice.queries import current_office
from unionoffice.undo import UNDO_REASON, check_undo

HONOUR_FIELDS = (
    "title",
    "level",
    "awarding_body",
    "day",
    "precision",
    "document_number",
    "holder",
    "member",
    "group",
    "team",
    "is_contest",
    "activity",
    "note",
)

SAID = frozenset({"title", "level", "day", "precision", "holder", "member", "group", "team"})


@transaction.atomic
def record_honours(
    *, honours: Sequence[Honour], by, files: Files = (), apart: bool = False
) -> list[Honour]:
    """One row for each holder, each with the files. Raises RuleBroken for a day that can't be and
    for what is recorded already; Twin for what may be, unless it is known to be `apart`. Then nothing
    is recorded."""
    User.objects.select_for_update().get(pk=by.pk)  # the same form sent twice comes one by one
    files = list(files)
    for honour in honours:
        _check(honour, apart=apart)
        honour.recorded_by = by
        honour.save()
        record(by, "activities.record_honour", honour, whose=honour.whose, day=honour.day)
        attach_files(owner=honour, files=files, by=by)
    return list(honours)


@transaction.atomic
def update_honour(
    *,
    honour: Honour,
    by,
    untouched: Collection[str] = (),
    files: Files = (),
    apart: bool = False,
) -> Honour:
    """Save what a form changed, not its `untouched` fields, and more files. `apart`: as in
    record_honours."""
    old = Honour.objects.select_for_update().get(pk=honour.pk)
    _check_standing(old)
    changes = changed_fields(honour, old, set(HONOUR_FIELDS).difference(untouched))
    _check(honour, apart=apart or not SAID.intersection(changes))
    if changes:
        honour.save(update_fields=list(changes))
        record(by, "activities.update_honour", honour, **changes)
    attach_files(owner=honour, files=files, by=by)
    return honour


@transaction.atomic
def void_honour(*, honour: Honour, reason: str, by) -> Honour:
    """The record stays readable for those who keep them, and counts nowhere."""
    honour = Honour.objects.select_for_update().get(pk=honour.pk)
    _check_standing(honour)
    if not reason:
        raise RuleBroken("作废要写原因，例如：记重了。")
    return take_out(honour, reason, by, "activities.void_honour")


@transaction.atomic
def undo_honours(*, honours: Collection[Honour], by) -> list[Honour]:
    """Take out what `by` recorded a moment ago, all of it or nothing. Raises RuleBroken."""
    keys = [honour.pk for honour in honours]
    rows = list(Honour.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    for honour in rows:
        _check_standing(honour)
        check_undo(honour, act="activities.record_honour", by=by)
        take_out(honour, UNDO_REASON, by, "activities.undo_honour")
    return rows


@transaction.atomic
def note_honours_export(*, rows: int, by) -> None:
    """Leave the trace that `by` took the list away."""
    record(by, "activities.export_honours", current_office(), rows=rows)


def take_out(honour: Honour, reason: str, by, act: str) -> Honour:
    """Inside a transaction of the caller's."""
    honour.voided_at, honour.void_reason = timezone.now(), reason
    honour.save(update_fields=["voided_at", "void_reason"])
    record(by, act, honour, reason=reason)
    return honour


def _check_standing(honour: Honour) -> None:
    rules.check_honour_standing(honour.title, voided=honour.voided_at is not None)


def _check(honour: Honour, *, apart: bool) -> None:
    rules.check_honour_day(honour.day, honour.precision, timezone.localdate())
    when = (honour.day, honour.precision)
    like = like_honours(honour)
    known = any((row.day, row.precision) == when for row in like)
    rules.check_new_honour(honour.whose, honour.title, known=known)
    if like and not apart:
        other = chinese_date(like[0].day, like[0].precision)
        rules.check_no_like_honour(honour.whose, honour.title, other)
