"""The union's own rules: written down, changed, abolished, restored."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from members.models import Regulation, User
from unionoffice.actions import Files, attach_files
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date
from unionoffice.repeats import refuse_repeat

FIELDS = ("title", "adopted_by", "document_number", "start", "end", "text")


@transaction.atomic
def add_regulation(*, regulation: Regulation, by: User | None, files: Files = ()) -> Regulation:
    """Raises RuleBroken for the same one sent twice."""
    refuse_repeat(regulation, act="members.add_regulation", by=by, same=FIELDS, what="一项制度")
    regulation.save()
    record(by, "members.add_regulation", regulation, start=regulation.start)
    attach_files(owner=regulation, files=files, by=by)  # last: the disk does not roll back
    return regulation


@transaction.atomic
def update_regulation(
    *, regulation: Regulation, by: User, untouched: Collection[str] = (), files: Files = ()
) -> Regulation:
    """Save what a form changed. Raises RuleBroken when the days do not fit together any more."""
    old = _locked(regulation)
    changes = changed_fields(regulation, old, [f for f in FIELDS if f not in untouched])
    start = regulation.start if "start" in changes else old.start
    end = regulation.end if "end" in changes else old.end
    if end and end < start:
        raise RuleBroken(f"已经写着到{chinese_date(end)}为止，施行的日期要早于这一天。")
    if changes:
        regulation.save(update_fields=list(changes))
        record(by, "members.update_regulation", regulation, **changes)
    attach_files(owner=regulation, files=files, by=by)  # last: the disk does not roll back
    return regulation


@transaction.atomic
def abolish_regulation(*, regulation: Regulation, last_day: date, by: User) -> Regulation:
    """In force until `last_day`; the lists of the days before still show it."""
    regulation = _locked(regulation)
    if regulation.end:
        raise RuleBroken(f"这项制度已经写着到{chinese_date(regulation.end)}为止，不用再废止。")
    if last_day < regulation.start:
        raise RuleBroken(f"它从{chinese_date(regulation.start)}起施行，最后一天不能早于这一天。")
    regulation.end = last_day
    regulation.save(update_fields=["end"])
    record(by, "members.abolish_regulation", regulation, end=last_day)
    return regulation


@transaction.atomic
def restore_regulation(*, regulation: Regulation, by: User) -> Regulation:
    """As if it had never been abolished."""
    regulation = _locked(regulation)
    if not regulation.end:
        raise RuleBroken("这项制度没有废止，不用恢复。")
    end, regulation.end = regulation.end, None
    regulation.save(update_fields=["end"])
    record(by, "members.restore_regulation", regulation, end=[end, None])
    return regulation


def _locked(regulation: Regulation) -> Regulation:
    return Regulation.objects.select_for_update().get(pk=regulation.pk)
