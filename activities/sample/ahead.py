"""What the sample school has announced for the coming weeks, with who signed up."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from activities.actions import announce_activity
from activities.actions.signups import open_signup, sign_up_people
from activities.choices import Field
from activities.models import Activity, Place, Signup
from members.models import Member
from members.queries import enrolled_on
from unionoffice.periods import Precision
from unionoffice.roles import Role
from unionoffice.sample import Sample

# title, field, in so many days, at, where, places (None: no sign-up; 0: without limit), signed up
AHEAD = (
    ("教职工乒乓球赛", Field.CULTURE, 9, time(16, 20), "乒乓室", 32, 11),
    ("亲子烘焙", Field.WOMEN, 16, time(9, 30), "教工之家", 6, 9),
    ("急救知识讲座", Field.TRAINING, 23, time(15, 30), "报告厅", 0, 5),
    ("联欢节目彩排", Field.CULTURE, 30, time(16, 20), "报告厅", None, 0),
)
SIGNUP_ENDS = timedelta(days=2)  # before the day
NOTICE = "自愿报名，名额满了可以候补；来不了提前退出，让给候补的人。"


def fill(sample: Sample) -> None:
    chair = sample.people[Role.CHAIR]
    for title, field, days, at, where, limit, count in AHEAD:
        day = sample.today + timedelta(days=days)
        if day - SIGNUP_ENDS < timezone.localdate():
            continue  # a school of an earlier day: nothing is announced behind one's back
        activity = Activity(
            title=title,
            field=field,
            day=day,
            time=at,
            precision=Precision.MINUTE,
            place=where,
            venue=Place.objects.filter(name=where).first(),
            audience="全体会员",
        )
        announce_activity(activity=activity, by=chair)
        if limit is None:
            continue
        deadline = datetime.combine(day - SIGNUP_ENDS, time(17, 0))
        deadline = timezone.make_aware(deadline)
        signup = Signup(activity=activity, notice=NOTICE, deadline=deadline, limit=limit or None)
        signup = open_signup(signup=signup, quotas={}, by=chair)
        members = enrolled_on(Member.objects.order_by("pk"), day, "active")[1 : 1 + count]
        sign_up_people(signup=signup, members=list(members), by=chair)
