"""Everything dated about one person as it stands, and putting it back exactly as it was."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from members.models import (
    Application,
    Candidate,
    DepartmentAssignment,
    Employment,
    GroupAssignment,
    Member,
    Membership,
    OfficeHolding,
    User,
)

WHOLE = (Membership, Employment, GroupAssignment, DepartmentAssignment, OfficeHolding)
# rows that a move changes in part, and never makes or removes
IN_PART = {
    Application: ("id", "state", "decided_by_id", "decided_at", "answer"),
    User: ("id", "is_active", "locked_because"),
    Candidate: ("id", "holding_id"),
}
Snapshot = dict[str, list[dict]]


def snapshot(member: Member) -> Snapshot:
    """Table -> rows, as JSON keeps them."""
    return {model._meta.model_name: _rows(model, member) for model in (*WHOLE, *IN_PART)}


def difference(before: Snapshot, after: Snapshot) -> dict[str, list]:
    """Table -> [rows before, rows after], of the tables that differ."""
    return {name: [before[name], after[name]] for name in before if before[name] != after[name]}


def is_now(after: Snapshot, member: Member) -> bool:
    """Whether the tables that `after` names still say what it says."""
    now = snapshot(member)
    return all(now[name] == rows for name, rows in after.items())


def put_back(before: Snapshot, member: Member) -> None:
    """Make the tables that `before` names say again what it says, and nothing else."""
    for model in (*WHOLE, *IN_PART):
        if model._meta.model_name in before:
            _put_back(model, member, before[model._meta.model_name])


def _put_back(model: type[models.Model], member: Member, wanted: list[dict]) -> None:
    """What was made goes first: at most one row may be open."""
    keys = [row["id"] for row in wanted]
    if model in WHOLE:
        model.objects.filter(member=member).exclude(pk__in=keys).delete()
    now = {row["id"]: row for row in _rows(model, member)}
    for row in wanted:
        changed = {column: row[column] for column in row if row[column] != _held(now, row, column)}
        values = {
            column: model._meta.get_field(column).to_python(value)
            for column, value in changed.items()
        }
        if row["id"] in now:
            if values:
                model.objects.filter(pk=row["id"]).update(**values)
        else:
            model.objects.create(**values)


def _held(now: dict[int, dict], row: dict, column: str):
    """What the column holds now; something that nothing equals where the row is gone."""
    return now[row["id"]][column] if row["id"] in now else object()


def _rows(model: type[models.Model], member: Member) -> list[dict]:
    columns = IN_PART.get(model) or [field.attname for field in model._meta.concrete_fields]
    rows = model.objects.filter(member=member).order_by("pk").values(*columns)
    return json.loads(json.dumps(list(rows), cls=DjangoJSONEncoder))
