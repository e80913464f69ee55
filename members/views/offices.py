"""Groups, and who holds which office."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members import actions, queries
from members.forms.offices import GroupForm, HoldingForm, LastDayForm
from members.forms.roster import GroupFilter
from members.models import OfficeHolding
from members.rules import may_handle
from unionoffice.access import allow
from unionoffice.errors import RuleBroken
from unionoffice.forms import posted
from unionoffice.periods import chinese_date


@require_safe
@allow("members.view_members")
def group_list(request):
    """With ?on=, only the groups that had 会员 on that day."""
    form = GroupFilter(request.GET)
    groups, day = [], None
    if form.is_valid():
        day = form.cleaned_data["on"]
        groups = queries.groups_on(request.user, day or timezone.localdate())
    groups = [row for row in groups if row.size or not day]
    context = {"form": form, "groups": groups, "day": day}
    status = 422 if form.errors else 200
    return render(request, "members/group_list.html", context, status=status)


@allow("members.manage_groups")
def group_create(request):
    form = GroupForm(posted(request))
    if request.method == "POST" and form.is_valid():
        group = actions.add_group(group=form.save(commit=False), by=request.user)
        messages.success(request, f"设好了：{group}")
        return redirect("members:group_list")
    status = 422 if form.errors else 200
    return render(request, "members/group_form.html", {"form": form}, status=status)


@require_safe
@allow("members.view_members")
def office_list(request):
    today = timezone.localdate()
    current, former = queries.office_holdings(today)
    may_end = request.user.has_perm("members.manage_offices")
    for holding in current:
        holding.may_end = may_end and may_handle(request.user.roles, [holding.office])
    context = {"current": current, "former": former, "today": today}
    return render(request, "members/office_list.html", context)


@allow("members.manage_offices")
def office_create(request):
    form = HoldingForm(
        posted(request),
        members=queries.members_visible_to(request.user),
        by=request.user,
        initial={"start": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            holding = actions.appoint(
                holding=form.save(commit=False), by=request.user, **form.answer
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"登记好了：{holding.member}任{holding.get_office_display()}")
            return redirect("members:office_list")
    status = 422 if form.errors else 200
    return render(request, "members/office_form.html", {"form": form}, status=status)


@require_POST
@allow("members.manage_offices")
def office_end(request, pk):
    holding = get_object_or_404(OfficeHolding.objects.select_related("member"), pk=pk)
    form = LastDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["last_day"][0])
        return redirect("members:office_list")
    last_day = form.cleaned_data["last_day"]
    try:
        actions.end_office(holding=holding, last_day=last_day, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            f"记下了：{holding.member}的{holding.get_office_display()}到{chinese_date(last_day)}为止",
        )
    return redirect("members:office_list")
