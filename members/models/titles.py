"""职称评审: who came to which title, when, by which document."""

from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from members.models.people import Member
from unionoffice.models import OptionalText, PrecisionField


class TitleGrant(models.Model):
    """One person came to one title. `before`: the title in the roster until then, where the grant
    changed it."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="title_grants", verbose_name="谁"
    )
    title = models.CharField("评上什么职称", max_length=30)
    day = models.DateField("哪天")
    precision = PrecisionField("日期精确到")
    document_number = OptionalText("文号", max_length=40)
    before = models.CharField(max_length=30, null=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="title_grant_has_title",
                violation_error_message="写上评上什么职称。",
            ),
            models.UniqueConstraint(
                fields=["member", "title"],
                name="title_grant_once",
                violation_error_message="这个人评上这个职称已经记过了。",
            ),
        ]

    def __str__(self):
        return f"{self.member} {self.title}"

    def get_absolute_url(self):
        """Its line among those of the year."""
        asked = urlencode({"period": self.day.year, "q": self.member})
        return f"{reverse('members:title_list')}?{asked}"
