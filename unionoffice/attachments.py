"""Who may see a file: whoever may see the record it belongs to; a sheet of names only who sees the
names. The apps answer, by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.utils.module_loading import import_string

from unionoffice.models import Attachment


@dataclass(frozen=True)
class Owner:
    """A kind of record with files: the permission to see such records, the query of those that a
    user may see, the action that leaves a trace of the look where each look leaves one, and, where
    a file may be a sheet of names, whether a user sees all the names of the record."""

    permission: str
    query: str
    note_look: str = ""
    sees_names: str = ""


SHEET = "签到"  # in the label of a file that is a sheet of names

OWNERS = {
    "activities.activity": Owner(
        "activities.view_activities",
        "activities.queries.activities_visible_to",
        sees_names="activities.queries.series.sees_all_names",
    ),
    "activities.honour": Owner(
        "activities.view_honours", "activities.queries.honours.honours_visible_to"
    ),
    "activities.place": Owner(
        "activities.view_places", "activities.queries.places.places_visible_to"
    ),
    "members.regulation": Owner(
        "members.view_regulations", "members.queries.regulations_visible_to"
    ),
    "members.workinggroup": Owner(
        "members.view_organisation", "members.queries.bodies.working_groups_visible_to"
    ),
    "members.assessment": Owner(
        "members.view_assessments", "members.queries.assessments.assessments_visible_to"
    ),
    "members.correction": Owner(
        "members.view_own_profile",
        "members.queries.corrections.corrections_visible_to",
        "members.actions.note_correction_look",
    ),
    "welfare.visit": Owner(
        "welfare.view_visits", "welfare.queries.visits_visible_to", "welfare.actions.note_look"
    ),
    "members.election": Owner("members.view_elections", "members.queries.elections_visible_to"),
    "members.application": Owner(
        "members.move_members",
        "members.queries.membership.applications_visible_to",
        "members.actions.note_application_look",
    ),
    "congress.motion": Owner("congress.view_motions", "congress.queries.motions_visible_to"),
    "congress.notice": Owner("congress.view_notices", "congress.queries.notices_visible_to"),
}


def attachments_of(record: Model):
    return Attachment.objects.filter(owner_type=record._meta.label_lower, owner_id=record.pk)


def attachments_for(user, record: Model) -> list[Attachment]:
    """Those that the user, who sees the record, may open."""
    files = list(attachments_of(record))
    if any(SHEET in file.label for file in files) and not _sees_names(user, record):
        return [file for file in files if SHEET not in file.label]
    return files


def _sees_names(user, record: Model) -> bool:
    rule = OWNERS[record._meta.label_lower].sees_names
    return not rule or import_string(rule)(user, record)


def attachments_of_all(records: Iterable[Model]) -> dict[int, list[Attachment]]:
    """The files of several records of one kind, in one query: primary key -> files."""
    records = list(records)
    if not records:
        return {}
    kind = records[0]._meta.label_lower
    files: dict[int, list[Attachment]] = {}
    for file in Attachment.objects.filter(owner_type=kind, owner_id__in=[r.pk for r in records]):
        files.setdefault(file.owner_id, []).append(file)
    return files


def look_at(attachment: Attachment, user) -> Model | None:
    """The record that the file belongs to, if `user` may see it, with the trace that this kind of
    record asks for; None otherwise."""
    owner = OWNERS[attachment.owner_type]
    if not user.has_perm(owner.permission):
        return None
    record = import_string(owner.query)(user).filter(pk=attachment.owner_id).first()
    if record and SHEET in attachment.label and not _sees_names(user, record):
        return None
    if record and owner.note_look:
        import_string(owner.note_look)(**{record._meta.model_name: record, "by": user})
    return record
