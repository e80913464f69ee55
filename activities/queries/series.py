"""Clubs and what comes again and again: which there are, what was due, who came how often."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from activities.choices import ActivityState, Attendance
from activities.models import Activity, Participation, Series, SeriesMember
from activities.queries.days_off import holidays_between, terms
from activities.rules.series import Round, compared, slots_between
from activities.rules.weeks import monday
from members.models import GroupAssignment, Member
from members.queries import enrolled_on, members_visible_to, with_whole_roster
from members.queries.membership import departments_of
from unionoffice.periods import Period

OPEN, ENDED = "open", "ended"


def series_visible_to(user) -> QuerySet[Series]:
    """Everyone may see what there is."""
    return Series.objects.all()


def series_in_hands_of(user) -> QuerySet[Series]:
    """Those whose meetings and people the user keeps: all for the office, else those one leads."""
    if user.has_perm("activities.manage_series"):
        return Series.objects.all()
    return Series.objects.filter(leader=user.member_id)


def meetings_in_hands_of(user) -> QuerySet[Activity]:
    """What was held of those series, whoever recorded it; voided ones included."""
    mine = series_in_hands_of(user).order_by().values("pk")
    held = Activity.objects.filter(series__in=mine, state=ActivityState.HELD)
    return held.select_related("series")


def leads(user, activity: Activity) -> bool:
    """Whether it is a meeting of a series in the user's hands."""
    if activity.series_id is None or not user.has_perm("activities.lead_series"):
        return False
    all_of_them = user.has_perm("activities.manage_series")
    return all_of_them or activity.series.leader_id == user.member_id


def sees_all_names(user, activity: Activity) -> bool:
    """Whether people_of_activity gives the user everyone, and its page shows them."""
    if leads(user, activity):
        return True
    own = with_whole_roster(user) or activity.recorded_by_id == user.pk
    return own and user.has_perm("activities.manage_attendance")


def meetings_of(series: Series) -> QuerySet[Activity]:
    return Activity.objects.standing().filter(series=series)


def meeting_on(series: Series, day: date) -> Activity | None:
    """The one that is recorded of that day."""
    return meetings_of(series).filter(day=day).first()


def narrowed_series(
    series: QuerySet[Series], *, q: str = "", kind: str = "", state: str = "", **others
) -> QuerySet[Series]:
    """What the filter of the list leaves; what was given up comes last."""
    if state:
        series = series.filter(end__isnull=state == OPEN)
    if kind:
        series = series.filter(kind=kind)
    for word in q.split():
        series = series.filter(
            Q(name__icontains=word) | Q(place__icontains=word) | Q(leader__name__icontains=word)
        )
    ended = F("end").desc(nulls_first=True)
    return series.select_related("leader").order_by(ended, "kind", "name", "pk")


@dataclass(frozen=True)
class SeriesRow:
    """One line of the list. `attendance` is None where nobody was counted."""

    series: Series
    people: int
    met: int
    attendance: int | None
    latest: date | None
    round: Round


def series_rows(series: QuerySet[Series], period: Period, today: date) -> list[SeriesRow]:
    """Five queries, however many there are."""
    rows = list(series)
    people = dict(_count(SeriesMember.objects.filter(series__in=rows, end=None)))
    sums = {row["series"]: row for row in _sums(rows, period)}
    days = _days(rows, period)
    calendar = terms(), holidays_between(period.start, period.end)
    return [
        SeriesRow(
            series=one,
            people=people.get(one.pk, 0),
            met=sums.get(one.pk, {}).get("met", 0),
            attendance=sums.get(one.pk, {}).get("attendance"),
            latest=sums.get(one.pk, {}).get("latest"),
            round=_round(one, period, days.get(one.pk, ()), *calendar, today),
        )
        for one in rows
    ]


def _count(rows: QuerySet[SeriesMember]):
    return rows.order_by().values("series").annotate(n=Count("pk")).values_list("series", "n")


def _sums(rows: list[Series], period: Period):
    held = Activity.objects.standing().in_period(period).filter(series__in=rows)
    return (
        held.order_by()
        .values("series")
        .annotate(met=Count("pk"), attendance=Sum("headcount"), latest=Max("day"))
    )


def _days(rows: list[Series], period: Period) -> dict[int, list[date]]:
    """Of the whole weeks that the period touches: a meeting counts for the slot of its week."""
    held = Activity.objects.standing().filter(series__in=rows, day__range=_weeks(period))
    days: dict[int, list[date]] = {}
    for pk, day in held.order_by().values_list("series", "day"):
        days.setdefault(pk, []).append(day)
    return days


def _weeks(period: Period) -> tuple[date, date]:
    return monday(period.start), monday(period.end) + timedelta(days=6)


def round_of(series: Series, period: Period, today: date) -> Round:
    """What was due in the period up to today, and which of it has no record."""
    days = meetings_of(series).filter(day__range=_weeks(period)).values_list("day", flat=True)
    calendar = terms(), holidays_between(period.start, period.end)
    return _round(series, period, days, *calendar, today)


def _round(series: Series, period: Period, days: Iterable[date], known, off, today) -> Round:
    start, until = max(series.start, period.start), min(series.end or today, period.end, today)
    slots = slots_between(series.rhythm, series.weekday, start, until, known, off)
    return compared(slots, days, today)


def people_of_series(series: Series) -> QuerySet[SeriesMember]:
    """Who belongs to it; of one that was given up, who was there on its last day."""
    rows = series.memberships.filter(_there_at_last(series)).select_related("member")
    return rows.order_by("member__pinyin", "member_id")


def series_led_by(member: Member) -> QuerySet[Series]:
    return Series.objects.filter(leader=member, end=None)


def series_joined_by(member: Member) -> QuerySet[SeriesMember]:
    """Where someone belongs today; what one leads is told by series_led_by."""
    rows = SeriesMember.objects.filter(member=member, end=None, series__end=None)
    rows = rows.exclude(series__leader=member).select_related("series")
    return rows.order_by("series__kind", "series__name", "pk")


def _there_at_last(series: Series) -> Q:
    return Q(end=None) | Q(end=series.end) if series.end else Q(end=None)


def people_on(series: Series, day: date) -> QuerySet[Member]:
    """Who belonged to it on that day: whom a meeting asks for."""
    there = series.memberships.filter(Q(end=None) | Q(end__gte=day), start__lte=day)
    return Member.objects.filter(pk__in=there.order_by().values("member"))


def people_to_tick(series: Series, meeting: Activity | None = None) -> QuerySet[Member]:
    """Whom the form of a meeting asks for: who belongs to it, and who is on the list of the
    `meeting` already. Who belonged to it on the day is settled when it is recorded."""
    there = Q(pk__in=series.memberships.filter(end=None).order_by().values("member"))
    if meeting:
        there |= Q(pk__in=meeting.participations.order_by().values("member"))
    return Member.objects.filter(there)


def people_present(meeting: Activity) -> list[Member]:
    came = meeting.participations.filter(attendance=Attendance.PRESENT).order_by()
    return list(Member.objects.filter(pk__in=came.values("member")))


def people_to_take_in(user, today: date) -> QuerySet[Member]:
    """Whom the user may name as new in a series: the office from the whole roster, who leads it
    from those who are 会员 today."""
    if with_whole_roster(user):
        return members_visible_to(user)
    return enrolled_on(Member.objects.all(), today)


def chosen_people(people: QuerySet[Member], data: dict, today: date) -> list[Member]:
    """Those whom the form names, and those of the whole group that it names."""
    found = dict(data["everyone"])
    if group := data.get("group"):
        there = GroupAssignment.objects.on(today).filter(group=group).order_by()
        enrolled = enrolled_on(people.filter(pk__in=there.values("member")), today)
        found |= {member.pk: member for member in enrolled}
    return list(found.values())


def likely_day(series: Series, today: date) -> date:
    """The last day up to today on which it was due, else today."""
    if series.weekday is None:
        return today
    back = today - timedelta(days=(today.weekday() - series.weekday) % 7)
    return max(back, series.start)


def with_departments(rows: Iterable[SeriesMember]) -> list[SeriesMember]:
    """Each with `department`, as of today."""
    rows = list(rows)
    names = departments_of([row.member_id for row in rows])
    for row in rows:
        row.department = names.get(row.member_id, "")
    return rows


def gone_from_series(series: Series) -> QuerySet[SeriesMember]:
    rows = series.memberships.exclude(_there_at_last(series)).select_related("member")
    return rows.order_by("-end", "-pk")


def belongs(series: Series, member_id: int | None) -> SeriesMember | None:
    return series.memberships.filter(member=member_id, end=None).first()


@dataclass(frozen=True)
class Regular:
    """How often someone came to the meetings of the period, of those one was on the list of."""

    member: int
    name: str
    came: int
    leave: int
    absent: int

    @property
    def asked(self) -> int:
        return self.came + self.leave + self.absent


def regulars(series: Series, period: Period) -> list[Regular]:
    """Everyone of whom it is known at one meeting at least: who came most often stands first."""
    of = Q(attendance=Attendance.PRESENT), Q(attendance=Attendance.LEAVE)
    rows = (
        Participation.objects.filter(activity__in=meetings_of(series).in_period(period).order_by())
        .exclude(attendance="")
        .order_by()
        .values("member", name=F("member__name"), pinyin=F("member__pinyin"))
        .annotate(
            came=Count("pk", filter=of[0]),
            leave=Count("pk", filter=of[1]),
            absent=Count("pk", filter=Q(attendance=Attendance.ABSENT)),
        )
        .order_by("-came", "pinyin", "member")
    )
    return [Regular(**{k: v for k, v in row.items() if k != "pinyin"}) for row in rows]


def with_names_in(meetings: QuerySet[Activity]) -> QuerySet[Activity]:
    """Each meeting with `present`: how many of the roster came, 0 where no names are known."""
    came = Count("participations", filter=Q(participations__attendance=Attendance.PRESENT))
    return meetings.annotate(present=came).order_by("-day", "-pk")
