"""The roster's numbers: counted here and nowhere else."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db import connection
from django.db.models import CharField, Count, Exists, Max, Min, OuterRef, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from members.choices import EmploymentStatus, Gender, MembershipStatus
from members.models import GroupAssignment, Member, Membership, UnionGroup
from members.queries import LEFT, joined_in, left_in
from unionoffice.facts import Breakdown, Fact, count_or_none, in_months
from unionoffice.periods import Period

ACTIVE, RETAINED = MembershipStatus.ACTIVE.value, MembershipStatus.RETAINED.value

# members.models.history.on, in the form that SQLite tests fastest
IN_FORCE = """
    coalesce({0}.start, %(day)s) <= %(day)s AND coalesce({0}."end", %(day)s) >= %(day)s
"""
# "gone" is what queries.gone_by says: once 会员 or known to have left, and not 会员 on the day.
TOTALS = f"""
SELECT
    count(*) FILTER (WHERE e.status = '{ACTIVE}'),
    count(*) FILTER (WHERE e.status = '{ACTIVE}' AND m.gender = '{Gender.FEMALE.value}'),
    count(*) FILTER (WHERE e.status = '{RETAINED}'),
    (
        SELECT count(*) FROM members_member m
        WHERE (
            m.id IN (SELECT o.member_id FROM members_membership o WHERE o."end" < %(day)s)
            OR m.id IN (
                SELECT w.member_id FROM members_employment w
                WHERE w.status = '{EmploymentStatus.LEFT.value}' AND {IN_FORCE.format("w")}
            )
        )
        AND NOT EXISTS (
            SELECT 1 FROM members_membership n
            WHERE n.member_id = m.id AND {IN_FORCE.format("n")}
        )
        {{scope}}
    ),
    (SELECT count(*) FROM members_member m WHERE TRUE {{scope}})
FROM members_membership e JOIN members_member m ON m.id = e.member_id
WHERE {IN_FORCE.format("e")} {{scope}}
"""

# key -> what is counted: which records, by which date
COUNTED = {
    "members.active": "名册里会籍是“会员”的人，按这一期的最后一天算；转出、退会和保留会籍的不在内。",
    "members.women": "在册会员里性别登记为女的，按这一期的最后一天算。",
    "members.retained": "名册里会籍是“保留会籍”的人，多为退休教职工，按这一期的最后一天算。",
    "members.new": "这一期开始前还没有会籍、会籍在这一期里开始的人。",
    "members.left": "这一期里会籍结束、到期末也没有重新入会的人。",
    "members.groups": "有会员的工会小组，按这一期的最后一天算。",
}


@dataclass(frozen=True)
class RosterTotals:
    """How many people stand in each tab of the roster; `women` are among the active."""

    active: int
    women: int
    retained: int
    left: int
    everyone: int


def roster_totals(day: date, members: QuerySet[Member] | None = None) -> RosterTotals:
    """Of the whole roster, or of `members`; one statement for the whole roster, written out
    because it stands on top of every page of it and the ORM takes longer to write than to count."""
    scope = ""
    if members is not None:
        keys = ", ".join(str(int(pk)) for pk in members.order_by().values_list("pk", flat=True))
        scope = f"AND m.id IN ({keys or 'NULL'})"
    with connection.cursor() as cursor:
        cursor.execute(
            TOTALS.format(scope=scope), {"day": connection.ops.adapt_datefield_value(day)}
        )
        return RosterTotals(*cursor.fetchone())


def status_day(period: Period, today: date) -> date:
    """The day on which a document of the period counts heads: its last, or `today` before that."""
    return min(period.end, today)


def facts(period: Period, today: date | None = None) -> list[Fact]:
    """The roster on the period's `status_day`, and who came and went within the period."""
    members = Member.objects.order_by()
    day = status_day(period, today or timezone.localdate())
    totals = roster_totals(day)
    counts = _counted(
        new=joined_in(members, period), left=left_in(members, period), groups=_with_people(day)
    )
    return [
        active_fact(totals, day),
        _fact("women", "女会员", totals.women, _list(day, tab=ACTIVE, gender=Gender.FEMALE)),
        _fact("retained", "保留会籍", totals.retained, _list(day, tab=RETAINED)),
        _fact("new", "新入会", counts["new"], _moved("joined", period)),
        _fact("left", "离开", counts["left"], _moved(LEFT, period)),
        Fact(
            "members.groups",
            "工会小组",
            count_or_none(counts["groups"]),
            "个",
            f"{reverse('members:group_list')}?on={day}",
        ),
    ]


def active_fact(totals: RosterTotals, day: date) -> Fact:
    return _fact("active", "在册会员", totals.active, _list(day, tab=ACTIVE))


def breakdowns(key: str, period: Period, today: date | None = None) -> list[Breakdown]:
    """Heads by gender; who came and went by month. Other figures have no parts of their own."""
    if key == "members.active":
        totals = roster_totals(status_day(period, today or timezone.localdate()))
        others = totals.active - totals.women
        rows = (("女会员", totals.women), ("男会员和没登记性别的", others))
        return [Breakdown("按性别", "人", tuple(row for row in rows if row[1]))]
    if key in {"members.new", "members.left"}:
        return [in_months("人", ((day, 1) for day in _moves(key, period)))]
    return []


def _moves(key: str, period: Period) -> list[date]:
    """The day that each person's 会籍 began in the period, or the first day without it."""
    members, rows = Member.objects.order_by(), Membership.objects.order_by().values("member")
    if key == "members.new":
        begun = rows.filter(start__range=(period.start, period.end))
        begun = begun.filter(member__in=joined_in(members, period).values("pk"))
        return [row["day"] for row in begun.annotate(day=Min("start"))]
    over = rows.filter(end__lt=period.end, member__in=left_in(members, period).values("pk"))
    return [row["day"] + timedelta(days=1) for row in over.annotate(day=Max("end"))]


def _counted(**queries: QuerySet) -> dict[str, int]:
    """How many rows each finds, asked for in one statement."""
    first, *others = (
        query.order_by()
        .values(figure=Value(name, CharField()))
        .annotate(rows=Count("pk"))
        .values_list("figure", "rows")
        for name, query in queries.items()
    )
    return dict.fromkeys(queries, 0) | dict(first.union(*others, all=True))


def _with_people(day: date) -> QuerySet[UnionGroup]:
    """Asked group by group: one person is enough, most groups are done with their first."""
    enrolled = Membership.objects.on(day).filter(member=OuterRef("member"))
    placed = GroupAssignment.objects.on(day).filter(Exists(enrolled), group=OuterRef("pk"))
    return UnionGroup.objects.filter(Exists(placed))


def _fact(key: str, label: str, number: int, source: str) -> Fact:
    return Fact(f"members.{key}", label, count_or_none(number), "人", source)


def _list(day: date, **filters: str) -> str:
    return f"{reverse('members:member_list')}?{urlencode({**filters, 'on': day})}"


def _moved(move: str, period: Period) -> str:
    return f"{reverse('members:member_list')}?{urlencode({'moved': move, 'period': period.code})}"
