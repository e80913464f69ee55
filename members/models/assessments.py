"""考核: how the union, a group, an officer or a colleague did in a period, as it was assessed."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from members.choices import AssessmentOf, OfficeName
from members.models.people import Member, UnionGroup
from members.rules.assessments import Item, items_from, only_score, total_score
from unionoffice.models import OptionalText
from unionoffice.periods import Period

RIGHT_SUBJECT = (
    Q(of=AssessmentOf.UNION, group__isnull=True, member__isnull=True, office="")
    | Q(of=AssessmentOf.GROUP, group__isnull=False, member__isnull=True, office="")
    | Q(of=AssessmentOf.OFFICER, group__isnull=True, member__isnull=False) & ~Q(office="")
    | Q(of=AssessmentOf.PERSON, group__isnull=True, member__isnull=False, office="") & ~Q(topic="")
)


class Assessment(models.Model):
    """One assessment with its goals. `period_code` is read by Period.parse; `items` are rows of
    goal, what became of it, score. Never deleted: a mistaken one is voided with its reason."""

    of = models.CharField("考核谁", max_length=10, choices=AssessmentOf)
    group = models.ForeignKey(
        UnionGroup, models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    office = models.CharField("职务", max_length=20, choices=OfficeName, blank=True)
    topic = OptionalText("考核什么", max_length=20)  # 师德考核, 量化考核
    period_code = models.CharField("哪一期", max_length=24)
    items = models.JSONField("目标", default=list, blank=True)
    result = models.CharField("结果", max_length=20)
    assessed_on = models.DateField("哪天考核的")
    assessed_by = models.CharField("由谁考核", max_length=60)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-assessed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=RIGHT_SUBJECT,
                name="assessment_subject",
                violation_error_message="考核谁要写明：本会、哪个小组、哪位委员的哪个职务，或者哪一位教职工的什么考核。",
            ),
            models.UniqueConstraint(
                fields=["member", "topic", "period_code"],
                condition=Q(of=AssessmentOf.PERSON, voided_at__isnull=True),
                name="assessment_person_once",
                violation_error_message="这个人这一期的这项考核已经记过了，要改到那一条里改。",
            ),
            models.CheckConstraint(
                condition=~Q(result=""),
                name="assessment_has_result",
                violation_error_message="写上考核结果。",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | Q(voided_at__isnull=False) & ~Q(void_reason=""),
                name="assessment_void_reason",
                violation_error_message="作废要写原因。",
            ),
        ]

    def __str__(self):
        return f"{self.whose}{self.period.label}{self.topic.removesuffix('考核')}考核"

    def get_absolute_url(self):
        return reverse("members:assessment_detail", args=[self.pk])

    @property
    def whose(self) -> str:
        """本会, 第一工会小组, 王某（福利委员）."""
        if self.of == AssessmentOf.GROUP:
            return str(self.group)
        if self.of == AssessmentOf.OFFICER:
            return f"{self.member}（{self.get_office_display()}）"
        if self.of == AssessmentOf.PERSON:
            return str(self.member)
        return "本会"

    @property
    def period(self) -> Period:
        return Period.parse(self.period_code)

    @property
    def goals(self) -> tuple[Item, ...]:
        return items_from(self.items)

    @property
    def parts(self) -> tuple[Item, ...]:
        """The goals; none where the one score is all there is and the total tells it."""
        told = self.total is not None and only_score(self.goals)
        return () if told else self.goals

    @property
    def total(self) -> Decimal | None:
        return total_score(self.goals)
