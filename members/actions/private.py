"""Private fields: turned on with a reason, kept sealed, every look on record.

The values themselves never stand in the audit chain.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from members.choices import PrivateField
from members.importers import without_private
from members.models import KeptField, Member, PrivateValue, RosterImport, User
from members.private import clean_value, has_key, make_key, seal, unseal
from members.queries.person import left_members
from unionoffice.audit import record
from unionoffice.errors import RuleBroken

BATCH = 400


@transaction.atomic
def keep_field(*, field: str, reason: str, by: User) -> KeptField:
    """From now on `field` may be stored, for `reason`. Makes the key with the first one.

    Raises RuleBroken when it is kept already, or when values are there whose key is gone.
    """
    label = PrivateField(field).label
    if KeptField.objects.filter(field=field).exists():
        raise RuleBroken(f"{label}已经开着了。")
    if not has_key() and PrivateValue.objects.exists():
        raise RuleBroken("已经记下的打不开，密钥文件不在了。先把它放回去，或者把开着的几项都关掉。")
    make_key()
    kept = KeptField.objects.create(field=field, reason=reason, turned_on_by=by)
    record(by, "members.keep_field", kept, field=field, reason=reason)
    return kept


@transaction.atomic
def drop_field(*, kept: KeptField, by: User) -> int:
    """Turn a private field off and delete what was stored of it; gives how many values went."""
    kept = KeptField.objects.select_for_update().get(pk=kept.pk)
    count = _delete(PrivateValue.objects.filter(field=kept.field), forget=kept.field)
    record(by, "members.drop_field", kept, field=kept.field, reason=kept.reason, deleted=count)
    kept.delete()
    return count


@transaction.atomic
def drop_of_left(*, kept: KeptField, by: User) -> int:
    """Delete what is stored of those who are 会员 no more (PIPL §47); gives how many values went."""
    values = PrivateValue.objects.filter(field=kept.field)
    count = _delete(values.filter(member__in=left_members().values("pk")))
    if count:
        record(by, "members.drop_private_of_left", kept, field=kept.field, deleted=count)
    return count


def _delete(values: QuerySet[PrivateValue], forget: str = "") -> int:
    """Also what imports keep of the values, to land them (all of the field `forget`) or to take them
    back; gives how many there were."""
    gone = set(values.values_list("pk", flat=True))
    for roster_import in RosterImport.objects.select_for_update():
        old = roster_import.landed.get("changed", {}).get("privatevalue", [])
        rest = [each for each in old if each[0] not in gone]
        waits = any(forget in row.get("private", {}) for row in roster_import.reading["accepted"])
        if len(rest) < len(old):
            roster_import.landed["changed"]["privatevalue"] = rest
        if waits:
            roster_import.reading = without_private(roster_import.reading, [forget])
        if waits or len(rest) < len(old):
            roster_import.save(update_fields=["reading", "landed"])
    values.delete()
    return len(gone)


@transaction.atomic
def change_private(*, member: Member, values: dict[str, str], by: User) -> list[str]:
    """Store the values of one person ("" deletes one); gives the fields that changed.

    Raises RuleBroken for a field that is not kept, or a value that can't be one.
    """
    _refuse_unkept(values)
    stored = {row.field: row for row in member.private_values.select_for_update()}
    changed = [
        field
        for field, text in values.items()
        if _put(member, field, clean_value(field, text), stored.get(field))
    ]
    if changed:
        record(by, "members.change_private", member, fields=changed)
    return changed


def _put(member: Member, field: str, value: str, row: PrivateValue | None) -> bool:
    """Whether something changed."""
    if row and not value:
        row.delete()
        return True
    if not value or (row and unseal(row.sealed) == value):
        return False
    row = row or PrivateValue(member=member, field=field)
    row.sealed = seal(value)
    row.save()
    return True


@transaction.atomic
def look_at_private(*, member: Member, field: str, by: User) -> str:
    """The value, with the trace that `by` looked at it. Raises RuleBroken when there is none."""
    row = member.private_values.filter(field=field).first()
    if row is None:
        raise RuleBroken(f"没有记{member}的{PrivateField(field).label}。")
    value = unseal(row.sealed)
    record(by, "members.view_private", member, field=field)
    return value


def _refuse_unkept(fields: Iterable[str]) -> None:
    kept = set(KeptField.objects.values_list("field", flat=True))
    for field in fields:
        if field not in kept:
            raise RuleBroken(f"没有开{PrivateField(field).label}这一项，主席或管理员开了才能记。")
