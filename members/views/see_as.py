"""An administrator looks at the pages as another role does."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from members import actions, queries
from members.forms.see_as import PLACES, SeeAsForm
from unionoffice.access import allow
from unionoffice.roles import PERMISSIONS, Role, permissions_seen_as
from unionoffice.see_as import KEY


@require_safe
@allow("members.see_as")
def see_as(request):
    return render(request, "members/see_as.html", {"shown": list(_shown())})


def _shown():
    """The roles to choose from, each with what sets it apart from what everyone may do, and with
    the places that it can be of."""
    everyone = permissions_seen_as(Role.HIGHER_UNION) & permissions_seen_as(Role.MEMBER)
    for role in Role:
        if role != Role.ADMIN:
            own = permissions_seen_as(role) - everyone or everyone
            model, word = PLACES.get(role, (None, ""))
            yield {
                "role": role,
                "doing": [PERMISSIONS[name][0] for name in PERMISSIONS if name in own][:6],
                "word": word,
                "places": queries.places(model) if model else (),
            }


@require_POST
@allow("members.see_as")
def see_as_start(request):
    form = SeeAsForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.refusal)
        return redirect("members:see_as")
    seen_as = form.seen_as
    actions.start_see_as(by=request.user, seen_as=seen_as)
    request.session[KEY] = seen_as.stored
    return redirect("unionoffice:home")


@require_POST
@allow("unionoffice.view_home")
def see_as_end(request):
    """Also for those who look at nothing as anyone else: they just go home."""
    request.session.pop(KEY, None)
    if request.user.seen_as:
        actions.end_see_as(by=request.user, seen_as=request.user.seen_as)
        messages.success(request, "退出查看了，现在是您自己的页面")
        return redirect("members:see_as")
    return redirect("unionoffice:home")
