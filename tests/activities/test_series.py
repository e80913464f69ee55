"""Clubs and what comes again and again: rhythm, people, meetings."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import series as actions
from activities.choices import Attendance, DayKind, Rhythm, SeriesKind
from activities.models import Activity, CalendarDay, Participation, Semester, Series, SeriesMember
from activities.own_data import own_data
from activities.queries import series as queries
from activities.rules.series import Slot, compared, slots_between
from activities.rules.weeks import Term
from members.models import GroupAssignment
from tests.factories.activities import make_place, make_series
from tests.factories.members import LONG_AGO, make_group, make_member, make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db

TERM = Term(date(2026, 9, 2), date(2027, 1, 20))  # a Wednesday
YEAR = Period.year(2026)


def detail(series) -> str:
    return reverse("activities:series_detail", args=[series.pk])


# Rules


def test_double_weeks_are_counted_from_the_week_of_the_first_day_also_in_the_middle_of_a_week():
    found = slots_between(Rhythm.EVEN_WEEKS, 4, date(2026, 9, 1), date(2026, 10, 10), [TERM], {})
    assert [slot.day for slot in found] == [date(2026, 9, 11), date(2026, 9, 25), date(2026, 10, 9)]


def test_monthly_ones_are_due_once_a_month_of_the_term():
    found = slots_between(Rhythm.MONTHLY, None, date(2026, 7, 5), date(2026, 10, 3), [TERM], {})
    assert [slot.text for slot in found] == ["2026年9月", "2026年10月"]


def test_a_meeting_anywhere_in_the_week_is_the_meeting_of_that_week():
    found = slots_between(Rhythm.WEEKLY, 3, date(2026, 9, 7), date(2026, 9, 27), [TERM], {})
    result = compared(found, [date(2026, 9, 11)], date(2026, 9, 28))
    assert (result.due, result.held) == (3, 1)
    assert [slot.day for slot in result.missed] == [date(2026, 9, 17), date(2026, 9, 24)]


def test_a_day_off_is_not_due_unless_it_was_held_all_the_same():
    off = {date(2026, 10, 1): "国庆节"}
    found = slots_between(Rhythm.WEEKLY, 3, date(2026, 9, 28), date(2026, 10, 11), [TERM], off)
    result = compared(found, [], date(2026, 10, 12))
    assert (result.due, result.skipped) == (1, 1)
    assert compared(found, [date(2026, 10, 1)], date(2026, 10, 12)).due == 2


def test_what_is_still_ahead_is_not_missed():
    slot = Slot(date(2026, 11, 18), date(2026, 11, 16), date(2026, 11, 22))
    assert compared([slot], [], date(2026, 11, 18)).missed == ()


def test_a_rhythm_without_a_weekday_is_refused():
    with pytest.raises(RuleBroken, match="写了多久一次，也选上星期几，才算得出哪些次没有记。"):
        make_series(rhythm=Rhythm.WEEKLY, weekday=None)


# People


def test_many_are_taken_in_at_once_and_nobody_twice():
    series, people = make_series(), [make_member(), make_member()]
    chair = make_user(Role.CHAIR)
    start = date(2026, 3, 2)
    assert len(actions.add_to_series(series=series, members=people, start=start, by=chair)) == 2
    again = [*people, make_member()]
    assert len(actions.add_to_series(series=series, members=again, start=start, by=chair)) == 1
    assert AuditEntry.objects.filter(act="activities.add_to_series").count() == 2


def test_a_member_joins_from_the_phone_and_leaves_again(log_in, today):
    series, client = make_series(name="羽毛球社"), log_in(Role.MEMBER)
    page = client.get(detail(series)).content.decode()
    assert "我要参加" in page
    page = client.post(reverse("activities:series_join", args=[series.pk]), follow=True)
    assert "您参加了羽毛球社。" in page.content.decode()
    assert series.memberships.get().member == client.user.member
    SeriesMember.objects.update(start=date(2026, 11, 2))
    client.post(reverse("activities:series_leave", args=[series.pk]))
    assert series.memberships.get().end == date(2026, 11, 17)


def test_who_joins_and_leaves_on_one_day_was_never_in_it(log_in):
    series, client = make_series(), log_in(Role.MEMBER)
    client.post(reverse("activities:series_join", args=[series.pk]))
    client.post(reverse("activities:series_leave", args=[series.pk]))
    assert not series.memberships.exists()


def test_a_union_day_is_not_joined_by_oneself(log_in):
    series, client = make_series(name="工会活动日", kind=SeriesKind.UNION_DAY), log_in(Role.MEMBER)
    assert "我要参加" not in client.get(detail(series)).content.decode()
    page = client.post(reverse("activities:series_join", args=[series.pk]), follow=True)
    assert "工会活动日不用自己报名，谁参加由办公室排。" in page.content.decode()


def test_people_are_named_picked_or_come_as_a_whole_group(log_in):
    series, client, group = make_series(), log_in(Role.CHAIR), make_group("体育组")
    named, in_group = make_member("王小明"), make_member(group=group)
    url = reverse("activities:series_people", args=[series.pk])
    values = {"names": "王小明、", "group": group.pk, "start": "2026-11-02"}
    assert client.post(url, values).status_code == 302
    assert set(series.memberships.values_list("member", flat=True)) == {named.pk, in_group.pk}


def test_a_name_that_nobody_or_two_have_is_said_and_nothing_is_lost(log_in):
    series, client = make_series(), log_in(Role.CHAIR)
    make_member("李红", staff_no="A1")
    make_member("李红", staff_no="A2")
    url = reverse("activities:series_people", args=[series.pk])
    page = client.post(url, {"names": "李红 张无忌", "start": "2026-11-02"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "叫“李红”的有 2 位（工号 A1、A2），写工号。" in text
    assert "名册里没有“张无忌”，写全名或工号。" in text
    assert "李红 张无忌" in text
    assert not series.memberships.exists()


def test_who_was_taken_out_is_put_back_at_one_click(log_in):
    series, client = make_series(), log_in(Role.CHAIR)
    row = SeriesMember.objects.create(
        series=series, member=make_member("赵六"), start=date(2026, 3, 2)
    )
    page = client.post(reverse("activities:series_member_end", args=[row.pk]), follow=True)
    assert "不再在" in page.content.decode()
    assert reverse("activities:series_member_back", args=[row.pk]) in page.content.decode()
    client.post(reverse("activities:series_member_back", args=[row.pk]))
    row.refresh_from_db()
    assert row.end is None


# Ending


def test_a_series_that_is_given_up_lets_its_people_go_and_takes_them_back(log_in):
    series, client = make_series(name="合唱团"), log_in(Role.CHAIR)
    row = SeriesMember.objects.create(series=series, member=make_member(), start=date(2026, 3, 2))
    end = reverse("activities:series_end", args=[series.pk])
    page = client.post(end, {"last_day": "2026-10-30"}, follow=True).content.decode()
    assert "停办了：合唱团" in page
    row.refresh_from_db()
    assert row.end == date(2026, 10, 30)
    client.post(reverse("activities:series_reopen", args=[series.pk]))
    row.refresh_from_db()
    assert row.end is None


def test_who_had_left_before_and_who_was_to_come_later_are_as_they_were_when_it_is_taken_up():
    series, chair = make_series(name="合唱团"), make_user(Role.CHAIR)
    end = date(2026, 10, 30)
    gone, later = make_member(), make_member()
    SeriesMember.objects.create(series=series, member=gone, start=LONG_AGO, end=end)
    SeriesMember.objects.create(series=series, member=later, start=date(2026, 11, 5))
    actions.end_series(series=series, end=end, by=chair)
    assert not series.memberships.filter(member=later).exists()
    assert AuditEntry.objects.get(act="activities.end_series").changes["dropped"] == [
        [later.pk, "2026-11-05"]
    ]
    actions.reopen_series(series=series, by=chair)
    rows = dict(series.memberships.values_list("member", "end"))
    assert rows == {gone.pk: end, later.pk: None}


def test_nobody_belongs_to_it_twice_on_one_day():
    series, member = make_series(), make_member("王小明")
    SeriesMember.objects.create(
        series=series, member=member, start=date(2026, 3, 2), end=date(2026, 6, 1)
    )
    with pytest.raises(RuleBroken, match="王小明到2026年6月1日还在里面"):
        actions.add_to_series(
            series=series, members=[member], start=date(2026, 6, 1), by=make_user(Role.CHAIR)
        )


def test_it_does_not_end_before_its_last_meeting(log_in):
    series, client = make_series(name="合唱团"), log_in(Role.CHAIR)
    url = reverse("activities:series_record", args=[series.pk])
    client.post(url, {"title": "合唱团", "day": "2026-11-06"})
    end = reverse("activities:series_end", args=[series.pk])
    page = client.post(end, {"last_day": "2026-11-01"})
    assert page.status_code == 422
    assert "合唱团在2026年11月6日还记着一次，停办的日子写那天或以后。" in page.content.decode()


def test_only_what_was_never_held_is_taken_away(log_in):
    series, client = make_series(name="合唱团"), log_in(Role.CHAIR)
    client.post(reverse("activities:series_drop", args=[series.pk]))
    assert not Series.objects.exists()
    series = make_series(name="合唱团二")
    record = reverse("activities:series_record", args=[series.pk])
    client.post(record, {"title": "合唱团", "day": "2026-11-06"})
    page = client.post(reverse("activities:series_drop", args=[series.pk]), follow=True)
    assert "合唱团二已经记过活动，不能去掉；不办了就停办。" in page.content.decode()


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
