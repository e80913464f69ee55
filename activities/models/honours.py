"""Honours, and the selections that lead to them: 推荐 → 公示 → 上报."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from activities.choices import HolderKind, Level, NomineeState, SelectionState, ShareOf
from activities.models.activities import Activity
from activities.rules.honours import USUAL_PUBLIC_DAYS
from members.models import Member, UnionGroup
from unionoffice.models import OptionalText, PrecisionField
from unionoffice.periods import Period


class Selection(models.Model):
    """评选: who is put forward for a title, within a quota. What the notice of the higher union says
    of the share and of the days on show stands in `share`, `public_days` and `notice`."""

    title = models.CharField("评什么", max_length=80)
    level = models.CharField("级别", max_length=12, choices=Level)
    awarding_body = models.CharField("由谁授予", max_length=60)
    quota = models.PositiveSmallIntegerField("名额", null=True, blank=True)
    conditions = models.TextField("条件", blank=True)
    state = models.CharField(max_length=12, choices=SelectionState, default=SelectionState.OPEN)
    recommend_until = models.DateField("推荐到哪天", null=True, blank=True)
    public_from = models.DateField("公示从哪天", null=True, blank=True)
    public_until = models.DateField("公示到哪天", null=True, blank=True)
    submitted_on = models.DateField("哪天上报", null=True, blank=True)
    concluded_on = models.DateField("哪天有结果", null=True, blank=True)
    share = models.DecimalField(
        "名额最多占百分之几", max_digits=4, decimal_places=1, null=True, blank=True
    )
    share_of = OptionalText("占谁的", max_length=10, choices=ShareOf)
    public_days = models.PositiveSmallIntegerField("公示几个工作日", default=USUAL_PUBLIC_DAYS)
    notice = OptionalText("依据哪份通知", max_length=80)
    note = models.CharField("备注", max_length=200, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_on = models.DateField("哪天开始")

    class Meta:
        ordering = ["-started_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SelectionState.values), name="selection_state_known"
            ),
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="selection_level_known"
            ),
            models.CheckConstraint(
                condition=Q(public_from__isnull=True, public_until__isnull=True)
                | Q(public_until__gte=F("public_from")),
                name="selection_public_span",
                violation_error_message="公示的最后一天早于第一天，对调一下。",
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True, share_of="")
                | Q(share__gt=0, share__lte=100) & ~Q(share_of=""),
                name="selection_share",
                violation_error_message="比例写 0 到 100 之间的数，再选占谁的；没有规定就都空着。",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("activities:selection_detail", args=[self.pk])


class SelectionQuota(models.Model):
    """How many a group may recommend."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="quotas")
    group = models.ForeignKey(UnionGroup, models.PROTECT, related_name="+", verbose_name="小组")
    limit = models.PositiveSmallIntegerField("推荐几名")

    class Meta:
        ordering = ["selection", "group"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "group"], name="selection_quota_once")
        ]

    def __str__(self):
        return f"{self.group} {self.limit}"


class Nominee(models.Model):
    """A person or a group that is recommended."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="nominees")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey(UnionGroup, models.PROTECT, null=True, blank=True, related_name="+")
    recommended_by = OptionalText("谁推荐", max_length=60)
    deeds = models.TextField("主要事迹", blank=True)
    state = models.CharField(max_length=12, choices=NomineeState, default=NomineeState.RECOMMENDED)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["selection", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=NomineeState.values), name="nominee_state_known"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=True, group__isnull=False)
                | Q(member__isnull=False, group__isnull=True),
                name="nominee_one",
                violation_error_message="推荐一个人，或者一个小组。",
            ),
            models.UniqueConstraint(
                fields=["selection", "member"],
                name="nominee_member_once",
                violation_error_message="这个人已经推荐过了。",
            ),
            models.UniqueConstraint(
                fields=["selection", "group"],
                name="nominee_group_once",
                violation_error_message="这个小组已经推荐过了。",
            ),
        ]

    def __str__(self):
        return str(self.member or self.group)


class HonourQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(voided_at__isnull=True)

    def in_period(self, period: Period):
        return self.filter(day__range=(period.start, period.end))


class Honour(models.Model):
    """荣誉: one title of one holder. `day` is the first day of what is known."""

    title = models.CharField("什么荣誉", max_length=80)
    level = models.CharField("级别", max_length=12, choices=Level)
    awarding_body = models.CharField("由谁授予", max_length=60)
    day = models.DateField("哪天")
    precision = PrecisionField("日期精确到")
    document_number = OptionalText("文号", max_length=40)
    holder = models.CharField("给谁的", max_length=10, choices=HolderKind)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="honours", verbose_name="谁"
    )
    group = models.ForeignKey(
        UnionGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="哪个小组"
    )
    team = OptionalText("集体名称", max_length=60)
    is_contest = models.BooleanField("比赛得的", default=False, db_default=False)
    activity = models.ForeignKey(
        Activity, models.SET_NULL, null=True, blank=True, related_name="honours",
        verbose_name="哪次活动",
    )  # fmt: skip
    selection = models.ForeignKey(
        Selection, models.SET_NULL, null=True, blank=True, related_name="honours"
    )
    note = OptionalText("备注", max_length=200)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = OptionalText("作废原因", max_length=200)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = HonourQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["-day", "-id"], name="honour_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="honour_has_title",
                violation_error_message="写上是什么荣誉。",
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="honour_level_known"),
            models.CheckConstraint(
                condition=Q(
                    holder=HolderKind.MEMBER, member__isnull=False, group__isnull=True, team=""
                )
                | Q(holder=HolderKind.GROUP, member__isnull=True, group__isnull=False, team="")
                | Q(holder=HolderKind.TEAM, member__isnull=True, group__isnull=True) & ~Q(team="")
                | Q(
                    holder__in=[HolderKind.UNION, HolderKind.SCHOOL],
                    member__isnull=True,
                    group__isnull=True,
                    team="",
                ),
                name="honour_one_holder",
                violation_error_message="写上这个荣誉给了谁。",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | Q(voided_at__isnull=False) & ~Q(void_reason=""),
                name="honour_void_reason",
                violation_error_message="作废要写原因。",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("activities:honour_detail", args=[self.pk])

    @property
    def whose(self) -> str:
        """王芳, 第一工会小组, 女子气排球队, 校工会, 学校."""
        if self.holder == HolderKind.MEMBER:
            return str(self.member)
        if self.holder == HolderKind.GROUP:
            return str(self.group)
        return self.team or self.get_holder_display()
