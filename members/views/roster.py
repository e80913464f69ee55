"""The roster, one person, and finding people."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from members import actions, queries
from members.exporters import MemberRegister
from members.facts import roster_totals
from members.forms.people import MemberCreateForm, MemberUpdateForm
from members.forms.roster import ALL, MOVE_WORDS, TABS, RosterFilter
from members.models import Member
from members.rules import lacks, masked_phone, may_handle
from unionoffice.access import allow
from unionoffice.errors import RuleBroken
from unionoffice.exports import table_response
from unionoffice.forms import posted
from unionoffice.periods import iso_date

PAGE_SIZE = 50


@require_safe
@allow("members.view_members")
def member_list(request):
    form, members = _chosen(request)
    visible = None
    if not queries.with_whole_roster(request.user):
        visible = queries.members_visible_to(request.user)
    totals = roster_totals(form.day, visible)
    counts = {"active": totals.active, "retained": totals.retained, "left": totals.left}
    counts[ALL] = totals.everyone
    paginator = Paginator(members.values(*queries.ROSTER_COLUMNS), PAGE_SIZE)
    tab = "" if form.move or form.errors else form.cleaned_data["tab"]
    paginator.count = counts[tab] if tab and not form.narrowed else members.count()
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "totals": totals,
        "roster_tabs": [(value, label, counts[value]) for value, label in TABS],
        "tab": tab,
        "move": MOVE_WORDS.get(form.move),
        "page": page,
        "rows": _rows(page.object_list, form.day),
        "nobody_yet": not (totals.active or totals.retained or totals.left) and tab != ALL,
        "today": timezone.localdate(),
    }
    status = 422 if form.errors else 200
    return render(request, "members/member_list.html", context, status=status)


def _chosen(request):
    """The filter and the people that it leaves: none at all when it can't be read."""
    groups, departments = queries.place_choices()
    form = RosterFilter(request.GET, groups=groups, departments=departments)
    valid = form.is_valid()
    people = queries.roster(request.user, form.day)
    return form, form.chosen(people) if valid else people.none()


def _rows(found, day) -> list[dict]:
    """The rows of one page, with everything that the template only has to put down."""
    found = list(found)
    offices = queries.offices_of([row["pk"] for row in found], day)
    base = reverse("members:member_list")
    return [
        {
            "url": f"{base}{row['pk']}/",
            "name": row["name"],
            "group": row["group_name"] or "",
            "department": row["department_name"] or "",
            "post": row["post"] or row["title"],
            "joined": iso_date(row["joined"], row["joined_precision"])[:7],
            "phone": masked_phone(row["phone"]),
            "offices": offices.get(row["pk"]),
            "lacks": lacks(row),
        }
        for row in found
    ]


@require_safe
@allow("members.export_members")
def member_export(request):
    form, members = _chosen(request)
    if form.errors:
        messages.error(request, "筛选条件看不懂，没有导出。重新选一下再导出。")
        return redirect("members:member_list")
    table = MemberRegister(members.values(*queries.ROSTER_COLUMNS).iterator(), form.day)
    return table_response(table, request.GET.get("format", "xlsx"))


@require_safe
@allow("members.find_members")
def member_find(request):
    text = request.GET.get("q", "").strip()
    people = queries.find_members(request.user, text) if text else ()
    return render(request, "members/member_find.html", {"text": text, "people": people})


@require_safe
@allow("members.view_members")
def member_detail(request, pk):
    member = get_object_or_404(_profiles(request.user), pk=pk)
    context = _profile(member)
    context["may_handle_account"] = request.user.has_perm("members.manage_accounts") and may_handle(
        request.user.roles, _still_held(context["offices"])
    )
    return render(request, "members/member_detail.html", context)


def _still_held(offices) -> list[str]:
    today = timezone.localdate()
    return [row.office for row in offices if row.end is None or row.end >= today]


@require_safe
@allow("members.view_own_profile")
def my_profile(request):
    member = get_object_or_404(_profiles(request.user), pk=request.user.member_id)
    return render(request, "members/my_profile.html", _profile(member))


def _profiles(user):
    return queries.roster(user, timezone.localdate()).select_related("user")


def _profile(member: Member) -> dict:
    return {
        "member": member,
        "memberships": member.memberships.all(),
        "employments": member.employments.all(),
        "group_assignments": member.group_assignments.select_related("group"),
        "department_assignments": member.department_assignments.select_related("department"),
        "offices": member.offices.select_related("group", "department"),
        "account": getattr(member, "user", None),
    }


@allow("members.manage_members")
def member_create(request):
    form = MemberCreateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        joined, precision = data["joined"]
        member = actions.add_member(
            member=form.save(commit=False),
            by=request.user,
            joined=joined,
            joined_precision=precision,
            status=data["status"] or None,
            employment=data["employment"] or None,
            group=data["group"],
            department=data["department"],
        )
        messages.success(request, f"加好了：{member}")
        return redirect(member)
    return _render_form(request, form)


@allow("members.manage_members")
def member_update(request, pk):
    member = get_object_or_404(queries.members_visible_to(request.user), pk=pk)
    form = MemberUpdateForm(posted(request), instance=member, initial=_now(member))
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_member(member=form.save(commit=False), by=request.user, **form.changes)
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"改好了：{member}")
            return redirect(member)
    return _render_form(request, form)


def _now(member: Member) -> dict:
    """What the person is today, for the form to begin with."""
    today = timezone.localdate()
    membership = member.memberships.on(today).first()
    employment = member.employments.on(today).first()
    group = member.group_assignments.on(today).first()
    department = member.department_assignments.on(today).first()
    first = member.memberships.order_by(queries.EARLIEST_FIRST, "pk").first()
    return {
        "status": membership.status if membership else "",
        "employment": employment.status if employment else "",
        "group": group and group.group_id,
        "department": department and department.department_id,
        "joined": (first.start, first.start_precision) if first else None,
        "since": today,
    }


def _render_form(request, form):
    status = 422 if form.errors else 200
    return render(request, "members/member_form.html", {"form": form}, status=status)
