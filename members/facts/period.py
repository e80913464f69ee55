"""The roster's facts of a period: heads on its last day, who came and went within it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import CharField, Count, Exists, OuterRef, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from members.choices import AgeBand, EmploymentStatus, Gender, Moved
from members.facts.staff import StaffTotals, staff_totals
from members.facts.totals import ACTIVE, RETAINED, RosterTotals, roster_totals, status_day
from members.models import GroupAssignment, Member, Membership, UnionGroup
from members.queries import CAME, WENT, arrived_in, came, retired_in, went
from members.queries.bodies import working_groups_on
from members.queries.titles import granted_in
from unionoffice.facts import Fact, count_or_none, list_url, percent
from unionoffice.periods import Period

WORKING = EmploymentStatus.WORKING.value
WORKING_NOW = "在岗情况是“在职”的人，不管入没入会，按这一期的最后一天算"
# key -> what is counted: which records, by which date
COUNTED = {
    "members.active": "名册里会籍是“会员”的人，按这一期的最后一天算；转出、退会和保留会籍的不在内。",
    "members.women": "在册会员里性别登记为女的，按这一期的最后一天算。",
    "members.retained": "名册里会籍是“保留会籍”的人，多为退休教职工，按这一期的最后一天算。",
    "members.new": "这一期开始前还没有会籍、会籍在这一期里开始的人。",
    "members.left": "这一期里会籍结束、到期末也没有重新入会的人。",
    "members.retired": "这一期里从在岗办了退休、离休的人；进名册时就已经退休的不在内。",
    "members.groups": "有会员的工会小组，按这一期的最后一天算。",
    "members.working_groups": "登记过的领导小组、工作小组，按这一期的最后一天算，那天以前撤销了的不在内。",
    "members.titles": "这一期里评上职称的人，按评上的日期；同一个人评上两次算两次。",
    "members.employed": f"名册里{WORKING_NOW}；内退、退休、离休、调出的不在内。",
    "members.rate": f"分母是名册里{WORKING_NOW}；分子是其中会籍为“会员”的人。没有在岗情况的人不算进来。",
    "members.retirees": "名册里在岗情况是“退休”或“离休”的人，按这一期的最后一天算。",
    "members.arrivals": "名册里到校时间在这一期里的人；只知道年份或月份的，算在那一年、那一月的第一天。",
    "members.teachers": f"登记为专任教师的人，{WORKING_NOW}。",
    "members.teacher_rate": f"分母是填了是不是专任教师的人，{WORKING_NOW}；分子是其中的专任教师。",
    "members.young": f"35 岁及以下的人，{WORKING_NOW}；没填出生日期的不在内。",
    "members.young_rate": f"分母是填了出生日期的人，{WORKING_NOW}；分子是其中 35 岁及以下的人。",
}

OF_THE_PERIOD = (
    "members.new",
    "members.left",
    "members.retired",
    "members.arrivals",
    "members.titles",
)


@dataclass(frozen=True)
class Told:
    """Everything the roster tells reports: `came` and `went` are the parts of 新入会 and 离开, by
    how, each as far as there are any."""

    facts: list[Fact]
    came: list[Fact]
    went: list[Fact]

    @property
    def heads(self) -> list[Fact]:
        """Those of the day."""
        return [fact for fact in self.facts if fact.key not in OF_THE_PERIOD]

    @property
    def moves(self) -> list[Fact]:
        """Those of the period."""
        return [fact for fact in self.facts if fact.key in OF_THE_PERIOD]


def told(period: Period, today: date | None = None) -> Told:
    """The roster on the period's `status_day`, and who came and went within the period: three
    statements, whatever its size."""
    return told_on(status_day(period, today or timezone.localdate()), period)


def told_on(day: date, period: Period) -> Told:
    """As `told`, with the heads of another day."""
    members = Member.objects.order_by()
    ways = _counted(
        new=came(members, period),
        left=went(members, period),
        groups=_with_people(day).annotate(way=_nothing()),
        arrivals=arrived_in(members, period).annotate(way=_nothing()),
        retired=retired_in(members, period),
        titles=granted_in(period).annotate(way=_nothing()),
        bodies=working_groups_on(day).annotate(way=_nothing()),
    )
    return Told(
        facts=[
            *_heads(roster_totals(day), day),
            _moved_fact("new", Moved.JOINED, _all(ways["new"]), period),
            _moved_fact("left", Moved.LEFT, _all(ways["left"]), period),
            _moved_fact("retired", Moved.RETIRED, _all(ways["retired"]), period),
            _moved_fact("arrivals", Moved.ARRIVED, _all(ways["arrivals"]), period, "新进教职工"),
            _titles_fact(_all(ways["titles"]), period),
            _groups_fact(_all(ways["groups"]), day),
            _bodies_fact(_all(ways["bodies"]), day),
            *_staff(staff_totals(day), day),
        ],
        came=list(_parts("new", CAME, ways["new"], period)),
        went=list(_parts("left", WENT, ways["left"], period)),
    )


def facts(period: Period, today: date | None = None) -> list[Fact]:
    return told(period, today).facts


def active_fact(active: int, day: date) -> Fact:
    """`active`: how many there are on `day`."""
    return _fact("active", "在册会员", active, members_url(day, tab=ACTIVE))


def _heads(totals: RosterTotals, day: date) -> list[Fact]:
    women = members_url(day, tab=ACTIVE, gender=Gender.FEMALE)
    return [
        active_fact(totals.active, day),
        _fact("women", "女会员", totals.women, women),
        _fact("retained", "保留会籍", totals.retained, members_url(day, tab=RETAINED)),
    ]


def _groups_fact(number: int, day: date) -> Fact:
    source = f"{reverse('members:group_list')}?on={day}"
    return Fact("members.groups", "工会小组", count_or_none(number), "个", source)


def _bodies_fact(number: int, day: date) -> Fact:
    source = f"{reverse('members:working_group_list')}?on={day}"
    words = "领导小组、工作小组"
    return Fact("members.working_groups", words, count_or_none(number), "个", source)


def _titles_fact(number: int, period: Period) -> Fact:
    source = list_url("members:title_list", period)
    return Fact("members.titles", "职称评审通过", count_or_none(number), "人", source)


def _staff(staff: StaffTotals, day: date) -> list[Fact]:
    figures = figures_url(day)
    return [
        _fact("employed", "在职教职工", staff.working, working_url(day)),
        _rate("rate", "入会率", staff.members, staff.working, figures),
        _fact("retirees", "离退休教职工", staff.retirees, figures),
        _fact("teachers", "专任教师", staff.teachers, working_url(day, teacher="yes")),
        _rate("teacher_rate", "专任教师占比", staff.teachers, staff.teaching_known, figures),
        _fact("young", "青年教职工", staff.young, working_url(day, age=AgeBand.YOUNG)),
        _rate("young_rate", "青年占比", staff.young, staff.birth_known, figures),
    ]


def _parts(key: str, table: Mapping, ways: Mapping[str, int], period: Period) -> Iterable[Fact]:
    for move, recorded in table.items():
        if number := sum(ways.get(way, 0) for way in recorded):
            yield _moved_fact(f"{key}.{move}", move, number, period)


def _counted(**queries: QuerySet) -> dict[str, dict[str, int]]:
    """How many rows of each `way` each finds, asked for in one statement."""
    first, *others = (
        query.order_by()
        .values("way", figure=Value(name, CharField()))
        .annotate(rows=Count("pk"))
        .values_list("figure", "way", "rows")
        for name, query in queries.items()
    )
    ways: dict[str, dict[str, int]] = {name: {} for name in queries}
    for figure, way, rows in first.union(*others, all=True):
        ways[figure][way] = rows
    return ways


def _nothing() -> Value:
    return Value("", CharField())


def _all(ways: Mapping[str, int]) -> int:
    return sum(ways.values())


def _with_people(day: date) -> QuerySet[UnionGroup]:
    """Asked group by group: one person is enough, most groups are done with their first."""
    enrolled = Membership.objects.on(day).filter(member=OuterRef("member"))
    placed = GroupAssignment.objects.on(day).filter(Exists(enrolled), group=OuterRef("pk"))
    return UnionGroup.objects.filter(Exists(placed))


def _fact(key: str, label: str, number: int, source: str) -> Fact:
    return Fact(f"members.{key}", label, count_or_none(number), "人", source)


def _rate(key: str, label: str, part: int, whole: int, source: str) -> Fact:
    return Fact(f"members.{key}", label, percent(part, whole), "%", source)


def _moved_fact(key: str, move: Moved, number: int, period: Period, label: str = "") -> Fact:
    return _fact(key, label or move.label, number, moved_url(move, period))


def members_url(day: date, **filters: str) -> str:
    return f"{reverse('members:member_list')}?{urlencode({**filters, 'on': day})}"


def working_url(day: date, **filters: str) -> str:
    return members_url(day, tab="all", employment=WORKING, **filters)


def moved_url(move: Moved, period: Period) -> str:
    query = urlencode({"moved": move.value, "period": period.code})
    return f"{reverse('members:member_list')}?{query}"


def figures_url(day: date) -> str:
    return f"{reverse('members:roster_figures')}?on={day}"
