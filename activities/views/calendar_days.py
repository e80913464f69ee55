"""Days off year by year, and the school terms."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from activities.actions import calendar as actions
from activities.calendar_tables import lines_of
from activities.forms.calendar import DayOffForm, NoticeForm, SemesterForm, YearFilter
from activities.models import Semester
from activities.notices import shipped_days, shipped_source
from activities.queries import days_off as queries
from activities.rules.days_off import DayOff, NoticeReading, read_notice
from activities.rules.weeks import Term, weeks_in
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.errors import FileRefused, RuleBroken
from unionoffice.fields import DayField
from unionoffice.forms import acted, posted, saved
from unionoffice.lunar import statutory_days
from unionoffice.undo import undo_tag

BEFORE = "days_off_before"  # in the session: the year as it was, for 撤销
DROPPED = "semester_dropped"


@require_safe
@allow("activities.view_plans")
def calendar_days(request):
    form = YearFilter(request.GET)
    today = timezone.localdate()
    year = (form.is_valid() and form.cleaned_data["year"]) or today.year
    return _days_page(request, year, filter_form=form, status=422 if form.errors else 200)


def _days_page(request, year: int, *, filter_form=None, form=None, status: int = 200):
    kept = queries.is_kept(year)
    days = queries.days_of_year(year)
    terms = list(Semester.objects.order_by("-first_day"))
    context = {
        "filter": filter_form,
        "form": form or DayOffForm(),
        "year": year,
        "years": queries.years_known(timezone.localdate()),
        "days": days,
        "kept": kept,
        "shipped": bool(shipped_days(year)),
        "source": days[0].source if days and kept else shipped_source(year),
        "statutory": statutory_days(year).items() if not days else (),
        "terms": [(each, weeks_in(Term(each.first_day, each.last_day))) for each in terms],
    }
    return render(request, "activities/calendar_days.html", context, status=status)


@allow("activities.manage_calendar")
def calendar_days_import(request):
    """First what was read is shown; the same text posted again with `land` becomes the year's."""
    form = NoticeForm(posted(request), request.FILES or None)
    reading = text = None
    if request.method == "POST" and form.is_valid():
        try:
            text = _text_of(form)
            reading = read_notice(text)
        except (RuleBroken, FileRefused) as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(refusal))
    if reading and "land" in request.POST:
        return _land(request, reading, form.cleaned_data["source"])
    context = {"form": form, "reading": reading, "text": text}
    context["there"] = len(queries.days_of_year(reading.year)) if reading else 0
    status = 422 if form.errors else 200
    return render(request, "activities/calendar_days_import.html", context, status=status)


def _text_of(form: NoticeForm) -> str:
    file = form.cleaned_data["file"]
    return lines_of(file.name, file.read()) if file else form.cleaned_data["text"]


def _land(request, reading: NoticeReading, source: str):
    source = source or reading.source
    before = actions.keep_year(year=reading.year, days=reading.days, by=request.user, source=source)
    _remember(request, reading.year, before)
    undo = undo_tag(reverse("activities:calendar_days_undo"))
    messages.success(request, f"{reading.year} 年放进去 {len(reading.days)} 天。", extra_tags=undo)
    return _back(reading.year)


def _remember(request, year: int, before: list[DayOff]) -> None:
    days = [[str(each.day), each.kind, each.name, each.source] for each in before]
    request.session[BEFORE] = {"year": year, "days": days}


def _back(year: int):
    return redirect(f"{reverse('activities:calendar_days')}?year={year}")


@require_POST
@allow("activities.manage_calendar")
def calendar_days_undo(request):
    before = request.session.pop(BEFORE, None)
    if before is None:
        messages.error(request, "没有可以撤销的改动了。")
        return redirect("activities:calendar_days")
    days = [DayOff(DayField().clean(day), *rest) for day, *rest in before["days"]]
    done = f"{before['year']} 年的安排回到了改之前。"
    acted(request, done, actions.keep_year, year=before["year"], days=days)
    return _back(before["year"])


@require_POST
@allow("activities.manage_calendar")
def calendar_days_reset(request):
    """Back to the notice as it was shipped."""
    form = YearFilter(request.POST)
    year = (form.is_valid() and form.cleaned_data["year"]) or timezone.localdate().year
    before = actions.keep_year(year=year, days=[], by=request.user)
    _remember(request, year, before)
    undo = undo_tag(reverse("activities:calendar_days_undo"))
    messages.success(request, f"{year} 年去掉了自己的安排。", extra_tags=undo)
    return _back(year)


@require_POST
@allow("activities.manage_calendar")
def calendar_day_create(request):
    form = DayOffForm(request.POST)
    before = None
    if form.is_valid():
        before = saved(form, actions.add_day_off, day=form.day_off, by=request.user)
    if before is None:
        day = form.cleaned_data.get("day") or timezone.localdate()
        return _days_page(request, day.year, form=form, status=422)
    day = form.day_off
    _remember(request, day.day.year, before)
    undo = undo_tag(reverse("activities:calendar_days_undo"))
    messages.success(request, f"加好了：{day.line}", extra_tags=undo)
    return _back(day.day.year)


@require_POST
@allow("activities.manage_calendar")
def calendar_day_drop(request):
    try:
        day = DayField().clean(request.POST.get("day"))
        before = actions.drop_day_off(day=day, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("activities:calendar_days")
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("activities:calendar_days")
    _remember(request, day.year, before)
    undo = undo_tag(reverse("activities:calendar_days_undo"))
    messages.success(request, f"去掉了 {day.month}月{day.day}日。", extra_tags=undo)
    return _back(day.year)


@allow("activities.manage_calendar")
def semester_create(request):
    form = SemesterForm(posted(request))
    if request.method == "POST" and form.is_valid():
        semester = saved(
            form, actions.add_semester, semester=form.save(commit=False), by=request.user
        )
        if semester:
            messages.success(request, f"登记好了：{semester}")
            return redirect(f"{reverse('activities:calendar_days')}#semesters")
    status = 422 if form.errors else 200
    return render(request, "activities/semester_form.html", {"form": form}, status=status)


@allow("activities.manage_calendar")
@in_turn(Semester)
def semester_update(request, pk):
    semester = get_object_or_404(Semester, pk=pk)
    form = SemesterForm(posted(request), instance=semester)
    if request.method == "POST" and form.is_valid():
        values = {"by": request.user, "untouched": form.untouched}
        if saved(form, actions.update_semester, semester=form.save(commit=False), **values):
            messages.success(request, f"改好了：{semester}")
            return redirect(f"{reverse('activities:calendar_days')}#semesters")
    context = {"form": form, "semester": semester}
    status = 422 if form.errors else 200
    return render(request, "activities/semester_form.html", context, status=status)


@require_POST
@allow("activities.manage_calendar")
def semester_drop(request, pk):
    semester = get_object_or_404(Semester, pk=pk)
    request.session[DROPPED] = actions.drop_semester(semester=semester, by=request.user)
    undo = undo_tag(reverse("activities:semester_restore"))
    messages.success(request, f"去掉了：{semester}", extra_tags=undo)
    return redirect(f"{reverse('activities:calendar_days')}#semesters")


@require_POST
@allow("activities.manage_calendar")
def semester_restore(request):
    span = request.session.pop(DROPPED, None)
    if span is None:
        messages.error(request, "没有可以放回的学期了。")
    else:
        form = SemesterForm(span)
        semester = form.save(commit=False) if form.is_valid() else None
        done = f"放回了：{span['name']}"
        if semester:
            acted(request, done, actions.add_semester, semester=semester)
        else:
            messages.error(request, "这个学期已经登记了，不用放回。")
    return redirect(f"{reverse('activities:calendar_days')}#semesters")
