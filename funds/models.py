"""The union's money: what a group may spend in a year by itself."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from funds.choices import YearKind
from members.models import UnionGroup
from unionoffice.periods import Period, PeriodKind


class AllotmentQuerySet(models.QuerySet):
    def standing(self):
        """Those that count: not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def touching(self, period: Period):
        """Those whose year has a day in common with the period."""
        return self.filter(start__lte=period.end, end__gte=period.start)


class Allotment(models.Model):
    """额度: the money of a group for a year. What was spent of it stands in the activities. One
    that was set by mistake is withdrawn with its reason, never deleted."""

    group = models.ForeignKey(
        UnionGroup, models.PROTECT, related_name="allotments", verbose_name="工会小组"
    )
    kind = models.CharField("哪一种年", max_length=20, choices=YearKind)
    start = models.DateField("第一天")
    end = models.DateField("最后一天")
    amount = models.DecimalField("额度", max_digits=10, decimal_places=2)
    note = models.CharField("说明", max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = models.CharField("撤回的原因", max_length=200, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField(auto_now_add=True)

    objects = AllotmentQuerySet.as_manager()

    class Meta:
        ordering = ["-start", "group__order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="allotment_amount_positive",
                violation_error_message="额度要大于 0；不给了就撤回。",
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="allotment_span",
                violation_error_message="最后一天早于第一天，对调一下。",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=YearKind.values),
                name="allotment_kind_known",
                violation_error_message="额度只按自然年或学年定。",
            ),
            models.UniqueConstraint(
                fields=["group", "start"],
                condition=Q(withdrawn_at__isnull=True),
                name="allotment_one_a_year",
                violation_error_message="这个小组这一年已有额度，打开它改。",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdraw_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason=""),
                name="allotment_withdraw_reason",
                violation_error_message="撤回要写原因。",
            ),
        ]

    def __str__(self):
        return f"{self.group}{self.period.label}经费"

    def get_absolute_url(self):
        return reverse("funds:allotment_detail", args=[self.pk])

    @property
    def period(self) -> Period:
        return Period(PeriodKind(self.kind), self.start, self.end)
