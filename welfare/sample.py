"""The sample school's visits."""

from datetime import date, timedelta
from decimal import Decimal

from members.choices import EmploymentStatus
from members.models import Employment, Member, Membership
from members.rules.ages import years_before
from unionoffice.roles import Role
from unionoffice.sample import Sample
from welfare import actions
from welfare.choices import Relation, VisitKind
from welfare.models import Visit

VISITS_A_YEAR = 46
YOUNG_KINDS = {VisitKind.WEDDING, VisitKind.BIRTH}
ONCE = {*YOUNG_KINDS, VisitKind.RETIREMENT}  # in a lifetime; the others once a year
PARENTS_AGE = 40  # years, at most
PLACES = ("市第二人民医院", "家里", "学校", "市中医院")
# kind -> how often, 元, goods, relation, what befell
KINDS = (
    (VisitKind.ILLNESS, 14, 500, "水果", Relation.SELF, "住院治疗，已好转"),
    (VisitKind.BEREAVEMENT, 8, 1000, "花圈", Relation.PARENT, "亲人去世"),
    (VisitKind.WEDDING, 4, 500, "", Relation.SELF, ""),
    (VisitKind.BIRTH, 4, 500, "婴儿用品", Relation.SELF, ""),
    (VisitKind.RETIREMENT, 5, 800, "纪念册", Relation.SELF, ""),
    (VisitKind.HARDSHIP, 5, 600, "米和油", Relation.SELF, "家庭开支较大"),
    (VisitKind.FESTIVAL, 6, 300, "", Relation.SELF, ""),
)


def fill(sample: Sample) -> None:
    visitors = [sample.people[Role.CHAIR].member, sample.people[Role.WELFARE].member]
    for year in range(sample.first_year, sample.today.year + 1):
        for kind in KINDS:
            for _ in range(kind[1]):
                _visit(sample, year, kind, visitors)


def _befallen(sample: Sample, kind: str, day: date) -> list[Member]:
    """Whom of the people it can befall on that day."""
    keys = [member.pk for member in sample.people["members"]]
    people = Member.objects.filter(pk__in=keys, memberships__in=Membership.objects.on(day))
    working = Employment.objects.on(day).filter(status=EmploymentStatus.WORKING)
    if kind in YOUNG_KINDS:
        people = people.filter(employments__in=working, birth__gte=years_before(day, PARENTS_AGE))
    if kind == VisitKind.RETIREMENT:
        retired = Employment.objects.filter(
            status=EmploymentStatus.RETIRED, start__range=(years_before(day, 1), day)
        )
        people = people.filter(employments__in=retired)
    had = Visit.objects.filter(kind=kind)
    if kind not in ONCE:
        had = had.filter(day__year=day.year)
    people = people.exclude(pk__in=had.values("member"))
    return list(people.distinct().order_by("id"))


def _visit(sample: Sample, year: int, kind: tuple, visitors: list[Member]) -> None:
    random = sample.random
    name, _, money, goods, relation, reason = kind
    day = date(year, 1, 4) + timedelta(days=random.randint(0, 355))
    people = _befallen(sample, name, day) if day <= sample.today else []
    if not people:
        return
    member = random.choice(people)
    has_goods = bool(goods) and random.random() < 0.5
    actions.record_visit(
        visit=Visit(
            member=member,
            kind=name,
            relation=relation,
            day=day,
            place=random.choice(PLACES),
            money=Decimal(money),
            goods=goods if has_goods else "",
            goods_value=Decimal(random.randint(8, 20) * 10) if has_goods else Decimal(0),
            reason=reason,
        ),
        visitors=visitors,
        by=sample.people[Role.CHAIR],
    )
