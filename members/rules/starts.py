"""Since when someone counts whose days are not all written down. One rule for who is put down by
hand and who stands in a file. Pure."""

from dataclasses import dataclass
from datetime import date

from members.choices import EmploymentStatus
from members.rules.ages import YOUNGEST_WORKER
from unionoffice.periods import Precision, add_months

AT_SCHOOL = (EmploymentStatus.WORKING, EmploymentStatus.EARLY_RETIRED)


@dataclass(frozen=True)
class Starts:
    """The first day of each dated row; None: since before our records. `precision`: how exactly the
    day of the 会籍 is known; UNKNOWN: it is reckoned."""

    membership: date | None
    precision: str
    employment: date | None
    department: date | None
    group: date | None


def undated_from(today: date, *, first_roster: bool) -> date | None:
    """From when on someone is what is put down without a date. Until the first roster has landed the
    office tells of people who were there before it: None, as early as can be (`earliest`). Later on
    from today: the numbers of past years stay."""
    return None if first_roster else today


def earliest(birth: date | None, work_began: date | None, arrived: date | None) -> date | None:
    """The first day on which someone can have been here; None where nothing tells."""
    grown = add_months(birth, 12 * YOUNGEST_WORKER) if birth else None
    return max(filter(None, (grown, work_began, arrived)), default=None)


def starts(person, joined: date | None, precision: str, *, work: str, begin: date | None) -> Starts:
    """`person` has birth, work_began, arrived, as days or first days of what is known; `work`: the
    employment; `begin`: see undated_from."""
    reckoned = begin or earliest(person.birth, person.work_began, person.arrived)
    here = person.arrived or joined or reckoned
    return Starts(
        membership=joined or reckoned,
        precision=precision if joined or not reckoned else Precision.UNKNOWN,
        employment=here if work in AT_SCHOOL else reckoned,
        department=here,
        group=max(joined, person.arrived or joined) if joined else reckoned,
    )
