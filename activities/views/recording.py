"""Recording an activity, announcing one, changing it, and what becomes of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from activities import actions, queries
from activities.choices import ActivityKind, ActivityState
from activities.forms.activities import NOT_AHEAD, ActivityForm, AnnouncementForm
from activities.forms.details import OffForm
from activities.forms.kinds import KindParts
from activities.models import Activity
from activities.rules import VOIDED
from activities.views.records import activity_page, whole_activity
from unionoffice.access import allow
from unionoffice.attachments import attachments_of
from unionoffice.concurrent import in_turn
from unionoffice.forms import VoidForm, acted, posted, saved
from unionoffice.too_late import too_late
from unionoffice.undo import undo_tag

DUE_SHOWN = 8  # items beside the form
DONE = {
    "resume": "还是要办：{activity}，回到已通知。",
    "unhold": "改回还没办：{activity}，不计入任何数字。",
}
MOVES = {"resume": actions.resume_activity, "unhold": actions.unhold_activity}
NOT_NOW = {
    ActivityState.HELD: "“{activity}”已经记成已举行了；要补什么，在“修改或补充”里补。",
    ActivityState.CALLED_OFF: "“{activity}”记成不办了；还是要办的话，先点“还是要办”。",
}


@allow("activities.record_activity")
def activity_create(request):
    form = _form(request, ActivityForm)
    twice = "twice" in request.POST
    activity = _kept(request, form, actions.record_activity, twice=twice)
    if activity:
        _tell(request, activity, "记下了")
        again = "again" in request.POST
        return redirect("activities:activity_create") if again else redirect(activity)
    due = queries.due_items(timezone.localdate(), request.user)[:DUE_SHOWN]
    return _page(request, form, due=due, title="记活动")


@allow("activities.record_activity")
def activity_announce(request):
    form = _form(request, AnnouncementForm)
    twice = "twice" in request.POST
    activity = _kept(request, form, actions.announce_activity, twice=twice)
    if activity:
        _tell(request, activity, "通知发好了")
        return redirect(activity)
    return _page(request, form, title="发活动通知", announcing=True)


def _tell(request, activity: Activity, said: str) -> None:
    undo = undo_tag(reverse("activities:activity_undo", args=[activity.pk]))
    messages.success(request, f"{said}：{activity.when_text}，{activity}", extra_tags=undo)


@allow("activities.record_activity")
@in_turn(Activity)
def activity_update(request, pk):
    activity = get_object_or_404(queries.activities_in_hands_of(request.user), pk=pk)
    announced = activity.state == ActivityState.ANNOUNCED
    asked_for_result = request.POST.keys() & set(NOT_AHEAD)  # it was held when the page was opened
    short = announced and not asked_for_result
    form = _form(request, AnnouncementForm if short else ActivityForm, activity)
    if activity.voided_at or activity.state == ActivityState.CALLED_OFF:
        return overtaken(request, activity, form, *form.parts.written)
    if _kept(request, form, actions.update_activity, untouched=form.untouched):
        messages.success(request, f"改好了：{activity.when_text}，{activity}")
        return redirect(activity)
    title = "改活动通知" if announced else "改活动记录"
    return _page(request, form, activity=activity, title=title, announcing=announced)


@allow("activities.record_activity")
@in_turn(Activity)
def activity_hold(request, pk):
    """What was announced took place: the form asks for what is known now."""
    activity = get_object_or_404(queries.activities_in_hands_of(request.user), pk=pk)
    form = _form(request, ActivityForm, activity)
    if activity.voided_at or activity.state != ActivityState.ANNOUNCED:
        return overtaken(request, activity, form, *form.parts.written)
    if _kept(request, form, actions.hold_activity, untouched=form.untouched):
        undo = undo_tag(reverse("activities:activity_move", args=[activity.pk, "unhold"]))
        messages.success(request, f"记下了：{activity.when_text}，{activity}", extra_tags=undo)
        return redirect(activity)
    return _page(request, form, activity=activity, title="已举行，补记结果")


def _form(request, form_class, activity: Activity | None = None) -> ActivityForm:
    """With `parts`: what the kind of the activity is asked beside."""
    user, data = request.user, posted(request)
    row = activity or Activity()
    day = row.day or timezone.localdate()
    items = queries.items_to_choose(day, row.plan_item_id, user)
    form = form_class(
        data,
        request.FILES or None,
        instance=activity,
        items=items,
        groups=queries.groups_to_choose(user, day, row.group_id),
        series=queries.series_to_choose(day, row.series_id),
        venues=queries.places_open(day, row.venue_id),
        words=queries.used_words(),
        initial={} if activity else _known(request, items),
    )
    kind = row.kind if data is None else data.get("kind") or row.kind
    form.parts = KindParts(data, row, kind)
    return form


def _known(request, items) -> dict:
    """What is known before anything was typed: the group that one leads, the plan item or the kind
    that the button belonged to."""
    pk, kind = request.GET.get("item", ""), request.GET.get("kind")
    led = queries.own_group(request.user)
    known = {"group": led} if led else {}
    known |= {"kind": kind} if kind in ActivityKind.values else {}
    item = items.filter(pk=pk).first() if pk.isdecimal() else None
    if item:
        title = item.text[: Activity._meta.get_field("title").max_length]
        known |= {"plan_item": item, "title": title, "field": item.field}
    return known


def _kept(request, form: ActivityForm, action, **values) -> Activity | None:
    """What the action saved; None while nothing was sent, or what was sent has errors."""
    if request.method != "POST":
        return None
    fitting = [form.is_valid(), form.parts.is_valid()]  # both are judged
    if not all(fitting):
        return None
    given = form.cleaned_data["files"]
    values |= {"files": given.files, "photos": given.photos, "details": form.parts.details()}
    return saved(form, action, activity=form.save(commit=False), by=request.user, **values)


def _page(request, form: ActivityForm, **context):
    wrong = request.method == "POST"
    activity = context.get("activity")
    context |= {"form": form, "parts": form.parts, "partners": form.partners}
    context["attachments"] = attachments_of(activity) if activity else ()
    refused = wrong and not activity and form.non_field_errors()
    context["twin"] = queries.twin_of(form.instance) if refused else None
    return render(request, "activities/activity_form.html", context, status=422 if wrong else 200)


@require_POST
@allow("activities.record_activity")
def activity_void(request, pk):
    activity = get_object_or_404(queries.activities_in_hands_of(request.user), pk=pk)
    form = VoidForm(request.POST)
    if activity.voided_at:
        return overtaken(request, activity, form)
    if form.is_valid():
        voided = saved(
            form, actions.void_activity, activity=activity, by=request.user, **form.cleaned_data
        )
        if voided:
            messages.success(request, f"作废了：{activity}。它不再计入任何数字。")
            return redirect(activity)
    whole = whole_activity(request.user, pk)
    return activity_page(request, whole, status=422, void_form=form)


def overtaken(request, activity: Activity, *typed):
    """It was voided, held or called off since the page was opened."""
    if activity.voided_at:
        return too_late(request, VOIDED.format(title=activity), *typed, record=activity)
    sentence = NOT_NOW[activity.state].format(activity=activity)
    return too_late(request, sentence, *typed, record=activity)


@require_POST
@allow("activities.record_activity")
def activity_call_off(request, pk):
    activity = get_object_or_404(queries.activities_in_hands_of(request.user), pk=pk)
    form = OffForm(request.POST, prefix="off")
    if activity.voided_at or activity.state != ActivityState.ANNOUNCED:
        return overtaken(request, activity, form)
    if form.is_valid():
        off = saved(
            form, actions.call_off_activity, activity=activity, by=request.user, **form.cleaned_data
        )
        if off:
            undo = undo_tag(reverse("activities:activity_move", args=[pk, "resume"]))
            messages.success(request, f"不办了：{activity}。", extra_tags=undo)
            return redirect(activity)
    whole = whole_activity(request.user, pk)
    return activity_page(request, whole, status=422, off_form=form)


@require_POST
@allow("activities.record_activity")
def activity_move(request, pk, move):
    activity = get_object_or_404(queries.activities_in_hands_of(request.user), pk=pk)
    if move not in MOVES:
        messages.error(request, "没有这一步，刷新页面再看。")
        return redirect(activity)
    acted(request, DONE[move].format(activity=activity), MOVES[move], activity=activity)
    return redirect(activity)


@require_POST
@allow("activities.record_activity")
def activity_undo(request, pk):
    activity = get_object_or_404(queries.activities_visible_to(request.user), pk=pk)
    done = f"撤销了：{activity.when_text}，{activity}，不计入任何数字。"
    if acted(request, done, actions.undo_activity, activity=activity):
        return redirect("activities:activity_list")
    return redirect(activity)
