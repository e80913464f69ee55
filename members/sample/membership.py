"""The sample school's 会籍变动: new colleagues who ask to join, one who went, one on a long leave."""

from datetime import date, timedelta

from django.db.models import QuerySet

from members import actions
from members.choices import EmploymentStatus
from members.models import Application, Department, Member, User
from members.sample.offices import account_for
from members.sample.people import last_autumn
from unionoffice.roles import Role
from unionoffice.sample import Sample

NEW_COLLEAGUES = (("林一帆", "语文组"), ("周可欣", "英语组"), ("吴思齐", "数学组"))
YEARS_HERE = 2
MOVES = (  # the move, how many days ago, what is written down with it
    ("transfer_out", 12, {"union": "示例市第五中学工会", "note": "工作调动"}),
    ("retain", 40, {"note": "经学校同意，请长假一年"}),
)


def move(sample: Sample) -> None:
    _ask(sample, [_arrive(sample, *each, number) for number, each in enumerate(NEW_COLLEAGUES)])
    for member, (name, days, how) in zip(_without_office(sample), MOVES, strict=False):
        since = sample.today - timedelta(days=days)
        actions.move_member(member=member, move=name, since=since, by=None, **how)


def _without_office(sample: Sample) -> QuerySet[Member]:
    """Colleagues at work for some years, without office or account, the youngest first."""
    working = Member.objects.filter(
        employments__status=EmploymentStatus.WORKING,
        employments__end=None,
        memberships__end=None,
        memberships__start__lt=date(sample.today.year - YEARS_HERE, 1, 1),
        offices=None,
        user=None,
    )
    return working.order_by("-birth", "-id")[: len(MOVES)]


def _arrive(sample: Sample, name: str, department: str, number: int) -> Member:
    """Someone at work since the autumn, who is no 会员 yet."""
    year = last_autumn(sample.today)
    arrived = date(year, 8, 25)
    member = Member(name=name, staff_no=f"{year % 100:02}9000{number}", arrived=arrived)
    return actions.add_member(
        member=member,
        by=None,
        status=None,
        employment=EmploymentStatus.WORKING,
        department=Department.objects.get(name=department),
    )


def _ask(sample: Sample, colleagues: list[Member]) -> None:
    """The first on the phone, the second on paper; the third has yet to."""
    first, second, _ = colleagues
    by: User = account_for(sample, first, Role.COLLEAGUE)
    office: User = sample.people[Role.ORGANISATION]
    for member, sender, days, reason in (
        (first, by, 9, "想和同事们一起参加工会活动。"),
        (second, office, 6, ""),
    ):
        asked = sample.today - timedelta(days=days)
        application = Application(member=member, applied_on=asked, reason=reason)
        actions.apply(application=application, by=sender)
