"""Photos of an activity, and those still on their way from a phone."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from activities.models.activities import Activity
from unionoffice.models import OptionalText


def photo_path(photo: "Photo", name: str) -> str:
    return f"photos/{photo.pk.hex[:2]}/{photo.pk.hex}.{photo.kind}"


def thumbnail_path(photo: "Photo", name: str) -> str:
    return f"photos/{photo.pk.hex[:2]}/{photo.pk.hex}-small.{photo.kind}"


class PhotoQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not taken away."""
        return self.filter(removed_at__isnull=True)


class Photo(models.Model):
    """照片: upright, shrunk, without the place it was taken at; `small` is what pages load. One that
    is taken away can come back for a day, then it is gone with its files."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="photos")
    order = models.PositiveSmallIntegerField(default=0)
    caption = models.CharField("说明", max_length=60, blank=True)
    is_cover = models.BooleanField("封面", default=False)
    kind = models.CharField(max_length=10)
    image = models.FileField(upload_to=photo_path, max_length=120)
    small = models.FileField(upload_to=thumbnail_path, max_length=120)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()  # bytes of the image
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    remove_reason = OptionalText("为什么去掉", max_length=200)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["activity", "order", "added_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity"], condition=Q(is_cover=True), name="photo_one_cover"
            ),
            models.UniqueConstraint(
                fields=["activity", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="photo_once",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, remove_reason="")
                | Q(removed_at__isnull=False, is_cover=False) & ~Q(remove_reason=""),
                name="photo_removed_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.activity} 照片{self.order + 1}"

    def get_absolute_url(self):
        return reverse("activities:photo_detail", args=[self.pk])


class PhotoUpload(models.Model):
    """A photo that arrives in pieces: `received` of `size` bytes lie in its file so far."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=80)  # the phone's own: name, size, last change
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received__lte=F("size")), name="photo_upload_received"
            ),
            models.UniqueConstraint(
                fields=["activity", "started_by", "fingerprint"], name="photo_upload_once"
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.received}/{self.size}"
