"""Activity records: the list and its export, one record, recording, changing, voiding."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from activities import actions, queries
from activities.exporters import ActivityRegister
from activities.forms.activities import ActivityForm
from activities.forms.filters import ActivityFilter
from activities.models import Activity
from activities.rules import VOIDED
from unionoffice.access import allow
from unionoffice.attachments import attachments_of
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.exports import table_response
from unionoffice.forms import VoidForm, acted, saved
from unionoffice.queries import log_of
from unionoffice.undo import undo_tag

PAGE_SIZE = 50
DUE_SHOWN = 8  # items beside the form


class CountedPaginator(Paginator):
    """A paginator that was told how many rows there are, so that it need not ask again."""

    def __init__(self, rows, per_page: int, count: int):
        super().__init__(rows, per_page)
        self.count = count


@require_safe
@allow("activities.view_activities")
def activity_list(request):
    form = ActivityFilter(request.GET, groups=queries.group_names())
    activities = _filtered(request.user, form)
    totals = queries.totals_of(activities)
    pages = CountedPaginator(activities, PAGE_SIZE, totals.held)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "totals": totals,
        "page": page,
        "rows": queries.activity_rows(page.object_list),
        "narrowed": form.narrowed,
    }
    status = 422 if form.errors else 200
    return render(request, "activities/activity_list.html", context, status=status)


def _filtered(user, form: ActivityFilter):
    """The rows of the list and of its export; none when the address asks for nonsense."""
    if not form.is_valid():
        return Activity.objects.none()
    return queries.narrowed(queries.activities_visible_to(user), **form.cleaned_data)


@require_GET
@allow("activities.export_activities")
def activity_export(request):
    form = ActivityFilter(request.GET, groups=queries.group_names())
    activities = _filtered(request.user, form)
    if form.errors:
        raise RuleBroken("导出的筛选条件看不懂，回到活动记录重新筛选再导出。")
    table = ActivityRegister(activities, form.cleaned_data["period"])
    return table_response(table, request.GET.get("format", "xlsx"))


@require_safe
@allow("activities.view_activities")
def activity_detail(request, pk):
    activity = get_object_or_404(
        queries.activities_visible_to(request.user).select_related(
            "plan_item", "group", "recorded_by__member"
        ),
        pk=pk,
    )
    return _activity_page(request, activity, VoidForm())


def _activity_page(request, activity: Activity, void_form: VoidForm, status: int = 200):
    user = request.user
    context = {
        "activity": activity,
        "attachments": attachments_of(activity),
        "log": log_of(activity) if user.has_perm("activities.record_activity") else (),
        "may_change": queries.activities_changeable_by(user).filter(pk=activity.pk).exists(),
        "void_form": void_form,
    }
    return render(request, "activities/activity_detail.html", context, status=status)


@allow("activities.record_activity")
def activity_create(request):
    today = timezone.localdate()
    items = queries.items_to_choose(today)
    form = ActivityForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        items=items,
        groups=queries.groups_to_choose(request.user, today),
        initial=_known(request.user, items, request.GET.get("item", "")),
    )
    if request.method == "POST" and form.is_valid():
        activity = _saved(form, actions.record_activity, by=request.user)
        if activity:
            undo = undo_tag(reverse("activities:activity_undo", args=[activity.pk]))
            said = f"记下了：{activity.when_text}，{activity}"
            messages.success(request, said, extra_tags=undo)
            again = "again" in request.POST
            return redirect("activities:activity_create") if again else redirect(activity)
    context = {"form": form, "due": queries.due_items(today)[:DUE_SHOWN]}
    return _activity_form(request, form, context)


def _known(user, items, pk: str) -> dict:
    """What is known before anything was typed: the group that one leads, the plan item that the
    button belonged to."""
    led = queries.own_group(user)
    known = {"group": led} if led else {}
    item = items.filter(pk=pk).first() if pk.isdecimal() else None
    if item:
        title = item.text[: Activity._meta.get_field("title").max_length]
        known |= {"plan_item": item, "title": title, "field": item.field}
    return known


@allow("activities.record_activity")
@in_turn(Activity)
def activity_update(request, pk):
    activity = get_object_or_404(queries.activities_in_hands_of(request.user), pk=pk)
    if activity.voided_at:
        return _said_voided(request, activity)
    form = ActivityForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        instance=activity,
        items=queries.items_to_choose(activity.day, activity.plan_item_id),
        groups=queries.groups_to_choose(request.user, activity.day, activity.group_id),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and _saved(form, actions.update_activity, by=request.user, untouched=form.untouched)
    ):
        messages.success(request, f"改好了：{activity.when_text}，{activity}")
        return redirect(activity)
    context = {"form": form, "activity": activity, "attachments": attachments_of(activity)}
    return _activity_form(request, form, context)


def _saved(form: ActivityForm, action, **values) -> Activity | None:
    files = form.cleaned_data["files"]
    return saved(form, action, activity=form.save(commit=False), files=files, **values)


def _activity_form(request, form: ActivityForm, context: dict):
    status = 422 if form.errors else 200
    return render(request, "activities/activity_form.html", context, status=status)


@require_POST
@allow("activities.record_activity")
def activity_void(request, pk):
    activity = get_object_or_404(queries.activities_in_hands_of(request.user), pk=pk)
    if activity.voided_at:
        return _said_voided(request, activity)
    form = VoidForm(request.POST)
    if form.is_valid():
        voided = saved(
            form, actions.void_activity, activity=activity, by=request.user, **form.cleaned_data
        )
        if voided:
            messages.success(request, f"作废了：{activity}。它不再计入任何数字。")
            return redirect(activity)
    return _activity_page(request, activity, form, status=422)


def _said_voided(request, activity: Activity):
    messages.warning(request, VOIDED.format(title=activity))
    return redirect(activity)


@require_POST
@allow("activities.record_activity")
def activity_undo(request, pk):
    activity = get_object_or_404(queries.activities_visible_to(request.user), pk=pk)
    done = f"撤销了：{activity.when_text}，{activity}，不计入任何数字。"
    if acted(request, done, actions.undo_activity, activity=activity):
        return redirect("activities:activity_list")
    return redirect(activity)
