"""How many people stand in each tab of the roster on a day."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from members.choices import EmploymentStatus, Gender, MembershipStatus
from members.models import Member
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
    (SELECT count(*) FROM members_member m WHERE {{there}} {{scope}})
FROM members_membership e JOIN members_member m ON m.id = e.member_id
WHERE {IN_FORCE.format("e")} {{scope}}
"""
# what queries.there_by says
THERE = """(
    m.id IN (SELECT member_id FROM members_membership WHERE coalesce(start, %(day)s) <= %(day)s)
    OR m.id IN (SELECT member_id FROM members_employment WHERE coalesce(start, %(day)s) <= %(day)s)
    OR NOT (
        coalesce(m.arrived, %(day)s) > %(day)s
        OR m.id IN (SELECT member_id FROM members_membership WHERE start > %(day)s)
        OR m.id IN (SELECT member_id FROM members_employment WHERE start > %(day)s)
    )
)"""
ACTIVE_MEMBERS = f"""
SELECT count(*) FROM members_membership e
WHERE e.status = '{ACTIVE}' AND {IN_FORCE.format("e")}
"""


@dataclass(frozen=True)
class RosterTotals:
    """How many people stand in each tab of the roster; `women` are among the active."""

    active: int
    women: int
    retained: int
    left: int
    everyone: int

    @property
    def nobody(self) -> bool:
        """Nobody is or ever was 会员."""
        return not (self.active or self.retained or self.left)


def roster_totals(day: date, members: QuerySet[Member] | None = None) -> RosterTotals:
    """Of the whole roster, or of `members`; one statement for the whole roster, written out
    because it stands on top of every page of it and the ORM takes longer to write than to count."""
    scope = ""
    if members is not None:
        keys = ", ".join(str(int(pk)) for pk in members.order_by().values_list("pk", flat=True))
        scope = f"AND m.id IN ({keys or 'NULL'})"
    there = THERE if day < timezone.localdate() else "TRUE"
    with connection.cursor() as cursor:
        cursor.execute(
            TOTALS.format(scope=scope, there=there),
            {"day": connection.ops.adapt_datefield_value(day)},
        )
        return RosterTotals(*cursor.fetchone())


def active_members(day: date) -> int:
    """roster_totals(day).active by itself, for pages that need no more: half the time."""
    with connection.cursor() as cursor:
        cursor.execute(ACTIVE_MEMBERS, {"day": connection.ops.adapt_datefield_value(day)})
        return cursor.fetchone()[0]


def status_day(period: Period, today: date) -> date:
    """The day on which a document of the period counts heads: its last, or `today` before that."""
    return min(period.end, today)
