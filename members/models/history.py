"""Dated rows: what someone was, from which day to which. "On day D" is always a query on these."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from members.choices import (
    Appointment,
    EmploymentStatus,
    MembershipEntry,
    MembershipExit,
    MembershipStatus,
    OfficeName,
)
from members.models.people import Department, Member, UnionGroup
from members.models.terms import Term
from unionoffice.models import OptionalText, PrecisionField

END_NOT_BEFORE_START = Q(end__isnull=True) | Q(start__isnull=True) | Q(end__gte=F("start"))


class DatedQuerySet(models.QuerySet):
    def on(self, day: date):
        """The rows in force on `day`: both ends belong to the span."""
        return self.filter(on(day))


def on(day: date, prefix: str = "") -> Q:
    """The condition "in force on `day`" for dated rows reached through `prefix` ("group__")."""
    begun = Q(**{f"{prefix}start__isnull": True}) | Q(**{f"{prefix}start__lte": day})
    not_over = Q(**{f"{prefix}end__isnull": True}) | Q(**{f"{prefix}end__gte": day})
    return begun & not_over


class Dated(models.Model):
    """A span of days, both ends included. No start means "since before our records", so such a row
    never counts as new; no end means "until further notice"."""

    start = models.DateField("起", null=True, blank=True)
    end = models.DateField("止", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["start", "id"]

    def __str__(self):
        return f"{self.word} {self.start}"


def span_constraints(name: str) -> list[models.BaseConstraint]:
    """The end is not before the start; at most one open row a member."""
    return [
        models.CheckConstraint(
            condition=END_NOT_BEFORE_START,
            name=f"{name}_span",
            violation_error_message="结束日期早于开始日期，对调一下。",
        ),
        models.UniqueConstraint(
            fields=["member"], condition=Q(end__isnull=True), name=f"{name}_one_open"
        ),
    ]


class Membership(Dated):
    """会籍: from the day the committee approved it (中国工会章程)."""

    member = models.ForeignKey(
        Member, models.CASCADE, related_name="memberships", db_index=False
    )  # the index below begins with it
    status = models.CharField("会籍", max_length=20, choices=MembershipStatus)
    start_precision = PrecisionField("入会时间精确到")
    entry = OptionalText("怎样入会", max_length=20, choices=MembershipEntry)
    exit = OptionalText("怎样离开", max_length=20, choices=MembershipExit)
    from_union = OptionalText("转自哪个工会", max_length=60)
    to_union = OptionalText("转到哪个工会", max_length=60)
    note = OptionalText("入会的说明", max_length=200)
    exit_note = OptionalText("离开的说明", max_length=200)

    class Meta(Dated.Meta):
        constraints = [
            *span_constraints("membership"),
            models.CheckConstraint(
                condition=Q(exit="") | Q(end__isnull=False),
                name="membership_exit_has_day",
                violation_error_message="会籍结束的日期是空的，填上。",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "status", "start", "end"], name="membership_whole")
        ]

    @property
    def word(self) -> str:
        return self.get_status_display()


class Employment(Dated):
    member = models.ForeignKey(Member, models.CASCADE, related_name="employments")
    status = models.CharField("在岗情况", max_length=20, choices=EmploymentStatus)

    class Meta(Dated.Meta):
        constraints = span_constraints("employment")
        indexes = [models.Index(fields=["status"], name="employment_status")]

    @property
    def word(self) -> str:
        return self.get_status_display()


class GroupAssignment(Dated):
    member = models.ForeignKey(Member, models.CASCADE, related_name="group_assignments")
    group = models.ForeignKey(UnionGroup, models.PROTECT, related_name="assignments")

    class Meta(Dated.Meta):
        constraints = span_constraints("group_assignment")

    @property
    def word(self) -> str:
        return str(self.group)


class DepartmentAssignment(Dated):
    member = models.ForeignKey(Member, models.CASCADE, related_name="department_assignments")
    department = models.ForeignKey(Department, models.PROTECT, related_name="assignments")

    class Meta(Dated.Meta):
        constraints = span_constraints("department_assignment")

    @property
    def word(self) -> str:
        return str(self.department)


class OfficeHolding(Dated):
    """Someone's office, with its dates. What it allows stands in unionoffice.roles."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="offices")
    office = models.CharField("职务", max_length=20, choices=OfficeName)
    group = models.ForeignKey(
        UnionGroup, models.PROTECT, null=True, blank=True, related_name="leaders"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="heads"
    )
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="holdings")
    how = models.CharField("怎样产生", max_length=20, choices=Appointment, blank=True)
    note = models.CharField("分工", max_length=100, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            models.CheckConstraint(
                condition=END_NOT_BEFORE_START,
                name="office_span",
                violation_error_message="任期的结束日期早于开始日期，对调一下。",
            ),
            models.CheckConstraint(
                condition=~Q(office=OfficeName.GROUP_LEADER) | Q(group__isnull=False),
                name="group_leader_has_group",
                violation_error_message="小组长要写明是哪个工会小组。",
            ),
            models.CheckConstraint(
                condition=~Q(office=OfficeName.DEPARTMENT_HEAD) | Q(department__isnull=False),
                name="department_head_has_department",
                violation_error_message="部门负责人要写明是哪个部门。",
            ),
        ]

    def __str__(self):
        return f"{self.member} {self.get_office_display()}"
