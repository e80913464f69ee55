"""Logging in by 工号 or phone, whose wrong passwords are counted, and what a user may do."""

from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.backends import BaseBackend

from members.folding import number_key
from members.models import User
from members.queries import roles_of
from members.queries.accounts import account_of
from unionoffice.roles import permissions_of


class RoleBackend(BaseBackend):
    def authenticate(self, request, username=None, password=None):
        if not username or not password:
            return None
        user = account_of(username)
        if user is None:
            User().set_password(password)  # the same time as a wrong password takes
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id):
        """The user with `roles` and `permissions` of today, ready for the whole request."""
        user = User.objects.select_related("member").filter(pk=user_id, is_active=True).first()
        return user and with_roles(user)

    def has_perm(self, user_obj, perm, obj=None):
        return perm in with_roles(user_obj).permissions

    def has_module_perms(self, user_obj, app_label):
        return any(p.startswith(f"{app_label}.") for p in with_roles(user_obj).permissions)


def login_name(request, credentials: dict | None = None) -> str:
    """Under which name axes counts wrong passwords: the account's, whatever was typed for it."""
    typed = (credentials or request.POST).get("username") or ""
    user = account_of(typed)
    return user.username if user else number_key(typed)


def client_address(request) -> str | None:
    """Where the request comes from. Behind HTTPS stands one proxy that we trust: it writes the
    address that it saw last into X-Forwarded-For; what stands before that, anyone can write."""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    if settings.HTTPS and _is_address(forwarded):
        return forwarded
    return request.META.get("REMOTE_ADDR") or None


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


def with_roles(user: User) -> User:
    """Fill `user.roles` and `user.permissions` once."""
    if user.roles is None:
        user.roles = roles_of(user)
        user.permissions = permissions_of(user.roles)
    return user
