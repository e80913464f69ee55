"""盘点: what of a place's things was there on a day, one by one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from activities.choices import CountResult
from activities.models.places import Asset, Place
from unionoffice.models import OptionalText
from unionoffice.periods import Period, chinese_date


class StocktakeQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(voided_at__isnull=True)

    def in_period(self, period: Period):
        return self.filter(day__range=(period.start, period.end))


class Stocktake(models.Model):
    """One place looked through on one day. Never deleted: a mistaken one is voided."""

    place = models.ForeignKey(
        Place, models.PROTECT, related_name="stocktakes", verbose_name="哪一处"
    )
    day = models.DateField("哪天盘点")
    counted_by = models.CharField("谁盘点", max_length=60)
    note = OptionalText("说明", max_length=200)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = OptionalText("作废原因", max_length=200)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = StocktakeQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(counted_by=""),
                name="stocktake_has_person",
                violation_error_message="写上谁盘点的。",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | Q(voided_at__isnull=False) & ~Q(void_reason=""),
                name="stocktake_void_reason",
                violation_error_message="作废要写原因。",
            ),
        ]

    def __str__(self):
        return f"{self.place}{chinese_date(self.day)}盘点"

    def get_absolute_url(self):
        return reverse("activities:stocktake_detail", args=[self.pk])


class StockCount(models.Model):
    """One thing in it. `expected` is what the ledger said on that day."""

    stocktake = models.ForeignKey(Stocktake, models.CASCADE, related_name="counts")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="counts")
    expected = models.PositiveIntegerField("账上")
    counted = models.PositiveIntegerField("实有")
    result = models.CharField("结果", max_length=8, choices=CountResult)
    note = OptionalText("说明", max_length=100)

    class Meta:
        ordering = ["stocktake", "id"]
        constraints = [
            models.UniqueConstraint(fields=["stocktake", "asset"], name="stock_count_once"),
            models.CheckConstraint(
                condition=Q(result__in=CountResult.values), name="stock_count_result_known"
            ),
        ]

    def __str__(self):
        return f"{self.asset} {self.get_result_display()}"
