"""What members ask the office for: to join, and to have the own entry corrected."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse

from members.choices import REQUESTED, RequestState
from members.models.people import Member


class Asked(models.Model):
    """Waiting until the office decides; at most one of a kind waits for each person."""

    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.WAITING)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField("答复", max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ["-sent_at", "-id"]


class Application(Asked):
    """入会申请. The committee approves it; 会籍 counts from that day (中国工会章程)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="applications")
    applied_on = models.DateField("申请日期")
    reason = models.CharField("申请理由", max_length=300, blank=True)

    class Meta(Asked.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state=RequestState.WAITING),
                name="application_one_waits",
            )
        ]

    def __str__(self):
        return f"{self.member}的入会申请"

    def get_absolute_url(self):
        return reverse("members:application_detail", args=[self.pk])


class Correction(Asked):
    """What a person says of the own entry is wrong. `changes`: {field: [shown, right]} as text."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="corrections")
    changes = models.JSONField(encoder=DjangoJSONEncoder)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta(Asked.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state=RequestState.WAITING),
                name="correction_one_waits",
            )
        ]

    def __str__(self):
        return f"{self.member}的资料更正"

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """(field, shown, right) in the order of the entry: databases order JSON their own way."""
        order = [*(column.name for column in Member._meta.concrete_fields), *REQUESTED]
        return [(field, *self.changes[field]) for field in order if field in self.changes]

    @property
    def labels(self) -> list[str]:
        """What is to be corrected, in words."""
        columns = Member._meta.get_field
        return [REQUESTED.get(f) or str(columns(f).verbose_name) for f, *_ in self.lines]
