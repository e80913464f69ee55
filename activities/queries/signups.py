"""Who is to come, who came: the lists of one activity, of a person, of a period."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from activities.choices import ActivityState, Attendance, SignupState
from activities.models import Activity, Participation, Signup
from activities.queries.activities import activities_in_hands_of, in_hands_of
from activities.queries.series import leads
from activities.rules.signups import Room
from members.models import GroupAssignment, Member
from members.queries import enrolled_on, members_visible_to, with_whole_roster
from unionoffice.models import AuditEntry
from unionoffice.periods import Period, Precision
from unionoffice.queries import log_of

FOUND_AT_ONCE = 8
# who was to come: on the list, or there without being on it
ON_LIST = ("", SignupState.LISTED)  # put there, or signed up
EXPECTED = Q(signup__in=["", SignupState.LISTED]) | ~Q(attendance="")
LONG_PAST = timedelta(days=7)  # an activity that nobody recorded leaves the list of what is open


@dataclass(frozen=True)
class Heads:
    """应到, 实到, 请假, 未到. `unknown`: of those who were to come nothing is recorded."""

    expected: int = 0
    present: int = 0
    leave: int = 0
    absent: int = 0
    waiting: int = 0

    @property
    def unknown(self) -> int:
        return self.expected - self.present - self.leave - self.absent

    @property
    def recorded(self) -> bool:
        return self.expected > self.unknown


def heads_counted(prefix: str = "") -> dict[str, Count]:
    """The numbers of Heads as aggregates, over participations reached through `prefix`."""

    def count(**values) -> Count:
        named = {f"{prefix}{name}": value for name, value in values.items()}
        return Count(f"{prefix}pk", filter=Q(**named))

    expected = Q(**{f"{prefix}signup__in": ["", SignupState.LISTED]})
    expected |= Q(**{f"{prefix}attendance__in": Attendance.values})
    return {
        "expected": Count(f"{prefix}pk", filter=expected),
        "present": count(attendance=Attendance.PRESENT),
        "leave": count(attendance=Attendance.LEAVE),
        "absent": count(attendance=Attendance.ABSENT),
        "waiting": count(signup=SignupState.WAITING, attendance=""),
    }


def heads_of(participations: QuerySet[Participation]) -> Heads:
    return Heads(**participations.order_by().aggregate(**heads_counted()))


def heads_summed(rows: Iterable[dict]) -> Heads:
    """Of the rows of attendance_by_member or attendance_by_group together: each participation is
    in one of them."""
    rows = list(rows)
    return Heads(**{each.name: sum(row[each.name] for row in rows) for each in fields(Heads)})


# ------------------------------------------------------------------ sign-ups
def signups_visible_to(user) -> QuerySet[Signup]:
    """What is announced and asks for sign-up, what one has in hand, and where one is on the list:
    the last one also when it was voided."""
    announced = Q(activity__state=ActivityState.ANNOUNCED, open_to_signup=True)
    mine = Q(activity__in=activities_in_hands_of(user).order_by().values("pk"))
    came = Q(activity__participations__member=user.member_id)
    own = Signup.objects.filter(came).order_by().values("pk")
    standing = Q(activity__voided_at__isnull=True) & (announced | mine)
    return Signup.objects.filter(standing | Q(pk__in=own)).select_related("activity")


def signups_in_hands_of(user) -> QuerySet[Signup]:
    return Signup.objects.filter(
        activity__in=activities_in_hands_of(user).order_by().values("pk")
    ).select_related("activity")


def lost_signup(user, pk: int) -> QuerySet[Activity]:
    """The activity in the user's hands whose sign-up had the key, until somebody took it off."""
    dropped = AuditEntry.objects.filter(target_type=Activity._meta.label_lower)
    dropped = dropped.filter(act="activities.drop_signup", changes__signup=pk)
    keys = [int(key) for key in dropped.values_list("target_id", flat=True)]
    return activities_in_hands_of(user).filter(pk__in=keys)


def signup_rows(signups: QuerySet[Signup], member: int | None) -> QuerySet[Signup]:
    """Each with `listed`, `waiting` and `own`, how the member stands there, in one query."""
    of_signup = Participation.objects.filter(activity=OuterRef("activity")).order_by()
    own = of_signup.filter(member=member)
    return signups.annotate(
        listed=_counted(of_signup.filter(signup__in=ON_LIST)),
        waiting=_counted(of_signup.filter(signup=SignupState.WAITING, attendance="")),
        own=Subquery(own.values("signup")[:1]),
        own_came=Subquery(own.values("attendance")[:1]),
    )


def _counted(rows: QuerySet) -> Subquery:
    return Subquery(rows.values("activity").annotate(n=Count("pk")).values("n"))


def in_tab(user, tab: str, now: datetime) -> QuerySet[Signup]:
    """The rows of a tab of the list: what is open, what one said something to, all."""
    rows = signup_rows(signups_visible_to(user), user.member_id)
    if tab == "我报的":
        mine = Participation.objects.filter(member=user.member_id).order_by().values("activity")
        return rows.filter(activity__in=mine).order_by("-activity__day", "-pk")
    if tab == "全部":
        standing = rows.filter(open_to_signup=True, activity__voided_at__isnull=True)
        return standing.order_by("-activity__day", "-pk")
    return rows.filter(pk__in=open_signups(now).order_by().values("pk")).order_by(
        "activity__day", "pk"
    )


def announced_without_signup(user) -> QuerySet[Activity]:
    """The announced activities in one's hands that nobody can sign up to yet."""
    if not user.has_perm("activities.manage_attendance"):
        return Activity.objects.none()
    asked = Signup.objects.filter(open_to_signup=True).values("activity")
    ahead = activities_in_hands_of(user).announced().exclude(pk__in=asked)
    return ahead.filter(day__gte=timezone.localdate()).order_by("day", "pk")[:FOUND_AT_ONCE]


def quota_rows(signup: Signup, room: Room) -> list[tuple[str, int, int]]:
    """(group, on the list, at most) of each quota."""
    return [
        (str(quota.group), room.taken[quota.group_id], quota.limit)
        for quota in signup.quotas.select_related("group").order_by("group__order", "group")
    ]


def announced_signups(today: date, *, stopped: bool = False) -> QuerySet[Signup]:
    """Whose activity is to come, or was to come a few days ago; not those stopped by hand, unless
    `stopped`."""
    since = today - LONG_PAST
    month = Q(activity__precision=Precision.MONTH, activity__day__gte=since.replace(day=1))
    lately = Q(activity__day__gte=since) | Q(activity__last_day__gte=since) | month
    found = Signup.objects.filter(
        lately,
        activity__state=ActivityState.ANNOUNCED,
        activity__voided_at__isnull=True,
        open_to_signup=True,
    ).select_related("activity")
    return found if stopped else found.filter(closed_at=None)


def open_signups(now: datetime) -> QuerySet[Signup]:
    """Where one can sign up by oneself now."""
    return announced_signups(timezone.localdate(now)).filter(
        Q(opens_at=None) | Q(opens_at__lte=now), Q(deadline=None) | Q(deadline__gte=now)
    )


def find_signups(user, text: str) -> QuerySet[Signup]:
    words = Q()
    for word in text.split():
        words &= Q(activity__title__icontains=word) | Q(notice__icontains=word)
    found = signups_visible_to(user).filter(words, activity__state=ActivityState.ANNOUNCED)
    return found.annotate(day=F("activity__day")).order_by("activity__day")[:FOUND_AT_ONCE]


def room_of(signup: Signup) -> Room:
    """Who signed up and who was put on the list take the places alike."""
    listed = signup.activity.participations.filter(signup__in=ON_LIST)
    return Room(
        signup.limit,
        dict(signup.quotas.values_list("group", "limit")),
        Counter(listed.order_by().values_list("group", flat=True)),
    )


@dataclass(frozen=True)
class Place:
    """How one stands at a sign-up: `number` on the list or on the waiting list, from 1."""

    participation: Participation
    number: int | None


def place_of(signup: Signup, member: int | None) -> Place | None:
    own = signup.activity.participations.filter(member=member).first()
    if own is None:
        return None
    if own.signup not in (SignupState.LISTED, SignupState.WAITING):
        return Place(own, None)
    ahead = Q(signed_up_at__lt=own.signed_up_at) | Q(signed_up_at=own.signed_up_at, pk__lt=own.pk)
    same = signup.activity.participations.filter(ahead, signup=own.signup)
    return Place(own, same.count() + 1)


# ------------------------------------------------------------------ people
def people_of_activity(user, activity: Activity) -> QuerySet[Participation]:
    """The list of one activity as far as `user` may see the names: all for the committee, for
    whoever recorded the activity or leads its club, the own group for its leader, else oneself."""
    people = activity.participations.select_related("member", "group")
    own = activity.recorded_by_id == user.pk or leads(user, activity)
    if not (own or with_whole_roster(user)):
        people = people.filter(member__in=members_visible_to(user).order_by().values("pk"))
    return people.order_by(
        F("group__order").asc(nulls_last=True), "group", "member__pinyin", "member"
    )


def activities_to_attend(user) -> QuerySet[Activity]:
    """Those whose list the user may keep: the own ones, all for the committee; for the leader of
    a group also those to which someone of the group is to come."""
    if with_whole_roster(user):
        return Activity.objects.all()
    people = members_visible_to(user).order_by().values("pk")
    theirs = Participation.objects.filter(member__in=people).order_by().values("activity")
    own = activities_in_hands_of(user).order_by().values("pk")
    return Activity.objects.filter(Q(pk__in=own) | Q(pk__in=theirs))


def may_attend(user, activity: Activity) -> bool:
    """As activities_to_attend, of one that was fetched already; asks only where that is needed."""
    if with_whole_roster(user) or in_hands_of(user, activity):
        return True
    return activities_to_attend(user).filter(pk=activity.pk).exists()


def activities_run_by(user) -> QuerySet[Activity]:
    """Those whose sign-in the user opens: all for the committee, else the own ones."""
    return Activity.objects.all() if with_whole_roster(user) else activities_in_hands_of(user)


def participations_in_reach(user) -> QuerySet[Participation]:
    """The rows that the user may change, as in people_of_activity."""
    rows = Participation.objects.select_related("activity", "member", "group")
    if with_whole_roster(user):
        return rows
    people = members_visible_to(user).order_by().values("pk")
    return rows.filter(Q(member__in=people) | Q(activity__recorded_by=user.pk))


def steps_put_on(activity: Activity, user) -> QuerySet[AuditEntry]:
    """The entries in which the user put people on the list, the newest first."""
    return log_of(activity).filter(actor=user, act="activities.put_on_roll").order_by("-pk")


def steps_marked(activity: Activity, user) -> QuerySet[AuditEntry]:
    """The same of those in which the user marked who came."""
    return log_of(activity).filter(actor=user, act="activities.mark_attendance").order_by("-pk")


def last_put_on(activity: Activity, user) -> AuditEntry:
    return steps_put_on(activity, user)[0]


def signup_of(activity: Activity) -> Signup | None:
    return Signup.objects.filter(activity=activity).first()


def people_in_group(user, group, day) -> list[Member]:
    """Those of the group on that day whom the user may see."""
    there = GroupAssignment.objects.on(day).filter(group=group).order_by()
    return list(members_visible_to(user).filter(pk__in=there.values("member")))


def people_to_sign_up(user, signup: Signup) -> QuerySet[Member]:
    """The 会员 of that day whom the user may sign up and who are not on the list, with `group_id`."""
    there = signup.activity.participations.filter(signup__in=[*ON_LIST, SignupState.WAITING])
    people = members_visible_to(user).exclude(pk__in=there.order_by().values("member"))
    return enrolled_at(people, signup.activity)


def with_group(members: QuerySet[Member], day) -> QuerySet[Member]:
    """Each with `day_group` and `day_group_name`, the union group of that day."""
    rows = GroupAssignment.objects.on(day).filter(member=OuterRef("pk")).order_by("-pk")
    return members.annotate(
        day_group=Subquery(rows.values("group")[:1]),
        day_group_name=Subquery(rows.values("group__name")[:1]),
        day_group_order=Subquery(rows.values("group__order")[:1]),
    ).order_by(F("day_group_order").asc(nulls_last=True), "day_group", "pinyin", "pk")


def enrolled_at(members: QuerySet[Member], activity: Activity) -> QuerySet[Member]:
    """Those who are 会员 on its first or on its last day, as with_group gives them."""
    first = enrolled_on(Member.objects.all(), activity.day).order_by().values("pk")
    last = enrolled_on(Member.objects.all(), activity.final_day).order_by().values("pk")
    found = members.filter(Q(pk__in=first) | Q(pk__in=last))
    return with_group(found, activity.final_day)


def wrong_codes(user, since: datetime) -> int:
    """How many codes the user tried lately that never were, at any activity."""
    return AuditEntry.objects.filter(
        act="activities.refuse_sign_in", actor=user, at__gte=since
    ).count()


def names_recorded(activity: Activity) -> bool:
    """Whether it is known of anybody by name who came or did not: the headcount is counted then."""
    return activity.participations.exclude(attendance="").exists()


def unmarked(activity: Activity) -> bool:
    """Whether of somebody who was to come nothing is recorded."""
    return activity.participations.filter(EXPECTED, attendance="").exists()


def counted_heads(activity: Activity) -> int | None:
    """Those present and the guests; None for nobody."""
    present = activity.participations.filter(attendance=Attendance.PRESENT).count()
    return present + (activity.guests or 0) or None


# ------------------------------------------------------------------ a period
def attended_in(
    user,
    period: Period,
    *,
    field: str = "",
    kind: str = "",
    group: str = "",
    came: str = "",
    q: str = "",
) -> QuerySet[Participation]:
    """The participations of the activities held in the period, of the people in sight."""
    activities = Activity.objects.standing().in_period(period)
    if field:
        activities = activities.filter(field=field)
    if kind:
        activities = activities.filter(kind=kind)
    rows = Participation.objects.filter(EXPECTED, activity__in=activities.order_by().values("pk"))
    if not with_whole_roster(user):
        rows = rows.filter(member__in=members_visible_to(user).order_by().values("pk"))
    if group:
        rows = rows.filter(group=None if group == "none" else group)
    if came:
        rows = rows.filter(attendance=Attendance.PRESENT)
    for word in q.split():
        rows = rows.filter(
            Q(member__name__icontains=word) | Q(member__initials__startswith=word.lower())
        )
    return rows


def attendance_by_member(rows: QuerySet[Participation]) -> QuerySet:
    """member, name, group, expected, present, leave, absent of each person; in the order of
    names."""
    return (
        rows.order_by()
        .values("member", name=F("member__name"), pinyin=F("member__pinyin"))
        .annotate(**heads_counted(), group_name=Max("group__name"))
        .order_by("pinyin", "member")
    )


def attendance_by_group(rows: QuerySet[Participation]) -> QuerySet:
    return (
        rows.order_by()
        .values("group", name=F("group__name"), order=F("group__order"))
        .annotate(
            **heads_counted(),
            people=Count("member", distinct=True, filter=Q(attendance=Attendance.PRESENT)),
        )
        .order_by(F("order").asc(nulls_last=True), "group")
    )


def activities_of_member(member: Member) -> QuerySet[Participation]:
    """What someone was to come to and came to, the newest first."""
    return (
        Participation.objects.filter(
            EXPECTED,
            member=member,
            activity__voided_at__isnull=True,
            activity__state=ActivityState.HELD,
        )
        .select_related("activity")
        .order_by("-activity__day", "-activity")
    )
