"""会籍: where someone stands, what a move would end, who came and went, who asks to join."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from members.choices import (
    EmploymentStatus,
    MembershipExit,
    RequestState,
    Standing,
)
from members.models import (
    Application,
    Candidate,
    DepartmentAssignment,
    Employment,
    GroupAssignment,
    Member,
    Membership,
    OfficeHolding,
    UnionGroup,
    User,
)
from members.queries.changes import joins
from members.queries.organisation import not_dissolved, not_over
from members.queries.visibility import members_visible_to
from members.rules.move_days import Footing
from members.rules.moves import (
    ACTS,
    MOVES,
    USUAL,
    MembershipMove,
    ends_with_membership,
    member_offers,
)
from unionoffice.models import AuditEntry
from unionoffice.own_data import sections_about
from unionoffice.periods import Precision, chinese_date
from unionoffice.queries import audit_entries
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
    return last_moves([member.pk]).get(member.pk)


def last_moves(members: Collection[int]) -> dict[int, AuditEntry]:
    """As last_move, of each of these people, at the cost of one."""
    entries = audit_entries().filter(
        target_type=Member._meta.label_lower, target_id__in=map(str, members)
    )
    found: dict[int, AuditEntry] = {}
    undone: set[int] = set()
    for entry in entries.filter(act__in=[*ACTS, UNDONE]).order_by("-number"):
        if entry.act == UNDONE:
            undone.add(entry.changes["number"])
        elif entry.number not in undone:
            found.setdefault(int(entry.target_id), entry)
    return found


def footings(members: Collection[int]) -> dict[int, Footing]:
    """What a move of each of these people starts from, at the cost of one."""
    people = Member.objects.in_bulk(members)
    memberships = _rows_by_member(Membership, people)
    last = {model: _last_of(_rows_by_member(model, people, word)) for model, word in PLACED.items()}
    offices = defaultdict(list)
    for row in OfficeHolding.objects.filter(not_over(timezone.localdate()), member__in=people):
        offices[row.member_id].append(row)
    applied = Application.objects.filter(member__in=people, state=RequestState.WAITING)
    applied_on = dict(applied.values_list("member", "applied_on"))
    found = {}
    for pk, member in people.items():
        rows = memberships[pk]
        row, first = newest(rows), rows[0] if rows else None
        found[pk] = Footing(
            member,
            standing_of(row),
            (first.start, first.start_precision) if first else (None, Precision.DAY),
            row,
            last[Employment].get(pk),
            last[GroupAssignment].get(pk),
            last[DepartmentAssignment].get(pk),
            offices[pk],
            applied_on.get(pk),
        )
    return found


# the dated rows besides the 会籍 itself, with what their word takes
PLACED = {Employment: None, GroupAssignment: "group", DepartmentAssignment: "department"}


def _rows_by_member(model, people: dict[int, Member], word: str | None = None) -> dict[int, list]:
    """By their start."""
    rows = model.objects.filter(member__in=people).order_by(F("start").asc(nulls_first=True), "pk")
    found = defaultdict(list)
    for row in rows.select_related(word) if word else rows:
        row.member = people[row.member_id]
        found[row.member_id].append(row)
    return found


def _last_of(rows: dict[int, list]) -> dict:
    return {pk: newest(each) for pk, each in rows.items()}


def last_span(member: Member) -> list[Membership]:
    """The rows of the last 会籍 from how it began on, with what it was continued as."""
    rows = list(member.memberships.order_by(F("start").asc(nulls_first=True), "pk"))
    first = len(rows) - 1
    while first > 0 and joins(rows[first - 1], rows[first]) and not rows[first - 1].exit:
        first -= 1
    return rows[max(first, 0) :]


def within(span: list[Membership]) -> Q:
    """The dated rows that hold on a day of the span."""
    start, end = span[0].start, span[-1].end
    begun = Q(start__isnull=True) | Q(start__lte=end) if end else Q()
    return begun & (Q(end__isnull=True) | Q(end__gte=start) if start else Q())


def hanging_on(member: Member, span: list[Membership]) -> list[str]:
    """What only a 会员 can have, in words: the offices and the votes within the span, an application
    that led to it, and what the other parts of the office keep."""
    offices = ends_with_membership(member.offices.filter(within(span)))
    words = [row.get_office_display() for row in offices]
    stood = Candidate.objects.filter(member=member).select_related("election")
    words += [f"{row.election}的候选人" for row in stood]
    if member.applications.filter(state=RequestState.ACCEPTED).exists():
        words.append("批准过的入会申请")
    words += [section.title for section in sections_about(member) if section.of_members]
    return list(dict.fromkeys(words))


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
    return UnionGroup.objects.filter(not_dissolved(timezone.localdate()))
