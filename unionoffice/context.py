"""What every page's frame shows: the office, the menu, who is logged in."""

from unionoffice.menu import menu_for, tabs_for
from unionoffice.roles import role_words


def shell(request) -> dict:
    """Context for base.html. Before anyone has logged in, only the office."""
    office = getattr(request, "office", None)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"office": office}
    return {
        "office": office,
        "menu": menu_for(user, request.path, office),
        "tabs": tabs_for(user, request.path, office),
        "can_record_visit": user.has_perm("welfare.record_visit"),
        "can_record_activity": user.has_perm("activities.record_activity"),
        "seen_as": user.seen_as and user.seen_as.label,
        "role_labels": role_words(user.roles),
        "member_name": str(user),
    }
