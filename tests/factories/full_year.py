"""A year as full as they come, written in bulk: for tests of how long and how many queries."""

from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as clock

from activities.choices import (
    ActivityKind,
    Attendance,
    Field,
    Level,
    PlaceKind,
    SeriesKind,
    StudyForm,
)
from activities.models import (
    Activity,
    Check,
    ContestStage,
    Participation,
    Photo,
    Place,
    Plan,
    PlanItem,
    Prize,
    Series,
    Study,
)
from members.actions import fill_search_keys
from members.choices import MembershipStatus
from members.models import GroupAssignment, Member, Membership, UnionGroup, User
from tests.factories.members import LONG_AGO, make_user
from unionoffice.periods import Period
from unionoffice.roles import Role

BATCH = 500
KINDS = list(ActivityKind)
FIELDS = Field.values


@dataclass(frozen=True)
class FullYear:
    plan: Plan
    people: list[Member]
    groups: list[UnionGroup]
    activities: list[Activity]
    by: User


def make_full_year(
    *,
    year: int = 2026,
    activities: int = 2_000,
    participations: int = 40_000,
    photos: int = 10_000,
    people: int = 400,
    days: int = 320,
    plan: Plan | None = None,
    by: User | None = None,
) -> FullYear:
    """`activities` held in the first `days` days of the year, of every kind and field, one in four
    of a plan item, with the parts their kind has; the people and photos are spread evenly. The
    photos are rows only, without a file. The items go into `plan`, or into one of their own."""
    by = by or make_user(Role.CHAIR)
    groups = _groups(max(2, people // 20))
    members = _members(people, groups)
    plan = plan or _plan(year, by)
    items = _items(year, plan)
    held = _activities(year, activities, days, items, by)
    _parts(held)
    _participations(held, members, groups, participations, by)
    _photos(held, photos, by)
    return FullYear(plan, members, groups, held, by)


def _groups(number: int) -> list[UnionGroup]:
    names = (f"满年第{n}小组" for n in range(1, number + 1))
    return UnionGroup.objects.bulk_create([UnionGroup(name=name) for name in names])


def _members(number: int, groups: list[UnionGroup]) -> list[Member]:
    members = [Member(name=f"满年会员{n}", staff_no=f"Y{n:05}") for n in range(1, number + 1)]
    members = Member.objects.bulk_create([fill_search_keys(m) for m in members], batch_size=BATCH)
    Membership.objects.bulk_create(
        [Membership(member=m, status=MembershipStatus.ACTIVE, start=LONG_AGO) for m in members],
        batch_size=BATCH,
    )
    GroupAssignment.objects.bulk_create(
        [
            GroupAssignment(member=member, group=groups[n % len(groups)], start=LONG_AGO)
            for n, member in enumerate(members)
        ],
        batch_size=BATCH,
    )
    return members


def _plan(year: int, by: User) -> Plan:
    period = Period.year(year)
    return Plan.objects.create(
        title=f"{year}年满满的计划", kind=period.kind, start=period.start, end=period.end,
        created_by=by,
    )  # fmt: skip


def _items(year: int, plan: Plan) -> list[PlanItem]:
    months = [date(year, n % 12 + 1, 1) for n in range(120)]
    rows = [
        PlanItem(
            plan=plan, order=n, text=f"满年事项{n}", field=FIELDS[n % len(FIELDS)],
            first_month=month, last_month=month,
        )
        for n, month in enumerate(months)
    ]  # fmt: skip
    return PlanItem.objects.bulk_create(rows, batch_size=BATCH)


def _activities(
    year: int, number: int, days: int, items: list[PlanItem], by: User
) -> list[Activity]:
    place = Place.objects.create(name="满年教工之家", kind=PlaceKind.HOME)
    club = Series.objects.create(name="满年羽毛球社", kind=SeriesKind.CLUB, start=LONG_AGO)
    rows = [
        Activity(
            title=f"满年活动{n}",
            plan_item=items[n // 4 % len(items)] if n % 4 == 0 else None,
            field=FIELDS[n % len(FIELDS)],
            kind=KINDS[n % len(KINDS)],
            series=club if KINDS[n % len(KINDS)] == ActivityKind.CLUB else None,
            venue=place if n % 5 == 0 else None,
            day=date(year, 1, 1) + timedelta(days=n % days),
            time=clock(16, 20) if n % 3 == 0 else None,
            precision="minute" if n % 3 == 0 else "day",
            headcount=20 if n % 7 else None,
            spent=n % 900 if n % 2 else None,
            highlight="这一句写进总结。" if n % 40 == 0 else "",
            is_highlight=n % 40 == 0,
            recorded_by=by,
        )
        for n in range(number)
    ]
    return Activity.objects.bulk_create(rows, batch_size=BATCH)


def _parts(held: list[Activity]) -> None:
    """What study, contests and checks have beside, and prizes of every tenth."""
    of = {kind: [a for a in held if a.kind == kind] for kind in KINDS}
    Study.objects.bulk_create(
        [
            Study(activity=a, form=StudyForm.LECTURE, topic="满年专题", courses=1, hours=2)
            for a in of[ActivityKind.STUDY]
        ],
        batch_size=BATCH,
    )
    ContestStage.objects.bulk_create(
        [
            ContestStage(activity=a, level=level, day=a.day, result="二等奖", awarded=True)
            for a in of[ActivityKind.CONTEST]
            for level in (Level.SCHOOL, Level.DISTRICT)
        ],
        batch_size=BATCH,
    )
    checked = [a for kind in ("check", "drill", "inspection") for a in of[kind]]
    Check.objects.bulk_create(
        [Check(activity=a, problems="" if a.pk % 3 else "一盏应急灯不亮") for a in checked],
        batch_size=BATCH,
    )
    Prize.objects.bulk_create(
        [Prize(activity=a, award="一等奖", rank=1, people=3) for a in held[::10]], batch_size=BATCH
    )


def _participations(
    held: list[Activity],
    members: list[Member],
    groups: list[UnionGroup],
    number: int,
    by: User,
) -> None:
    each = -(-number // len(held)) if held else 0
    state = [Attendance.PRESENT] * 8 + [Attendance.LEAVE, Attendance.ABSENT]
    rows = []
    for n in range(number):
        activity, seat = n // each, n % each
        person = (activity * each + seat) % len(members)  # no one twice: each <= people
        rows.append(
            Participation(
                activity=held[activity],
                member=members[person],
                group=groups[person % len(groups)],
                attendance=state[n % len(state)],
                added_by=by,
            )
        )
    Participation.objects.bulk_create(rows, batch_size=BATCH)


def _photos(held: list[Activity], number: int, by: User) -> None:
    rows = [
        Photo(
            activity=held[n % len(held)],
            order=n // len(held),
            is_cover=n < len(held),
            kind="jpeg",
            image=f"photos/00/{n:08}.jpeg",
            small=f"photos/00/{n:08}-small.jpeg",
            width=1600,
            height=1200,
            size=400_000,
            sha256=f"{n:064}",
            added_by=by,
        )
        for n in range(number)
    ]
    Photo.objects.bulk_create(rows, batch_size=BATCH)
