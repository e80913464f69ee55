"""Photos that arrive in pieces. What has arrived lies beside the database, outside of what a backup
takes: it still tells where the photo was taken. The photo gets the primary key of its upload, so a
piece that is sent twice never makes two."""

import os
import time
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from activities.actions.photos import add_photos, drop_removed_photos
from activities.models import Activity, Photo, PhotoUpload
from activities.rules import check_standing
from activities.rules import photos as rules
from unionoffice.errors import FileRefused, RuleBroken
from unionoffice.ready_photos import ENOUGH_TO_KNOW, check_photo_size, photo_kind, ready_photo

NO_ROOM = "照片存不下，服务器的磁盘可能满了。告诉管电脑的老师，腾出地方以后选同样的照片接着传。"


class NoSuchUpload(RuleBroken):
    """Swept meanwhile, or somebody else's."""


def arriving_dir() -> Path:
    return Path(settings.DATA_DIR, "arriving")


def _file_of(pk: UUID) -> Path:
    return arriving_dir() / f"{pk.hex}.part"


@transaction.atomic
def start_upload(*, activity: Activity, name: str, size: int, fingerprint: str, by) -> PhotoUpload:
    """The upload of a photo that the phone calls by `fingerprint`: a new one, or the one that
    stopped half-way. Sweeps what was left behind. Raises RuleBroken."""
    check_standing(activity.title, voided=activity.voided_at is not None)
    name = "".join(sign for sign in name if sign.isprintable())[-rules.LONGEST_NAME :] or "照片"
    check_photo_size(name, size)
    rules.check_fingerprint(fingerprint)
    Activity.objects.select_for_update().get(pk=activity.pk)
    mine = PhotoUpload.objects.filter(started_by=by)
    upload = mine.filter(activity=activity, fingerprint=fingerprint, size=size).first()
    if upload and _goes_on(upload):
        return upload
    mine.filter(activity=activity, fingerprint=fingerprint).delete()
    sweep_photos()
    rules.check_room(Photo.objects.filter(activity=activity).standing().count())
    rules.check_arriving(mine.filter(received__lt=F("size")).count())
    return PhotoUpload.objects.create(
        activity=activity, name=name, size=size, fingerprint=fingerprint, started_by=by
    )


def _goes_on(upload: PhotoUpload) -> bool:
    """Whether the upload is finished or its pieces are all there still: a restored backup, for one,
    has none of them. It starts anew where the photo was taken away."""
    photo = Photo.objects.filter(pk=upload.pk).first()
    if photo:
        return photo.removed_at is None
    file = _file_of(upload.pk)
    return (file.stat().st_size if file.exists() else 0) >= upload.received


def is_finished(upload: PhotoUpload) -> bool:
    return upload.received == upload.size and Photo.objects.filter(pk=upload.pk).exists()


def receive_piece(*, pk: UUID, offset: int, piece: bytes, by) -> tuple[PhotoUpload, Photo | None]:
    """take_piece, then finish_upload behind the last one. What turns out to be no photo is
    forgotten."""
    try:
        upload = take_piece(pk=pk, offset=offset, piece=piece, by=by)
    except FileRefused:
        forget_upload(pk=pk, by=by)
        raise
    if upload.received < upload.size:
        return upload, None
    return upload, finish_upload(upload=upload, by=by)


@transaction.atomic
def take_piece(*, pk: UUID, offset: int, piece: bytes, by) -> PhotoUpload:
    """Put the next piece behind what is there. Raises NoSuchUpload, OutOfStep, RuleBroken."""
    upload = PhotoUpload.objects.select_for_update(of=("self",)).select_related("activity")
    upload = upload.filter(pk=pk, started_by=by).first()
    if upload is None:
        raise NoSuchUpload(rules.NO_SUCH_UPLOAD)
    check_standing(upload.activity.title, voided=upload.activity.voided_at is not None)
    rules.check_piece(offset=offset, length=len(piece), received=upload.received, size=upload.size)
    if offset == 0 and len(piece) >= ENOUGH_TO_KNOW:
        photo_kind(upload.name, piece)
    if piece:
        _write(_file_of(pk), offset, piece)
        upload.received += len(piece)
        upload.save(update_fields=["received"])
    return upload


def _write(path: Path, offset: int, piece: bytes) -> None:
    """At its place, whatever an earlier attempt left there."""
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        number = os.open(path, os.O_WRONLY | os.O_CREAT, settings.FILE_UPLOAD_PERMISSIONS)
        with os.fdopen(number, "wb") as file:
            file.seek(offset)
            file.write(piece)
    except OSError as error:
        raise RuleBroken(NO_ROOM) from error


def finish_upload(*, upload: PhotoUpload, by) -> Photo | None:
    """The whole photo, decoded while no transaction is open; None when the activity has the same
    one already. Raises RuleBroken when it is none, and forgets the upload."""
    if photo := Photo.objects.filter(pk=upload.pk).first():
        return photo
    try:
        ready = ready_photo(upload.name, _content_of(upload))
    except FileRefused:
        forget_upload(pk=upload.pk, by=by)
        raise
    return _land(upload, ready, by)


def _content_of(upload: PhotoUpload) -> bytes:
    path = _file_of(upload.pk)
    content = path.read_bytes() if path.exists() else b""
    if len(content) < upload.size:
        raise FileRefused(rules.NO_SUCH_UPLOAD)
    return content[: upload.size]


@transaction.atomic
def _land(upload: PhotoUpload, ready, by) -> Photo | None:
    """Two that finish the same upload at once take turns; the second finds the photo."""
    Activity.objects.select_for_update().get(pk=upload.activity_id)
    if photo := Photo.objects.filter(pk=upload.pk).first():
        return photo
    transaction.on_commit(partial(_file_of(upload.pk).unlink, missing_ok=True), robust=True)
    kept = add_photos(activity=upload.activity, photos=[ready], by=by, pk=upload.pk)
    if not kept:
        upload.delete()
    return kept[0] if kept else None


@transaction.atomic
def forget_upload(*, pk: UUID, by) -> None:
    """The row and, once that is certain, the file with what has arrived; nothing of another one's."""
    gone, _ = PhotoUpload.objects.filter(pk=pk, started_by=by).delete()
    if gone:
        transaction.on_commit(partial(_file_of(pk).unlink, missing_ok=True), robust=True)


@transaction.atomic
def sweep_photos() -> tuple[int, int]:
    """Forget what stopped half-way, and delete for good what was taken away, more than a day ago;
    gives how many of each."""
    old = PhotoUpload.objects.filter(started_at__lt=timezone.now() - rules.KEPT)
    stopped = old.filter(received__lt=F("size")).count()
    old.delete()
    transaction.on_commit(_sweep_pieces, robust=True)
    return stopped, drop_removed_photos()


def _sweep_pieces() -> None:
    """Files that nobody has added to for a day, whether or not an upload knows them."""
    before = time.time() - rules.KEPT.total_seconds()
    for path in arriving_dir().glob("*.part"):
        try:
            if path.stat().st_mtime < before:
                path.unlink()
        except FileNotFoundError:  # another one sweeps, too
            continue
