"""The staff congress (届 and 次), its motions with their seconders, and the public notices."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from congress.choices import (
    NOT_HANDED_IN,
    STATE_GLYPHS,
    MotionCategory,
    MotionState,
    NoticeCategory,
    NoticeState,
    NoticeTiming,
    NoticeWay,
)
from congress.rules import congress_name, full_title, session_name
from members.models import Member
from unionoffice.periods import Period


class Congress(models.Model):
    """届: the delegates of one term of three or five years."""

    number = models.PositiveSmallIntegerField(
        "第几届",
        unique=True,
        error_messages={"unique": "这一届已经设过了，直接往下加次。"},
    )
    start = models.DateField("开始")
    end = models.DateField("届满", null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__range=(1, 99)),
                name="congress_number_known",
                violation_error_message="届数写 1 到 99。",
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="congress_span",
                violation_error_message="届满的日期早于开始的日期，对调一下。",
            ),
        ]

    def __str__(self):
        return congress_name(self.number)


class Session(models.Model):
    """次: one meeting of a congress."""

    congress = models.ForeignKey(
        Congress, models.PROTECT, related_name="sessions", verbose_name="哪一届"
    )
    number = models.PositiveSmallIntegerField("第几次")
    held_on = models.DateField("哪天开的", null=True, blank=True)

    class Meta:
        ordering = ["-congress__number", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "number"],
                name="session_number_once",
                violation_error_message="这一届的这一次已经有了，换一个次数。",
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, 99)),
                name="session_number_known",
                violation_error_message="次数写 1 到 99。",
            ),
        ]

    def __str__(self):
        return session_name(self.congress.number, self.number)


class SecondingRule(models.Model):
    """How many seconders a motion needs, from a day on, by which document."""

    seconders = models.PositiveSmallIntegerField("几人附议")
    effective_from = models.DateField(
        "从哪天起",
        unique=True,
        error_messages={"unique": "这一天起已经有一条规定了，换一个日期。"},
    )
    source = models.CharField("依据", max_length=120)
    is_sample = models.BooleanField("示例", default=False)

    class Meta:
        ordering = ["-effective_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seconders__range=(1, 50)),
                name="seconders_sensible",
                violation_error_message="附议人数写 1 到 50。",
            )
        ]

    def __str__(self):
        return f"附议 {self.seconders} 人"


class MotionQuerySet(models.QuerySet):
    def received_in(self, period: Period):
        """Those that had enough seconders and went to the committee in the period. What came back
        from there and is worked on again counts as soon as it is handed in anew."""
        handed_in = self.filter(submitted_on__range=(period.start, period.end))
        return handed_in.exclude(state__in=NOT_HANDED_IN)


class Motion(models.Model):
    """提案: one matter, its reason and its suggestion. `title` stands between 关于 and 的提案."""

    session = models.ForeignKey(
        Session,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="motions",
        verbose_name="提到哪次会上",
    )
    title = models.CharField("案名", max_length=60)
    category = models.CharField("类别", max_length=20, choices=MotionCategory)
    cause = models.CharField("案由", max_length=200, blank=True)
    reason = models.TextField("理由", max_length=2000, blank=True)
    suggestion = models.TextField("建议", max_length=2000, blank=True)
    proposer = models.ForeignKey(Member, models.PROTECT, related_name="motions")
    state = models.CharField(max_length=20, choices=MotionState, default=MotionState.DRAFT)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveSmallIntegerField(null=True)
    opened_on = models.DateField(null=True)  # put before the colleagues
    submitted_on = models.DateField(null=True)  # had its seconders for the first time
    decided_on = models.DateField(null=True)
    decision_reason = models.CharField(max_length=200, blank=True)
    drafted_at = models.DateTimeField(auto_now_add=True)

    objects = MotionQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_at", "-id"]
        indexes = [
            models.Index(fields=["state"], name="motion_state"),
            models.Index(fields=["-submitted_on", "-id"], name="motion_received"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="motion_number_once"),
            models.CheckConstraint(
                condition=Q(state=MotionState.FILED, number__isnull=False, year__isnull=False)
                | ~Q(state=MotionState.FILED) & Q(number__isnull=True, year__isnull=True),
                name="motion_number_when_filed",
                violation_error_message="立案的提案才有编号，没立案的没有。",
            ),
            models.CheckConstraint(
                condition=Q(category__in=MotionCategory.values),
                name="motion_category_known",
                violation_error_message="没有这个类别，重新选一个。",
            ),
        ]

    def __str__(self):
        return self.full_title

    def get_absolute_url(self):
        return reverse("congress:motion_detail", args=[self.pk])

    @property
    def full_title(self) -> str:
        return full_title(self.title)

    @property
    def mark(self) -> str:
        """The glyph of the state."""
        return STATE_GLYPHS[self.state]

    @property
    def number_text(self) -> str:
        return f"〔{self.year}〕{self.number:03}号" if self.number else ""


class Seconding(models.Model):
    """附议: a colleague's own word for a motion."""

    motion = models.ForeignKey(Motion, models.CASCADE, related_name="secondings")
    member = models.ForeignKey(Member, models.PROTECT, related_name="secondings")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["motion", "member"], name="seconding_once")]

    def __str__(self):
        return f"{self.member}附议{self.motion}"


class Notice(models.Model):
    """校务公开: one matter that was made public, where and when."""

    title = models.CharField("标题", max_length=80)
    category = models.CharField("类目", max_length=20, choices=NoticeCategory)
    body = models.TextField("内容", max_length=5000)
    way = models.CharField("公开形式", max_length=20, choices=NoticeWay, default=NoticeWay.BOARD)
    timing = models.CharField(
        "公开时限", max_length=20, choices=NoticeTiming, default=NoticeTiming.AT_ONCE
    )
    department = models.CharField("责任部门", max_length=40, blank=True)
    published_on = models.DateField("公开日期")
    objection_until = models.DateField("公示到", null=True, blank=True)
    state = models.CharField(max_length=20, choices=NoticeState, default=NoticeState.DRAFT)
    withdraw_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-published_on", "-id"]
        indexes = [models.Index(fields=["-published_on", "-id"], name="notice_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(objection_until__isnull=True)
                | Q(objection_until__gte=F("published_on")),
                name="notice_objection_after_publishing",
                violation_error_message="公示到的日期早于公开的日期，改成之后的一天。",
            ),
            models.CheckConstraint(
                condition=Q(category__in=NoticeCategory.values),
                name="notice_category_known",
                violation_error_message="没有这个类目，重新选一个。",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("congress:notice_detail", args=[self.pk])
