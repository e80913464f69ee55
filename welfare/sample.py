"""The sample school's visits."""

from datetime import date, timedelta
from decimal import Decimal

from members.models import Member
from unionoffice.roles import Role
from unionoffice.sample import Sample
from welfare import actions
from welfare.choices import Relation, VisitKind
from welfare.models import Visit

VISITS_A_YEAR = 46
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
    people: list[Member] = sample.people["members"]
    visitors = [sample.people[Role.CHAIR].member, sample.people[Role.WELFARE].member]
    for year in range(sample.first_year, sample.today.year + 1):
        for kind in KINDS:
            for _ in range(kind[1]):
                _visit(sample, year, kind, sample.random.choice(people), visitors)


def _visit(sample: Sample, year: int, kind: tuple, member: Member, visitors: list[Member]) -> None:
    random = sample.random
    name, _, money, goods, relation, reason = kind
    day = date(year, 1, 4) + timedelta(days=random.randint(0, 355))
    if day > sample.today:
        return
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
