"""The union's money in the browser."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from unionoffice.access import allow


@require_safe
@allow("funds.view_funds")
def ledger_list(request):
    return render(request, "funds/ledger_list.html")
