"""What changed in the plans of a period after they were passed: the rows behind the figures."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from activities import queries
from activities.exporters import ItemChanges
from activities.forms.filters import PeriodChangeFilter
from unionoffice.access import allow
from unionoffice.errors import RuleBroken
from unionoffice.exports import table_response

PAGE_SIZE = 50


@require_safe
@allow("activities.view_plans")
def change_list(request):
    form = PeriodChangeFilter(request.GET)
    page = Paginator(_changes(request.user, form), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "changes": queries.changes_told(page)}
    status = 422 if form.errors else 200
    return render(request, "activities/change_list.html", context, status=status)


@require_GET
@allow("activities.export_plans")
def change_list_export(request):
    form = PeriodChangeFilter(request.GET)
    changes = _changes(request.user, form)
    if form.errors:
        raise RuleBroken("导出的筛选条件看不懂，回到“计划变动”重新筛选再导出。")
    table = ItemChanges(changes, form.cleaned_data["period"])
    return table_response(table, request.GET.get("format", "xlsx"))


def _changes(user, form: PeriodChangeFilter):
    if not form.is_valid():
        return []
    chosen = form.cleaned_data
    changes = queries.item_changes_visible_to(user, chosen["period"])
    return queries.changes_narrowed(changes, **chosen)
