"""One person: the page, the form, and what someone sees of the own entry."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members import actions, queries
from members.choices import EmploymentStatus, MembershipStatus
from members.forms.people import DropPersonForm, MemberCreateForm, MemberUpdateForm
from members.models import Member
from members.private import ALL_FIELDS, fields_for
from members.queries.hanging import hanging_on_person
from members.queries.membership import (
    last_membership,
    moves_panel,
    newest,
    standing_of,
    work_of,
)
from members.queries.person import entry_today, private_rows
from members.rules import may_handle, why_no_account
from members.rules.moves import works_by_hand
from members.timeline import timeline
from members.views import own_entry
from unionoffice.access import allow
from unionoffice.beside import beside
from unionoffice.concurrent import in_turn
from unionoffice.forms import acted, posted, saved
from unionoffice.undo import undo_tag


@require_safe
@allow("members.view_members")
def member_detail(request, pk):
    member = get_object_or_404(_profiles(request.user), pk=pk)
    if not queries.with_whole_roster(request.user):
        return render(request, "members/member_detail.html", _words(member) | {"short": True})
    actions.note_look(member=member, by=request.user)
    context = _profile(member)
    context["may_handle_account"] = request.user.has_perm("members.manage_accounts") and may_handle(
        request.user.roles, _still_held(context["offices"])
    )
    standing = standing_of(newest(context["memberships"]))
    context["why_no_account"] = why_no_account(standing, _still_held(context["offices"]))
    if request.user.has_perm("members.move_members"):
        rows = context["memberships"], context["employments"]
        context["moves"] = moves_panel(member, request.user, *rows)
    context["private_rows"] = private_rows(member, fields_for(request.user.roles))
    context["private_url"] = reverse("members:member_private_detail", args=[pk])
    context["beside"] = beside(member, request.user, timezone.localdate())
    context["may_change_private"] = request.user.has_perm("members.change_private")
    return render(request, "members/member_detail.html", context)


def _still_held(offices) -> list[str]:
    return [row.office for row in queries.still_held(offices)]


@require_safe
@allow("members.view_own_profile")
def my_profile(request):
    member = get_object_or_404(_profiles(request.user), pk=request.user.member_id)
    context = _profile(member)
    context["private_rows"] = private_rows(member, ALL_FIELDS)
    context["private_url"] = reverse("members:own_private_detail")
    context["beside"] = beside(member, request.user, timezone.localdate())
    context |= own_entry.beside(request.user)
    return render(request, "members/my_profile.html", context)


def _profiles(user):
    return queries.roster(user, timezone.localdate()).select_related("user")


def _words(member: Member) -> dict:
    """The person with what he or she is today, in words."""
    status, work = member.membership_status, member.employment_status
    return {
        "member": member,
        "membership_word": MembershipStatus(status).label if status else "不是会员",
        "employment_word": EmploymentStatus(work).label if work else "",
    }


def _profile(member: Member) -> dict:
    """Everything that the page tells of a person's years."""
    offices = member.offices.select_related("group", "department")
    rows = {
        "memberships": member.memberships.all(),
        "employments": member.employments.all(),
        "group_assignments": member.group_assignments.select_related("group"),
        "department_assignments": member.department_assignments.select_related("department"),
        "offices": offices,
        "seats": member.seats.select_related("working_group"),
        "titles": member.title_grants.all(),
    }
    return {
        **_words(member),
        **rows,
        "history": timeline(**rows, arrived=(member.arrived, member.arrived_precision)),
        "held": queries.still_held(offices),
        "account": getattr(member, "user", None),
    }


@allow("members.manage_members")
def member_create(request):
    form = MemberCreateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        member = saved(form, actions.add_member, by=request.user, **_new(form))
        if member:
            undo = undo_tag(reverse("members:member_undo_add", args=[member.pk]))
            messages.success(request, f"加好了：{member}", extra_tags=undo)
            return redirect(member)
    return _render_form(request, form)


@require_POST
@allow("members.manage_members")
def member_undo_add(request, pk):
    member = get_object_or_404(queries.members_visible_to(request.user), pk=pk)
    done = f"撤销了：{member}不在名册里了"
    if acted(request, done, actions.undo_add, member=member):
        return redirect("members:member_list")
    return redirect(member)


@allow("members.manage_members")
def member_drop(request, pk):
    """Out of the roster who was added by mistake; else what keeps the entry there."""
    member = get_object_or_404(queries.members_visible_to(request.user), pk=pk)
    hanging, form = hanging_on_person(member), DropPersonForm(posted(request))
    if request.method == "POST" and not hanging and form.is_valid():
        done = f"删掉了：{member}，名册里没有这个人了"
        reason = form.cleaned_data["reason"]
        if acted(request, done, actions.drop_member, member=member, reason=reason):
            return redirect("members:member_list")
        return redirect(member)
    context = {"form": form, "member": member, "hanging": hanging}
    status = 422 if form.errors or (hanging and request.method == "POST") else 200
    return render(request, "members/member_drop.html", context, status=status)


def _new(form: MemberCreateForm) -> dict:
    """What actions.add_member takes."""
    data = form.cleaned_data
    joined, precision = data["joined"]
    return {
        "member": form.save(commit=False),
        "joined": joined,
        "joined_precision": precision,
        "status": data["status"] or None,
        "employment": data["employment"] or None,
        "group": data["group"],
        "department": data["department"],
        "reading": data["pinyin"],
    }


@allow("members.manage_members")
@in_turn(Member)
def member_update(request, pk):
    member = get_object_or_404(queries.members_visible_to(request.user), pk=pk)
    actions.note_look(member=member, by=request.user)
    standing, work = standing_of(last_membership(member)), work_of(member)
    works = works_by_hand(standing, work)
    form = MemberUpdateForm(
        posted(request), instance=member, initial=entry_today(member), works=works
    )
    if request.method == "POST" and form.is_valid():
        values = {"member": form.save(commit=False), "by": request.user, **form.changes}
        if saved(form, actions.update_member, **values):
            messages.success(request, f"改好了：{member}")
            return redirect(member)
    return _render_form(request, form)


def _render_form(request, form):
    status = 422 if form.errors else 200
    return render(request, "members/member_form.html", {"form": form}, status=status)
