"""Every write to the photos of an activity. Each stands in the chain under the photo itself."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from activities.models import Activity, Photo
from activities.rules import check_standing
from activities.rules import photos as rules
from unionoffice.audit import changed_fields, record
from unionoffice.errors import RuleBroken
from unionoffice.ready_photos import ReadyPhoto


@transaction.atomic
def add_photos(
    *, activity: Activity, photos: Iterable[ReadyPhoto], by, pk: UUID | None = None
) -> list[Photo]:
    """Keep the photos behind those that are there, all or none; what the activity has already is
    left out. `pk` is for a single one that came in pieces. Raises RuleBroken."""
    activity = _locked(activity.pk)
    there = Photo.objects.filter(activity=activity)
    known = set(there.standing().values_list("sha256", flat=True))
    fresh = {photo.sha256: photo for photo in photos if photo.sha256 not in known}
    rules.check_room(len(known), len(fresh))
    last = there.aggregate(last=Max("order"))["last"]
    first_free = 0 if last is None else last + 1
    kept: list[Photo] = []
    try:
        for order, ready in enumerate(fresh.values(), start=first_free):
            kept.append(_new_photo(activity, ready, order, by, pk))
            _keep(kept[-1], ready)
    except BaseException:
        for photo in kept:
            _delete_files(photo)
        raise
    return kept


def _new_photo(activity: Activity, ready: ReadyPhoto, order: int, by, pk: UUID | None) -> Photo:
    return Photo(
        id=pk or uuid4(),
        activity=activity,
        order=order,
        kind=ready.kind,
        width=ready.picture.width,
        height=ready.picture.height,
        size=len(ready.picture.content),
        sha256=ready.sha256,
        added_by=by,
    )


def _keep(photo: Photo, ready: ReadyPhoto) -> None:
    photo.image.save("", ContentFile(ready.picture.content, ready.name), save=False)
    photo.small.save("", ContentFile(ready.picture.small, ready.name), save=False)
    photo.save(force_insert=True)
    record(photo.added_by, "activities.add_photo", photo, name=ready.name, sha256=photo.sha256)


def _delete_files(photo: Photo) -> None:
    for file in (photo.image, photo.small):
        if file:
            file.delete(save=False)


@transaction.atomic
def update_photo(*, photo: Photo, by) -> Photo:
    """Save the caption."""
    old = _standing(photo)
    changes = changed_fields(photo, old, ["caption"])
    if changes:
        photo.save(update_fields=["caption"])
        record(by, "activities.update_photo", photo, **changes)
    return photo


@transaction.atomic
def choose_cover(*, photo: Photo, by) -> Photo:
    """The photo that stands for the activity; the one before it no longer does."""
    photo = _standing(photo)
    if not photo.is_cover:
        Photo.objects.filter(activity=photo.activity, is_cover=True).update(is_cover=False)
        photo.is_cover = True
        photo.save(update_fields=["is_cover"])
        record(by, "activities.choose_cover", photo)
    return photo


@transaction.atomic
def move_photo(*, photo: Photo, to: str, by) -> Photo:
    """`to`: first, earlier, later, last."""
    photo = _standing(photo)
    row = list(Photo.objects.filter(activity=photo.activity).standing())
    places = [each.order for each in row]
    keys = rules.moved([each.pk for each in row], photo.pk, to)
    order = dict(zip(keys, places, strict=True))
    changed = [each for each in row if each.order != order[each.pk]]
    for each in changed:
        each.order = order[each.pk]
    Photo.objects.bulk_update(changed, ["order"])
    if changed:
        record(by, "activities.move_photo", photo, order=[photo.order, order[photo.pk]])
    return photo


@transaction.atomic
def remove_photo(*, photo: Photo, reason: str, by) -> Photo:
    """Out of every page at once; for good, with its files, a day later (sweep_photos)."""
    photo = _standing(photo)
    if not reason:
        raise RuleBroken("写上为什么去掉，例如：本人不愿意放。")
    photo.removed_at, photo.remove_reason, photo.is_cover = timezone.now(), reason, False
    photo.save(update_fields=["removed_at", "remove_reason", "is_cover"])
    record(by, "activities.remove_photo", photo, reason=reason)
    return photo


@transaction.atomic
def restore_photo(*, photo: Photo, by) -> Photo:
    """Back where it stood, unless the same one was sent again since."""
    activity = _locked(photo.activity_id)
    photo = Photo.objects.select_for_update().get(pk=photo.pk)
    photo.activity = activity
    rules.check_removed(removed=photo.removed_at is not None)
    there = Photo.objects.filter(activity=activity).standing()
    if there.filter(sha256=photo.sha256).exists():
        raise RuleBroken(rules.ALREADY_THERE)
    rules.check_room(there.count())
    photo.removed_at, photo.remove_reason = None, ""
    photo.save(update_fields=["removed_at", "remove_reason"])
    record(by, "activities.restore_photo", photo)
    return photo


@transaction.atomic
def drop_removed_photos() -> int:
    """Delete for good, with their files, those that were taken away more than a day ago."""
    gone = Photo.objects.filter(removed_at__lt=timezone.now() - rules.KEPT)
    photos = list(gone.select_related("activity"))
    for photo in photos:
        record(None, "activities.drop_photo", photo, reason=photo.remove_reason)
        transaction.on_commit(partial(_delete_files, photo), robust=True)
    gone.filter(pk__in=[photo.pk for photo in photos]).delete()
    return len(photos)


@transaction.atomic
def note_photos_export(*, activity: Activity, photos: int, by) -> None:
    record(by, "activities.export_photos", activity, told=f"{photos} 张")


@transaction.atomic
def note_booklet(*, about: Model, photos: int, by) -> None:
    """`about`: the activity that the booklet is of, else the office."""
    record(by, "activities.export_booklet", about, told=f"{photos} 张照片")


def _locked(pk: int) -> Activity:
    """The activity, so that two who change its photos at once take turns."""
    activity = Activity.objects.select_for_update().get(pk=pk)
    check_standing(activity.title, voided=activity.voided_at is not None)
    return activity


def _standing(photo: Photo) -> Photo:
    """The photo as it is stored, its activity locked. Raises RuleBroken when it was removed."""
    activity = _locked(photo.activity_id)
    stored = Photo.objects.select_for_update().get(pk=photo.pk)
    if stored.removed_at:
        raise RuleBroken("这张照片刚刚被去掉了。")
    stored.activity = activity
    return stored
