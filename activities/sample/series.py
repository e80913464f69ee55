"""The sample school's clubs, its union day and its trainings, with a record of most meetings."""

from datetime import date, time, timedelta
from itertools import islice

from activities.actions import series as actions
from activities.choices import Field, Rhythm, SeriesKind
from activities.forms.series import meeting_of
from activities.models import Series
from activities.queries.days_off import holidays_between, terms
from activities.queries.series import people_on
from activities.rules.series import slots_between
from members.models import Member
from members.queries import enrolled_on
from unionoffice.roles import Role
from unionoffice.sample import Sample

MISSED_EVERY = 9  # one meeting in so many has no record
WITH_NAMES = timedelta(days=120)  # of the latest meetings the names are known, too
CLUBS = (  # name, kind, field, rhythm, weekday, from, to, place, purpose, people
    ("羽毛球社", SeriesKind.CLUB, Field.CULTURE, Rhythm.WEEKLY, 3, time(16, 30), time(17, 40),
     "羽毛球馆", "会员都能来，自带球拍，初学的有人教。", 16),
    ("工会活动日", SeriesKind.UNION_DAY, Field.CULTURE, Rhythm.EVEN_WEEKS, 4, time(16, 20),
     time(17, 0), "操场", "双周五下午各小组自己安排。", 0),
    ("教工篮球队训练", SeriesKind.PRACTICE, Field.CULTURE, Rhythm.ODD_WEEKS, 2, time(16, 40),
     time(18, 0), "操场", "", 10),
    ("教职工学习会", SeriesKind.STUDY, Field.STUDY, Rhythm.MONTHLY, None, time(15, 30),
     time(16, 30), "报告厅", "每月一次，学习文件和师德案例。", 0),
)  # fmt: skip
GIVEN_UP = "太极拳社"
FIRST = 64  # of the 会员, however many there are


def fill(sample: Sample) -> None:
    chair = sample.people[Role.CHAIR]
    start = date(sample.first_year, 2, 24)
    if start > sample.today:
        return
    people = list(enrolled_on(Member.objects.order_by("pk"), start, "active")[:FIRST])
    leader = sample.people[Role.CULTURE].member
    for number, club in enumerate(CLUBS):
        series = _series(club, start, leader, chair)
        if count := club[-1]:
            chosen = list(islice(people, number, number + count * 3, 3))
            actions.add_to_series(series=series, members=chosen, start=start, by=chair)
        _hold(sample, series, chair)
    _give_up(sample, start, people, chair)


def _series(club: tuple, start: date, leader, chair) -> Series:
    name, kind, field, rhythm, weekday, begins, ends, place, purpose, _ = club
    series = Series(
        name=name, kind=kind, field=field, rhythm=rhythm, weekday=weekday, from_time=begins,
        to_time=ends, place=place, purpose=purpose, start=start, leader=leader,
    )  # fmt: skip
    return actions.add_series(series=series, by=chair)


def _hold(sample: Sample, series: Series, chair) -> None:
    random, today = sample.random, sample.today
    off = holidays_between(series.start, today)
    slots = slots_between(series.rhythm, series.weekday, series.start, today, terms(), off)
    for number, slot in enumerate(slots, start=1):
        day = slot.day + timedelta(days=9) if slot.by_month else slot.day
        if slot.off or number % MISSED_EVERY == 0 or not series.start <= day <= today:
            continue
        meeting, came = meeting_of(series, day), []
        meeting.precision = "minute"
        if day > today - WITH_NAMES:
            belonging = list(people_on(series, day).order_by("pk"))
            came = [member for member in belonging if random.random() < 0.8]
        meeting.headcount = None if came else random.randint(9, 15) * (1 + (series.kind == "study"))
        actions.record_meeting(activity=meeting, came=came, by=chair)


def _give_up(sample: Sample, start: date, people: list[Member], chair) -> None:
    series = Series(name=GIVEN_UP, kind=SeriesKind.CLUB, start=start, place="教工之家")
    series = actions.add_series(series=series, by=chair)
    actions.add_to_series(series=series, members=people[1:6], start=start, by=chair)
    end = min(date(sample.first_year, 7, 3), sample.today)
    actions.end_series(series=series, end=end, by=chair)
