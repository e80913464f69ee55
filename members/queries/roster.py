"""The people on the roster, what they were on a given day, and which of them are asked for."""

from collections import Counter
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from members.choices import EmploymentStatus, MembershipStatus
from members.folding import name_key, number_key
from members.models import (
    DepartmentAssignment,
    Employment,
    GroupAssignment,
    Member,
    Membership,
    OfficeHolding,
    User,
)
from members.models.history import on
from members.models.people import OWN_COLUMNS
from members.queries import beginnings  # noqa: F401  (gives columns __begins)
from members.queries.visibility import members_visible_to, visible_to, with_whole_roster
from members.rules import perhaps_same
from members.rules.ages import born_between
from unionoffice.periods import Period

FEW = 500  # people that are quicker sorted than found one by one in the order of names
PHONE_END = 4  # digits that lists show
FOUND_AT_ONCE = 8  # people that a picker offers
LEFT = "left"  # the tab of those who are 会员 no more
EARLIEST_FIRST = F("start").asc(nulls_first=True)
NONE = "none"  # in a filter: those for whom nothing is recorded
SORTED_BY = {
    "name": (F("pinyin"),),
    "staff_no": (F("staff_no"),),
    "age": (F("birth"),),
    "joined": (F("joined"),),
    "group": (F("placed__group__order"), F("placed__group")),
    "department": (F("department_name"),),
}
BACKWARDS = {"age"}  # up means from the young to the old, down the days of birth
# all that the leader of a group sees of its people; who may see the whole roster sees more
LEADER_COLUMNS = (
    "name",
    "group_name",
    "department_name",
    "phone",
    "birth",
    "birth_precision",
)
ROSTER_COLUMNS = (
    "name",
    "pinyin",
    "staff_no",
    "gender",
    "birth",
    "birth_precision",
    "ethnicity",
    "party",
    "phone",
    "title",
    "post",
    "group_name",
    "department_name",
    "membership_status",
    "employment_status",
    "joined",
    "joined_precision",
)
# what an export can hold
EXPORT_COLUMNS = tuple(dict.fromkeys((*ROSTER_COLUMNS, *OWN_COLUMNS)))


def with_places(members: QuerySet[Member], day: date) -> QuerySet[Member]:
    """Each member with `group_name`, `department_name`, `membership_status`, `employment_status`
    as they were on `day` (None where there was none), and with `joined`, `joined_precision` of
    the first 会籍. Those who have them already, from `ordered`, are given back as they are."""
    if "group_name" in members.query.annotations:
        return members
    first = Membership.objects.filter(member=OuterRef("pk")).order_by(EARLIEST_FIRST, "pk")
    return members.annotate(
        placed=FilteredRelation("group_assignments", condition=on(day, "group_assignments__")),
        employed_in=FilteredRelation(
            "department_assignments", condition=on(day, "department_assignments__")
        ),
        enrolled=FilteredRelation("memberships", condition=on(day, "memberships__")),
        employed=FilteredRelation("employments", condition=on(day, "employments__")),
        group_name=F("placed__group__name"),
        department_name=F("employed_in__department__name"),
        membership_status=F("enrolled__status"),
        employment_status=F("employed__status"),
        joined=Subquery(first.values("start")[:1]),
        joined_precision=Subquery(first.values("start_precision")[:1]),
    )


def enrolled_on(members: QuerySet[Member], day: date, status: str | None = None):
    """Those who were 会员 on `day`, of the given 会籍 status if one is named."""
    rows = _enrolled(day)
    return members.filter(Exists(rows.filter(status=status) if status else rows))


def employed_on(members: QuerySet[Member], day: date, statuses) -> QuerySet[Member]:
    rows = Employment.objects.on(day).filter(member=OuterRef("pk"), status__in=statuses)
    return members.filter(Exists(rows))


def columns_for(user: User) -> tuple[str, ...]:
    """What the list shows this user of each person."""
    return ROSTER_COLUMNS if with_whole_roster(user) else LEADER_COLUMNS


def matching(members: QuerySet[Member], text: str) -> QuerySet[Member]:
    """Those whose name, pinyin, initials, 工号 or end of phone the text matches."""
    number = number_key(text)
    if number.isdigit():
        return members.filter(Q(staff_no__begins=number) | _phone_ends(number))
    if number.isascii() and any(sign.isdigit() for sign in number):
        return members.filter(staff_no__istartswith=number)
    return _named(members, text)


def named(members: QuerySet[Member], text: str) -> QuerySet[Member]:
    """As `matching`, by what the leader of a group sees: the name, and the end of the phone."""
    number = number_key(text)
    if number.isdigit():
        few = len(number) <= PHONE_END
        return members.filter(_phone_ends(number)) if few else members.none()
    return _named(members, text)


def _phone_ends(number: str) -> Q:
    """Asked for by itself, it takes the index to walk through, not everyone's whole row."""
    return Q(pk__in=Member.objects.filter(phone__endswith=number).order_by().values("pk"))


def _named(members: QuerySet[Member], text: str) -> QuerySet[Member]:
    if not text.strip():
        return members
    key = name_key(text)
    if not key:
        return members.none()
    # by itself, as in _phone_ends
    wanted = Q(pk__in=Member.objects.filter(name_key__contains=key).order_by().values("pk"))
    if key.isascii():
        wanted |= Q(initials__begins=key) | Q(pinyin__begins=key) | Q(pinyin_joined__begins=key)
    return members.filter(wanted)


def find_members(user: User, text: str) -> QuerySet[Member]:
    """The few people that a picker offers for the text."""
    search = matching if with_whole_roster(user) else named
    members = search(members_visible_to(user), text)
    return with_places(members, timezone.localdate())[:FOUND_AT_ONCE]


def perhaps_known(person: Member) -> list[Member]:
    """Who of the roster `person`, not saved yet, may be: of the same 工号 or phone, or of the same
    name and not told apart."""
    same = Q(name_key=name_key(person.name))
    if person.staff_no:
        same |= Q(staff_no__upper=number_key(person.staff_no))
    if person.phone:
        same |= Q(phone=person.phone)
    found = with_places(Member.objects.filter(same), timezone.localdate())
    return [each for each in found if _another_name(person, each) or perhaps_same(person, each)]


def _another_name(one: Member, other: Member) -> bool:
    return name_key(one.name) != name_key(other.name)


def sharing_phone(person: Member, phone: str) -> list[Member]:
    """Who else of those that did not leave has this phone."""
    today = timezone.localdate()
    others = Member.objects.filter(~gone_by(today), phone=phone).exclude(pk=person.pk)
    return list(with_places(others, today))


def in_tab(members: QuerySet[Member], tab: str, day: date) -> QuerySet[Member]:
    """The rows of one tab of the roster, as it was on `day`."""
    if tab in MembershipStatus.values:
        return enrolled_on(members, day, tab)
    if tab == LEFT:
        return members.filter(gone_by(day))
    return members.filter(there_by(day))


def there_by(day: date) -> Q:
    """Whoever has come to the roster by a past `day`: everyone, but those of whom all that is known
    begins later."""
    if day >= timezone.localdate():
        return Q()
    begun, later = Q(), Q(arrived__gt=day)
    for model in (Membership, Employment):
        rows = model.objects.order_by()
        ever = rows.filter(Q(start__isnull=True) | Q(start__lte=day))
        begun |= Q(pk__in=ever.values("member"))
        later |= Q(pk__in=rows.filter(start__gt=day).values("member"))
    return begun | ~later


def counted_in_tabs(members: QuerySet[Member], day: date) -> dict[str, int]:
    """How many of these people stand in each tab; "all": in all of them."""
    now = FilteredRelation("memberships", condition=on(day, "memberships__"))
    gone = Q(now__isnull=True) & _once_there(day)
    conditions = {status: Q(now__status=status) for status in MembershipStatus.values}
    counts = {tab: Count("pk", filter=each) for tab, each in (conditions | {LEFT: gone}).items()}
    return (
        members.order_by()
        .annotate(now=now)
        .aggregate(**counts, all=Count("pk", filter=there_by(day)))
    )


def gone_by(day: date) -> Q:
    """Those who are not 会员 on `day`, but were before, or are known to have left by then."""
    return _once_there(day) & ~Q(Exists(_enrolled(day)))


def _once_there(day: date) -> Q:
    over = Membership.objects.filter(end__lt=day).order_by().values("member")
    left = Employment.objects.on(day).filter(status=EmploymentStatus.LEFT).order_by()
    return Q(pk__in=over) | Q(pk__in=left.values("member"))


def joined_in(members: QuerySet[Member], period: Period) -> QuerySet[Member]:
    """Those who became 会员 within the period: they were none on the day before it."""
    begun = Membership.objects.filter(start__range=(period.start, period.end)).order_by()
    before = _enrolled(period.start - timedelta(days=1))
    return members.filter(~Exists(before), pk__in=begun.values("member"))


def left_in(members: QuerySet[Member], period: Period) -> QuerySet[Member]:
    """Those who were 会员 within the period, or until the day before it, and are not at its end."""
    until = (period.start - timedelta(days=1), period.end - timedelta(days=1))
    over = Membership.objects.filter(end__range=until).order_by()
    return members.filter(~Exists(_enrolled(period.end)), pk__in=over.values("member"))


def _enrolled(day: date) -> QuerySet[Membership]:
    return Membership.objects.on(day).filter(member=OuterRef("pk"))


def placed_in(
    members: QuerySet[Member],
    day: date,
    group: int | str | None = None,
    department: int | str | None = None,
) -> QuerySet[Member]:
    """Those of the group and of the department (primary keys) on `day`; None: of any; NONE: of
    none."""
    for model, column, place in (
        (GroupAssignment, "group", group),
        (DepartmentAssignment, "department", department),
    ):
        if place == NONE:
            members = members.exclude(pk__in=_placed(model, day))
        elif place:
            members = members.filter(pk__in=_placed(model, day, **{column: place}))
    return members


def holding(members: QuerySet[Member], day: date, office: str) -> QuerySet[Member]:
    """Those who hold the office on `day`."""
    return members.filter(pk__in=_placed(OfficeHolding, day, office=office))


def joined_between(
    members: QuerySet[Member], first: date | None, last: date | None
) -> QuerySet[Member]:
    """Those whose first 会籍 began from `first` to `last`; None: whenever. Of whom it is not known
    when it began, nobody."""
    if not (first or last):
        return members
    rows = Membership.objects.filter(member=OuterRef("pk"))
    begun = rows.filter(start__range=(first or date.min, last or date.max))
    earlier = Q(start__isnull=True) | (Q(start__lt=first) if first else Q())
    return members.filter(Exists(begun), ~Exists(rows.filter(earlier)))


def aged(
    members: QuerySet[Member], day: date, low: int | None = None, high: int | None = None
) -> QuerySet[Member]:
    """Those who are `low` to `high` years old on `day`; None: at least, or at most, that old."""
    first, last = born_between(day, low, high)
    if first:
        members = members.filter(birth__gte=first)
    return members.filter(birth__lte=last) if last else members


def named_places(keys: list[int], column: str, day: date) -> Counter[str | None]:
    """How many of these people are in each group (`group_name`) or department on `day`."""
    people = with_places(Member.objects.filter(pk__in=keys), day).order_by()
    return Counter(people.values_list(column, flat=True))


def lacking(members: QuerySet[Member], day: date) -> QuerySet[Member]:
    """Those whose entry is not complete (rules.WANTED) on `day`."""
    return members.filter(_lacking(day))


def complete(members: QuerySet[Member], day: date) -> QuerySet[Member]:
    return members.exclude(_lacking(day))


def _lacking(day: date) -> Q:
    return (
        Q(gender="")
        | Q(birth__isnull=True)
        | Q(phone="")
        | ~Q(pk__in=_placed(DepartmentAssignment, day))
        | ~Q(pk__in=_placed(GroupAssignment, day))
    )


def ordered(members: QuerySet[Member], day: date, sort: str) -> QuerySet[Member]:
    """In the order of a key of SORTED_BY on `day`, backwards with "-" before it; those without a
    value last, people with the same value by name."""
    key = sort.removeprefix("-")
    down = sort.startswith("-") != (key in BACKWARDS)
    if key == "name":
        return members.order_by(*(("-pinyin", "-pk") if down else ("pinyin", "pk")))
    order = [
        column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
        for column in SORTED_BY[key]
    ]
    return with_places(members, day).order_by(*order, "pinyin", "pk")


def keys_of(members: QuerySet[Member], count: int | None) -> list[int] | QuerySet:
    """The keys in the order of `members`: all of them where they are few, as a search finds them
    (`count` None), else still to be cut into pages. To walk through everyone in the order of names
    takes longer than to sort a few."""
    if count is not None and count >= FEW:
        return members.values_list("pk", flat=True)
    if members.query.order_by == ("pinyin", "pk"):
        members = members.order_by(Coalesce("pinyin", Value("")), "pk")
    return list(members.values_list("pk", flat=True))


def rows_of(
    user: User, keys: list[int], day: date, columns: tuple[str, ...] | None = None
) -> list[dict]:
    """What the user sees of these people on `day`, in the order of the keys."""
    rows = _roster(day).filter(pk__in=keys).order_by()
    rows = rows.values("pk", *(columns or columns_for(user)))
    by_key = {row["pk"]: row for row in rows}
    return [by_key[key] for key in keys]


def _placed(model: type[Model], day: date, **place) -> QuerySet:
    """The members' keys. Gathered once: asked for each member anew, as Exists does, SQLite walks
    through the whole group each time."""
    return model.objects.on(day).filter(**place).order_by().values("member")


def roster(user: User, day: date) -> QuerySet[Member]:
    """Everyone whom the user may see, with the places of `day`."""
    return _roster(day).filter(visible_to(user))


@lru_cache(maxsize=16)
def _roster(day: date) -> QuerySet[Member]:
    """Kept, never evaluated: putting the query together takes longer than running it."""
    return with_places(Member.objects.all(), day)
