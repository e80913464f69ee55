"""Taking a landed import back: first whether that is still possible, then every row as it was."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models

from members.actions.bulk import BATCH
from members.models import (
    Department,
    DepartmentAssignment,
    Employment,
    GroupAssignment,
    Member,
    Membership,
    PrivateValue,
    UnionGroup,
)
from members.queries.hanging import referrers
from unionoffice.acts import LOOKS
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry

NAMES_SHOWN = 3
# what an import writes about people, each row of which is one person's
OWNED = (Membership, Employment, GroupAssignment, DepartmentAssignment, PrivateValue)
OWNERS = (Member, UnionGroup, Department)  # what an import makes and others may refer to


def refuse_if_used(landed: dict) -> None:
    """Raises RuleBroken when someone of the import was changed since, or something it made is
    used by a record that it did not make."""
    changed = _changed_since(landed)
    if changed:
        raise RuleBroken(
            f"导入以后改过{_names(Member, changed)}的资料，整批撤回会丢掉这些改动，不能撤回。"
        )
    for owner in OWNERS:
        used = _used(owner, landed)
        if used:
            raise RuleBroken(f"{_names(owner, used)}已经用在别的记录里，不能整批撤回。")


def take_back(landed: dict) -> None:
    for keys in _batches(_made(landed, Member)):
        Member.objects.filter(pk__in=keys).delete()  # their other rows go with them
    for model in (*OWNED, UnionGroup, Department):
        for keys in _batches(_made(landed, model)):
            model.objects.filter(pk__in=keys).delete()
    for name, rows in landed["removed"].items():
        model = apps.get_model("members", name)
        model.objects.bulk_create(_filled(model(), row) for row in rows)
    for name, rows in landed["changed"].items():
        _restore(apps.get_model("members", name), dict(rows))


def _restore(model: type[models.Model], old: dict[int, dict]) -> None:
    rows = [row for keys in _batches(old) for row in model.objects.filter(pk__in=keys)]
    fields = sorted({field for values in old.values() for field in values})
    for row in rows:
        _filled(row, old[row.pk])
    model.objects.bulk_update(rows, fields, batch_size=BATCH)


def _filled(row: models.Model, values: dict) -> models.Model:
    """`row` with column values as JSON kept them."""
    columns = {field.attname: field for field in row._meta.concrete_fields}
    for column, value in values.items():
        setattr(row, column, columns[column].to_python(value))
    return row


def _made(landed: dict, model: type[models.Model]) -> list[int]:
    return landed["made"].get(model._meta.model_name, [])


def _touched(landed: dict) -> set[int]:
    """Everyone whom the import made or changed in any way."""
    people = {*_made(landed, Member), *(pk for pk, _ in landed["changed"].get("member", []))}
    for model in OWNED:
        name = model._meta.model_name
        people |= {row["member_id"] for row in landed["removed"].get(name, [])}
        keys = [*_made(landed, model), *(pk for pk, _ in landed["changed"].get(name, []))]
        for batch in _batches(keys):
            people |= set(model.objects.filter(pk__in=batch).values_list("member", flat=True))
    return people


def _changed_since(landed: dict) -> set[int]:
    """Every change of a person leaves an entry in the audit chain; looks leave one too."""
    entries = AuditEntry.objects.filter(
        number__gt=landed["audit"], act__startswith="members.", target_type="members.member"
    ).exclude(act__in=LOOKS)
    return {int(pk) for pk in entries.values_list("target_id", flat=True)} & _touched(landed)


def _used(owner: type[models.Model], landed: dict) -> set[int]:
    """Those made by the import to which any row refers that the import did not make itself."""
    people = _touched(landed)
    used = set()
    for model, column in referrers(owner):
        person = "member_id" if model in OWNED else "pk"
        own = people if model in OWNED else ()
        for keys in _batches(_made(landed, owner)):
            rows = model.objects.filter(**{f"{column}__in": keys}).values_list(person, column)
            used |= {pk for who, pk in rows if who not in own}
    return used


def _names(model: type[models.Model], keys: set[int]) -> str:
    first = model.objects.filter(pk__in=sorted(keys)[:NAMES_SHOWN])
    names = "、".join(sorted(row.name for row in first))
    return f"{names}等 {len(keys)} 项" if len(keys) > NAMES_SHOWN else names


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    keys = list(keys)
    for first in range(0, len(keys), BATCH):
        yield keys[first : first + BATCH]
