"""The meetings of a club: recorded, counted, compared with what was due; its pages."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import series as actions
from activities.choices import Attendance, DayKind, Rhythm
from activities.models import Activity, CalendarDay, Participation, Semester, Series, SeriesMember
from activities.own_data import own_data
from activities.queries import series as queries
from activities.rules.weeks import Term
from members.models import GroupAssignment
from tests.factories.activities import make_place, make_series
from tests.factories.members import LONG_AGO, make_group, make_member, make_user
from unionoffice.models import AuditEntry
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db

TERM = Term(date(2026, 9, 2), date(2027, 1, 20))  # a Wednesday
YEAR = Period.year(2026)


def detail(series) -> str:
    return reverse("activities:series_detail", args=[series.pk])


# Meetings


@pytest.fixture
def club(today):
    Semester.objects.create(name="上学期", first_day=date(2026, 9, 2), last_day=date(2027, 1, 20))
    return make_series(
        name="羽毛球社",
        rhythm=Rhythm.WEEKLY,
        weekday=3,
        from_time="16:20",
        to_time="17:30",
        place="体育馆",
        start=date(2026, 10, 26),
    )


def test_the_form_knows_what_the_series_knows_and_the_last_day_it_was_due(log_in, club):
    page = log_in(Role.CHAIR).get(reverse("activities:series_record", args=[club.pk]))
    text = page.content.decode()
    for value in ("2026-11-12", "16:20", "17:30", "体育馆", "羽毛球社活动"):
        assert f'value="{value}"' in text


def test_a_meeting_counts_those_who_came_and_lists_who_did_not(log_in, club):
    came, stayed_away = make_member("甲", group=make_group("一组")), make_member("乙")
    for member in (came, stayed_away):
        SeriesMember.objects.create(series=club, member=member, start=date(2026, 10, 26))
    values = {"title": "羽毛球社活动", "day": "2026-11-12", "time": "16:20", "to_time": "17:30"}
    values |= {"came": [came.pk], "guests": "2", "headcount": "3", "place": "体育馆"}
    client = log_in(Role.CHAIR)
    client.post(reverse("activities:series_record", args=[club.pk]), values)
    held = Activity.objects.get()
    assert (held.headcount, held.guests, held.kind, held.series) == (3, 2, "club", club)
    listed = dict(Participation.objects.values_list("member__name", "attendance"))
    assert listed == {"甲": Attendance.PRESENT, "乙": Attendance.ABSENT}
    group = GroupAssignment.objects.get(member=came).group
    assert Participation.objects.get(member=came).group == group
    assert [(one.name, one.came, one.asked) for one in queries.regulars(club, YEAR)] == [
        ("甲", 1, 1),
        ("乙", 0, 1),
    ]


@pytest.mark.parametrize(("typed", "status"), [("9", 422), ("3", 302), ("", 302)])
def test_a_number_that_says_something_else_than_the_names_is_asked_about(
    typed, status, log_in, club
):
    came = make_member()
    SeriesMember.objects.create(series=club, member=came, start=date(2026, 10, 26))
    values = {"title": "羽毛球社活动", "day": "2026-11-12", "came": [came.pk], "guests": "2"}
    url = reverse("activities:series_record", args=[club.pk])
    page = log_in(Role.CHAIR).post(url, values | {"headcount": typed})
    assert page.status_code == status
    if status == 422:
        told = "点了名的 1 人，加上名册以外的 2 人，一共 3 人，这里写的是 9。"
        assert told in page.content.decode()
        assert not Activity.objects.exists()


def test_the_same_day_by_a_second_person_is_asked_about_and_saved_at_one_press(log_in, club):
    url = reverse("activities:series_record", args=[club.pk])
    first, second = log_in(Role.CHAIR), log_in(Role.CULTURE)
    values = {"title": "羽毛球社活动", "day": "2026-11-12"}
    first.post(url, values)
    page = second.post(url, values | {"outcome": "练了双打"})
    text = page.content.decode()
    told = f"2026年11月12日已经记过一次“羽毛球社活动”（{first.user}记的），看看是不是同一场。"
    assert (page.status_code, told in text, "练了双打" in text) == (422, True, True)
    assert 'name="twice"' in text
    assert second.post(url, values | {"twice": "on"}).status_code == 302
    assert Activity.objects.count() == 2


def test_a_meeting_that_was_voided_is_no_twin(log_in, club):
    url, chair = reverse("activities:series_record", args=[club.pk]), log_in(Role.CHAIR)
    values = {"title": "羽毛球社活动", "day": "2026-11-12"}
    chair.post(url, values)
    Activity.objects.update(voided_at=timezone.now(), void_reason="记错了")
    assert log_in(Role.CULTURE).post(url, values).status_code == 302


def test_whom_a_meeting_lists_stands_in_the_audit_and_the_record_is_still_taken_back(log_in, club):
    came, away, later = make_member(), make_member(), make_member()
    for member in (came, away):
        SeriesMember.objects.create(series=club, member=member, start=date(2026, 10, 26))
    SeriesMember.objects.create(series=club, member=later, start=date(2026, 11, 16))
    values = {"title": "羽毛球社活动", "day": "2026-11-12", "came": [came.pk]}
    client = log_in(Role.CHAIR)
    page = client.post(
        reverse("activities:series_record", args=[club.pk]), values, follow=True
    ).content.decode()
    entry = AuditEntry.objects.get(act="activities.record_meeting")
    told = {name: set(entry.changes[name]) for name in ("asked", "came")}
    assert told == {"asked": {came.pk, away.pk}, "came": {came.pk}}  # not who joined later
    assert "点了名" not in page  # the log of the club itself stays short
    client.post(reverse("activities:series_meeting_undo", args=[Activity.objects.get().pk]))
    assert not Activity.objects.standing().exists()


def test_a_meeting_of_a_week_that_two_periods_share_is_found_by_the_one_it_is_due_in(club):
    Series.objects.update(start=date(2026, 1, 1))
    club.refresh_from_db()
    Semester.objects.create(name="下学期", first_day=date(2026, 2, 23), last_day=date(2026, 7, 10))
    by = make_user(Role.CHAIR)
    day = date(2026, 6, 30)  # a Tuesday; due on Thursday, 2 July
    meeting = Activity(title="羽毛球社活动", series=club, field=club.field, day=day)
    actions.record_meeting(activity=meeting, by=by)
    second_half = Period.parse("2026H2")
    found = queries.round_of(club, second_half, date(2026, 7, 6))
    assert (found.due, found.held, found.missed) == (1, 1, ())
    [row] = queries.series_rows(Series.objects.all(), second_half, date(2026, 7, 6))
    assert (row.round, row.met) == (found, 0)


def test_what_is_due_ends_today(club):
    assert queries.round_of(club, YEAR, date(2026, 11, 6)).due == 2
    assert queries.round_of(club, YEAR, date(2026, 11, 18)).due == 3


def test_a_meeting_ahead_of_its_day_is_not_due_before_that_day(club):
    day = date(2026, 11, 9)  # a Monday, in the place of Thursday
    meeting = Activity(title="羽毛球社活动", series=club, field=club.field, day=day)
    actions.record_meeting(activity=meeting, by=make_user(Role.CHAIR))
    found = queries.round_of(club, YEAR, date(2026, 11, 11))
    assert (found.due, found.held) == (2, 0)
    found = queries.round_of(club, YEAR, date(2026, 11, 12))
    assert (found.due, found.held) == (3, 1)


def test_a_meeting_at_a_place_of_the_union_counts_there(log_in, club):
    hall = make_place("体育馆")
    values = {"title": "羽毛球社活动", "day": "2026-11-12", "place": "体育馆"}
    log_in(Role.CHAIR).post(reverse("activities:series_record", args=[club.pk]), values)
    assert Activity.objects.get().venue == hall


def test_the_leader_takes_back_what_was_just_recorded(log_in, club):
    client = log_in(Role.MEMBER)
    Series.objects.update(leader=client.user.member)
    url = reverse("activities:series_record", args=[club.pk])
    page = client.post(url, {"title": "羽毛球社活动", "day": "2026-11-12"}, follow=True)
    undo = reverse("activities:series_meeting_undo", args=[Activity.objects.get().pk])
    assert undo in page.content.decode()
    client.post(undo)
    assert not Activity.objects.standing().exists()


def test_a_leader_who_is_a_plain_teacher_records_the_own_club_and_no_other(log_in, club):
    client = log_in(Role.MEMBER)
    url = reverse("activities:series_record", args=[club.pk])
    assert client.get(url).status_code == 404
    Series.objects.update(leader=client.user.member)
    assert "记这一次" in client.get(detail(club)).content.decode()
    assert client.post(url, {"title": "羽毛球社活动", "day": "2026-11-12"}).status_code == 302
    assert Activity.objects.get().recorded_by == client.user


def test_the_page_counts_what_was_due_and_names_what_was_missed(log_in, club):
    CalendarDay.objects.create(day=date(2026, 10, 29), kind=DayKind.HOLIDAY, name="运动会")
    client = log_in(Role.CHAIR)
    record = reverse("activities:series_record", args=[club.pk])
    client.post(record, {"title": "羽毛球社活动", "day": "2026-11-06"})
    result = queries.round_of(club, YEAR, date(2026, 11, 18))
    assert (result.due, result.held, result.skipped) == (2, 1, 1)
    page = client.get(detail(club)).content.decode()
    assert f"{record}?day=2026-11-12" in page
    assert "该办没有记的 1 次" in page


def test_a_day_before_the_series_began_is_refused_and_nothing_typed_is_lost(log_in, club):
    url = reverse("activities:series_record", args=[club.pk])
    page = log_in(Role.CHAIR).post(
        url, {"title": "早了", "day": "2026-10-01", "outcome": "写了很多"}
    )
    assert page.status_code == 422
    text = page.content.decode()
    assert "羽毛球社从2026年10月26日才开始，2026年10月1日还没有它。" in text
    assert "写了很多" in text


# Pages


def test_the_list_costs_the_same_for_one_and_for_many(log_in, django_assert_max_num_queries, club):
    client = log_in(Role.CHAIR)
    url = reverse("activities:series_list")
    client.get(url)
    with django_assert_max_num_queries(40) as one:
        client.get(url)
    for number in range(12):
        series = make_series(name=f"社团{number}", rhythm=Rhythm.MONTHLY)
        SeriesMember.objects.create(series=series, member=make_member(), start=LONG_AGO)
    with django_assert_max_num_queries(40) as many:
        client.get(url)
    assert len(many) == len(one)


def test_nonsense_in_the_address_is_said(log_in):
    client = log_in(Role.CHAIR)
    for query in ("period=nix", "kind=nix", "state=nix"):
        assert client.get(f"{reverse('activities:series_list')}?{query}").status_code == 422


def test_the_list_goes_out_as_a_table_and_so_does_who_came(log_in, club):
    client = log_in(Role.CHAIR)
    table = client.get(reverse("activities:series_export"), {"format": "csv"}).getvalue().decode()
    assert "羽毛球社" in table
    assert "每周四 16:20–17:30" in table
    url = reverse("activities:series_attendance_export", args=[club.pk])
    assert client.get(url, {"format": "csv"}).getvalue().decode().startswith("\ufeff姓名,来了")
    assert AuditEntry.objects.filter(act="activities.export_attendance").count() == 1


def test_two_change_one_series_and_the_second_is_told(log_in, club):
    client = log_in(Role.CHAIR)
    url = reverse("activities:series_update", args=[club.pk])
    page = client.get(url)
    values = {k: v if v is not None else "" for k, v in page.context["form"].initial.items()}
    seen = page.context["form"]["seen"].value()
    Series.objects.update(place="操场")
    values |= {"seen": seen, "place": "新体育馆", "start": "2026-10-26"}
    page = client.post(url, values)
    assert page.status_code == 422
    assert "地点刚被改成“操场”了" in page.content.decode()


def test_what_is_stored_about_a_person_tells_of_clubs_and_of_what_one_keeps(club):
    member = make_member()
    SeriesMember.objects.create(series=club, member=member, start=date(2026, 10, 26))
    make_place("乒乓室", keeper=member)
    told = {section.title: section.rows for section in own_data(member)}
    assert told["社团和定期活动"] == (("羽毛球社", date(2026, 10, 26), None),)
    assert told["管的社团、阵地和设备"] == (("阵地", "乒乓室"),)
