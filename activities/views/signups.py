"""Sign-up in the browser: what is open, one's own place, others signed up, the notice itself."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from activities import queries
from activities.actions import signups as actions
from activities.choices import ActivityState
from activities.forms.signups import SIGNUP_TABS, PeopleForm, SignupFilter, SignupForm
from activities.models import Activity, Signup
from activities.queries import signups as signup_queries
from activities.rules import signups as rules
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.forms import acted, posted, saved
from unionoffice.too_late import too_late
from unionoffice.undo import undo_tag

PAGE_SIZE = 30


@require_safe
@allow("activities.view_activities")
def signup_list(request):
    filters = SignupFilter(request.GET)
    signups = signup_queries.in_tab(request.user, filters.chosen, timezone.now())
    page = Paginator(signups, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": filters,
        "choices": [(tab, tab == filters.chosen) for tab in SIGNUP_TABS],
        "page": page,
        "rows": page.object_list,
        "without": signup_queries.announced_without_signup(request.user),
    }
    status = 422 if filters.errors else 200
    return render(request, "activities/signup_list.html", context, status=status)


@require_safe
@allow("activities.view_activities")
def signup_detail(request, pk):
    signup = get_object_or_404(signup_queries.signups_visible_to(request.user), pk=pk)
    return _signup_page(request, signup)


def _signup_page(request, signup: Signup, status: int = 200):
    user, activity = request.user, signup.activity
    room = signup_queries.room_of(signup)
    shown = user.has_perm("activities.manage_attendance")
    context = {
        "signup": signup,
        "activity": activity,
        "heads": signup_queries.heads_of(activity.participations.all()),
        "room": room,
        "place": signup_queries.place_of(signup, user.member_id),
        "closed": _why_closed(signup),
        "ahead": _ahead(activity),
        "past_deadline": bool(signup.deadline and timezone.now() > signup.deadline),
        "people": signup_queries.people_of_activity(user, activity) if shown else (),
        "attends": shown and signup_queries.may_attend(user, activity),
        "in_hands": signup_queries.signups_in_hands_of(user).filter(pk=signup.pk).exists(),
        "quotas": signup_queries.quota_rows(signup, room),
    }
    return render(request, "activities/signup_detail.html", context, status=status)


def _why_closed(signup: Signup) -> str:
    """Why nobody can sign up by oneself now; "" while one can."""
    activity, closed = signup.activity, bool(signup.closed_at) or not signup.open_to_signup
    try:
        gone = {"voided": bool(activity.voided_at), "over": _over(activity)}
        rules.check_announced(activity.title, activity.state, **gone)
        rules.check_open(signup.opens_at, signup.deadline, closed=closed, now=timezone.now())
    except RuleBroken as refusal:
        return str(refusal)
    return ""


def _over(activity: Activity) -> bool:
    return activity.final_day < timezone.localdate()


def _ahead(activity: Activity) -> bool:
    """Whether who is on the list, and who waits, still has something to wait for."""
    announced = activity.state == ActivityState.ANNOUNCED and not activity.voided_at
    return announced and not _over(activity)


@require_POST
@allow("activities.sign_up")
def signup_join(request, pk):
    signup = get_object_or_404(signup_queries.signups_visible_to(request.user), pk=pk)
    try:
        row = actions.sign_up(signup=signup, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        waits = "已经满了，您在候补，有人退出就按先后补上，补上了在首页告诉您"
        messages.success(request, waits if row.signup == "waiting" else f"报上了：{signup}")
    return redirect(signup)


@require_POST
@allow("activities.sign_up")
def signup_leave(request, pk):
    signup = get_object_or_404(signup_queries.signups_visible_to(request.user), pk=pk)
    try:
        raised = actions.withdraw(signup=signup, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        undo = "" if raised else undo_tag(reverse("activities:signup_leave_undo", args=[pk]))
        also = "。名额给了候补的人" if raised else ""
        messages.success(request, f"退出了：{signup}，不用来了{also}", extra_tags=undo)
    return redirect(signup)


@require_POST
@allow("activities.sign_up")
def signup_leave_undo(request, pk):
    signup = get_object_or_404(signup_queries.signups_visible_to(request.user), pk=pk)
    acted(request, f"撤销了退出：{signup}", actions.undo_withdraw, signup=signup)
    return redirect(signup)


@allow("activities.manage_attendance")
def signup_create(request, pk):
    activity = get_object_or_404(queries.activities_in_hands_of(request.user), pk=pk)
    kept = Signup.objects.filter(activity=activity, open_to_signup=True).first()
    form = SignupForm(
        posted(request),
        instance=Signup(activity=activity),
        groups=queries.groups_to_choose(request.user, activity.final_day),
    )
    if kept or not _ahead(activity):
        said = "这场活动已经可以报名了。" if kept else _not_ahead(activity)
        back = (kept or activity).get_absolute_url()
        return too_late(request, said, form, record=activity, back=back)
    if request.method == "POST" and form.is_valid():
        values = {"signup": form.save(commit=False), "quotas": form.quotas}
        signup = saved(form, actions.open_signup, by=request.user, **values)
        if signup:
            messages.success(request, f"可以报名了：{signup}，会员的首页上看得到")
            return redirect(signup)
    return _signup_form(request, form, activity)


def _not_ahead(activity: Activity) -> str:
    if activity.state == ActivityState.ANNOUNCED and not activity.voided_at:
        return f"“{activity}”的日子过了，不能再报名；谁来了在签到里记。"
    return f"“{activity}”不是还没办的活动，不能报名；要先通知，用“发活动通知”。"


@allow("activities.manage_attendance")
@in_turn(Signup)
def signup_update(request, pk):
    signup = signup_queries.signups_in_hands_of(request.user).filter(pk=pk).first()
    if signup is None:
        return _signup_gone(request, pk)
    activity = signup.activity
    groups = queries.groups_to_choose(request.user, activity.final_day)
    form = SignupForm(posted(request), instance=signup, groups=groups)
    if request.method == "POST" and form.is_valid():
        values = {"signup": form.save(commit=False), "quotas": form.quotas}
        raised = saved(form, actions.update_signup, by=request.user, untouched=form.kept, **values)
        if raised is not None:
            messages.success(request, f"改好了：{signup}{_raised_words(raised)}")
            return redirect(signup)
    return _signup_form(request, form, activity, signup)


def _signup_gone(request, pk: int):
    """Another one took the sign-up off while the form was open."""
    activity = get_object_or_404(signup_queries.lost_signup(request.user, pk))
    groups = queries.groups_to_choose(request.user, activity.final_day)
    form = SignupForm(posted(request), instance=Signup(activity=activity), groups=groups)
    said = f"“{activity}”的报名去掉了；还要报名，重新发起。"
    return too_late(request, said, form, record=activity)


def _signup_form(request, form, activity, signup=None):
    context = {"form": form, "activity": activity, "signup": signup}
    status = 422 if form.errors else 200
    return render(request, "activities/signup_form.html", context, status=status)


def _raised_words(raised) -> str:
    names = "、".join(row.member.name for row in raised)
    return f"，{names}从候补补上了，首页上会告诉本人" if names else ""


@require_POST
@allow("activities.manage_attendance")
def signup_close(request, pk):
    """Stop, or with `again` start once more."""
    signup = get_object_or_404(signup_queries.signups_in_hands_of(request.user), pk=pk)
    again = "again" in request.POST
    done = "重新开始报名了" if again else "停止报名了，名单还在"
    acted(request, done, actions.close_signup, signup=signup, closed=not again)
    return redirect(signup)


@require_POST
@allow("activities.manage_attendance")
def signup_drop(request, pk):
    signup = get_object_or_404(signup_queries.signups_in_hands_of(request.user), pk=pk)
    activity = signup.activity
    if acted(request, f"去掉了“{activity}”的报名", actions.drop_signup, signup=signup):
        return redirect("activities:signup_list")
    return redirect(signup)


@allow("activities.manage_attendance")
def signup_people(request, pk):
    """Sign up others: the own group for its leader, anyone for the office."""
    signup = get_object_or_404(signup_queries.signups_visible_to(request.user), pk=pk)
    people = signup_queries.people_to_sign_up(request.user, signup)
    form = PeopleForm(posted(request), people=people)
    if request.method == "POST" and form.is_valid():
        rows = saved(form, _signed_up, signup=signup, by=request.user, **form.cleaned_data)
        if rows:
            waiting = sum(row.signup == "waiting" for row in rows)
            also = f"，其中 {waiting} 人候补" if waiting else ""
            messages.success(request, f"替 {len(rows)} 人报上了：{signup}{also}")
            return redirect(signup)
    context = {
        "form": form,
        "signup": signup,
        "people": people,
        "ticked": set(request.POST.getlist("members")),
        "room": signup_queries.room_of(signup),
        "in_hands": signup_queries.signups_in_hands_of(request.user).filter(pk=pk).exists(),
    }
    status = 422 if form.errors else 200
    return render(request, "activities/signup_people.html", context, status=status)


def _signed_up(signup, members, past_limit, by):
    """Past the limit, and while nobody signs up by oneself, only by who has the activity in hand."""
    in_hands = signup_queries.signups_in_hands_of(by).filter(pk=signup.pk).exists()
    if not in_hands:
        closed, now = signup.closed_at is not None, timezone.now()
        rules.check_open(signup.opens_at, signup.deadline, closed=closed, now=now)
    values = {"signup": signup, "members": list(members), "by": by}
    return actions.sign_up_people(**values, past_limit=past_limit and in_hands)


@require_POST
@allow("activities.manage_attendance")
def signup_withdraw(request, pk):
    """Take one of those on the list off: the leader the own people until the deadline."""
    signup = get_object_or_404(signup_queries.signups_visible_to(request.user), pk=pk)
    people = signup_queries.people_of_activity(request.user, signup.activity)
    key = request.POST.get("participation", "")
    row = people.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if row is None:
        messages.error(request, "名单上没有这个人，刷新再看。")
        return redirect(signup)
    done = f"{row.member.name}退出了报名"
    acted(request, done, _withdrawn, signup=signup, row=row)
    return redirect(signup)


def _withdrawn(signup, row, by):
    if not signup_queries.signups_in_hands_of(by).filter(pk=signup.pk).exists():
        rules.check_deadline(signup.deadline, timezone.now(), "退出")
    return actions.withdraw_people(signup=signup, members=[row.member_id], by=by)
