"""The roster's numbers: counted here and nowhere else."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from members.choices import EmploymentStatus, Gender, MembershipStatus
from members.models import GroupAssignment, Member
from members.queries import LEFT, enrolled_on, joined_in, left_in
from unionoffice.facts import Fact, count_or_none
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
    return [
        active_fact(totals, day),
        _fact("women", "女会员", totals.women, _list(day, tab=ACTIVE, gender=Gender.FEMALE)),
        _fact("retained", "保留会籍", totals.retained, _list(day, tab=RETAINED)),
        _fact("new", "新入会", joined_in(members, period).count(), _moved("joined", period)),
        _fact("left", "离开", left_in(members, period).count(), _moved(LEFT, period)),
        Fact(
            "members.groups",
            "工会小组",
            count_or_none(_groups_with_people(day)),
            "个",
            f"{reverse('members:group_list')}?on={day}",
        ),
    ]


def active_fact(totals: RosterTotals, day: date) -> Fact:
    return _fact("active", "在册会员", totals.active, _list(day, tab=ACTIVE))


def _groups_with_people(day: date) -> int:
    enrolled = enrolled_on(Member.objects.order_by(), day).values("pk")
    placed = GroupAssignment.objects.on(day).filter(member__in=enrolled)
    return placed.order_by().values("group").distinct().count()


def _fact(key: str, label: str, number: int, source: str) -> Fact:
    return Fact(f"members.{key}", label, count_or_none(number), "人", source)


def _list(day: date, **filters: str) -> str:
    return f"{reverse('members:member_list')}?{urlencode({**filters, 'on': day})}"


def _moved(move: str, period: Period) -> str:
    return f"{reverse('members:member_list')}?{urlencode({'moved': move, 'period': period.code})}"
