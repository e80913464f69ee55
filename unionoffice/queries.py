"""Reads of the shared floor."""

from collections.abc import Iterable

from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import import_string

from unionoffice.acts import ABOUT_PEOPLE
from unionoffice.models import AuditEntry, Office

# Kinds of records whose names are not for every reader of the audit list: the query of those that
# a user may see, and what stands for the others.
CONFIDENTIAL = {"congress.motion": ("congress.queries.motions_visible_to", "提案（草稿）")}

EVERYONE_SEEN = "members.queries.with_whole_roster"  # whether a user sees the whole roster


def current_office() -> Office | None:
    """The office, or None before the first-run page was filled in."""
    return Office.objects.filter(pk=1).first()


def audit_entries() -> QuerySet[AuditEntry]:
    return AuditEntry.objects.all()


def named_for(user, entries: Iterable[AuditEntry]) -> list[tuple[AuditEntry, str]]:
    """Each entry with the name of its record, as far as that is for `user` to read."""
    entries = list(entries)
    hidden = {kind: _hidden(kind, user, entries) for kind in CONFIDENTIAL}
    return [
        (
            entry,
            CONFIDENTIAL[entry.target_type][1]
            if entry.target_id in hidden.get(entry.target_type, ())
            else entry.target_name,
        )
        for entry in entries
    ]


def _hidden(kind: str, user, entries: list[AuditEntry]) -> set[str]:
    keys = {entry.target_id for entry in entries if entry.target_type == kind}
    if not keys:
        return set()
    visible = import_string(CONFIDENTIAL[kind][0])(user).filter(pk__in=keys).order_by()
    return keys - set(map(str, visible.values_list("pk", flat=True)))


def log_of(record: Model) -> QuerySet[AuditEntry]:
    """What was done to the record, the newest first."""
    return audit_entries().filter(target_type=record._meta.label_lower, target_id=str(record.pk))


def log_for(user, record: Model) -> QuerySet[AuditEntry]:
    """The log on the page of the record, as far as it is for `user` to read: a leader sees the
    people of the own group, so neither who signed up nor who else was recommended stands there."""
    entries = log_of(record)
    if import_string(EVERYONE_SEEN)(user):
        return entries
    return entries.filter(~Q(act__in=ABOUT_PEOPLE) | Q(actor=user.pk))
