"""Clubs, union days and other things that come again and again; each meeting is an Activity."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from activities.choices import Field, Rhythm, SeriesKind, Weekday, field_label
from activities.rules import rhythm_text
from members.models import Member
from unionoffice.models import OptionalText


class Series(models.Model):
    """社团、工会活动日、定期训练: from `start` until `end`, when it was given up."""

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("哪一种", max_length=12, choices=SeriesKind)
    field = models.CharField("板块", max_length=20, default=Field.CULTURE)
    leader = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="负责人"
    )
    rhythm = models.CharField("多久一次", max_length=12, choices=Rhythm, blank=True)
    weekday = models.PositiveSmallIntegerField("星期几", choices=Weekday, null=True, blank=True)
    from_time = models.TimeField("几点开始", null=True, blank=True)
    to_time = models.TimeField("几点结束", null=True, blank=True)
    place = OptionalText("地点", max_length=60)
    purpose = models.TextField("说明", blank=True)
    start = models.DateField("哪天成立")
    end = models.DateField("哪天停办", null=True, blank=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="series_has_name",
                violation_error_message="写上名称，例如羽毛球社。",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SeriesKind.values), name="series_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="series_span",
                violation_error_message="停办的日子早于成立的日子，对调一下。",
            ),
            models.CheckConstraint(
                condition=Q(to_time__isnull=True)
                | Q(from_time__isnull=False, to_time__gt=F("from_time")),
                name="series_times",
                violation_error_message="几点结束要晚于几点开始。",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("activities:series_detail", args=[self.pk])

    @property
    def field_label(self) -> str:
        return field_label(self.field)

    @property
    def when_text(self) -> str:
        """双周五 16:20–17:00; "" where it has no rhythm."""
        words = rhythm_text(self.rhythm, self.weekday) if self.rhythm else ""
        if self.from_time:
            words += f" {self.from_time:%H:%M}"
        if self.to_time:
            words += f"–{self.to_time:%H:%M}"
        return words.strip()


class SeriesMember(models.Model):
    """Who belongs to a club, from when to when."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    start = models.DateField("哪天参加")
    end = models.DateField("哪天退出", null=True, blank=True)

    class Meta:
        ordering = ["series", "start", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "member"],
                condition=Q(end__isnull=True),
                name="series_member_once",
                violation_error_message="这个人已经在里面。",
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="series_member_span"
            ),
        ]

    def __str__(self):
        return f"{self.member} {self.series}"
