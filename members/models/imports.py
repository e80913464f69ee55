"""A roster that was handed in: kept from its preview on, so that it can be confirmed and undone."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse

from members.choices import ImportState


class RosterImport(models.Model):
    """One roster file. `reading` is what was read, `choices` what the office decided about its
    rows, `landed` which rows it made or changed."""

    file_name = models.CharField("文件名", max_length=120)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.PREVIEWED)
    reading = models.JSONField(encoder=DjangoJSONEncoder)
    choices = models.JSONField(default=dict)
    landed = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-read_at"]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("members:roster_import_detail", args=[self.pk])
