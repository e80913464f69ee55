"""Accounts. No superusers: whatever a user may do comes from the role table."""

from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Upper

from members.models.people import Member
from unionoffice.models import OptionalText
from unionoffice.see_as import SeenAs


class User(AbstractBaseUser):
    """Someone who can log in: with `username`, the 工号 or the phone of the person behind it."""

    member = models.OneToOneField(Member, models.PROTECT, related_name="user")
    username = models.CharField(
        "登录名",
        max_length=40,
        unique=True,
        error_messages={"unique": "这个登录名已经有人用了，换一个。"},
    )
    is_active = models.BooleanField("可以登录", default=True)
    locked_because = OptionalText("为什么停用", max_length=200)
    must_change_password = models.BooleanField(default=True)
    export_columns = models.JSONField(default=list, blank=True)  # of the roster, as last chosen

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Upper("username"),
                name="user_username_unique",
                violation_error_message="这个登录名已经有人用了，换一个。",
            ),
        ]

    objects = BaseUserManager()

    USERNAME_FIELD = "username"

    roles: frozenset | None = None  # filled by members.backends when the user is loaded
    permissions: frozenset = frozenset()
    seen_as: SeenAs | None = None  # while an administrator looks at the pages as another role

    def __str__(self):
        return self.member.name

    def has_perm(self, permission: str, obj=None) -> bool:
        if self.roles is not None:
            return permission in self.permissions
        return any(b.has_perm(self, permission, obj) for b in _answering("has_perm"))

    def has_module_perms(self, app_label: str) -> bool:
        return any(b.has_module_perms(self, app_label) for b in _answering("has_module_perms"))


def _answering(question: str) -> list:
    """The backends that know about permissions: the one that counts wrong passwords doesn't."""
    return [backend for backend in get_backends() if hasattr(backend, question)]
