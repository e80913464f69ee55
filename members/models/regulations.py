"""制度: the rules that the union gave itself, in force from when to when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from members.choices import RegulationTab


class Regulation(models.Model):
    """A regulation with its text; its scan or file is attached. An abolished one stays."""

    title = models.CharField("名称", max_length=80)
    adopted_by = models.CharField("由谁通过", max_length=60, blank=True)
    document_number = models.CharField("文号", max_length=40, blank=True)
    start = models.DateField("从哪天起施行")
    end = models.DateField("废止前的最后一天", null=True, blank=True)
    text = models.TextField("正文", blank=True)

    class Meta:
        ordering = ["-start", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="regulation_span",
                violation_error_message="废止的日期早于施行的日期，对调一下。",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("members:regulation_detail", args=[self.pk])

    def standing(self, day: date) -> RegulationTab:
        if self.end and self.end < day:
            return RegulationTab.ABOLISHED
        return RegulationTab.IN_FORCE if self.start <= day else RegulationTab.TO_COME
