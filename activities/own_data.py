"""What the activities keep about one person, for this person."""

from activities.models import Participation
from members.models import Member
from unionoffice.own_data import Section, Traces
from unionoffice.periods import iso_date

TAKEN_PART = ("日期", "活动", "报名", "报名时间", "到没到", "签到时间", "做什么", "备注")


def own_data(member: Member) -> list[Section]:
    return [Section("报名和参加的活动", TAKEN_PART, tuple(_taken_part(member)))]


def traces(member: Member) -> Traces:
    """Who took away the names of an activity took the own one along."""
    activities = list(_of(member).values_list("activity", flat=True))
    lists = frozenset({"activities.export_attendance"} if activities else ())
    return Traces({"activities.activity": activities}, lists)


def _of(member: Member):
    return Participation.objects.filter(member=member).order_by("-activity__day", "-activity")


def _taken_part(member: Member):
    for row in _of(member).select_related("activity"):
        day = iso_date(row.activity.day, row.activity.precision)
        signed_up = row.get_signup_display(), row.signed_up_at
        came = row.get_attendance_display(), row.signed_in_at
        yield day, row.activity.title, *signed_up, *came, row.duty, row.note
