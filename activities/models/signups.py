"""Who is to come and who came: sign-up, waiting list, sign-in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from activities.choices import Attendance, SignupState
from activities.models.activities import Activity
from members.models import Member, UnionGroup


class Signup(models.Model):
    """报名: what an announcement asks. `secret` is what the codes of the sign-in are made from;
    sign-in is open while `sign_in_open`."""

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="signup")
    notice = models.TextField("通知内容", blank=True)
    open_to_signup = models.BooleanField("要报名", default=True)
    opens_at = models.DateTimeField("几时开始报名", null=True, blank=True)
    deadline = models.DateTimeField("报名截止", null=True, blank=True)
    limit = models.PositiveSmallIntegerField("名额", null=True, blank=True)
    with_waiting = models.BooleanField("满了可以候补", default=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    secret = models.CharField(max_length=64)
    sign_in_open = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(limit__isnull=True) | Q(limit__gte=1),
                name="signup_limit",
                violation_error_message="名额至少是 1；不限就空着。",
            )
        ]

    def __str__(self):
        return str(self.activity)

    def get_absolute_url(self):
        return reverse("activities:signup_detail", args=[self.pk])


class SignupQuota(models.Model):
    """How many of one group may be on the list."""

    signup = models.ForeignKey(Signup, models.CASCADE, related_name="quotas")
    group = models.ForeignKey(UnionGroup, models.PROTECT, related_name="+", verbose_name="小组")
    limit = models.PositiveSmallIntegerField("最多几人")

    class Meta:
        ordering = ["signup", "group"]
        constraints = [
            models.UniqueConstraint(
                fields=["signup", "group"],
                name="signup_quota_once",
                violation_error_message="这个小组的名额写了两次，留一个。",
            )
        ]

    def __str__(self):
        return f"{self.group} {self.limit}"


class Participation(models.Model):
    """参加: one person at one activity. `signup` is empty for those who were put on the list;
    `attendance` is empty until it is known. `group` is the union group of that day."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participations")
    member = models.ForeignKey(Member, models.PROTECT, related_name="participations")
    group = models.ForeignKey(UnionGroup, models.PROTECT, null=True, blank=True, related_name="+")
    signup = models.CharField(max_length=10, choices=SignupState, blank=True)
    signed_up_at = models.DateTimeField(null=True, blank=True)
    attendance = models.CharField(max_length=10, choices=Attendance, blank=True)
    signed_in_at = models.DateTimeField(null=True, blank=True)
    duty = models.CharField("做什么", max_length=20, blank=True)  # 裁判、领队、工作人员
    note = models.CharField("备注", max_length=60, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["activity", "signed_up_at", "id"]
        indexes = [
            models.Index(fields=["member", "attendance"], name="participation_of_member"),
            models.Index(fields=["activity", "attendance"], name="participation_came"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "member"],
                name="participation_once",
                violation_error_message="这个人已经在名单上。",
            ),
            models.CheckConstraint(
                condition=Q(signup="")
                | Q(signup__in=SignupState.values, signed_up_at__isnull=False),
                name="participation_signup_known",
            ),
            models.CheckConstraint(
                condition=Q(attendance="") | Q(attendance__in=Attendance.values),
                name="participation_attendance_known",
            ),
        ]

    def __str__(self):
        return f"{self.member} {self.activity}"

    @property
    def signed_in_text(self) -> str:
        """16:32, for who signed in by the code."""
        return f"{timezone.localtime(self.signed_in_at):%H:%M}" if self.signed_in_at else ""
