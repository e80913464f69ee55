"""The roster, and finding people on it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from members import queries
from members.exporters import MemberRegister
from members.facts import roster_totals
from members.forms.roster import ALL, MOVE_WORDS, TABS, RosterFilter
from members.rules import lacks, masked_phone
from unionoffice.access import allow
from unionoffice.exports import table_response
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
