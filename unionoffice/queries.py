"""Reads of the shared floor."""

from django.db.models import QuerySet

from unionoffice.models import AuditEntry, Office


def current_office() -> Office | None:
    """The office, or None before the first-run page was filled in."""
    return Office.objects.filter(pk=1).first()


def audit_entries() -> QuerySet[AuditEntry]:
    return AuditEntry.objects.all()
