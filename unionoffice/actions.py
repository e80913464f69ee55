"""Writes of the shared floor: the office's identity and the files that belong to records."""

import hashlib
from collections.abc import Iterable
from functools import partial

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction

from unionoffice.attachments import attachments_of
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.models import Attachment, Office
from unionoffice.ready_files import ReadyFile

Files = Iterable[ReadyFile]  # as fields.FilesField gives them


@transaction.atomic
def set_up_office(*, office: Office) -> Office:
    """Save the office for the first time. Raises RuleBroken when there is one already."""
    already = RuleBroken("工会办公室已经设置过了，名称可以在设置里改。")
    if Office.objects.exists():
        raise already
    office.pk = 1
    try:
        with transaction.atomic():
            office.save(force_insert=True)
    except IntegrityError:  # another one was set up since
        raise already from None
    return office


@transaction.atomic
def change_office(*, office: Office, by) -> Office:
    old = Office.objects.select_for_update().get(pk=office.pk)
    fields = ["school_name", "short_name", "kind", "union_name", "higher_union_name"]
    fields += ["party_name", "birthday_passwords"]
    changes = changed_fields(office, old, fields)
    if changes:
        office.save(update_fields=list(changes))
        record(by, "unionoffice.change_office", office, **changes)
    return office


@transaction.atomic
def attach_files(*, owner: models.Model, files: Files, by, label: str = "") -> list[Attachment]:
    """Keep all the files with `owner`, or none: what was written is taken off the disk again.
    `label`: what they are, 通知 or 签到表."""
    kept: list[Attachment] = []
    try:
        for ready in files:
            kept.append(_new_attachment(owner, ready, by, label))
            _keep(kept[-1], ready, owner)
    except BaseException:
        for attachment in kept:
            attachment.file.delete(save=False)
        raise
    return kept


def _new_attachment(owner: models.Model, ready: ReadyFile, by, label: str) -> Attachment:
    return Attachment(
        owner_type=owner._meta.label_lower,
        owner_id=owner.pk,
        kind=ready.extension,
        name=ready.name,
        label=label,
        size=len(ready.content),
        sha256=hashlib.sha256(ready.content).hexdigest(),
        added_by=by,
    )


def _keep(attachment: Attachment, ready: ReadyFile, owner: models.Model) -> None:
    attachment.file.save(ready.name, ContentFile(ready.content), save=True)
    record(
        attachment.added_by,
        "unionoffice.attach_file",
        owner,
        name=attachment.name,
        sha256=attachment.sha256,
    )


@transaction.atomic
def label_file(*, attachment: Attachment, label: str, owner: models.Model, by) -> Attachment:
    """Say what the file is."""
    old = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if old.label != label:
        was, old.label = old.label, label
        old.save(update_fields=["label"])
        record(by, "unionoffice.label_file", owner, name=old.name, label=[was, label])
    return old


@transaction.atomic
def remove_file(*, attachment: Attachment, reason: str, owner: models.Model, by) -> None:
    """Take the file away from its record, for good: off the disk once that is certain. Its name and
    its checksum stay in the audit chain."""
    gone = Attachment.objects.select_for_update().get(pk=attachment.pk)
    told = {"name": gone.name, "sha256": gone.sha256, "reason": reason}
    record(by, "unionoffice.remove_file", owner, **told)
    transaction.on_commit(partial(gone.file.delete, save=False), robust=True)
    gone.delete()


@transaction.atomic
def drop_files(*, owner: models.Model) -> list[str]:
    """The files of a record that goes altogether: off the disk once that is certain. Gives their
    names, for the caller's entry in the audit chain."""
    gone = list(attachments_of(owner))
    for attachment in gone:
        attachment.delete()
        transaction.on_commit(partial(attachment.file.delete, save=False), robust=True)
    return [attachment.name for attachment in gone]


@transaction.atomic
def forget_logins() -> None:
    """Nobody is logged in by an old backup, nor locked out by wrong passwords of that time."""
    for model in (Session, AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.all().delete()
