"""Plans with their items, sections and later changes, and plan texts that wait to be confirmed."""

import hashlib
import json
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from activities.choices import (
    ChangeKind,
    Field,
    ImportState,
    ItemState,
    PlanKind,
    PlanState,
    Rhythm,
    Weekday,
    field_label,
)
from activities.rules import item_when, months_between, months_text, shifted
from members.models import Member
from unionoffice.models import OptionalText
from unionoffice.periods import Period, PeriodKind


class Plan(models.Model):
    """计划 of a year, school year, semester or half year. `start` and `end` are its first and last
    day; `unread` holds the lines of `source_text` that could not be placed."""

    title = models.CharField("标题", max_length=120)
    kind = models.CharField("类型", max_length=20, choices=PlanKind)
    start = models.DateField("第一天")
    end = models.DateField("最后一天")
    source_text = models.TextField("原文", blank=True)
    unread = models.JSONField("没有放进去的", default=list, blank=True)
    state = models.CharField(
        "状态", max_length=20, choices=PlanState, default=PlanState.DRAFT, db_default="draft"
    )
    passed_on = models.DateField("哪天通过", null=True, blank=True)
    passed_by = OptionalText("哪次会议通过", max_length=60)
    published_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-start", "-end"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="plan_has_title",
                violation_error_message="计划的标题是空的，填上。",
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="plan_span",
                violation_error_message="计划的最后一天早于第一天，对调一下。",
            ),
            models.UniqueConstraint(
                fields=["start", "end"],
                name="plan_one_per_period",
                violation_error_message="这个期间已有一份计划，打开它接着改。",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.DRAFT, passed_on__isnull=True)
                | Q(state__in=[PlanState.PASSED, PlanState.PUBLISHED], passed_on__isnull=False),
                name="plan_passed_on",
                violation_error_message="通过了的计划要写哪天通过。",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.PUBLISHED, published_at__isnull=False)
                | ~Q(state=PlanState.PUBLISHED) & Q(published_at__isnull=True),
                name="plan_published_at",
                violation_error_message="公布了的计划要记着哪天公布。",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("activities:plan_detail", args=[self.pk])

    @property
    def period(self) -> Period:
        return Period(PeriodKind(self.kind), self.start, self.end)


class PlanSection(models.Model):
    """A chapter of the plan that is not a list of months: 指导思想, 主要工作 …"""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    title = models.CharField("标题", max_length=200, blank=True)
    body = models.TextField("内容", blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="plan_section_order")]

    def __str__(self):
        return self.title


class PlanItem(models.Model):
    """计划事项: what is to be done, from `first_month` to `last_month` (each the first of a month).

    `day` (to `last_day`) or `week`, the week of the school term, say it more exactly; a recurring
    item has its `rhythm` instead. `moved_from` is the first month that was planned before the item
    was postponed; `added_late` marks what came after the plan was passed; `carried_from` is the
    item of an earlier plan that it was taken over from.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField("事项")
    first_month = models.DateField("从哪个月", db_index=True)
    last_month = models.DateField("到哪个月")
    field = models.CharField("板块", max_length=20, default=Field.OTHER)
    state = models.CharField(max_length=20, choices=ItemState, default=ItemState.PLANNED)
    reason = models.CharField("原因", max_length=200, blank=True)
    moved_from = models.DateField(null=True, blank=True, db_index=True)
    day = models.DateField("哪天", null=True, blank=True)
    last_day = models.DateField("到哪天", null=True, blank=True)
    week = models.PositiveSmallIntegerField("第几周", null=True, blank=True)
    rhythm = models.CharField(
        "多久一次", max_length=12, choices=Rhythm, blank=True, default="", db_default=""
    )
    weekday = models.PositiveSmallIntegerField("星期几", choices=Weekday, null=True, blank=True)
    from_time = models.TimeField("几点开始", null=True, blank=True)
    to_time = models.TimeField("几点结束", null=True, blank=True)
    audience = OptionalText("对象", max_length=60)
    responsible = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="负责人"
    )
    co_organiser = OptionalText("协办", max_length=60)
    budget = models.DecimalField("预算", max_digits=10, decimal_places=2, null=True, blank=True)
    evidence = OptionalText("要留的材料", max_length=100)
    added_late = models.BooleanField("通过以后加的", default=False, db_default=False)
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_to"
    )

    class Meta:
        ordering = ["first_month", "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="plan_item_has_text",
                violation_error_message="事项是空的，写上要办什么。",
            ),
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")),
                name="plan_item_span",
                violation_error_message="结束的月份早于开始的月份，对调一下。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ItemState.values),
                name="plan_item_state_known",
                violation_error_message="事项只能是计划中、已延期或已取消。",
            ),
            models.CheckConstraint(
                condition=~Q(field=""),
                name="plan_item_has_field",
                violation_error_message="选一个板块。",
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=True) | Q(week__isnull=True),
                name="plan_item_day_or_week",
                violation_error_message="写了哪天就不用写第几周，留一个。",
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(day__isnull=False, last_day__gte=F("day")),
                name="plan_item_days",
                violation_error_message="结束的日子早于开始的日子，对调一下。",
            ),
            models.CheckConstraint(
                condition=Q(week__isnull=True) | Q(week__range=(1, 30)),
                name="plan_item_week",
                violation_error_message="第几周写 1 到 30。",
            ),
            models.CheckConstraint(
                condition=Q(rhythm="")
                | Q(rhythm__in=Rhythm.values, day__isnull=True, week__isnull=True),
                name="plan_item_rhythm",
                violation_error_message="定期的事项写多久一次，不写哪一天。",
            ),
            models.CheckConstraint(
                condition=Q(to_time__isnull=True)
                | Q(from_time__isnull=False, to_time__gt=F("from_time")),
                name="plan_item_times",
                violation_error_message="几点结束要晚于几点开始。",
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0),
                name="plan_item_budget",
                violation_error_message="预算不能是负数。",
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.PLANNED, moved_from__isnull=True)
                | Q(state=ItemState.POSTPONED, moved_from__isnull=False)
                | Q(state=ItemState.CANCELLED),
                name="plan_item_moved_from",
                violation_error_message="延期的事项要记着原来的月份，没延期的不能有。",
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.PLANNED) | ~Q(reason=""),
                name="plan_item_reason",
                violation_error_message="改期和取消都要写原因。",
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return reverse("activities:plan_item_detail", args=[self.pk])

    @property
    def field_label(self) -> str:
        return field_label(self.field)

    @property
    def origin(self) -> date:
        """The month that the item was planned for at first."""
        return self.moved_from or self.first_month

    @property
    def origin_end(self) -> date:
        """The last month that it was planned for at first."""
        return shifted(self.last_month, months_between(self.first_month, self.origin))

    @property
    def months_text(self) -> str:
        return months_text(self.first_month, self.last_month)

    @property
    def when_words(self) -> str:
        """What is known most exactly, beside its year: 双周五 16:20–17:00, 3月8日, 3月."""
        return item_when(self)

    @property
    def when_text(self) -> str:
        """The months, or what is known more exactly; with the year."""
        return item_when(self, with_year=True)


class PlanChange(models.Model):
    """What was changed after the plan was passed, in words: `before` and `after` hold the changed
    fields by their Chinese names. The item's words are kept, should the item ever go."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="changes")
    item = models.ForeignKey(PlanItem, models.SET_NULL, null=True, related_name="changes")
    item_text = models.TextField()
    kind = models.CharField(max_length=12, choices=ChangeKind)
    reason = OptionalText("原因", max_length=200)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ChangeKind.values), name="plan_change_kind_known"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}：{self.item_text}"


class OwnField(models.Model):
    """A field of work that the office added to the shipped ones; records store its name."""

    name = models.CharField("名称", max_length=10, unique=True)
    closed_on = models.DateField("从哪天起不再用", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(name__in=[*Field.values, *Field.labels]),
                name="own_field_name",
                violation_error_message="这个名称空着，或者已经有这个板块了。",
            )
        ]

    def __str__(self):
        return self.name


class PlanImport(models.Model):
    """The text of a plan that was handed in, kept from its preview until it became a plan.
    `choices` holds what was corrected by hand, keyed by the number of the line."""

    file_name = models.CharField("文件名", max_length=120, blank=True)
    text = models.TextField()
    choices = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.PREVIEWED)
    plan = models.ForeignKey(Plan, models.SET_NULL, null=True, related_name="imports")
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-read_at"]

    def __str__(self):
        return self.file_name or "粘贴的文字"

    def get_absolute_url(self):
        return reverse("activities:plan_import_detail", args=[self.pk])

    @property
    def fingerprint(self) -> str:
        """Tells one state of the corrections from another; empty without any."""
        told = json.dumps(self.choices, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:16] if self.choices else ""
