"""What users keep for themselves at the roster, and short messages from the office."""

from django.conf import settings
from django.db import models

from members.models.people import Member


class SavedView(models.Model):
    """A filter of the roster under a name of one's own. `query` is the list's address after ?."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField("名称", max_length=30)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_view_once",
                violation_error_message="这个名称已经用了，换一个。",
            )
        ]

    def __str__(self):
        return self.name


class Message(models.Model):
    """A few sentences from the office to some of the members; it stands on their home page.
    `about`: what it tells of, where a later message takes its place."""

    text = models.CharField("内容", max_length=300)
    about = models.CharField(max_length=60, blank=True, db_index=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-sent_at", "-id"]

    def __str__(self):
        return self.text[:20]


class Delivery(models.Model):
    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    member = models.ForeignKey(Member, models.CASCADE, related_name="deliveries")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "member"], name="delivery_once")]

    def __str__(self):
        return f"{self.message}：{self.member}"
