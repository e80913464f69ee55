"""Writes of the shared floor: the office's identity and the files that belong to records."""

import hashlib
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.db import models, transaction

from unionoffice.audit import changed_fields, record
from unionoffice.errors import FileRefused, RuleBroken
from unionoffice.images import without_location
from unionoffice.models import Attachment, Office
from unionoffice.uploads import FileKind, file_kind

Files = Iterable[tuple[str, bytes]]  # name and content, as fields.FilesField gives them
ATTACHMENT_KINDS = frozenset(FileKind) - {FileKind.TEXT}
IMAGE_KINDS = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})


@transaction.atomic
def set_up_office(*, office: Office) -> Office:
    """Save the office for the first time. Raises RuleBroken when there is one already."""
    if Office.objects.exists():
        raise RuleBroken("工会办公室已经设置过了，名称可以在设置里改。")
    office.pk = 1
    office.save(force_insert=True)
    return office


@transaction.atomic
def change_office(*, office: Office, by) -> Office:
    old = Office.objects.select_for_update().get(pk=office.pk)
    fields = ["school_name", "short_name", "kind", "union_name", "higher_union_name"]
    changes = changed_fields(office, old, fields)
    if changes:
        office.save(update_fields=list(changes))
        record(by, "unionoffice.change_office", office, **changes)
    return office


@transaction.atomic
def attach_file(*, owner: models.Model, name: str, content: bytes, by) -> Attachment:
    """Keep a file with `owner`. Photos are re-encoded without the place they were taken at.

    Raises FileRefused when the content is none of ATTACHMENT_KINDS or too large.
    """
    kind = file_kind(name, content, ATTACHMENT_KINDS)
    if kind in IMAGE_KINDS:
        content = without_location(name, content, kind)
    attachment = Attachment(
        owner_type=owner._meta.label_lower,
        owner_id=owner.pk,
        kind=kind,
        name=name[-120:],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_by=by,
    )
    attachment.file.save(name, ContentFile(content), save=True)
    record(by, "unionoffice.attach_file", owner, name=name, sha256=attachment.sha256)
    return attachment


@transaction.atomic
def attach_files(*, owner: models.Model, files: Files, by) -> list[Attachment]:
    """Keep all the files or none. Raises FileRefused with one sentence for each refused file;
    those already on the disk are then taken off again."""
    kept, refusals = [], []
    for name, content in files:
        try:
            kept.append(attach_file(owner=owner, name=name, content=content, by=by))
        except FileRefused as refusal:
            refusals.append(str(refusal))
    if refusals:
        for attachment in kept:
            attachment.file.delete(save=False)
        raise FileRefused(*refusals)
    return kept
