"""What changed in the 会籍 and the work of people within a period, one by one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Model, Q, QuerySet

from members.choices import EmploymentStatus, MembershipEntry, MembershipExit, MembershipStatus
from members.models import Employment, Member, Membership, User
from members.queries.roster import EARLIEST_FIRST, matching
from members.queries.visibility import members_visible_to
from members.rules.moves import MOVES, RETIREMENTS
from unionoffice.periods import Period, Precision

UNSAID = "算作会员，没写入会时间"
RETAINED, RESTORED = MembershipStatus.RETAINED.label, MembershipEntry.RESTORED.label
RETURNED = MOVES["return"].label
GONE = "离开"
WORKS = (*(EmploymentStatus(work).label for work in RETIREMENTS), RETURNED)
KINDS = (*MembershipEntry.labels, UNSAID, *WORKS, RETAINED, *MembershipExit.labels, GONE)


@dataclass(frozen=True)
class MembershipChange:
    """Someone who came, went or retired, or whose 会籍 changed, on `day`."""

    day: date
    precision: str
    member: Member
    what: str
    union: str = ""
    note: str = ""
    undoable: bool = False


def changes_in(user: User, period: Period, text: str = "") -> list[MembershipChange]:
    """Of those whom the user may see and the text finds, in the order of the days."""
    people = matching(members_visible_to(user), text).order_by()
    found = (
        *_changes(_rows(Membership, people, period)),
        *_work_changes(_rows(Employment, people, period)),
    )
    told = _together(change for change in found if period.contains(change.day))
    return sorted(told, key=lambda each: (each.day, each.member.pinyin, each.member.pk))


def _rows(model: type[Model], people: QuerySet[Member], period: Period) -> list:
    """All rows of those of whom one begins or ends in the period, by person and start."""
    ends = (period.start - timedelta(days=1), period.end - timedelta(days=1))
    touched = model.objects.filter(Q(start__range=(period.start, period.end)) | Q(end__range=ends))
    chosen = people.filter(pk__in=touched.order_by().values("member"))
    rows = model.objects.filter(member__in=chosen.values("pk")).select_related("member")
    return list(rows.order_by("member", EARLIEST_FIRST, "pk"))


def _together(changes: Iterable[MembershipChange]) -> Iterator[MembershipChange]:
    """Who retires or comes back and whose 会籍 changes with it, is told once, by the work."""
    changes = list(changes)
    works = {(each.member.pk, each.day) for each in changes if each.what in WORKS}
    beside = {
        (each.member.pk, each.day): each for each in changes if each.what in (RETAINED, RESTORED)
    }
    for change in changes:
        key = change.member.pk, change.day
        if change.what in WORKS and key in beside:
            note = "；".join(filter(None, (beside[key].what, beside[key].note)))
            yield replace(change, note=note)
        elif key not in works or change.what not in (RETAINED, RESTORED):
            yield change


def _changes(rows: list[Membership]) -> Iterator[MembershipChange]:
    """`rows`: of each member after the other, by their start."""
    for before, row, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        if row.start:
            follows = before if before and joins(before, row) else None
            yield _begun(row, follows)
        if row.end and not (after and joins(row, after) and not row.exit):
            yield _ended(row)


def joins(one: Membership, other: Membership) -> bool:
    """Whether `other` is the same person's, from the day after `one` on."""
    next_day = one.end and one.end + timedelta(days=1)
    return one.member_id == other.member_id and other.start == next_day


def _begun(row: Membership, follows: Membership | None) -> MembershipChange:
    reckoned = row.start_precision == Precision.UNKNOWN
    if follows and not follows.exit:
        what = RETAINED if row.status == MembershipStatus.RETAINED else RESTORED
    else:
        what = row.get_entry_display() or (UNSAID if reckoned else MembershipEntry.JOINED.label)
    precision = Precision.DAY if reckoned else row.start_precision
    return MembershipChange(row.start, precision, row.member, what, row.from_union, row.note)


def _ended(row: Membership) -> MembershipChange:
    day = row.end + timedelta(days=1)
    what = row.get_exit_display() or GONE
    return MembershipChange(day, Precision.DAY, row.member, what, row.to_union, row.exit_note)


def _work_changes(rows: list[Employment]) -> Iterator[MembershipChange]:
    """Who retired, and who came back to work after it."""
    for before, row in pairwise(rows):
        if before.member_id != row.member_id or before.status == row.status or not row.start:
            continue
        back = row.status == EmploymentStatus.WORKING and before.status in RETIREMENTS
        if back or row.status in RETIREMENTS:
            what = RETURNED if back else row.get_status_display()
            yield MembershipChange(row.start, Precision.DAY, row.member, what)


def kinds_of(changes: Iterable[MembershipChange]) -> list[tuple[str, int]]:
    """What changed, and how often: 入会 5, 转出 2."""
    return Counter(change.what for change in changes).most_common()
