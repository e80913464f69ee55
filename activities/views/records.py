"""Activity records: the list and its export, one record."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from activities import queries
from activities.choices import ActivityState
from activities.exporters import ActivityRegister
from activities.forms.details import DocumentForm, MendForm, OffForm, PrizeForm
from activities.forms.filters import ActivityFilter
from activities.models import Activity
from activities.queries.honours import honours_of_activity
from activities.queries.photos import photo_row
from activities.queries.series import leads
from members.queries import members_visible_to
from unionoffice.access import allow
from unionoffice.attachments import attachments_for
from unionoffice.errors import RuleBroken
from unionoffice.exports import table_response
from unionoffice.forms import VoidForm
from unionoffice.queries import log_for

PAGE_SIZE = 50
# heading, what a click on it sorts by
HEADS = (
    ("日期", "day"),
    ("活动", "title"),
    ("板块", ""),
    ("地点", ""),
    ("参加", "headcount"),
    ("预算（元）", "budget"),
    ("花费（元）", "spent"),
    ("计划", ""),
)
FIGURES = ("headcount", "budget", "spent")


class CountedPaginator(Paginator):
    """A paginator that was told how many rows there are, so that it need not ask again."""

    def __init__(self, rows, per_page: int, count: int):
        super().__init__(rows, per_page)
        self.count = count


@require_safe
@allow("activities.view_activities")
def activity_list(request):
    form = _filter(request)
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
        "state": form.cleaned_data.get("state") or ActivityState.HELD,
        "announced": queries.announced_count(queries.activities_visible_to(request.user)),
        "heads": _heads(request, form.cleaned_data.get("sort", "")),
    }
    status = 422 if form.errors else 200
    return render(request, "activities/activity_list.html", context, status=status)


def _filter(request) -> ActivityFilter:
    groups, series = queries.group_names(), queries.series_names()
    return ActivityFilter(request.GET, groups=groups, series=series)


def _filtered(user, form: ActivityFilter):
    """The rows of the list and of its export; none when the address asks for nonsense."""
    if not form.is_valid():
        return Activity.objects.none()
    return queries.narrowed(queries.activities_visible_to(user), **form.cleaned_data)


def _heads(request, sort: str):
    """Of each column its word, where a click on it leads, and how it is sorted now."""
    query = request.GET.copy()
    for name in ("sort", "page"):
        query.pop(name, None)
    start = f"{query.urlencode()}&sort=" if query else "sort="
    for word, key in HEADS:
        down = sort == key or (sort != f"-{key}" and key in FIGURES)
        yield {
            "word": word,
            "url": f"?{start}{'-' * down}{key}" if key else "",
            "sorted": {key: "ascending", f"-{key}": "descending"}.get(sort, "") if key else "",
            "figures": key in FIGURES,
        }


@require_GET
@allow("activities.export_activities")
def activity_export(request):
    form = _filter(request)
    activities = _filtered(request.user, form)
    if form.errors:
        raise RuleBroken("导出的筛选条件看不懂，回到活动记录重新筛选再导出。")
    table = ActivityRegister(activities, form.cleaned_data["period"])
    return table_response(table, request.GET.get("format", "xlsx"))


@require_safe
@allow("activities.view_activities")
def activity_detail(request, pk):
    return activity_page(request, whole_activity(request.user, pk))


def whole_activity(user, pk: int) -> Activity:
    """The record with all that its page names."""
    beside = ("plan_item", "group", "series", "venue", "study", "check_result")
    visible = queries.activities_visible_to(user)
    return get_object_or_404(visible.select_related(*beside, "recorded_by__member"), pk=pk)


def activity_page(request, activity: Activity, status: int = 200, **forms):
    """`forms`: what was sent from the page and comes back with its errors."""
    user = request.user
    may_change = queries.is_changeable_by(user, activity)
    context = {
        "activity": activity,
        "attachments": attachments_for(user, activity),
        "prizes": queries.prizes_of(activity),
        "honours": honours_of_activity(activity),
        "photos": photo_row(activity, user),
        "log": log_for(user, activity) if user.has_perm("activities.record_activity") else (),
        "may_change": may_change,
        "may_resume": _may_resume(user, activity),
        "may_mend": _may_mend(user, activity),
        "today": timezone.localdate(),
        "void_form": VoidForm(),
        "off_form": OffForm(prefix="off"),
        **(_entry_forms(user, activity) if may_change else {}),
        **forms,
    }
    return render(request, "activities/activity_detail.html", context, status=status)


def _may_mend(user, activity: Activity) -> bool:
    return activity.state == ActivityState.HELD and not activity.voided_at and leads(user, activity)


def _may_resume(user, activity: Activity) -> bool:
    off = activity.state == ActivityState.CALLED_OFF and not activity.voided_at
    return off and queries.in_hands_of(user, activity)


def _entry_forms(user, activity: Activity) -> dict:
    groups = queries.groups_to_choose(user, activity.day)
    return {
        "prize_form": PrizeForm(prefix="prize", members=members_visible_to(user), groups=groups),
        "document_form": DocumentForm(prefix="document"),
        "mend_form": MendForm(initial={"day": timezone.localdate()}),
    }
