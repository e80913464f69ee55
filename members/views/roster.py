"""The roster, and finding people on it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from members import queries
from members.choices import Moved
from members.facts import roster_totals
from members.forms.roster import ALL, MOVE_WORDS, TABS, filter_query, roster_filter
from members.rules import lacks, masked_phone
from members.rules.ages import age_on
from members.views.selection import acts_for
from unionoffice.access import allow
from unionoffice.periods import Precision, iso_date

PAGE_SIZE = 50
GONE = frozenset({Moved.LEFT, *queries.WENT})
UNFILTERED = ("tab", "moved", "period", "sort")  # what stays when a filter is cleared
# heading and what a click on it sorts by; of the whole roster, and for the leader of a group
HEADS = (
    ("姓名", "name"),
    ("工号", "staff_no"),
    ("工会小组", "group"),
    ("部门", "department"),
    ("职务、职称", ""),
    ("年龄", "age"),
    ("入会", "joined"),
    ("手机", ""),
    ("身份", ""),
    ("资料", ""),
)
GONE_HEADS = (
    ("姓名", "name"),
    ("工号", "staff_no"),
    ("哪天离开", ""),
    ("怎样离开", ""),
    ("原工会小组", ""),
    ("原部门", ""),
    ("手机", ""),
)
LEADER_HEADS = (
    ("姓名", "name"),
    ("工会小组", "group"),
    ("部门", "department"),
    ("手机", ""),
    ("生日", ""),
)


@require_safe
@allow("members.view_members")
def member_list(request):
    whole = queries.with_whole_roster(request.user)
    choices = queries.roster_choices(request.user)
    form, members = _chosen(request, choices, whole)
    visible = None if whole else queries.members_visible_to(request.user)
    totals = None if form.narrowed else roster_totals(form.day, visible)
    counts = _in_tabs(totals) if totals else _narrowed(request.user, form)
    tab = "" if form.move or form.errors else form.cleaned_data["tab"]
    page = _page(request, form, members, counts.get(tab))
    rows = queries.rows_of(request.user, list(page), form.day)
    shape = _shape(whole, gone=tab == queries.LEFT or form.move in GONE)
    context = {
        "form": form,
        "totals": totals,
        "roster_tabs": [(value, label, counts.get(value)) for value, label in TABS],
        "elsewhere": [(v, label, counts[v]) for v, label in TABS if counts.get(v) and v != ALL],
        "tab": tab,
        "page": page,
        "found": page.paginator.count if form.narrowed else None,
        "whole": whole,
        "heads": _heads(request, shape.heads, form),
        "shape": shape.name,
        "rows": shape.rows(rows, form.day),
        "acts": acts_for(request.user),
        "nobody_yet": totals is not None and totals.nobody and tab != ALL,
        "today": timezone.localdate(),
        **_around(request, form, choices),
    }
    return render(request, "members/member_list.html", context, status=422 if form.errors else 200)


def _in_tabs(totals) -> dict[str, int]:
    """How many people stand in each tab."""
    return {
        "active": totals.active,
        "retained": totals.retained,
        "left": totals.left,
        ALL: totals.everyone,
    }


def _narrowed(user, form) -> dict[str, int]:
    """How many of those who are asked for stand in each tab."""
    if form.errors:
        return {}
    return queries.counted_in_tabs(form.wanted(queries.members_visible_to(user)), form.day)


def _around(request, form, choices) -> dict:
    """What stands around the list: its views, and where a click on the filter leads."""
    query, save = filter_query(request.GET), reverse("members:saved_view_create")
    own_day = form.day != timezone.localdate() and not form.move
    kept = {name: request.GET[name] for name in UNFILTERED if request.GET.get(name)}
    return {
        "move": MOVE_WORDS.get(form.move),
        "views": [
            {"name": name, "url": f"{request.path}?{own}", "current": own == query}
            for own, name in choices.views
        ],
        "keep": f"{save}?{query}" if form.narrowed and not form.errors else "",
        "carried": [(name, value) for name, value in parse_qsl(query)],
        "clear": f"{request.path}?{urlencode(kept)}" if form.narrowed or own_day else "",
        "more": f"{request.path}?{query}&more=yes" if form.has_more else "",
    }


def _chosen(request, choices, whole):
    """The filter and the people that it leaves: none at all when it can't be read."""
    form = roster_filter(request.GET, choices=choices, whole=whole)
    valid = form.is_valid()
    people = queries.members_visible_to(request.user)
    return form, form.in_order(form.chosen(people)) if valid else people.none()


def _heads(request, heads, form) -> list[dict]:
    """Of each column its word, where a click on it leads, and how it is sorted now."""
    query = request.GET.copy()
    for name in ("sort", "page"):
        query.pop(name, None)
    start = f"{query.urlencode()}&sort=" if query else "sort="
    now = form.cleaned_data.get("sort", "")
    return [
        {
            "word": word,
            "url": f"?{start}{'-' if now == key else ''}{key}" if key else "",
            "figures": key == "age",
            "sorted": {key: "ascending", f"-{key}": "descending"}.get(now, "") if key else "",
        }
        for word, key in heads
    ]


def _page(request, form, members, count):
    """One page of keys. `count`, where it is known how many there are."""
    if count is None and not form.cleaned_data.get("q"):
        count = members.count()
    paginator = Paginator(queries.keys_of(members, count), PAGE_SIZE)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("page"))


def _rows(found, day) -> list[dict]:
    """The rows of one page, with everything that the template only has to put down."""
    offices = queries.offices_of([row["pk"] for row in found], day)
    base = reverse("members:member_list")
    return [
        {
            "pk": row["pk"],
            "url": f"{base}{row['pk']}/",
            "name": row["name"],
            "staff_no": row["staff_no"] or "",
            "group": row["group_name"] or "",
            "department": row["department_name"] or "",
            "post": row["post"] or row["title"],
            "age": age_on(day, row["birth"]) if row["birth"] else "",
            "joined": iso_date(row["joined"], row["joined_precision"])[:7],
            "phone": masked_phone(row["phone"]),
            "offices": offices.get(row["pk"]),
            "lacks": lacks(row),
        }
        for row in found
    ]


def _leader_rows(found, day) -> list[dict]:
    """As _rows, with what the leader of a group sees of its people."""
    base = reverse("members:member_list")
    return [
        {
            "pk": row["pk"],
            "url": f"{base}{row['pk']}/",
            "name": row["name"],
            "group": row["group_name"] or "",
            "department": row["department_name"] or "",
            "phone": masked_phone(row["phone"]),
            "birthday": _birth_month(row["birth"], row["birth_precision"]),
        }
        for row in found
    ]


def _gone_rows(found, day) -> list[dict]:
    """As _rows, of those who went: when, how, and from where."""
    went = queries.departures([row["pk"] for row in found], day)
    base = reverse("members:member_list")
    return [
        {
            "pk": row["pk"],
            "url": f"{base}{row['pk']}/",
            "name": row["name"],
            "staff_no": row["staff_no"] or "",
            "day": iso_date(went[row["pk"]].day),
            "how": went[row["pk"]].how,
            "group": went[row["pk"]].group,
            "department": went[row["pk"]].department,
            "phone": masked_phone(row["phone"]),
        }
        for row in found
    ]


@dataclass(frozen=True)
class Shape:
    """What the list tells of each person."""

    name: str
    heads: tuple[tuple[str, str], ...]
    rows: Callable


def _shape(whole: bool, *, gone: bool) -> Shape:
    if not whole:
        return Shape("leader", LEADER_HEADS, _leader_rows)
    return Shape("gone", GONE_HEADS, _gone_rows) if gone else Shape("whole", HEADS, _rows)


def _birth_month(birth, precision) -> str:
    return f"{birth.month}月" if birth and precision != Precision.YEAR else ""


@require_safe
@allow("members.find_members")
def member_find(request):
    text = request.GET.get("q", "").strip()
    people = queries.find_members(request.user, text) if text else ()
    context = {"text": text, "people": people, "all": queries.with_whole_roster(request.user)}
    return render(request, "members/member_find.html", context)
