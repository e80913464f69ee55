"""届: the terms of the union committee, and the elections that fill its offices."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from members.choices import ElectionKind, OfficeName
from members.models.people import Member
from unionoffice.numerals import chinese_number


class Term(models.Model):
    """第N届工会委员会, with its 经审委 and 女工委. Three or five years (中国工会章程)."""

    number = models.PositiveSmallIntegerField(
        "届", unique=True, error_messages={"unique": "这一届已经有了。"}
    )
    start = models.DateField("从哪天起")
    planned_end = models.DateField("任期到")
    end = models.DateField("实际到", null=True, blank=True)
    # the holdings that ended with it, for taking that back: [pk, end before]
    ended = models.JSONField(default=list, encoder=DjangoJSONEncoder, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_end__gt=F("start")),
                name="term_span",
                violation_error_message="任期到的日期要在开始以后。",
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="term_ends_after_start",
                violation_error_message="结束的日期早于开始的日期，对调一下。",
            ),
        ]

    def __str__(self):
        return f"第{chinese_number(self.number)}届工会委员会"

    def get_absolute_url(self):
        return reverse("members:term_detail", args=[self.pk])


class Election(models.Model):
    """换届选举 or 补选 of one term: who stood, the count, and the report to the higher union.

    A draft until `concluded_at` is set, with which those elected hold their offices. `before` is
    what that changed in other rows, for taking it back.
    """

    term = models.ForeignKey(Term, models.PROTECT, related_name="elections")
    kind = models.CharField("种类", max_length=20, choices=ElectionKind)
    day = models.DateField("选举日期")
    entitled = models.PositiveIntegerField("应到", null=True, blank=True)  # 人
    present = models.PositiveIntegerField("实到", null=True, blank=True)
    ballots_issued = models.PositiveIntegerField("发出选票", null=True, blank=True)  # 张
    ballots_returned = models.PositiveIntegerField("收回选票", null=True, blank=True)
    ballots_valid = models.PositiveIntegerField("有效选票", null=True, blank=True)
    reported_on = models.DateField("报上级工会日期", null=True, blank=True)
    report_number = models.CharField("请示文号", max_length=40, blank=True)
    approved_on = models.DateField("上级批复日期", null=True, blank=True)
    approval_number = models.CharField("批复文号", max_length=40, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    concluded_at = models.DateTimeField(null=True, editable=False)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)

    class Meta:
        ordering = ["-day", "-id"]

    def __str__(self):
        return f"{self.term}{self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("members:election_detail", args=[self.pk])


class Candidate(models.Model):
    """Someone who stands for an office. `holding` is the office that came of it."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="candidates")
    member = models.ForeignKey(Member, models.PROTECT, related_name="candidacies")
    office = models.CharField("职务", max_length=20, choices=OfficeName)
    votes = models.PositiveIntegerField("得票", null=True, blank=True)
    elected = models.BooleanField("当选", default=False)
    order = models.PositiveSmallIntegerField(default=0)
    holding = models.OneToOneField(
        "members.OfficeHolding",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="candidate",
    )

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "member", "office"],
                name="candidate_once",
                violation_error_message="这个人已经在这个职务的候选人里了。",
            )
        ]

    def __str__(self):
        return f"{self.member} {self.get_office_display()}"
