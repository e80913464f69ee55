"""Reads of the shared floor."""

from django.db.models import Model, QuerySet

from unionoffice.models import AuditEntry, Office


def current_office() -> Office | None:
    """The office, or None before the first-run page was filled in."""
    return Office.objects.filter(pk=1).first()


def audit_entries() -> QuerySet[AuditEntry]:
    return AuditEntry.objects.all()


def log_of(record: Model) -> QuerySet[AuditEntry]:
    """What was done to the record, the newest first."""
    return audit_entries().filter(target_type=record._meta.label_lower, target_id=str(record.pk))
