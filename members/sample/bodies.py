"""The sample school's working groups, and who came to which title."""

from datetime import date

from members.actions.bodies import add_working_group, dissolve_working_group, seat_people
from members.actions.titles import grant_titles
from members.choices import SeatRole
from members.models import Member, TitleGrant, WorkingGroup
from members.queries import enrolled_on
from unionoffice.roles import Role
from unionoffice.sample import Sample

DUTY = "组织师德学习和考核，受理师德方面的意见，推荐师德先进。"
BODIES = (  # name, month and day, 职责, how many 成员
    ("师德建设工作领导小组", (3, 1), DUTY, 5),
    ("劳动争议调解领导小组", (4, 10), "调解学校和教职工之间的劳动争议。", 3),
)
GIVEN_UP = "校庆筹备工作小组"
TITLES = (("一级教师", (6, 30), 3), ("高级教师", (12, 15), 2))


def fill(sample: Sample) -> None:
    chair, lead = sample.people[Role.CHAIR], sample.people[Role.SCHOOL_LEADER].member
    people = _without_office(sample)
    for number, (name, when, duty, members) in enumerate(BODIES):
        start = min(date(sample.first_year, *when), sample.today)
        body = _body(name, start, duty, chair)
        _seat(body, [lead], SeatRole.HEAD, start, chair)
        _seat(body, [chair.member], SeatRole.DEPUTY, start, chair)
        chosen = (people[number * 6 :] or people)[:members]
        _seat(body, chosen, SeatRole.MEMBER, start, chair)
    if sample.years:
        start = date(sample.first_year, 1, 8)
        body = _body(GIVEN_UP, start, "", chair)
        _seat(body, people[:4], SeatRole.MEMBER, start, chair)
        dissolve_working_group(working_group=body, last_day=date(start.year, 9, 30), by=chair)
    _titles(sample, people[12:], chair)


def _without_office(sample: Sample) -> list[Member]:
    """Some of those who answer for nothing yet; everyone who does in a very small school."""
    accounts = [user for role, user in sample.people.items() if isinstance(role, Role)]
    busy = [user.member_id for user in accounts if user.member_id]
    people = Member.objects.exclude(pk__in=busy).order_by("pk")
    return list(enrolled_on(people, sample.today, "active")[:24])


def _body(name: str, start: date, duty: str, by) -> WorkingGroup:
    return add_working_group(working_group=WorkingGroup(name=name, start=start, duty=duty), by=by)


def _seat(body: WorkingGroup, people: list[Member], role: str, start: date, by) -> None:
    if people:
        seat_people(working_group=body, members=people, role=role, start=start, by=by)


def _titles(sample: Sample, people: list[Member], by) -> None:
    people = iter(people)
    for year in range(sample.first_year, sample.today.year + 1):
        for title, when, count in TITLES:
            chosen = [one for one, _ in zip(people, range(count), strict=False)]
            if date(year, *when) <= sample.today and chosen:
                grant = TitleGrant(title=title, day=date(year, *when))
                grant_titles(grant=grant, members=chosen, by=by)
