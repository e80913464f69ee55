"""The groups: on a day, one by one, set up, put in order, dissolved."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members import actions, queries
from members.forms.groups import DissolveForm, GroupForm, OnDay
from members.models import UnionGroup
from unionoffice.access import allow
from unionoffice.beside import beside
from unionoffice.concurrent import in_turn
from unionoffice.forms import acted, posted, saved
from unionoffice.queries import log_for

PAGE_SIZE = 50


@require_safe
@allow("members.view_members")
def group_list(request):
    """With ?on=, only the groups that had 会员 on that day."""
    form = OnDay(request.GET)
    groups, day, today = [], None, timezone.localdate()
    if form.is_valid():
        day = form.cleaned_data["on"]
        groups = queries.groups_on(request.user, day or today)
    groups = [row for row in groups if row.size or row.retained or not day]
    dissolved = () if day or form.errors else queries.dissolved_groups(request.user, today)
    context = {"form": form, "groups": groups, "day": day, "dissolved": dissolved}
    status = 422 if form.errors else 200
    return render(request, "members/group_list.html", context, status=status)


@require_safe
@allow("members.view_members")
def group_detail(request, pk):
    group = get_object_or_404(queries.groups_visible_to(request.user), pk=pk)
    form = OnDay(request.GET)
    day = (form.is_valid() and form.cleaned_data["on"]) or timezone.localdate()
    people = queries.people_of(request.user, group, day)
    there = queries.group_rows(queries.groups_begun(day).filter(pk=pk), day)
    context = {
        "group": group,
        "row": there[0] if there else None,
        "form": form,
        "day": day,
        "today": timezone.localdate(),
        "page": Paginator(people, PAGE_SIZE).get_page(request.GET.get("page")),
        "leaders": queries.leaders_of(group),
        "moves": queries.moves_of(request.user, group),
        "beside": beside(group, request.user, day),
        "log": log_for(request.user, group)[:20]
        if request.user.has_perm("members.manage_groups")
        else (),
    }
    status = 422 if form.errors else 200
    return render(request, "members/group_detail.html", context, status=status)


@allow("members.manage_groups")
def group_create(request):
    form = GroupForm(posted(request))
    if request.method == "POST" and form.is_valid():
        draft = form.save(commit=False)
        if group := saved(form, actions.add_group, group=draft, by=request.user):
            messages.success(request, f"设好了：{group}")
            return redirect("members:group_list")
    status = 422 if form.errors else 200
    return render(request, "members/group_form.html", {"form": form}, status=status)


@allow("members.manage_groups")
@in_turn(UnionGroup)
def group_update(request, pk):
    group = get_object_or_404(queries.groups(), pk=pk)
    title = f"改{group}"
    form = GroupForm(posted(request), instance=group)
    if request.method == "POST" and form.is_valid():
        draft = form.save(commit=False)
        if saved(form, actions.update_group, group=draft, by=request.user):
            messages.success(request, f"改好了：{group}")
            return redirect("members:group_detail", pk)
    context = {"form": form, "title": title, "group": group}
    status = 422 if form.errors else 200
    return render(request, "members/group_form.html", context, status=status)


@allow("members.manage_groups")
def group_dissolve(request, pk):
    group = get_object_or_404(queries.groups(), pk=pk)
    today = timezone.localdate()
    size = group.assignments.on(today).count()
    form = DissolveForm(
        posted(request),
        others=queries.groups_there().exclude(pk=pk),
        people=size > 0,
        initial={"last_day": today - timedelta(days=1)},
    )
    if request.method == "POST" and form.is_valid():
        people = saved(form, actions.dissolve_group, group=group, by=request.user, **form.answer)
        if people is not None:
            told = f"，{len(people)} 人移走了" if people else ""
            messages.success(request, f"撤销了：{group}{told}")
            return redirect("members:group_detail", pk)
    context = {"form": form, "group": group, "size": size}
    status = 422 if form.errors else 200
    return render(request, "members/group_dissolve.html", context, status=status)


@require_POST
@allow("members.manage_groups")
def group_restore(request, pk):
    return _acted(request, pk, actions.restore_group, "恢复了：{group}。撤销时移走的人要再移回来")


@require_POST
@allow("members.manage_groups")
def group_drop(request, pk):
    return _acted(request, pk, actions.drop_group, "去掉了：{group}", "members:group_list")


@require_POST
@allow("members.manage_groups")
def group_raise(request, pk):
    return _acted(request, pk, actions.raise_group, "", "members:group_list")


def _acted(request, pk, action, words: str, then: str = ""):
    group = get_object_or_404(queries.groups(), pk=pk)
    if acted(request, words.format(group=group), action, group=group) and then:
        return redirect(then)
    return redirect("members:group_detail", pk)
