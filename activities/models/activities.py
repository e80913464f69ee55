"""Activity records, and what some kinds of them have beside: prizes, study, stages, checks."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from activities.choices import ActivityKind, ActivityState, Level, StudyForm, field_label
from activities.models.plans import PlanItem
from activities.rules.activities import final_day, when_text
from members.models import Member, UnionGroup
from unionoffice.models import OptionalText, PrecisionField
from unionoffice.periods import Period, Precision

UNPLANNED = Q(plan_item=None, series=None)  # what comes again and again is no surprise
NO_DRILL = ~Q(kind=ActivityKind.DRILL)  # whose number is the whole school's, pupils and all


class ActivityQuerySet(models.QuerySet):
    def standing(self):
        """Those that count: held, not voided."""
        return self.filter(voided_at__isnull=True, state=ActivityState.HELD)

    def announced(self):
        """Those that people may sign up for or come to."""
        return self.filter(voided_at__isnull=True, state=ActivityState.ANNOUNCED)

    def over(self, today: date):
        """Those whose final_day has passed: the last of several days, of the month that is all
        one knows."""
        month = Q(precision=Precision.MONTH)
        days = Q(last_day__lt=today) | Q(last_day=None, day__lt=today)
        return self.filter((month & Q(day__lt=today.replace(day=1))) | (~month & days))

    def in_period(self, period: Period):
        """Those that began in the period."""
        return self.filter(day__range=(period.start, period.end))


class Activity(models.Model):
    """活动: what is announced or was held. `day` is the first day of what is known (see
    `precision`). `headcount` is the number of those who came: typed, or, where it is `counted` by
    names, those present and the `guests`; `typed_headcount` is what was typed before that."""

    title = models.CharField("什么活动", max_length=120)
    plan_item = models.ForeignKey(
        PlanItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="计划里的哪一项",
    )
    field = models.CharField("板块", max_length=20)
    group = models.ForeignKey(
        UnionGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="哪个小组办的",
    )
    state = models.CharField(
        max_length=12, choices=ActivityState, default=ActivityState.HELD, db_default="held"
    )
    kind = models.CharField(
        "哪一类",
        max_length=12,
        choices=ActivityKind,
        default=ActivityKind.EVENT,
        db_default="event",
    )
    series = models.ForeignKey(
        "activities.Series",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name="哪个社团或定期活动",
    )
    venue = models.ForeignKey(
        "activities.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="在哪个阵地",
    )
    day = models.DateField("哪天")
    time = models.TimeField("几点开始", null=True, blank=True)
    precision = PrecisionField("日期精确到")
    last_day = models.DateField("最后一天", null=True, blank=True)
    to_time = models.TimeField("几点结束", null=True, blank=True)
    in_lessons = models.BooleanField("占用课时", null=True, blank=True)
    place = models.CharField("地点", max_length=60, blank=True)
    headcount = models.PositiveIntegerField("多少人参加", null=True, blank=True)
    counted = models.BooleanField("人数按名单数", default=False, db_default=False)
    typed_headcount = models.PositiveIntegerField("原来写的人数", null=True, blank=True)
    guests = models.PositiveIntegerField("名册以外的人", null=True, blank=True)
    organiser = OptionalText("主办", max_length=60)
    co_organisers = OptionalText("协办", max_length=120)
    audience = OptionalText("对象", max_length=60)
    outcome = models.TextField("结果", blank=True)
    highlight = models.TextField("一句话亮点", blank=True)
    is_highlight = models.BooleanField("写入总结", default=False)
    budget = models.DecimalField("预算", max_digits=10, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField("花费", max_digits=10, decimal_places=2, null=True, blank=True)
    off_reason = OptionalText("为什么不办了", max_length=200)
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
                condition=~Q(field=""),
                name="activity_has_field",
                violation_error_message="选一个板块。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ActivityState.values), name="activity_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ActivityKind.values), name="activity_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0),
                name="activity_budget",
                violation_error_message="预算不能是负数。",
            ),
            models.CheckConstraint(
                condition=Q(to_time__isnull=True) | Q(time__isnull=False),
                name="activity_to_time",
                violation_error_message="写了几点结束，也写上几点开始。",
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
                condition=Q(counted=True) | Q(typed_headcount__isnull=True),
                name="activity_typed_headcount",
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
                condition=Q(state="called_off") & ~Q(off_reason="")
                | ~Q(state="called_off") & Q(off_reason=""),
                name="activity_off_reason",
                violation_error_message="不办了要写原因。",
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
    def field_label(self) -> str:
        return field_label(self.field)

    @property
    def when_text(self) -> str:
        return when_text(self.day, self.precision, self.time, self.last_day)

    @property
    def stands(self) -> bool:
        """As standing() says: it counts."""
        return self.state == ActivityState.HELD and self.voided_at is None

    @property
    def final_day(self) -> date:
        """The last day of what is known; it is over after that."""
        return final_day(self.day, self.precision, self.last_day)

    @property
    def hours_text(self) -> str:
        """16:30–17:30; "" when the end is not known."""
        return f"{self.time:%H:%M}–{self.to_time:%H:%M}" if self.time and self.to_time else ""


class Prize(models.Model):
    """获奖: of one of the school's own competitions, to a person, a group or a named team; `people`
    where only the number of prizes is known (一等奖 13 名)."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="prizes")
    event = OptionalText("项目", max_length=40)
    award = models.CharField("名次或奖项", max_length=20)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)  # to sort by; 1 is the best
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="prizes", verbose_name="谁"
    )
    group = models.ForeignKey(
        UnionGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="哪个小组"
    )
    team = OptionalText("哪个队", max_length=60)
    people = models.PositiveSmallIntegerField("几名", default=1, db_default=1)

    class Meta:
        ordering = ["event", "rank", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(award=""),
                name="prize_has_award",
                violation_error_message="写上名次或奖项，例如一等奖。",
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1),
                name="prize_people",
                violation_error_message="名额至少是 1。",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=True) | Q(group__isnull=True, team=""),
                name="prize_one_winner",
                violation_error_message="一行写一个获奖的：一个人、一个小组或一个队。",
            ),
        ]

    def __str__(self):
        return f"{self.event}{self.award}"

    @property
    def winner_text(self) -> str:
        """Who won it: a name, a group, a team, else how many; joined rows are needed for it."""
        named = self.member or self.group or self.team
        counted = f"{self.people} 名" if self.people > 1 or not named else ""
        return f"{named or ''}{'，' if named and counted else ''}{counted}"


class Study(models.Model):
    """学习培训: what is asked beside the activity itself. None where it was not written down."""

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="study")
    form = models.CharField("形式", max_length=12, choices=StudyForm)
    topic = OptionalText("内容", max_length=120)
    teacher = OptionalText("主讲", max_length=60)
    courses = models.PositiveSmallIntegerField("期数", null=True, blank=True)
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1, null=True, blank=True)
    papers = models.PositiveIntegerField("收到的文章或答卷", null=True, blank=True)  # 篇、份
    result = OptionalText("结果", max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(form__in=StudyForm.values), name="study_form_known"),
            models.CheckConstraint(
                condition=Q(courses__isnull=True) | Q(courses__gte=1),
                name="study_courses",
                violation_error_message="期数至少是 1；不知道就留空。",
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0),
                name="study_hours",
                violation_error_message="学时要大于 0；不知道就留空。",
            ),
        ]

    def __str__(self):
        return f"{self.get_form_display()} {self.topic}"


class ContestStage(models.Model):
    """One level of an outside competition: 校级选拔 → 片级 → 区级, with what the team reached."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="stages")
    level = models.CharField("哪一级", max_length=12, choices=Level)
    day = models.DateField("哪天", null=True, blank=True)
    host = OptionalText("主办", max_length=60)
    team = OptionalText("谁参加", max_length=200)
    result = OptionalText("成绩", max_length=60)
    awarded = models.BooleanField("获奖", default=False, db_default=False)

    class Meta:
        ordering = ["activity", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="stage_level_known"),
            models.CheckConstraint(
                condition=Q(awarded=False) | ~Q(result=""),
                name="stage_awarded_result",
                violation_error_message="获了奖就写上成绩。",
            ),
        ]

    def __str__(self):
        return f"{self.get_level_display()} {self.result}"


class Check(models.Model):
    """检查: what a safety check, a drill or an inspection of 建家 found and when it was mended."""

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="check_result")
    checked_by = OptionalText("谁检查", max_length=60)
    scope = OptionalText("查了哪里", max_length=120)
    problems = models.TextField("发现的问题", blank=True)
    mended_on = models.DateField("哪天整改好", null=True, blank=True)
    result = OptionalText("结论", max_length=120)

    def __str__(self):
        return self.result or self.scope
