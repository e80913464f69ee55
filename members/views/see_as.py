"""An administrator looks at the pages as another role does."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from members import actions
from members.forms.see_as import SeeAsForm
from unionoffice.access import allow
from unionoffice.middleware import SEE_AS
from unionoffice.roles import PERMISSIONS, Role, permissions_seen_as


@require_safe
@allow("members.see_as")
def see_as(request):
    return render(request, "members/see_as.html", {"shown": _shown()})


def _shown() -> list[tuple[Role, list[str]]]:
    """The roles to choose from, each with what sets it apart from what everyone may do."""
    everyone = permissions_seen_as(Role.HIGHER_UNION) & permissions_seen_as(Role.MEMBER)
    return [
        (role, [PERMISSIONS[name][0] for name in PERMISSIONS if name in own][:6])
        for role in Role
        if role != Role.ADMIN
        for own in [permissions_seen_as(role) - everyone or everyone]
    ]


@require_POST
@allow("members.see_as")
def see_as_start(request):
    form = SeeAsForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["role"][0])
        return redirect("members:see_as")
    role = Role(form.cleaned_data["role"])
    actions.start_see_as(by=request.user, role=role)
    request.session[SEE_AS] = role.value
    return redirect("unionoffice:home")


@require_POST
@allow("unionoffice.view_home")
def see_as_end(request):
    """Also for those who look at nothing as anyone else: they just go home."""
    request.session.pop(SEE_AS, None)
    if request.user.seen_as:
        actions.end_see_as(by=request.user, role=request.user.seen_as)
        messages.success(request, "退出查看了，现在是您自己的页面")
        return redirect("members:see_as")
    return redirect("unionoffice:home")
