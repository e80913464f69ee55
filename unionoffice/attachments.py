"""Who may see a file: whoever may see the record it belongs to. The apps answer, by name."""

from django.db.models import Model
from django.utils.module_loading import import_string

from unionoffice.models import Attachment

# owner -> (the permission for its kind of record, the query of those that a user may see)
OWNERS = {
    "activities.activity": (
        "activities.view_activities",
        "activities.queries.activities_visible_to",
    ),
    "welfare.visit": ("welfare.view_visits", "welfare.queries.visits_visible_to"),
    "congress.motion": ("congress.view_motions", "congress.queries.motions_visible_to"),
    "congress.notice": ("congress.view_notices", "congress.queries.notices_visible_to"),
}


def attachments_of(record: Model):
    return Attachment.objects.filter(owner_type=record._meta.label_lower, owner_id=record.pk)


def owner_if_visible(attachment: Attachment, user) -> Model | None:
    """The record that the file belongs to, if `user` may see it; None otherwise."""
    permission, query = OWNERS[attachment.owner_type]
    if not user.has_perm(permission):
        return None
    return import_string(query)(user).filter(pk=attachment.owner_id).first()
