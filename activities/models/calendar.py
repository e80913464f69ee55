"""Days off, school terms, and the secret addresses that phones fetch the calendar from."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from activities.choices import DayKind


class CalendarDay(models.Model):
    """A day off or a working day instead, as the yearly notice of the State Council says. What a
    festival's law says of itself can't be reckoned ahead: 调休 is published each year."""

    day = models.DateField("日期", unique=True)
    kind = models.CharField("安排", max_length=10, choices=DayKind)
    name = models.CharField("节日", max_length=20)
    source = models.CharField("依据", max_length=60, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DayKind.values), name="calendar_day_kind_known"
            )
        ]

    def __str__(self):
        return f"{self.day} {self.name}{self.get_kind_display()}"


class Semester(models.Model):
    """学期 as this school holds it: week 1 is the week, Monday to Sunday, of the first day."""

    first_day = models.DateField("开学第一天", unique=True)
    last_day = models.DateField("最后一天")
    name = models.CharField("学期", max_length=30)

    class Meta:
        ordering = ["-first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gt=F("first_day")),
                name="semester_span",
                violation_error_message="学期的最后一天早于第一天，对调一下。",
            )
        ]

    def __str__(self):
        return self.name


class CalendarFeed(models.Model):
    """A user's calendar address. Only the hash of its secret is stored; `revoked_at` ends it.
    `fetches`: how often it was fetched in the hour that began at `used_at`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)
    fetches = models.PositiveSmallIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(revoked_at__isnull=True),
                name="calendar_feed_one_open",
            )
        ]

    def __str__(self):
        return f"{self.user} {self.made_at:%Y-%m-%d}"
