"""慰问: who was visited, why, and what was given."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from members.models import Member
from unionoffice.models import PrecisionField
from unionoffice.periods import Period
from welfare.choices import Relation, VisitKind, VisitState


class VisitQuerySet(models.QuerySet):
    def done(self):
        """What counts in every figure: all but the voided."""
        return self.filter(state=VisitState.RECORDED)

    def in_period(self, period: Period):
        return self.filter(day__range=(period.start, period.end))


class Visit(models.Model):
    """One visit to one person. Never deleted: a mistaken one is voided with its reason."""

    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="慰问谁"
    )
    person_name = models.CharField("名册外的人", max_length=40, blank=True)
    kind = models.CharField("为了什么", max_length=20, choices=VisitKind)
    relation = models.CharField("是谁的事", max_length=20, choices=Relation, default=Relation.SELF)
    day = models.DateField("哪天去的")
    day_precision = PrecisionField("日期精确到")
    place = models.CharField("在哪里", max_length=60, blank=True)
    visitors = models.ManyToManyField(Member, related_name="visits_made", verbose_name="谁去的")
    money = models.DecimalField("慰问金", max_digits=10, decimal_places=2, default=Decimal(0))
    goods = models.CharField("慰问品", max_length=100, blank=True)
    goods_value = models.DecimalField("折价", max_digits=10, decimal_places=2, default=Decimal(0))
    reason = models.TextField("病情、情况", max_length=500, blank=True)
    state = models.CharField(max_length=20, choices=VisitState, default=VisitState.RECORDED)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["-day", "-id"], name="visit_order"),
            models.Index(fields=["member", "day"], name="visit_of_member"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(money__gte=0),
                name="visit_money_not_negative",
                violation_error_message="慰问金不能小于 0，没给钱就留空。",
            ),
            models.CheckConstraint(
                condition=Q(goods_value__gte=0),
                name="visit_goods_value_not_negative",
                violation_error_message="慰问品的折价不能小于 0，不清楚就留空。",
            ),
            models.CheckConstraint(
                condition=Q(goods_value=0) | ~Q(goods=""),
                name="visit_value_has_goods",
                violation_error_message="写了折价，还要写是什么慰问品。",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, person_name="")
                | Q(member__isnull=True) & ~Q(person_name=""),
                name="visit_one_person",
                violation_error_message="慰问谁只写一处：名册里的会员，或名册外的人。",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=VisitKind.values),
                name="visit_kind_known",
                violation_error_message="没有这种慰问事由，重新选一个。",
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.RECORDED, void_reason="")
                | Q(state=VisitState.VOIDED) & ~Q(void_reason=""),
                name="visit_void_has_reason",
                violation_error_message="作废要写明原因。",
            ),
        ]

    def __str__(self):
        """Names nobody: the audit list shows it to people who may not see visits."""
        return f"慰问记录 {self.pk}"

    def get_absolute_url(self):
        return reverse("welfare:visit_detail", args=[self.pk])

    @property
    def person(self) -> str:
        return self.member.name if self.member_id else self.person_name

    @property
    def voided(self) -> bool:
        return self.state == VisitState.VOIDED
