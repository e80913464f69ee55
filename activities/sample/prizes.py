"""Who won the sample school's own competitions, and who came to one of them by name."""

from activities.actions import add_prizes
from activities.actions.attendance import count_by_names, mark_attendance, put_on_roll
from activities.choices import Attendance
from activities.models import Activity, Prize
from members.choices import Gender
from members.models import Member, UnionGroup
from members.queries import enrolled_on
from unionoffice.roles import Role
from unionoffice.sample import Sample

AWARDS = ("第一名", "第二名", "第三名")
TO_GROUPS = {"教职工羽毛球团体赛": "团体", "教职工拔河赛": "拔河"}
COUNTED = {"教职工摄影展": (("一等奖", 3), ("二等奖", 6), ("三等奖", 10))}
TO_PEOPLE = {"区教工乒乓球邀请赛": (("男子单打", Gender.MALE), ("女子单打", Gender.FEMALE))}
BY_NAME = "教职工羽毛球团体赛"  # its people are known by name
FIRST = 64  # of the 会员, however many there are


def fill(sample: Sample) -> None:
    chair, groups = sample.people[Role.CHAIR], list(UnionGroup.objects.all()[: len(AWARDS)])
    titles = [*TO_GROUPS, *COUNTED, *TO_PEOPLE]
    for activity in Activity.objects.standing().filter(title__in=titles).order_by("day", "pk"):
        people = list(enrolled_on(Member.objects.order_by("pk"), activity.day, "active")[:FIRST])
        for rank, group in enumerate(groups if activity.title in TO_GROUPS else (), start=1):
            _award(activity, chair, TO_GROUPS[activity.title], rank, AWARDS[rank - 1], group=group)
        for rank, (award, number) in enumerate(COUNTED.get(activity.title, ()), start=1):
            _award(activity, chair, "", rank, award, people=number)
        for rank, (event, gender) in enumerate(TO_PEOPLE.get(activity.title, ()), start=1):
            fit = [one for one in people if one.gender == gender]
            _award(activity, chair, event, rank, AWARDS[rank - 1], member=fit[rank * 3 % len(fit)])
        if activity.title == BY_NAME:
            _listed(activity, people, chair)


def _award(activity: Activity, chair, event: str, rank: int, award: str, **winner) -> None:
    prize = Prize(activity=activity, event=event, rank=rank, award=award, **winner)
    add_prizes(prize=prize, winners=(), by=chair)


def _listed(activity: Activity, people: list[Member], chair) -> None:
    put_on_roll(activity=activity, members=people[2:], by=chair)
    put_on_roll(activity=activity, members=people[:2], by=chair, duty="裁判")
    rows = activity.participations.order_by("pk")
    states = [Attendance.PRESENT] * 9 + [Attendance.LEAVE]
    marks = {row.pk: states[n % len(states)] for n, row in enumerate(rows)}
    mark_attendance(activity=activity, marks=marks, seen={}, by=chair)
    if activity.headcount is not None:
        count_by_names(activity=activity, by=chair)
