"""Who holds which office, and the chart of the organisation."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members import actions, queries
from members.facts import active_members
from members.forms.groups import OnDay
from members.forms.offices import DropForm, HoldingForm, HoldingUpdateForm, LastDayForm
from members.models import OfficeHolding
from members.rules import may_handle
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.forms import acted, posted, saved
from unionoffice.periods import chinese_date


@require_safe
@allow("members.view_organisation")
def org_chart(request):
    form = OnDay(request.GET)
    today = timezone.localdate()
    day = (form.is_valid() and form.cleaned_data["on"]) or today
    groups, members = queries.group_rows(queries.groups_begun(day), day), active_members(day)
    context = {
        "form": form,
        "day": day,
        "today": today,
        "term": queries.term_on(day),
        "bodies": queries.bodies_on(day),
        "groups": groups,
        "members": members,
        "ungrouped": members - sum(row.size for row in groups),
    }
    status = 422 if form.errors else 200
    return render(request, "members/org_chart.html", context, status=status)


@require_safe
@allow("members.view_members")
def office_list(request):
    """With ?on=, who held which office on that day."""
    form = OnDay(request.GET)
    today = timezone.localdate()
    day = form.cleaned_data["on"] if form.is_valid() else None
    current, former = queries.office_holdings(today)
    if day:
        current, former = queries.holdings_on(day), []
    context = {
        "form": form,
        "current": current,
        "former": former,
        "handled": _handled(request.user, [*current, *former]),
        "today": today,
        "day": day,
    }
    status = 422 if form.errors else 200
    return render(request, "members/office_list.html", context, status=status)


def _handled(user, holdings) -> set[int]:
    """Which of them the user may change and end."""
    if not user.has_perm("members.manage_offices"):
        return set()
    return {row.pk for row in holdings if may_handle(user.roles, [row.office])}


@allow("members.manage_offices")
def office_create(request):
    today = timezone.localdate()
    form = HoldingForm(
        posted(request),
        members=queries.members_visible_to(request.user),
        by=request.user,
        initial={"start": today, "term": queries.term_on(today)} | request.GET.dict(),
    )
    if request.method == "POST" and form.is_valid():
        holding = saved(
            form, actions.appoint, holding=form.save(commit=False), by=request.user, **form.answer
        )
        if holding:
            messages.success(request, f"登记好了：{holding.member}任{holding.get_office_display()}")
            for doubt in queries.doubts_about(holding, today):
                messages.warning(request, doubt)
            return _back(request, holding)
    status = 422 if form.errors else 200
    return render(request, "members/office_form.html", {"form": form}, status=status)


@allow("members.manage_offices")
@in_turn(OfficeHolding)
def office_update(request, pk):
    holding = get_object_or_404(queries.holdings(), pk=pk)
    form = HoldingUpdateForm(posted(request), instance=holding)
    if request.method == "POST" and form.is_valid():
        draft = form.save(commit=False)
        changed = saved(form, actions.update_office, holding=draft, by=request.user, **form.answer)
        if changed:
            messages.success(request, f"改好了：{holding.member}的{holding.get_office_display()}")
            return redirect("members:office_list")
    context = {"form": form, "holding": holding, "drop_form": DropForm()}
    status = 422 if form.errors else 200
    return render(request, "members/office_form.html", context, status=status)


@require_POST
@allow("members.manage_offices")
def office_end(request, pk):
    holding = get_object_or_404(queries.holdings(), pk=pk)
    form = LastDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["last_day"][0])
        return _back(request, holding)
    last_day = form.cleaned_data["last_day"]
    until = chinese_date(last_day)
    done = f"记下了：{holding.member}的{holding.get_office_display()}到{until}为止"
    undo = reverse("members:office_undo_end", args=[pk])
    acted(request, done, actions.end_office, undo, holding=holding, last_day=last_day)
    return _back(request, holding)


@require_POST
@allow("members.manage_offices")
def office_undo_end(request, pk):
    holding = get_object_or_404(queries.holdings(), pk=pk)
    done = f"撤销了：{holding.member}的{holding.get_office_display()}和以前一样"
    acted(request, done, actions.undo_end, holding=holding)
    return redirect("members:office_list")


@require_POST
@allow("members.manage_offices")
def office_drop(request, pk):
    holding = get_object_or_404(queries.holdings(), pk=pk)
    form = DropForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["reason"][0])
        return redirect("members:office_update", pk)
    done = f"去掉了：{holding.member}的{holding.get_office_display()}"
    if acted(request, done, actions.drop_office, holding=holding, **form.cleaned_data):
        return redirect("members:office_list")
    return redirect("members:office_update", pk)


def _back(request, holding: OfficeHolding):
    """To the group's page for whoever came from there, else to the list."""
    if "group_page" in request.GET and holding.group_id:
        return redirect("members:group_detail", holding.group_id)
    return redirect("members:office_list")
