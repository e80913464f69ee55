"""The code on the big screen that changes every half minute, and the phone that scans it."""

import segno
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from activities.actions import attendance as actions
from activities.forms.signups import SignInForm
from activities.models import Signup
from activities.queries import signups as signup_queries
from activities.rules import signups as rules
from unionoffice.access import allow
from unionoffice.forms import acted, saved

LOOK_AGAIN = 10  # seconds after which the screen asks for the code and the number again


@require_POST
@allow("activities.manage_attendance")
def sign_in_open(request, pk):
    """Open the sign-in of an activity and show its screen, or with `close` close it."""
    activity = get_object_or_404(signup_queries.activities_run_by(request.user), pk=pk)
    is_open = "close" not in request.POST
    done = "" if is_open else "扫码签到停了，没来得及扫的在下面的名单上记"
    ok = acted(request, done, actions.open_sign_in, activity=activity, is_open=is_open)
    page = "sign_in_screen" if ok and is_open else "attendance_update"
    return redirect(f"activities:{page}", pk)


@never_cache
@require_safe
@allow("activities.manage_attendance")
def sign_in_screen(request, pk):
    activity = get_object_or_404(signup_queries.activities_run_by(request.user), pk=pk)
    signup = signup_queries.signup_of(activity)
    if not (signup and signup.sign_in_open):
        messages.warning(request, "扫码签到没有开，点“扫码签到”打开。")
        return redirect("activities:attendance_update", pk)
    now = timezone.now()
    path = reverse("activities:sign_in_create", args=[pk, rules.code_at(signup.secret, now)])
    left = rules.seconds_left(now)
    context = {
        "activity": activity,
        "code": _drawn(request.build_absolute_uri(path)),
        "left": left,
        "again": min(left, LOOK_AGAIN),
        "heads": signup_queries.heads_of(activity.participations.all()),
    }
    return render(request, "activities/sign_in_screen.html", context)


def _drawn(address: str):
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None))


@never_cache
@allow("activities.sign_up")
def sign_in_create(request, pk, code):
    """`pk` is the activity's. One press signs in; the code is looked at only then."""
    signup = get_object_or_404(Signup.objects.select_related("activity"), activity=pk)
    form = SignInForm(request.POST if request.method == "POST" else None)
    row = signup.activity.participations.filter(member=request.user.member_id).first()
    if request.method == "POST" and form.is_valid():
        values = {"signup": signup, "code": code, "joins": form.cleaned_data["joins"]}
        done = saved(form, actions.sign_in, by=request.user, **values)
        if done:
            return redirect("activities:sign_in_create", pk, code)
    context = {"form": form, "activity": signup.activity, "row": row}
    status = 422 if form.errors else 200
    return render(request, "activities/sign_in_create.html", context, status=status)
