"""Those who work at the school on a day, whether 会员 or not: the ground of the rates."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from members.choices import AgeBand, EmploymentStatus
from members.facts.totals import ACTIVE, IN_FORCE
from members.queries import RETIREES
from members.rules.ages import born_between

TOTALS = f"""
SELECT
    count(*),
    count(n.id),
    count(*) FILTER (WHERE m.is_teacher),
    count(m.is_teacher),
    count(*) FILTER (WHERE m.birth >= %(young)s),
    count(m.birth),
    (
        SELECT count(*) FROM members_employment r
        WHERE r.status IN ('{"', '".join(RETIREES)}') AND {IN_FORCE.format("r")}
    )
FROM members_employment e
JOIN members_member m ON m.id = e.member_id
LEFT JOIN members_membership n
    ON n.member_id = e.member_id AND n.status = '{ACTIVE}' AND {IN_FORCE.format("n")}
WHERE e.status = '{EmploymentStatus.WORKING.value}' AND {IN_FORCE.format("e")}
"""


@dataclass(frozen=True)
class StaffTotals:
    """`working`: 在职 on the day. `members`, `teachers` and `young` are among them; so are those of
    whom it is known whether they teach, and when they were born. `retirees` are not."""

    working: int
    members: int
    teachers: int
    teaching_known: int
    young: int
    birth_known: int
    retirees: int


def staff_totals(day: date) -> StaffTotals:
    """Written out, as roster_totals is: the ORM's way takes SQLite twice as long."""
    days = {"day": day, "young": young_since(day)}
    adapted = {name: connection.ops.adapt_datefield_value(each) for name, each in days.items()}
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, adapted)
        return StaffTotals(*cursor.fetchone())


def young_since(day: date) -> date:
    """The first day of birth of those who are young on `day`."""
    return born_between(day, *band_ends(AgeBand.YOUNG))[0]


def band_ends(band: AgeBand) -> tuple[int | None, int | None]:
    low, _, high = band.partition("-")
    return (int(low) if low else None, int(high) if high else None)
