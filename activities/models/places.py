"""职工之家 and the other places of the union, what stands there, and when they are used."""

from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from activities.choices import PlaceKind
from members.models import Member
from unionoffice.models import OptionalText


class Place(models.Model):
    """阵地: a room or a hall of the union."""

    name = models.CharField("名称", max_length=40, unique=True)
    kind = models.CharField("哪一种", max_length=10, choices=PlaceKind)
    location = OptionalText("在哪里", max_length=60)
    keeper = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="管理人"
    )
    hours = OptionalText("开放时间", max_length=60)
    seats = models.PositiveSmallIntegerField("能容多少人", null=True, blank=True)
    books = models.PositiveIntegerField("藏书", null=True, blank=True)  # 册
    opened_on = models.DateField("哪天启用", null=True, blank=True)
    closed_on = models.DateField("哪天停用", null=True, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="place_has_name",
                violation_error_message="写上名称，例如教工之家。",
            ),
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="place_kind_known"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="place_span",
                violation_error_message="停用的日子早于启用的日子，对调一下。",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("activities:place_detail", args=[self.pk])


class Asset(models.Model):
    """A thing of the union, or several of a kind: 乒乓球台 2 张."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="assets", verbose_name="放在哪里")
    name = models.CharField("名称", max_length=60)
    number = OptionalText("编号", max_length=40)
    quantity = models.PositiveIntegerField("数量", default=1)
    unit = OptionalText("单位", max_length=6)
    bought_on = models.DateField("哪天买的", null=True, blank=True)
    price = models.DecimalField(
        "一共多少钱", max_digits=10, decimal_places=2, null=True, blank=True
    )
    keeper = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保管人"
    )
    written_off_on = models.DateField("哪天报废", null=True, blank=True)
    write_off_reason = OptionalText("报废原因", max_length=100)
    note = models.CharField("备注", max_length=100, blank=True)

    class Meta:
        ordering = ["place", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="asset_quantity",
                violation_error_message="数量至少是 1。",
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0),
                name="asset_price",
                violation_error_message="价钱不能是负数。",
            ),
            models.CheckConstraint(
                condition=Q(written_off_on__isnull=True, write_off_reason="")
                | Q(written_off_on__isnull=False) & ~Q(write_off_reason=""),
                name="asset_write_off",
                violation_error_message="报废要写哪天和原因。",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Its line in the register, which everyone may see."""
        asked = {"q": self.name, "place": self.place_id}
        if self.written_off_on:
            asked["state"] = "written_off"
        return f"{reverse('activities:asset_list')}?{urlencode(asked)}"


class PlaceUse(models.Model):
    """使用登记: that a place was used beside the activities recorded there."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="uses")
    day = models.DateField("哪天")
    people = models.PositiveIntegerField("多少人", null=True, blank=True)
    what = models.CharField("做什么", max_length=60)
    who = OptionalText("谁用的", max_length=40)  # a group of the union, a club, some people
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-day", "-id"]

    def __str__(self):
        return f"{self.day} {self.what}"
