"""The parts that the roster's figures add up from. They name nobody."""

from collections import Counter
from datetime import date, timedelta

from django.db.models import Count, Max, Min
from django.utils import timezone

from members.choices import EmploymentStatus
from members.facts.staff import staff_totals
from members.facts.totals import roster_totals, status_day
from members.models import Employment, Member, Membership
from members.queries import (
    CAME,
    RETIREES,
    WENT,
    arrived_in,
    came,
    joined_in,
    left_in,
    retired_in,
    went,
)
from members.queries.titles import by_title, granted_in
from unionoffice.facts import Breakdown, in_months
from unionoffice.periods import Period

# key -> (word, attribute of StaffTotals) of what is divided, and by what
RATES = {
    "members.rate": (("其中的会员", "members"), ("在职教职工", "working")),
    "members.teacher_rate": (("专任教师", "teachers"), ("填了是不是的", "teaching_known")),
    "members.young_rate": (("35 岁及以下的", "young"), ("填了出生日期的", "birth_known")),
}


def breakdowns(key: str, period: Period, today: date | None = None) -> list[Breakdown]:
    """Heads by gender; who came and went by month and by how; what a rate divides. Other figures
    have no parts of their own."""
    day = status_day(period, today or timezone.localdate())
    match key:
        case "members.active":
            return [_by_gender(day)]
        case "members.retirees":
            return [_by_retirement(day)]
        case "members.new":
            return [_by_month(_first_days(period)), _by_way("怎样来的", came, CAME, period)]
        case "members.left":
            return [_by_month(_last_days(period)), _by_way("怎样走的", went, WENT, period)]
        case "members.retired":
            return [_by_month(_retired_days(period)), _retired_as(period)]
        case "members.arrivals":
            return [_by_month(list(_people(arrived_in, period).values_list("arrived", flat=True)))]
        case "members.titles":
            return [Breakdown("按职称", "人", tuple(by_title(granted_in(period))))]
    return [_divided(key, day)] if key in RATES else []


def _divided(key: str, day: date) -> Breakdown:
    staff = staff_totals(day)
    return Breakdown(
        "怎么除的", "人", tuple((word, getattr(staff, name)) for word, name in RATES[key])
    )


def _by_gender(day: date) -> Breakdown:
    totals = roster_totals(day)
    others = totals.active - totals.women
    rows = (("女会员", totals.women), ("男会员和没登记性别的", others))
    return Breakdown("按性别", "人", tuple(row for row in rows if row[1]))


def _by_retirement(day: date) -> Breakdown:
    rows = Employment.objects.on(day).filter(status__in=RETIREES).order_by()
    counted = dict(rows.values_list("status").annotate(Count("pk")))
    parts = ((EmploymentStatus(s).label, counted[s]) for s in RETIREES if s in counted)
    return Breakdown("退休、离休", "人", tuple(parts))


def _by_way(title: str, of_period, table, period: Period) -> Breakdown:
    ways = Counter(_people(of_period, period).values_list("way", flat=True))
    parts = ((move.label, sum(ways[way] for way in how)) for move, how in table.items())
    return Breakdown(title, "人", tuple(part for part in parts if part[1]))


def _retired_as(period: Period) -> Breakdown:
    ways = Counter(_people(retired_in, period).values_list("way", flat=True))
    parts = ((EmploymentStatus(way).label, ways[way]) for way in RETIREES if way in ways)
    return Breakdown("退休、离休", "人", tuple(parts))


def _by_month(days: list[date]) -> Breakdown:
    return in_months("人", ((day, 1) for day in days))


def _people(of_period, period: Period):
    return of_period(Member.objects.order_by(), period)


def _first_days(period: Period) -> list[date]:
    """The day that each person's 会籍 began in the period."""
    begun = Membership.objects.order_by().filter(start__range=(period.start, period.end))
    begun = begun.filter(member__in=_people(joined_in, period).values("pk"))
    return [row["day"] for row in begun.values("member").annotate(day=Min("start"))]


def _retired_days(period: Period) -> list[date]:
    """The day that each person retired in the period."""
    retired = Employment.objects.order_by().filter(
        status__in=RETIREES,
        start__range=(period.start, period.end),
        member__in=_people(retired_in, period).values("pk"),
    )
    return [row["day"] for row in retired.values("member").annotate(day=Min("start"))]


def _last_days(period: Period) -> list[date]:
    """The first day that each person was no 会员 any more."""
    over = Membership.objects.order_by().filter(end__lt=period.end)
    over = over.filter(member__in=_people(left_in, period).values("pk"))
    return [
        row["day"] + timedelta(days=1) for row in over.values("member").annotate(day=Max("end"))
    ]
