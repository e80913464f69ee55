"""@allow: every view says which permission it takes; forgetting or misspelling it can't ship."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.urls import resolve

from unionoffice.roles import GRANTS


def allow(permission: str) -> Callable:
    """Let only users with `permission` into the view; others get 403 with a next step.

    Raises ValueError at import when the permission is not in the table.
    """
    if permission not in GRANTS:
        raise ValueError(f"{permission} is not in unionoffice.roles.PERMISSIONS")

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not request.user.has_perm(permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        checked.required_permission = permission
        return checked

    return decorate


def may_open(user, address: str) -> bool:
    """Whether the view at a local address, with or without a query, is open to the user."""
    permission = resolve(urlsplit(address).path).func.required_permission
    return permission is None or user.has_perm(permission)


def public(view: Callable) -> Callable:
    """A view that works before anyone has logged in. Stands in place of @allow."""
    view = login_not_required(view)
    view.required_permission = None
    return view
