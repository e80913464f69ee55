"""Which honours and selections may this user see, and whom the forms name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from activities.choices import ActivityKind, HolderKind, NomineeState, SelectionState, ShareOf
from activities.models import Activity, Honour, Nominee, Selection
from activities.queries.days_off import days_off
from activities.rules.honours import by_level, what_waits, working_days
from members.choices import OfficeName
from members.facts import active_members
from members.models import GroupAssignment, Member, OfficeHolding, User
from members.queries import groups_visible_to, members_visible_to, with_whole_roster
from members.rules.terms import TERM_OFFICES
from unionoffice.kept import kept
from unionoffice.models import AuditEntry
from unionoffice.periods import Period, add_months, latest_day

OPEN_TO_ALL = (SelectionState.PUBLIC, SelectionState.SUBMITTED, SelectionState.CONCLUDED)
SHOWN_TO_ALL = {
    SelectionState.PUBLIC: (NomineeState.CHOSEN,),
    SelectionState.SUBMITTED: (NomineeState.CHOSEN,),
    SelectionState.CONCLUDED: (NomineeState.AWARDED,),
}
MONTHS_BACK = 24  # competitions that an honour may have come from
LONGEST_ON_SHOW = timedelta(days=90)
SINGLE = (HolderKind.MEMBER,)


@dataclass(frozen=True)
class HonourTotals:
    honours: int
    people: int
    contests: int


def honours_visible_to(user: User) -> QuerySet[Honour]:
    """All that stand; whoever records honours also sees the voided ones."""
    rows = Honour.objects.select_related("member", "group")
    if user.has_perm("activities.record_honours"):
        return rows
    return rows.standing()


def honours_narrowed(
    honours: QuerySet[Honour],
    *,
    period: Period,
    q: str = "",
    level: str = "",
    holder: str = "",
    contest: str = "",
) -> QuerySet[Honour]:
    """The standing honours that a filter asks for: the rows of the list and of its exports."""
    honours = honours_called(honours.standing().in_period(period), q)
    if level:
        honours = honours.filter(level=level)
    if holder == "single":
        honours = honours.filter(holder__in=SINGLE)
    elif holder == "together":
        honours = honours.exclude(holder__in=SINGLE)
    elif holder:
        honours = honours.filter(holder=holder)
    if contest:
        honours = honours.filter(is_contest=contest == "yes")
    return honours


def honours_called(honours: QuerySet[Honour], text: str) -> QuerySet[Honour]:
    """Those that have each of the words in what they are, whose, by whom or under which number."""
    for word in text.split():
        whose = Q(member__name__icontains=word) | Q(member__pinyin__icontains=word)
        whose |= Q(group__name__icontains=word) | Q(team__icontains=word)
        told = Q(title__icontains=word) | Q(awarding_body__icontains=word)
        honours = honours.filter(whose | told | Q(document_number__icontains=word))
    return honours


def honour_totals(honours: QuerySet[Honour]) -> HonourTotals:
    sums = honours.order_by().aggregate(
        honours=Count("pk"),
        people=Count("member", distinct=True),
        contests=Count("pk", filter=Q(is_contest=True)),
    )
    return HonourTotals(**sums)


def honours_by_level(honours: QuerySet[Honour]) -> list[Honour]:
    """From the nation down, then by title and day: as lists that are read out have them."""
    rows = honours.select_related("member", "group")
    return sorted(rows, key=lambda one: (by_level(one.level), one.title, one.day, one.pk))


def honours_of(member: Member) -> QuerySet[Honour]:
    return Honour.objects.standing().filter(member=member)


def honours_of_activity(activity: Activity) -> QuerySet[Honour]:
    return Honour.objects.standing().filter(activity=activity).select_related("member", "group")


def like_honours(honour: Honour) -> list[Honour]:
    """The standing records that may say the same of the same holder: 2026年10月 and 2026年10月9日
    may be one day."""
    names = ("title", "level", "holder", "member", "group", "team")
    same = {name: getattr(honour, name) for name in names}
    last = latest_day(honour.day, honour.precision)
    rows = Honour.objects.standing().filter(**same, day__lte=last).exclude(pk=honour.pk)
    return [row for row in rows if latest_day(row.day, row.precision) >= honour.day]


def contests_to_choose(today: date, chosen: int | None = None) -> QuerySet[Activity]:
    """What an honour may have been won at: the outside competitions of the last two years."""
    recent = Q(kind=ActivityKind.CONTEST, day__gte=add_months(today, -MONTHS_BACK))
    return Activity.objects.standing().filter(recent | Q(pk=chosen)).order_by("-day", "-pk")


# ------------------------------------------------------------------ selections
def selections_visible_to(user: User) -> QuerySet[Selection]:
    """Whoever may recommend sees all, also those that are still being recommended for; the others
    what is or was on show."""
    if user.has_perm("activities.nominate"):
        return Selection.objects.all()
    return Selection.objects.filter(state__in=OPEN_TO_ALL)


def selections_narrowed(
    selections: QuerySet[Selection], *, q: str = "", level: str = "", state: str = ""
) -> QuerySet[Selection]:
    for word in q.split():
        selections = selections.filter(Q(title__icontains=word) | Q(awarding_body__icontains=word))
    if level:
        selections = selections.filter(level=level)
    if state:
        selections = selections.filter(state=state)
    return selections


def selections_counted(selections: QuerySet[Selection]) -> QuerySet[Selection]:
    """With `recommended`, `chosen` and `awarded`: how many."""
    chosen = Q(nominees__state=NomineeState.CHOSEN)
    awarded = Q(nominees__state=NomineeState.AWARDED)
    return selections.annotate(
        recommended=Count("nominees"),
        chosen=Count("nominees", filter=chosen | awarded),
        awarded=Count("nominees", filter=awarded),
    ).order_by("-started_on", "-pk")


def nominees_visible_to(user: User, selection: Selection) -> QuerySet[Nominee]:
    """Everyone recommended for the committee; for a group's leader those of the own group; what is
    on show, or came of it, for all."""
    rows = selection.nominees.select_related("member", "group", "added_by__member")
    if user.has_perm("activities.nominate") and with_whole_roster(user):
        return rows
    shown = Q(state__in=SHOWN_TO_ALL.get(selection.state, ()))
    if user.has_perm("activities.nominate"):
        groups = list(groups_visible_to(user).order_by().values_list("pk", flat=True))
        shown |= Q(group__in=groups) | Q(member__in=_in_groups(groups, selection.started_on))
        shown |= Q(added_by=user.pk)
    return rows.filter(shown)


def nominees_to_print(user: User, selection: Selection) -> list[Nominee]:
    """Of whom papers are made: they hold what the roster knows, so for a leader of the own people."""
    rows = nominees_visible_to(user, selection)
    if not with_whole_roster(user):
        own = members_visible_to(user).order_by().values("pk")
        rows = rows.filter(Q(member__in=own) | Q(group__in=groups_visible_to(user).values("pk")))
    return list(rows)


def _in_groups(groups: list[int], day: date) -> QuerySet:
    placed = GroupAssignment.objects.filter(group__in=groups).filter(
        Q(end__isnull=True) | Q(end__gte=day)
    )
    return placed.order_by().values("member")


def groups_of_people(members: Iterable[int], day: date) -> dict[int, str]:
    """The name of each one's union group on the day."""
    rows = GroupAssignment.objects.on(day).filter(member__in=list(members)).order_by()
    return dict(rows.values_list("member", "group__name"))


def group_of_person(member: Member, day: date):
    """The union group on the day; None where there is none."""
    placed = GroupAssignment.objects.on(day).filter(member=member).select_related("group")
    return next((one.group for one in placed), None)


def recommended_by_group(selection: Selection, group) -> int:
    """How many of the group, or the group itself, are recommended."""
    placed = GroupAssignment.objects.on(selection.started_on).filter(group=group).order_by()
    own = Q(member__in=placed.values("member")) | Q(group=group)
    return selection.nominees.filter(own).count()


def public_days(selection: Selection) -> int | None:
    """The working days that the names are on show."""
    if not selection.public_until:
        return None
    return working_days_between(selection.public_from, selection.public_until)


def last_public_day(first: date, days: int) -> date:
    """The day on which names that go on show on `first` have been there for so many days of work."""
    off = days_off(first, first + LONGEST_ON_SHOW)
    day, left = first, max(days, 1)
    while day <= first + LONGEST_ON_SHOW:
        known = off.get(day)
        left -= not known.is_holiday if known else day.weekday() < 5
        if not left:
            break
        day += timedelta(days=1)
    return day


def heads_of_share(of: str, day: date) -> int:
    """会员, or those who hold an office of the committees or lead a group, on the day."""
    if of == ShareOf.MEMBERS:
        return active_members(day)
    held = OfficeHolding.objects.on(day).filter(office__in=[*TERM_OFFICES, OfficeName.GROUP_LEADER])
    return held.order_by().values("member").distinct().count()


@dataclass(frozen=True)
class SelectionWaiting:
    """A selection that waits for the user: 推荐, 定名单, 上报; `due` is None where no day is set."""

    pk: int
    title: str
    what: str
    due: date | None

    @property
    def url(self) -> str:
        return reverse("activities:selection_detail", args=[self.pk])


def selections_waiting(user: User) -> list[SelectionWaiting]:
    """What the user has to do in the open selections, in one query: the most urgent first. Who has
    recommended somebody already is not asked again."""
    manages = user.has_perm("activities.manage_selections")
    if not manages and not user.has_perm("activities.nominate"):
        return []
    today, found = timezone.localdate(), []
    for pk, title, state, until, shown, done in _open_selections(user.pk):
        what, due = what_waits(state, until, shown, today, manages=manages)
        if what and not (what == "推荐" and done):
            found.append(SelectionWaiting(pk, title, what, due))
    return sorted(found, key=lambda one: (one.due or date.max, one.pk))


@kept
def _open_selections(user: int) -> QuerySet[tuple]:
    mine = Nominee.objects.filter(selection=OuterRef("pk"), added_by=user)
    rows = Selection.objects.filter(state__in=(SelectionState.OPEN, SelectionState.PUBLIC))
    columns = ("pk", "title", "state", "recommend_until", "public_until", "mine")
    return rows.annotate(mine=Exists(mine)).values_list(*columns)


def working_days_between(first: date, last: date) -> int:
    days = days_off(first, last).values()
    off = frozenset(each.day for each in days if each.is_holiday)
    worked = frozenset(each.day for each in days if not each.is_holiday)
    return working_days(first, last, off, worked)


def lost_nominee(user: User, pk: int) -> QuerySet[Selection]:
    """The selection in which the nominee with this key was recommended, until taken off."""
    dropped = AuditEntry.objects.filter(target_type=Selection._meta.label_lower)
    dropped = dropped.filter(act="activities.drop_nominee", changes__nominee=pk)
    keys = [int(key) for key in dropped.values_list("target_id", flat=True)]
    return selections_visible_to(user).filter(pk__in=keys)


def nominees_in_hands_of(user: User) -> QuerySet[Nominee]:
    """Whom one may change or take off the list: whoever manages selections anyone, the others whom
    they recommended themselves."""
    rows = Nominee.objects.select_related("selection", "member", "group")
    if user.has_perm("activities.manage_selections"):
        return rows
    return rows.filter(added_by=user.pk)
