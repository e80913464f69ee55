"""Every write to the office's own fields of work. Records store a field's name, so a new name is
written into all of them at once."""

from datetime import date

from django.db import transaction

from activities.models import Activity, OwnField, PlanItem, Series
from unionoffice.audit import record
from unionoffice.errors import RuleBroken

HOLDERS = (PlanItem, Activity, Series)


@transaction.atomic
def add_field(*, field: OwnField, by) -> OwnField:
    field.save()
    record(by, "activities.add_field", field)
    return field


@transaction.atomic
def rename_field(*, field: OwnField, name: str, by) -> OwnField:
    """The records that have it are renamed with it."""
    field = OwnField.objects.select_for_update().get(pk=field.pk)
    old = field.name
    if old == name:
        return field
    field.name = name
    field.save(update_fields=["name"])
    moved = {model._meta.model_name: model.objects.filter(field=old) for model in HOLDERS}
    counts = {key: rows.update(field=name) for key, rows in moved.items()}
    record(by, "activities.rename_field", field, name=[old, name], **counts)
    return field


@transaction.atomic
def close_field(*, field: OwnField, on: date, by) -> OwnField:
    """Not offered any more from `on`; what has it keeps it."""
    field = OwnField.objects.select_for_update().get(pk=field.pk)
    if field.closed_on:
        raise RuleBroken(f"“{field}”已经停用了。")
    field.closed_on = on
    field.save(update_fields=["closed_on"])
    record(by, "activities.close_field", field, closed_on=on)
    return field


@transaction.atomic
def reopen_field(*, field: OwnField, by) -> OwnField:
    field = OwnField.objects.select_for_update().get(pk=field.pk)
    if not field.closed_on:
        raise RuleBroken(f"“{field}”正在用。")
    field.closed_on = None
    field.save(update_fields=["closed_on"])
    record(by, "activities.reopen_field", field)
    return field


@transaction.atomic
def drop_field(*, field: OwnField, by) -> None:
    """Only one that no record has."""
    field = OwnField.objects.select_for_update().get(pk=field.pk)
    if any(model.objects.filter(field=field.name).exists() for model in HOLDERS):
        raise RuleBroken(f"“{field}”已经有事项或活动在用，不能删；不想再用就停用它。")
    record(by, "activities.drop_field", field)
    field.delete()
