"""Plans with their items and sections, activity records, plan texts that wait to be confirmed."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from activities.choices import Field, ImportState, ItemState, PlanKind
from activities.rules import months_text, when_text
from members.models import UnionGroup
from unionoffice.models import PrecisionField
from unionoffice.periods import Period, PeriodKind, Precision


class Plan(models.Model):
    """计划 of a year, school year, semester or half year. `start` and `end` are its first and last
    day; `unread` holds the lines of `source_text` that could not be placed."""

    title = models.CharField("标题", max_length=120)
    kind = models.CharField("类型", max_length=20, choices=PlanKind)
    start = models.DateField("第一天")
    end = models.DateField("最后一天")
    source_text = models.TextField("原文", blank=True)
    unread = models.JSONField("没有放进去的", default=list, blank=True)
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

    `moved_from` is the first month that was planned before the item was postponed.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField("事项")
    first_month = models.DateField("从哪个月", db_index=True)
    last_month = models.DateField("到哪个月")
    field = models.CharField("板块", max_length=20, choices=Field, default=Field.OTHER)
    state = models.CharField(max_length=20, choices=ItemState, default=ItemState.PLANNED)
    reason = models.CharField("原因", max_length=200, blank=True)
    moved_from = models.DateField(null=True, blank=True, db_index=True)

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
                condition=Q(field__in=Field.values),
                name="plan_item_field_known",
                violation_error_message="没有这个板块，从列表里选一个。",
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
    def origin(self) -> date:
        """The month that the item was planned for at first."""
        return self.moved_from or self.first_month

    @property
    def months_text(self) -> str:
        return months_text(self.first_month, self.last_month)


class ActivityQuerySet(models.QuerySet):
    def standing(self):
        """Those that count: not voided."""
        return self.filter(voided_at__isnull=True)

    def in_period(self, period: Period):
        """Those that began in the period."""
        return self.filter(day__range=(period.start, period.end))


class Activity(models.Model):
    """活动: what was held. `day` is the first day of what is known (see `precision`)."""

    title = models.CharField("什么活动", max_length=120)
    plan_item = models.ForeignKey(
        PlanItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="计划里的哪一项",
    )
    field = models.CharField("板块", max_length=20, choices=Field)
    group = models.ForeignKey(
        UnionGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="哪个小组办的",
    )
    day = models.DateField("哪天")
    time = models.TimeField("几点开始", null=True, blank=True)
    precision = PrecisionField("日期精确到")
    last_day = models.DateField("最后一天", null=True, blank=True)
    place = models.CharField("地点", max_length=60, blank=True)
    headcount = models.PositiveIntegerField("多少人参加", null=True, blank=True)
    outcome = models.TextField("结果", blank=True)
    highlight = models.TextField("一句话亮点", blank=True)
    is_highlight = models.BooleanField("写入总结", default=False)
    spent = models.DecimalField("花费", max_digits=10, decimal_places=2, null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["-day", "-id"], name="activity_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="activity_has_title",
                violation_error_message="写上是什么活动。",
            ),
            models.CheckConstraint(
                condition=Q(field__in=Field.values),
                name="activity_field_known",
                violation_error_message="没有这个板块，从列表里选一个。",
            ),
            models.CheckConstraint(
                condition=Q(precision=Precision.MINUTE.value, time__isnull=False)
                | Q(precision__in=[Precision.MONTH.value, Precision.DAY.value], time__isnull=True),
                name="activity_precision",
                violation_error_message="几点开始只有知道哪一天的时候才能写。",
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True)
                | Q(last_day__gte=F("day")) & ~Q(precision=Precision.MONTH.value),
                name="activity_span",
                violation_error_message="最后一天早于第一天，对调一下。",
            ),
            models.CheckConstraint(
                condition=Q(headcount__isnull=True) | Q(headcount__gte=1),
                name="activity_headcount",
                violation_error_message="参加人数至少是 1；不知道就留空。",
            ),
            models.CheckConstraint(
                condition=Q(spent__isnull=True) | Q(spent__gte=0),
                name="activity_spent",
                violation_error_message="花费不能是负数；没花钱写 0，不知道就留空。",
            ),
            models.CheckConstraint(
                condition=Q(is_highlight=False) | ~Q(highlight=""),
                name="activity_highlight",
                violation_error_message="要写入总结的话，写上这一句。",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | Q(voided_at__isnull=False) & ~Q(void_reason=""),
                name="activity_void_reason",
                violation_error_message="作废要写原因。",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("activities:activity_detail", args=[self.pk])

    @property
    def when_text(self) -> str:
        return when_text(self.day, self.precision, self.time, self.last_day)


class PlanImport(models.Model):
    """The text of a plan that was handed in, kept from its preview until it became a plan."""

    file_name = models.CharField("文件名", max_length=120, blank=True)
    text = models.TextField()
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
