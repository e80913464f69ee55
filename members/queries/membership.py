"""会籍: where someone stands, what a move would end, who came and went, who asks to join."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from members.choices import (
    EmploymentStatus,
    MembershipEntry,
    MembershipExit,
    MembershipStatus,
    RequestState,
    Standing,
)
from members.models import (
    Application,
    DepartmentAssignment,
    Employment,
    Member,
    Membership,
    OfficeHolding,
    UnionGroup,
    User,
)
from members.queries.organisation import not_over
from members.queries.visibility import members_visible_to
from members.rules.moves import (
    ACTS,
    MOVES,
    USUAL,
    MembershipMove,
    ends_with_membership,
    member_offers,
)
from unionoffice.models import AuditEntry
from unionoffice.periods import Period, chinese_date
from unionoffice.queries import log_of
from unionoffice.workflow import Offer

UNDONE = "members.undo_move"
ENDED_LAST = F("end").desc(nulls_first=True)


def last_membership(member: Member) -> Membership | None:
    """The open 会籍, else the one that ended last."""
    return member.memberships.order_by(ENDED_LAST, "-pk").first()


def standing_of(row: Membership | None) -> Standing:
    """What the last 会籍 says of someone."""
    if row is None:
        return Standing.NEVER
    if row.end is None:
        return Standing(row.status)
    return Standing.DEAD if row.exit == MembershipExit.DIED else Standing.LEFT


def work_of(member: Member) -> str:
    """The employment of today; "" where none is recorded."""
    return member.employments.filter(end=None).values_list("status", flat=True).first() or ""


@dataclass(frozen=True)
class Ending:
    """What ends together with someone's 会籍. `kept`: the offices that stay."""

    offices: list[OfficeHolding]
    kept: list[OfficeHolding]
    group: str
    department: str  # "" where someone stays at the school
    locks_account: bool


def ending_of(member: Member, step: MembershipMove) -> Ending:
    """What ends with the move; nothing stays when someone dies."""
    everything = step.target == Standing.DEAD
    held = list(
        member.offices.filter(not_over(timezone.localdate())).select_related("group", "department")
    )
    offices = held if everything else ends_with_membership(held)
    kept = [row for row in held if row not in offices]
    group = member.group_assignments.filter(end=None).select_related("group").first()
    department = member.department_assignments.filter(end=None).select_related("department").first()
    department = department if everything or step.leaves_school else None
    account = User.objects.filter(member=member, is_active=True).exists()
    words = [row.word if row else "" for row in (group, department)]
    return Ending(offices, kept, *words, locks_account=account and not kept)


def last_move(member: Member) -> AuditEntry | None:
    """The latest move of the 会籍 that was not taken back."""
    undone: set[int] = set()
    for entry in log_of(member).filter(act__in=[*ACTS, UNDONE]):
        if entry.act == UNDONE:
            undone.add(entry.changes["number"])
        elif entry.number not in undone:
            return entry
    return None


@dataclass(frozen=True)
class MembershipChange:
    """Someone who came, went, or whose 会籍 changed on `day`."""

    day: date
    precision: str
    member: Member
    what: str
    union: str
    note: str


def changes_in(user: User, period: Period) -> list[MembershipChange]:
    """What changed in the 会籍 of those whom the user may see, in the order of the days."""
    ends = (period.start - timedelta(days=1), period.end - timedelta(days=1))
    touched = Membership.objects.filter(
        Q(start__range=(period.start, period.end)) | Q(end__range=ends)
    )
    people = members_visible_to(user).filter(pk__in=touched.order_by().values("member"))
    rows = Membership.objects.filter(member__in=people.order_by().values("pk"))
    rows = rows.select_related("member").order_by("member", F("start").asc(nulls_first=True), "pk")
    found = [change for change in _changes(rows) if period.contains(change.day)]
    return sorted(found, key=lambda each: (each.day, each.member.pinyin, each.member.pk))


def _changes(rows: Iterable[Membership]) -> Iterable[MembershipChange]:
    """`rows`: of each member after the other, by their start."""
    rows = list(rows)
    for before, row, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        if row.start:
            follows = before if before and _joins(before, row) else None
            yield _begun(row, follows)
        if row.end and not (after and _joins(row, after) and not row.exit):
            yield _ended(row)


def _joins(one: Membership, other: Membership) -> bool:
    """Whether `other` is the same person's, from the day after `one` on."""
    next_day = one.end and one.end + timedelta(days=1)
    return one.member_id == other.member_id and other.start == next_day


def _begun(row: Membership, follows: Membership | None) -> MembershipChange:
    if follows and not follows.exit:
        retained = row.status == MembershipStatus.RETAINED
        what = MembershipStatus.RETAINED.label if retained else MembershipEntry.RESTORED.label
    else:
        what = row.get_entry_display() or MembershipEntry.JOINED.label
    return MembershipChange(
        row.start, row.start_precision, row.member, what, row.from_union, row.note
    )


def _ended(row: Membership) -> MembershipChange:
    day = row.end + timedelta(days=1)
    what = row.get_exit_display() or "离开"
    return MembershipChange(day, "day", row.member, what, row.to_union, row.exit_note)


def kinds_of(changes: Iterable[MembershipChange]) -> list[tuple[str, int]]:
    """What changed, and how often: 入会 5, 转出 2."""
    return Counter(change.what for change in changes).most_common()


def departments_of(members: Iterable[int]) -> dict[int, str]:
    """The department that each was in last."""
    rows = DepartmentAssignment.objects.filter(member__in=members).select_related("department")
    return {
        row.member_id: str(row.department)
        for row in rows.order_by(F("end").asc(nulls_last=True), "pk")
    }


def applications_visible_to(user: User) -> QuerySet[Application]:
    """For those who decide; beside the permission, no further rule."""
    return Application.objects.filter(member__in=members_visible_to(user).order_by().values("pk"))


def applications(user: User, *, waiting: bool) -> QuerySet[Application]:
    rows = applications_visible_to(user).select_related("member", "sent_by__member")
    if waiting:
        return rows.filter(state=RequestState.WAITING).order_by("applied_on", "pk")
    decided = rows.exclude(state=RequestState.WAITING).select_related("decided_by__member")
    return decided.order_by("-decided_at", "-pk")


def waiting_applications() -> QuerySet[Application]:
    rows = Application.objects.filter(state=RequestState.WAITING).order_by("applied_on", "pk")
    return rows.select_related("member")


def can_be_taken_back(application: Application) -> bool:
    """Whether the last move of this person was the approval of this application."""
    if application.state != RequestState.ACCEPTED:
        return False
    entry = last_move(application.member)
    before = entry.changes["rows"].get("application", [[]])[0] if entry else []
    return {"id": application.pk, "state": RequestState.WAITING.value} in [
        {"id": row["id"], "state": row["state"]} for row in before
    ]


def own_applications(user: User) -> QuerySet[Application]:
    return Application.objects.filter(member=user.member_id)


def not_enrolled(user: User) -> QuerySet[Member]:
    """Whom a paper application may be for: on the roster, no 会员 today, none that waits."""
    today = timezone.localdate()
    enrolled = Membership.objects.on(today).filter(member=OuterRef("pk"))
    waiting = Application.objects.filter(member=OuterRef("pk"), state=RequestState.WAITING)
    return members_visible_to(user).filter(~Exists(enrolled), ~Exists(waiting))


def new_colleagues(user: User) -> QuerySet[Member]:
    """Those who work at the school and never were 会员, without an application: for 新教师入会."""
    working = Employment.objects.on(timezone.localdate()).filter(
        member=OuterRef("pk"), status=EmploymentStatus.WORKING
    )
    ever = Membership.objects.filter(member=OuterRef("pk"))
    return not_enrolled(user).filter(Exists(working), ~Exists(ever))


@dataclass(frozen=True)
class MovesPanel:
    """What the person page offers: the moves that can be made now, those shown first apart; and
    the last one that can be taken back, with its words."""

    usual: list[Offer]
    others: list[Offer]
    last: str
    last_day: str


def moves_panel(
    member: Member,
    user: User,
    memberships: Iterable[Membership],
    employments: Iterable[Employment],
) -> MovesPanel:
    """`memberships`, `employments`: all rows of the member, which the page has read already."""
    last = newest(memberships)
    work = next((row.status for row in employments if row.end is None), "")
    found = member_offers(standing_of(last), work, user)
    entry = last_move(member)
    return MovesPanel(
        [offer for offer in found if offer.name in USUAL],
        [offer for offer in found if offer.name not in USUAL],
        MOVES[ACTS[entry.act]].label if entry else "",
        chinese_date(date.fromisoformat(entry.changes["since"])) if entry else "",
    )


def newest(memberships: Iterable[Membership]) -> Membership | None:
    """As last_membership, of rows that are read already."""
    return max(memberships, key=_recency, default=None)


def _recency(row: Membership) -> tuple:
    return row.end is None, row.end or date.max, row.pk


def open_groups() -> QuerySet[UnionGroup]:
    """Those that are not dissolved."""
    return UnionGroup.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=timezone.localdate())
    )
