"""Clubs and what comes again and again: the list, one of them, its people, its meetings."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_POST, require_safe

from activities.actions import series as actions
from activities.actions import undo_activity
from activities.exporters.series import AttendanceTable, SeriesTable
from activities.forms.filters import PeriodFilter
from activities.forms.series import (
    EndForm,
    MeetingForm,
    PeopleForm,
    SeriesFilter,
    SeriesForm,
    meeting_of,
)
from activities.models import Activity, Series, SeriesMember
from activities.queries import series as queries
from activities.rules import VOIDED
from activities.rules.series import JOINED_FREELY
from members.queries import groups_there
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.exports import table_response
from unionoffice.forms import acted, posted, saved
from unionoffice.queries import log_for
from unionoffice.too_late import too_late
from unionoffice.undo import undo_tag

PAGE_SIZE = 50
MISSED_SHOWN = 12


@require_safe
@allow("activities.view_series")
def series_list(request):
    form = SeriesFilter(request.GET)
    rows = _rows(request.user, form)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": rows, "narrowed": form.narrowed}
    if not form.errors:
        period = form.cleaned_data["period"]
        context["rows"] = queries.series_rows(page.object_list, period, timezone.localdate())
    status = 422 if form.errors else 200
    return render(request, "activities/series_list.html", context, status=status)


def _rows(user, form: SeriesFilter):
    """The rows of the list and of its export; none when the address asks for nonsense."""
    if not form.is_valid():
        return Series.objects.none()
    return queries.narrowed_series(queries.series_visible_to(user), **form.cleaned_data)


@require_GET
@allow("activities.export_series")
def series_export(request):
    form = SeriesFilter(request.GET)
    rows = _rows(request.user, form)
    if form.errors:
        raise RuleBroken("导出的筛选条件看不懂，回到社团和定期活动重新筛选再导出。")
    period = form.cleaned_data["period"]
    table = SeriesTable(queries.series_rows(rows, period, timezone.localdate()), period)
    return table_response(table, request.GET.get("format", "xlsx"))


@require_safe
@allow("activities.view_series")
def series_detail(request, pk):
    series = get_object_or_404(
        queries.series_visible_to(request.user).select_related("leader"), pk=pk
    )
    return _series_page(request, series, EndForm(initial={"last_day": timezone.localdate()}))


def _series_page(request, series: Series, end_form: EndForm, status: int = 200):
    form, user = PeriodFilter(request.GET), request.user
    context = {"series": series, "form": form, "end_form": end_form} | _standing(series, user)
    if form.is_valid():
        period = form.cleaned_data["period"]
        meetings = queries.with_names_in(queries.meetings_of(series).in_period(period))
        context["page"] = Paginator(meetings, PAGE_SIZE).get_page(request.GET.get("page"))
        context["round"] = queries.round_of(series, period, timezone.localdate())
        context["missed"] = context["round"].missed[::-1][:MISSED_SHOWN]
        if context["may_lead"]:
            context["regulars"] = queries.regulars(series, period)
    status = 422 if form.errors else status
    return render(request, "activities/series_detail.html", context, status=status)


def _standing(series: Series, user) -> dict:
    """What this user sees of it and may do with it, whatever the period."""
    mine = queries.belongs(series, user.member_id)
    may_lead = queries.series_in_hands_of(user).filter(pk=series.pk).exists()
    may_lead = may_lead and user.has_perm("activities.lead_series")
    free = series.kind in JOINED_FREELY and not series.end
    people = queries.with_departments(queries.people_of_series(series))
    return {
        "may_lead": may_lead,
        "mine": mine,
        "may_join": free and mine is None and user.has_perm("activities.join_series"),
        "may_leave": mine is not None and user.has_perm("activities.join_series"),
        "people": people if user.has_perm("activities.view_series_people") else None,
        "people_count": len(people),
        "gone": queries.gone_from_series(series)[:20] if may_lead else (),
        "log": _log(user, series) if user.has_perm("activities.manage_series") else (),
    }


def _log(user, series: Series):
    """Who changed it; its meetings stand above anyway."""
    return log_for(user, series).exclude(act="activities.record_meeting")[:20]


@allow("activities.manage_series")
def series_create(request):
    form = SeriesForm(posted(request))
    if request.method == "POST" and form.is_valid():
        series = saved(form, actions.add_series, series=form.save(commit=False), by=request.user)
        if series:
            messages.success(request, f"设好了：{series}")
            return redirect(series)
    return _series_form(request, {"form": form})


@allow("activities.manage_series")
@in_turn(Series)
def series_update(request, pk):
    series = get_object_or_404(queries.series_visible_to(request.user), pk=pk)
    name = str(series)
    form = SeriesForm(posted(request), instance=series)
    if request.method == "POST" and form.is_valid():
        draft = form.save(commit=False)
        if saved(
            form, actions.update_series, series=draft, by=request.user, untouched=form.untouched
        ):
            messages.success(request, f"改好了：{draft}")
            return redirect(draft)
    return _series_form(request, {"form": form, "series": series, "name": name})


def _series_form(request, context: dict):
    status = 422 if context["form"].errors else 200
    return render(request, "activities/series_form.html", context, status=status)


@require_POST
@allow("activities.manage_series")
def series_end(request, pk):
    series = get_object_or_404(queries.series_visible_to(request.user), pk=pk)
    form = EndForm(request.POST)
    if form.is_valid():
        end = form.cleaned_data["last_day"]
        if saved(form, actions.end_series, series=series, end=end, by=request.user):
            undo = undo_tag(reverse("activities:series_reopen", args=[pk]))
            messages.success(request, f"停办了：{series}", extra_tags=undo)
            return redirect(series)
    return _series_page(request, series, form, status=422)


@require_POST
@allow("activities.manage_series")
def series_reopen(request, pk):
    series = get_object_or_404(queries.series_visible_to(request.user), pk=pk)
    acted(request, f"恢复了：{series}", actions.reopen_series, series=series)
    return redirect(series)


@require_POST
@allow("activities.manage_series")
def series_drop(request, pk):
    series = get_object_or_404(queries.series_visible_to(request.user), pk=pk)
    if acted(request, f"去掉了：{series}", actions.drop_series, series=series):
        return redirect("activities:series_list")
    return redirect(series)


@require_POST
@allow("activities.join_series")
def series_join(request, pk):
    series = get_object_or_404(queries.series_visible_to(request.user), pk=pk)
    undo = reverse("activities:series_leave", args=[pk])
    acted(request, f"您参加了{series}。", actions.join_series, undo, series=series)
    return redirect(series)


@require_POST
@allow("activities.join_series")
def series_leave(request, pk):
    series = get_object_or_404(queries.series_visible_to(request.user), pk=pk)
    acted(request, f"您退出了{series}，以后随时能再参加。", actions.leave_series, series=series)
    return redirect(series)


@allow("activities.lead_series")
def series_people(request, pk):
    """Take many in at once."""
    series = get_object_or_404(queries.series_in_hands_of(request.user), pk=pk)
    today = timezone.localdate()
    people = queries.people_to_take_in(request.user, today)
    form = PeopleForm(posted(request), people=people, groups=groups_there(today))
    if request.method == "POST" and form.is_valid():
        members = queries.chosen_people(people, form.cleaned_data, today)
        start = form.cleaned_data["start"]
        new = saved(
            form,
            actions.add_to_series,
            series=series,
            members=members,
            start=start,
            by=request.user,
        )
        if new is not None:
            told = f"加了 {len(new)} 人。" if new else "这些人都已经在里面，没有要加的。"
            messages.success(request, told)
            return redirect(series)
    context = {"form": form, "series": series}
    status = 422 if form.errors else 200
    return render(request, "activities/series_people.html", context, status=status)


@require_POST
@allow("activities.lead_series")
def series_member_end(request, pk):
    row = _row(request, pk)
    undo = reverse("activities:series_member_back", args=[pk])
    stays = row.start < timezone.localdate()  # else the row goes altogether
    done = f"{row.member}不再在{row.series}里。"
    acted(request, done, actions.take_out_of_series, undo if stays else "", row=row)
    return redirect(row.series)


@require_POST
@allow("activities.lead_series")
def series_member_back(request, pk):
    row = _row(request, pk)
    acted(request, f"{row.member}又在{row.series}里了。", actions.put_back_into_series, row=row)
    return redirect(row.series)


def _row(request, pk) -> SeriesMember:
    rows = SeriesMember.objects.select_related("series", "member")
    return get_object_or_404(rows, pk=pk, series__in=queries.series_in_hands_of(request.user))


@allow("activities.lead_series")
def series_record(request, pk):
    """记这一次, with what is known of it; ?day= one that was missed."""
    series = get_object_or_404(queries.series_in_hands_of(request.user), pk=pk)
    today = timezone.localdate()
    day = _asked_day(request.GET.get("day", "")) or queries.likely_day(series, today)
    people = queries.people_to_tick(series).order_by("pinyin", "pk")
    form = MeetingForm(posted(request), instance=meeting_of(series, day), people=people)
    if request.method == "POST" and form.is_valid():
        came, twice = list(form.cleaned_data.get("came", ())), "twice" in request.POST
        values = {"activity": form.save(commit=False), "came": came, "twice": twice}
        held = saved(form, actions.record_meeting, by=request.user, **values)
        if held:
            undo = undo_tag(reverse("activities:series_meeting_undo", args=[held.pk]))
            messages.success(request, f"记下了：{held.when_text}，{held}", extra_tags=undo)
            return redirect(series)
    twin = queries.meeting_on(series, form.instance.day) if form.non_field_errors() else None
    context = {"form": form, "series": series, "people": len(people), "twin": twin}
    status = 422 if form.errors else 200
    return render(request, "activities/series_record.html", context, status=status)


@allow("activities.lead_series")
@in_turn(Activity)
def series_meeting_update(request, pk):
    """Mend what was recorded of a meeting; its leader need not record other activities."""
    meeting = get_object_or_404(queries.meetings_in_hands_of(request.user), pk=pk)
    series = meeting.series
    people = queries.people_to_tick(series, meeting).order_by("pinyin", "pk")
    known = {"came": queries.people_present(meeting)}
    form = MeetingForm(posted(request), instance=meeting, people=people, initial=known)
    if meeting.voided_at:
        said = VOIDED.format(title=meeting)
        return too_late(request, said, form, record=meeting, back=series.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        values = {"activity": form.save(commit=False), "came": form.came_now}
        untouched = form.untouched
        if saved(form, actions.update_meeting, by=request.user, untouched=untouched, **values):
            messages.success(request, f"改好了：{meeting.when_text}，{meeting}")
            return redirect(meeting)
    context = {"form": form, "series": series, "meeting": meeting}
    status = 422 if form.errors else 200
    return render(request, "activities/series_record.html", context, status=status)


@require_POST
@allow("activities.lead_series")
def series_meeting_undo(request, pk):
    """Take back what one recorded a moment ago; who leads a club records no other activities."""
    mine = queries.series_in_hands_of(request.user)
    meeting = get_object_or_404(Activity.objects.select_related("series"), pk=pk, series__in=mine)
    done = f"撤销了：{meeting.when_text}，{meeting}，不计入任何数字。"
    acted(request, done, undo_activity, activity=meeting)
    return redirect(meeting.series)


def _asked_day(text: str):
    try:
        return parse_date(text)
    except ValueError:
        return None


@require_GET
@allow("activities.lead_series")
def series_attendance_export(request, pk):
    series = get_object_or_404(queries.series_in_hands_of(request.user), pk=pk)
    form = PeriodFilter(request.GET)
    if not form.is_valid():
        raise RuleBroken("导出的期间看不懂，回到这个社团重新选期间再导出。")
    period = form.cleaned_data["period"]
    found = queries.regulars(series, period)
    actions.note_attendance_export(series=series, people=found, by=request.user)
    table = AttendanceTable(series, found, period)
    return table_response(table, request.GET.get("format", "xlsx"))
