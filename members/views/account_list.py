"""Accounts of all: who can log in, and first passwords for many on one sheet."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members import account_desk, actions
from members.choices import AccountState
from members.exporters.strips import strips_of, strips_pdf
from members.forms.account_list import ALL, TABS, AccountFilter, SheetForm
from members.queries import accounts as queries
from members.queries import groups, place_choices
from members.rules import may_handle
from members.rules.accounts import MOST_AT_ONCE, check_number
from members.views.selection import with_selection
from unionoffice.access import allow
from unionoffice.errors import RuleBroken
from unionoffice.exports import file_response

PAGE_SIZE = 50


@require_safe
@allow("members.manage_accounts")
def account_list(request):
    everyone = queries.accounts(request.user)
    form = AccountFilter(request.GET, groups=place_choices(request.user)[0])
    found = form.narrows(everyone) if form.is_valid() else everyone.none()
    counts = queries.counted(everyone)
    counts[ALL] = counts["none"] + counts["never"] + counts["used"] + counts["locked"]
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "counts": counts,
        "account_tabs": [(value, label, counts[value]) for value, label in TABS],
        "state": form.cleaned_data.get("state", ""),
        "page": page,
        "rows": _rows(page.object_list, request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "members/account_list.html", context, status=status)


def _rows(people, user) -> list[dict]:
    people = list(people)
    offices = queries.offices_held([member.pk for member in people])
    waiting = queries.waiting()
    rows = []
    for member in people:
        account = account_desk.account_of(member)
        rows.append(
            {
                "member": member,
                "account": account,
                "login": account.username if account else account_desk.login_of(member),
                "state": AccountState(account_desk.state_of(member, waiting)),
                "may_handle": may_handle(user.roles, offices.get(member.pk, ())),
            }
        )
    return rows


@never_cache
@allow("members.manage_accounts")
def account_sheet(request):
    """What would be done, and on a POST the sheet itself: made this once, kept nowhere."""
    form = SheetForm(
        request.GET,
        groups=place_choices(request.user)[0],
        birthdays=request.office.birthday_passwords,
    )
    sorting = _sorting(request.user, form) if form.is_valid() else account_desk.SortedOut([], [])
    if request.method == "POST" and form.is_valid():
        try:
            return _sheet(request, sorting, form.cleaned_data["way"])
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())
    context = {"form": form, "sorting": sorting, "most": MOST_AT_ONCE}
    status = 422 if form.errors else 200
    return render(request, "members/account_sheet.html", context, status=status)


@require_safe
@allow("members.manage_accounts")
@with_selection
def selection_accounts(request, selection):
    """On from the roster to the sheet, with those who were ticked there."""
    check_number(selection.count)
    keys = ",".join(str(member.pk) for member in selection.people)
    return redirect(f"{reverse('members:account_sheet')}?members={keys}")


def _sorting(user, form) -> account_desk.SortedOut:
    people = form.people(user)
    keys = [member.pk for member in people]
    return account_desk.sorted_out(
        people,
        own=user.roles,
        offices=queries.offices_held(keys),
        standings=queries.standings(keys),
        taken=queries.login_names(),
        way=form.cleaned_data["way"],
    )


def _sheet(request, sorting, way):
    """The passwords are made and printed first: nobody gets one that stands on no paper."""
    check_number(len(sorting.ready))
    drafts = account_desk.drafts(sorting.ready, way)
    places = {m.pk: m.group_name or m.department_name or "" for m in sorting.ready}
    strips = strips_of(drafts, places, [group.name for group in groups()])
    pdf = strips_pdf(strips, request.office, request.build_absolute_uri("/"))
    actions.hand_out_accounts(drafts=drafts, by=request.user, way=way)
    return file_response(pdf, f"账号条 {timezone.localdate()}", "pdf")
