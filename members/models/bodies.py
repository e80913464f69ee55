"""领导小组、工作小组: who stands in which, from when to when."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from members.choices import SeatRole
from members.models.history import Dated
from members.models.people import Member
from unionoffice.models import OptionalText


class WorkingGroup(models.Model):
    """A body that was set up for one task beside the committees. A dissolved one stays."""

    name = models.CharField("名称", max_length=60)
    duty = models.TextField("职责", blank=True)
    document_number = OptionalText("哪份文件成立的", max_length=60)
    start = models.DateField("哪天成立")
    end = models.DateField("撤销前的最后一天", null=True, blank=True)

    class Meta:
        ordering = ["-start", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="working_group_has_name",
                violation_error_message="写上名称，例如：师德建设工作领导小组。",
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="working_group_span",
                violation_error_message="撤销的日期早于成立的日期，对调一下。",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(end__isnull=True),
                name="working_group_one_open",
                violation_error_message="已经有同名的小组，换一个名称，或者先撤销那一个。",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("members:working_group_detail", args=[self.pk])


class WorkingGroupSeat(Dated):
    working_group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="seats")
    member = models.ForeignKey(Member, models.PROTECT, related_name="seats", verbose_name="谁")
    role = models.CharField("做什么", max_length=10, choices=SeatRole, default=SeatRole.MEMBER)

    class Meta(Dated.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(start__isnull=True) | Q(end__gte=F("start")),
                name="working_group_seat_span",
                violation_error_message="结束日期早于开始日期，对调一下。",
            ),
            models.UniqueConstraint(
                fields=["working_group", "member"],
                condition=Q(end__isnull=True),
                name="working_group_seat_once",
                violation_error_message="这个人已经在里面了。",
            ),
        ]

    @property
    def word(self) -> str:
        return f"{self.working_group}{self.get_role_display()}"
