"""The union's money in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from funds import actions, queries
from funds.exporters import GroupMoneyRegister
from funds.forms import AllotForm, AllotmentForm, WithdrawForm, YearFilter
from funds.models import Allotment
from members.queries import groups_on
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.exports import table_response
from unionoffice.forms import acted, posted, saved
from unionoffice.periods import Period
from unionoffice.queries import log_for


@require_safe
@allow("funds.view_funds")
def ledger_list(request):
    return render(request, "funds/ledger_list.html")


@require_safe
@allow("funds.view_allotments")
def allotment_list(request):
    form = _year_form(request)
    rows = (
        queries.money_of_groups(request.user, form.cleaned_data["period"])
        if form.is_valid()
        else []
    )
    context = {
        "form": form,
        "period": form.cleaned_data.get("period") or Period.current(),
        "rows": rows,
        "totals": queries.totals_of(rows),
    }
    status = 422 if form.errors else 200
    return render(request, "funds/allotment_list.html", context, status=status)


@require_GET
@allow("funds.view_allotments")
def allotment_export(request):
    form = _year_form(request)
    if not form.is_valid():
        raise RuleBroken("导出的是哪一年看不懂，回到小组经费重新选再导出。")
    period = form.cleaned_data["period"]
    table = GroupMoneyRegister(queries.money_of_groups(request.user, period), period)
    return table_response(table, request.GET.get("format", "xlsx"))


def _year_form(request) -> YearFilter:
    """Of the address; of the year in use when it names none."""
    named = request.GET.get("period") or queries.year_in_use(timezone.localdate()).code
    return YearFilter({"period": named})


@require_safe
@allow("funds.view_allotments")
def allotment_detail(request, pk):
    return _allotment_page(request, _visible(request, pk), WithdrawForm())


def _visible(request, pk) -> Allotment:
    return get_object_or_404(queries.allotments_visible_to(request.user), pk=pk)


def _allotment_page(request, allotment: Allotment, form: WithdrawForm, status: int = 200):
    context = {
        "allotment": allotment,
        "money": queries.money_of(allotment),
        "log": log_for(request.user, allotment),
        "withdraw_form": form,
    }
    return render(request, "funds/allotment_detail.html", context, status=status)


@allow("funds.manage_allotments")
def allotment_create(request):
    today = timezone.localdate()
    form = AllotForm(
        posted(request), rows=groups_on(request.user, today), chosen=_chosen(request, today)
    )
    if request.method == "POST" and form.is_valid():
        made = saved(form, _allot, asked=form, by=request.user)
        if made:
            messages.success(request, f"定好了：{form.period.label} {len(made)} 个小组的经费")
            return redirect(f"{request.path.removesuffix('new/')}?period={form.period.code}")
    status = 422 if form.errors else 200
    return render(request, "funds/allotment_form.html", {"form": form}, status=status)


def _chosen(request, today) -> Period:
    """The year that the address names; the one in use where it names none, or nonsense."""
    try:
        return Period.parse(request.GET.get("period", ""))
    except RuleBroken:
        return queries.year_in_use(today)


def _allot(*, asked: AllotForm, by) -> list[Allotment]:
    return actions.allot(given=asked.given(), period=asked.period, by=by)


@allow("funds.manage_allotments")
@in_turn(Allotment)
def allotment_update(request, pk):
    allotment = _visible(request, pk)
    form = AllotmentForm(posted(request), instance=allotment)
    if request.method == "POST" and form.is_valid():
        changed = saved(
            form,
            actions.update_allotment,
            allotment=form.save(commit=False),
            by=request.user,
            untouched=form.untouched,
        )
        if changed:
            messages.success(request, f"改好了：{allotment}")
            return redirect(allotment)
    context = {"form": form, "allotment": allotment}
    status = 422 if form.errors else 200
    return render(request, "funds/allotment_form.html", context, status=status)


@require_POST
@allow("funds.manage_allotments")
def allotment_withdraw(request, pk):
    allotment = _visible(request, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        done, reason = f"撤回了：{allotment}的额度", form.cleaned_data["reason"]
        acted(request, done, actions.withdraw_allotment, allotment=allotment, reason=reason)
        return redirect(allotment)
    return _allotment_page(request, allotment, form, status=422)
