"""What is stored only where the office has turned it on: encrypted, each look leaves a trace."""

from django.conf import settings
from django.db import models

from members.choices import PrivateField
from members.models.people import Member


class KeptField(models.Model):
    """A private field that the office has turned on, and why (PIPL §6: 目的明确、影响最小)."""

    field = models.CharField(max_length=20, choices=PrivateField, unique=True)
    reason = models.CharField("为什么要记", max_length=200)
    since = models.DateTimeField(auto_now_add=True)
    turned_on_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["field"]

    def __str__(self):
        return self.get_field_display()


class PrivateValue(models.Model):
    """One private field of one person. `sealed` can be read only with the office's key."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="private_values")
    field = models.CharField(max_length=20, choices=PrivateField)
    sealed = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "field"], name="private_value_once")
        ]

    def __str__(self):
        return f"{self.member} {self.get_field_display()}"
