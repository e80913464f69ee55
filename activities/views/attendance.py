"""Who came, in the browser: the list, the code on the big screen, paper, and the period."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from activities import queries
from activities.actions import attendance as actions
from activities.choices import Attendance
from activities.exporters.attendance import (
    AttendanceRegister,
    GroupRegister,
    NameList,
    paper_file,
)
from activities.forms.signups import (
    AttendanceFilter,
    MarksForm,
    ParticipationForm,
    RollForm,
)
from activities.models import Activity, Participation
from activities.queries import signups as signup_queries
from members.models import Member
from members.queries import groups_visible_to, members_visible_to
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.exports import file_response, table_response
from unionoffice.forms import acted, posted, saved
from unionoffice.undo import undo_tag

PAGE_SIZE = 50
MARKS = (*Attendance.choices, ("", "没记"))


def _activity(request, pk) -> Activity:
    return get_object_or_404(signup_queries.activities_to_attend(request.user), pk=pk)


# ------------------------------------------------------------------ the list of one activity
@allow("activities.manage_attendance")
@in_turn(Activity)
def attendance_update(request, pk):
    activity = _activity(request, pk)
    form = MarksForm(posted(request), initial={"guests": activity.guests})
    if request.method == "POST" and form.is_valid():
        count = saved(form, _marked, request=request, activity=activity, data=form.cleaned_data)
        if count is not None:
            messages.success(request, *_marked_words(request.user, activity, count))
            return redirect("activities:attendance_update", pk)
    return _attendance_page(request, activity, form, RollForm(**_offered(request, activity)))


def _marked(request, activity, data):
    """What was tapped; and all the others of a group or of the list, where that button was."""
    marks, rest = dict(data["marks"]), request.POST.get("rest", "")
    mark, _, group = rest.partition("-")
    if mark in Attendance.values:
        people = signup_queries.people_of_activity(request.user, activity)
        people = people.filter(signup_queries.EXPECTED)
        people = people.filter(group=group) if group.isdecimal() else people
        for key in people.values_list("pk", flat=True):
            marks[key] = marks.get(key) or mark
    runs = signup_queries.activities_run_by(request.user).filter(pk=activity.pk).exists()
    guests = {name: data[name] for name in ("guests", "seen_guests")} if runs else {}
    return actions.mark_attendance(
        activity=activity,
        marks=_in_sight(request, activity, marks),
        seen=data["seen"],
        by=request.user,
        in_charge=runs,
        **guests,
    )


def _marked_words(user, activity: Activity, count: int) -> tuple[str, str]:
    """What was done, and the button that takes it back."""
    if not count:
        return "没有改动", ""
    step = signup_queries.steps_marked(activity, user)[0]
    undo = reverse("activities:attendance_marks_undo", args=[activity.pk, step.pk])
    return f"记好了 {count} 处", undo_tag(undo)


@require_POST
@allow("activities.manage_attendance")
def attendance_marks_undo(request, pk, entry):
    """Take back what one step just marked."""
    activity = _activity(request, pk)
    step = get_object_or_404(signup_queries.steps_marked(activity, request.user), pk=entry)
    done = "撤销了，刚记的不算"
    acted(request, done, actions.undo_marks, activity=activity, entry=step)
    return redirect("activities:attendance_update", pk)


def _in_sight(request, activity, marks: dict) -> dict:
    people = signup_queries.people_of_activity(request.user, activity)
    keys = set(people.values_list("pk", flat=True))
    return {key: mark for key, mark in marks.items() if key in keys}


def _offered(request, activity) -> dict:
    """For RollForm."""
    user = request.user
    visible = groups_visible_to(user).order_by().values("pk")
    there = queries.groups_to_choose(user, activity.final_day).filter(pk__in=visible)
    return {"people": members_visible_to(user), "groups": there}


def _attendance_page(request, activity, form, roll_form, status: int = 200):
    people = list(signup_queries.people_of_activity(request.user, activity))
    typed = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else {}
    shown = [_row(row, typed) for row in people if row.signup in ("", "listed") or row.attendance]
    others = [
        row for row in people if row.signup in ("waiting", "withdrawn") and not row.attendance
    ]
    context = {
        "activity": activity,
        "form": form,
        "roll_form": roll_form,
        "rows": shown,
        "others": others,
        "marks": MARKS,
        "heads": signup_queries.heads_of(activity.participations.all()),
        "ahead": activity.day > timezone.localdate(),
        "by_names": signup_queries.counted_heads(activity),
        "signup": signup_queries.signup_of(activity),
        "runs": signup_queries.activities_run_by(request.user).filter(pk=activity.pk).exists(),
    }
    status = 422 if form.errors or roll_form.errors else status
    return render(request, "activities/attendance_update.html", context, status=status)


def _row(row: Participation, typed: dict) -> dict:
    """One line: what was typed stands, unless somebody else marked the row since."""
    seen, mark = typed.get("seen", {}).get(row.pk, ""), typed.get("marks", {}).get(row.pk)
    kept = mark if mark is not None and seen == row.attendance else row.attendance
    return {"row": row, "mark": kept}


@require_POST
@allow("activities.manage_attendance")
@in_turn(Activity)
def attendance_add(request, pk):
    activity = _activity(request, pk)
    form = RollForm(request.POST, **_offered(request, activity))
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("group", "duty")}
        rows = saved(
            form, _put_on_roll, activity=activity, people=form.everyone, by=request.user, **told
        )
        if rows is not None:
            messages.success(request, *_added_words(request.user, activity, rows))
            return redirect("activities:attendance_update", pk)
    return _attendance_page(request, activity, MarksForm(initial={"guests": activity.guests}), form)


def _put_on_roll(activity, people, group, duty, by):
    """Past the limit only by whoever has the activity in hand."""
    if group:
        people += signup_queries.people_in_group(by, group, activity.final_day)
    runs = signup_queries.activities_run_by(by).filter(pk=activity.pk).exists()
    values = {"activity": activity, "members": people, "duty": duty, "by": by}
    return actions.put_on_roll(**values, past_limit=runs)


def _added_words(user, activity: Activity, rows) -> tuple[str, str]:
    """What was done, and the button that takes it back."""
    if not rows:
        return "记好了做什么", ""
    added = signup_queries.last_put_on(activity, user)
    undo = reverse("activities:attendance_add_undo", args=[activity.pk, added.pk])
    signup = signup_queries.signup_of(activity)
    room = signup_queries.room_of(signup) if signup and signup.open_to_signup else None
    over = room and room.limit is not None and room.heads > room.limit
    also = f"，一共 {room.heads} 人，超过名额 {room.limit}" if over else ""
    return f"名单上加了 {len(rows)} 人{also}", undo_tag(undo)


@require_POST
@allow("activities.manage_attendance")
def attendance_add_undo(request, pk, entry):
    """Take those off again whom one step just put on the list."""
    activity = _activity(request, pk)
    added = get_object_or_404(signup_queries.steps_put_on(activity, request.user), pk=entry)
    done = "撤销了，刚加的人不在名单上了"
    acted(request, done, actions.undo_put_on_roll, activity=activity, entry=added)
    return redirect("activities:attendance_update", pk)


# ------------------------------------------------------------------ how many came
@require_POST
@allow("activities.manage_attendance")
def attendance_count(request, pk):
    """The number of those who came is counted by names from now on."""
    activity = get_object_or_404(signup_queries.activities_run_by(request.user), pk=pk)
    undo = reverse("activities:attendance_uncount", args=[pk]) if activity.headcount else ""
    done = "人数改成按名单数了"
    acted(request, done, actions.count_by_names, undo, activity=activity)
    return redirect("activities:attendance_update", pk)


@require_POST
@allow("activities.manage_attendance")
def attendance_uncount(request, pk):
    activity = get_object_or_404(signup_queries.activities_run_by(request.user), pk=pk)
    acted(request, "人数改回原来写的了", actions.keep_typed_headcount, activity=activity)
    return redirect("activities:attendance_update", pk)


# ------------------------------------------------------------------ one of the list


@allow("activities.manage_attendance")
@in_turn(Participation)
def participation_update(request, pk):
    row = get_object_or_404(signup_queries.participations_in_reach(request.user), pk=pk)
    form = ParticipationForm(posted(request), instance=row)
    if request.method == "POST" and form.is_valid():
        values = {"participation": form.save(commit=False), "untouched": form.untouched}
        if saved(form, actions.update_participation, by=request.user, **values):
            messages.success(request, f"改好了：{row.member}")
            return redirect("activities:attendance_update", row.activity_id)
    status = 422 if form.errors else 200
    context = {"form": form, "row": row, "activity": row.activity}
    return render(request, "activities/participation_update.html", context, status=status)


@require_POST
@allow("activities.manage_attendance")
def participation_drop(request, pk):
    row = get_object_or_404(signup_queries.participations_in_reach(request.user), pk=pk)
    done = f"{row.member}不在名单上了"
    acted(request, done, actions.drop_participation, participation=row)
    return redirect("activities:attendance_update", row.activity_id)


@require_GET
@allow("activities.manage_attendance")
def attendance_export(request, pk):
    """The sign-in sheet (`what`=sheet), else the list of names; to write on, or as a table."""
    activity = _activity(request, pk)
    people = list(signup_queries.people_of_activity(request.user, activity))
    people = [row for row in people if row.signup in ("", "listed") or row.attendance]
    if not people:
        messages.error(request, "名单上还没有人，先加人或者等人报名。")
        return redirect("activities:attendance_update", pk)
    actions.note_export(activity=activity, people=people, by=request.user)
    file_format = request.GET.get("format", "xlsx")
    if file_format in ("docx", "pdf"):
        content, title = paper_file(activity, people, file_format, request.GET.get("what", ""))
        return file_response(content, title, file_format)
    return table_response(NameList(activity, people), file_format)


# ------------------------------------------------------------------ a period
@require_safe
@allow("activities.manage_attendance")
def attendance_list(request):
    form, participations = _asked(request)
    grouped = (
        signup_queries.attendance_by_group if form.by_group else signup_queries.attendance_by_member
    )
    rows = list(grouped(participations))  # asked once for the page and the totals
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": page.object_list,
        "totals": signup_queries.heads_summed(rows),
        "narrowed": form.narrowed,
    }
    status = 422 if form.errors else 200
    return render(request, "activities/attendance_list.html", context, status=status)


def _asked(request):
    form = AttendanceFilter(request.GET, groups=_groups_named(request.user))
    rows = Participation.objects.none()
    if form.is_valid():
        rows = signup_queries.attended_in(request.user, **form.wanted)
    return form, rows


def _groups_named(user) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in groups_visible_to(user).values_list("pk", "name")]


@require_GET
@allow("activities.manage_attendance")
def attendance_list_export(request):
    form, rows = _asked(request)
    if form.errors:
        raise RuleBroken("导出的筛选条件看不懂，回到参加情况重新筛选再导出。")
    period = form.cleaned_data["period"]
    if form.by_group:
        table = GroupRegister(signup_queries.attendance_by_group(rows), period)
    else:
        table = AttendanceRegister(signup_queries.attendance_by_member(rows), period)
        keys = list(rows.order_by().values_list("member", flat=True).distinct())
        actions.note_list_export(keys=keys, period=period.label, by=request.user)
    return table_response(table, request.GET.get("format", "xlsx"))


@require_safe
@allow("activities.manage_attendance")
def attendance_member(request, pk):
    member = get_object_or_404(members_visible_to(request.user), pk=pk)
    return _member_page(request, member)


@require_safe
@allow("activities.sign_up")
def my_attendance(request):
    return _member_page(request, get_object_or_404(Member, pk=request.user.member_id))


def _member_page(request, member: Member):
    rows = signup_queries.activities_of_member(member)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "member": member,
        "own": member.pk == request.user.member_id,
        "page": page,
        "rows": page.object_list,
        "heads": signup_queries.heads_of(rows),
    }
    return render(request, "activities/attendance_member.html", context)
