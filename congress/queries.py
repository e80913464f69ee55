"""Which motions and notices may this person see?"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from congress.choices import MotionState, NoticeState
from congress.models import Congress, Motion, Notice, Seconding, SecondingRule, Session
from congress.rules import SHIPPED_SECONDING_RULE
from members.choices import MembershipStatus
from members.models import Member, Membership, User
from unionoffice.kept import kept
from unionoffice.periods import Period

FOUND_AT_ONCE = 8
SECONDING_AT_ONCE = 20  # motions to second on one home page


def motions_visible_to(user: User) -> QuerySet[Motion]:
    """The own ones; those of colleagues from the day they ask for seconders on."""
    shown = Q(opened_on__isnull=False) & ~Q(state=MotionState.DRAFT)
    return Motion.objects.filter(shown | Q(proposer=user.member_id))


def notices_visible_to(user: User) -> QuerySet[Notice]:
    """What is public now; all of it for those who publish."""
    if user.has_perm("congress.publish_notice"):
        return Notice.objects.all()
    return Notice.objects.filter(state=NoticeState.PUBLISHED)


def for_list(motions: QuerySet[Motion]) -> QuerySet[Motion]:
    """With proposer, session and `seconders`; without the long texts."""
    secondings = Seconding.objects.filter(motion=OuterRef("pk")).order_by().values("motion")
    count = Subquery(secondings.annotate(n=Count("pk")).values("n"))
    return (
        motions.select_related("proposer", "session__congress")
        .defer("reason", "suggestion", "cause")
        .annotate(seconders=Coalesce(count, 0))
    )


def waiting_for(member: int | None) -> QuerySet[Motion]:
    """The motions of others that this person could second."""
    mine = Seconding.objects.filter(member=member).order_by().values("motion")
    return Motion.objects.filter(~Q(pk__in=mine), ~Q(proposer=member), state=MotionState.SECONDING)


def asking(user: User) -> QuerySet[Motion]:
    """The tab of motions that want seconders: those the user can second; else all of them."""
    if user.has_perm("congress.second_motion"):
        return waiting_for(user.member_id)
    return Motion.objects.filter(state=MotionState.SECONDING)


@dataclass(frozen=True)
class ToDo:
    """A motion that waits for the user. `held_on`: the day of the session it is handed in for."""

    pk: int
    title: str
    state: str
    proposer: str
    decision_reason: str
    held_on: date | None


def to_do(user: User) -> list[ToDo]:
    """What the home page lists, which sorts it by day: to decide for those who file, and the own
    ones that came back; and the oldest of those that the user could second."""
    needed = ("congress.file_motion", "congress.second_motion", "congress.submit_motion")
    files, seconds, submits = map(user.has_perm, needed)
    member = user.member_id if seconds or submits else None
    return [ToDo(*row) for row in _to_do(files, seconds, submits, member)]


@kept
def _to_do(files: bool, seconds: bool, submits: bool, member: int | None) -> QuerySet[tuple]:
    waiting = Q(pk__in=[])
    if files:
        waiting |= Q(state=MotionState.SUBMITTED)
    if seconds:
        oldest = waiting_for(member).order_by("opened_on", "pk")[:SECONDING_AT_ONCE]
        waiting |= Q(pk__in=oldest.values("pk"))
    if submits:
        waiting |= Q(proposer=member, state=MotionState.RETURNED)
    columns = ("pk", "title", "state", "proposer__name", "decision_reason", "session__held_on")
    return Motion.objects.filter(waiting).order_by().values_list(*columns)


@kept
def objections_ending(today: date, until: date) -> QuerySet[tuple]:
    """(key, title, last day) of the public notices whose time for objections ends soon."""
    ending = Notice.objects.filter(objection_until__range=(today, until))
    public = ending.filter(state=NoticeState.PUBLISHED)
    return public.values_list("pk", "title", "objection_until")


def own(user: User) -> QuerySet[Motion]:
    return Motion.objects.filter(proposer=user.member_id)


def waiting_for_decision() -> QuerySet[Motion]:
    return Motion.objects.filter(state=MotionState.SUBMITTED).order_by("submitted_on", "id")


def received(
    user: User, period: Period, category="", state="", session=None, q=""
) -> QuerySet[Motion]:
    """The motions that were handed in during the period: what every figure counts."""
    motions = motions_visible_to(user).received_in(period).order_by("-submitted_on", "-id")
    exact = {"category": category, "state": state, "session": session}
    return titled(motions.filter(**{key: value for key, value in exact.items() if value}), q)


def titled(motions: QuerySet[Motion], text: str) -> QuerySet[Motion]:
    """Those whose title or proposer holds the text."""
    if not text:
        return motions
    text = text.strip().removeprefix("关于").removesuffix("的提案")
    return motions.filter(Q(title__icontains=text) | Q(proposer__name__icontains=text))


def tab_counts(user: User) -> dict[str, int]:
    """How many motions stand under each tab that says what is to be done."""
    mine = Exists(Seconding.objects.filter(motion=OuterRef("pk"), member=user.member_id))
    asked = Q(state=MotionState.SECONDING)
    if user.has_perm("congress.second_motion"):
        asked &= ~Q(proposer=user.member_id) & Q(mine=False)
    return (
        Motion.objects.annotate(mine=mine)
        .order_by()
        .aggregate(
            to_decide=Count("pk", filter=Q(state=MotionState.SUBMITTED)),
            asking=Count("pk", filter=asked),
            own=Count("pk", filter=Q(proposer=user.member_id)),
        )
    )


def find_motions(user: User, text: str) -> QuerySet[Motion]:
    return titled(motions_visible_to(user), text).order_by("-opened_on")[:FOUND_AT_ONCE]


def find_notices(user: User, text: str) -> QuerySet[Notice]:
    return notices_visible_to(user).filter(title__icontains=text)[:FOUND_AT_ONCE]


def seconding_rule(day: date) -> SecondingRule:
    """The rule in force on `day`; the shipped sample where the office has set none."""
    row = SecondingRule.objects.filter(effective_from__lte=day).first()
    return row or SecondingRule(**SHIPPED_SECONDING_RULE)


def seconders_needed(day: date) -> int:
    return seconding_rule(day).seconders


def is_active(member_id: int, day: date) -> bool:
    rows = Membership.objects.on(day).filter(member=member_id, status=MembershipStatus.ACTIVE)
    return rows.exists()


def seconders_of(motion: Motion) -> list[Member]:
    rows = motion.secondings.select_related("member")
    return [row.member for row in rows]


def congresses() -> QuerySet[Congress]:
    return Congress.objects.prefetch_related("sessions")


def sessions() -> QuerySet[Session]:
    return Session.objects.select_related("congress")


def current_session(day: date) -> Session | None:
    """The session that motions are handed in for: the next one. None when all have been held."""
    return sessions().filter(Q(held_on__isnull=True) | Q(held_on__gte=day)).last()


def seconding_rules() -> QuerySet[SecondingRule]:
    return SecondingRule.objects.all()


def notices(user: User, period: Period, category="", state="", q="") -> QuerySet[Notice]:
    """The rows of the list: what is public, unless another state is asked for."""
    rows = notices_visible_to(user).filter(
        published_on__range=(period.start, period.end), state=state or NoticeState.PUBLISHED
    )
    if category:
        rows = rows.filter(category=category)
    return rows.filter(title__icontains=q) if q else rows
