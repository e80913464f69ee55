"""The roster in tables: who it is made of on a day. Each number leads to the list of its people."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from members.choices import EDUCATIONS, TITLES, AgeBand, Contract, EmploymentStatus, Gender
from members.facts.period import members_url, working_url
from members.facts.staff import band_ends, young_since
from members.facts.totals import ACTIVE
from members.models import Department, Member, UnionGroup
from members.queries import NONE, with_places
from members.rules.ages import born_between
from unionoffice.facts import percent

WORKING = EmploymentStatus.WORKING.value
BLANK = "没填"
RANKS = (*EDUCATIONS, *TITLES)


@dataclass(frozen=True)
class Row:
    """`part`: the women of the members, the young of the staff. `part_url` leads to those."""

    label: str
    number: int
    share: Decimal | None
    part: int
    url: str
    part_url: str

    @property
    def part_share(self) -> Decimal | None:
        return percent(self.part, self.number)


@dataclass(frozen=True)
class FigureTable:
    """`rows` add up to `total`."""

    title: str
    head: str
    rows: tuple[Row, ...]
    total: int
    part_total: int
    part_word: str


@dataclass(frozen=True)
class RosterTables:
    members: list[FigureTable]
    staff: list[FigureTable]


@dataclass(frozen=True)
class _Person:
    group: int | None
    department: int | None
    gender: str
    birth: date | None
    party: str
    education: str
    title: str
    campus: str
    contract: str
    is_teacher: bool | None
    membership: str | None
    employment: str | None


COLUMNS = (
    "placed__group",
    "employed_in__department",
    "gender",
    "birth",
    "party",
    "education",
    "title",
    "campus",
    "contract",
    "is_teacher",
    "membership_status",
    "employment_status",
)
TEACHES = {True: ("yes", "专任教师"), False: ("no", "不是专任教师"), None: (NONE, BLANK)}
Named = dict  # value of a person -> (value in the address, label), in the table's order


def roster_tables(day: date) -> RosterTables:
    """Everyone of the roster is read once."""
    people = with_places(Member.objects.order_by(), day).values_list(*COLUMNS)
    everyone = [_Person(*row) for row in people]
    members = [one for one in everyone if one.membership == ACTIVE]
    staff = [one for one in everyone if one.employment == WORKING]
    groups = {pk: (pk, name) for pk, name in UnionGroup.objects.values_list("pk", "name")}
    departments = {pk: (pk, name) for pk, name in Department.objects.values_list("pk", "name")}
    return RosterTables(
        _member_tables(members, day, groups, departments), _staff_tables(staff, day, departments)
    )


def _member_tables(members, day: date, groups: Named, departments: Named) -> list[FigureTable]:
    def table(title: str, name: str, value, named=None) -> FigureTable:
        return _table(
            title, members, value, named, name,
            part=("女", lambda one: one.gender == Gender.FEMALE, {"gender": Gender.FEMALE.value}),
            url=lambda **filters: members_url(day, tab=ACTIVE, **filters),
        )  # fmt: skip

    return [
        table("工会小组", "group", lambda one: one.group, groups | {None: (NONE, "没有编组")}),
        table("部门", "department", lambda one: one.department, departments),
        table("年龄", "age", *_ages(day)),
        table("政治面貌", "party", lambda one: one.party),
        table("学历", "education", lambda one: one.education),
        table("职称", "title", lambda one: one.title),
        table("校区", "campus", lambda one: one.campus),
        table("用工形式", "contract", lambda one: one.contract, _choices(Contract)),
    ]


def _staff_tables(staff, day: date, departments: Named) -> list[FigureTable]:
    since = young_since(day)

    def table(title: str, name: str, value, named=None) -> FigureTable:
        return _table(
            title, staff, value, named, name,
            part=(
                "35 岁及以下",
                lambda one: one.birth is not None and one.birth >= since,
                {"age": AgeBand.YOUNG.value},
            ),
            url=lambda **filters: working_url(day, **filters),
        )  # fmt: skip

    return [
        table("部门", "department", lambda one: one.department, departments),
        table("职称", "title", lambda one: one.title),
        table("专任教师", "teacher", lambda one: one.is_teacher, TEACHES),
    ]


def _table(
    title: str, people: list, value: Callable, named: Named | None, name: str, *, part, url
) -> FigureTable:
    """The parts that are there, in the order of `named`, else by rank and the largest first; blanks
    last."""
    word, belongs, narrowed = part
    heads = Counter(map(value, people))
    parts = Counter(value(one) for one in people if belongs(one))
    order = [key for key in named if key in heads] if named else _largest_first(heads)
    blank = {key for key in heads if key in ("", None)} - set(order)
    rows = []
    for key in (*order, *blank):
        code, label = (named or {}).get(key) or (key or NONE, key or BLANK)
        rows.append(
            Row(
                label, heads[key], percent(heads[key], len(people)), parts[key],
                url(**{name: code}), url(**{name: code, **narrowed}),
            )
        )  # fmt: skip
    return FigureTable(f"按{title}", title, tuple(rows), len(people), parts.total(), word)


def _largest_first(heads: Counter) -> Iterable[str]:
    """Ranks, which have an order of their own, in that order."""

    def place(word: str) -> tuple:
        rank = RANKS.index(word) if word in RANKS else len(RANKS)
        return (rank, -heads[word], word)

    return sorted((key for key in heads if key), key=place)


def _choices(choices) -> Named:
    return {value: (value, label) for value, label in choices.choices}


def _ages(day: date) -> tuple[Callable, Named]:
    """The band of a person's age, by the same days of birth as the list's filter."""
    spans = [(band.value, *born_between(day, *band_ends(band))) for band in AgeBand]

    def band(one) -> str:
        if one.birth is None:
            return ""
        return next(
            name
            for name, first, last in spans
            if (first is None or one.birth >= first) and (last is None or one.birth <= last)
        )

    return band, _choices(AgeBand)
