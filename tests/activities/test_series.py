"""Clubs and what comes again and again: rhythm, people, meetings."""

from datetime import date

import pytest
from django.urls import reverse

from activities.actions import series as actions
from activities.choices import Rhythm, SeriesKind
from activities.models import Series, SeriesMember
from activities.rules.series import Slot, compared, slots_between
from activities.rules.weeks import Term
from tests.factories.activities import make_series
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


def test_who_leads_a_club_is_not_asked_first_to_join_it(log_in):
    client = log_in(Role.MEMBER)
    series = make_series(leader=client.user.member)
    page = client.get(detail(series)).content.decode()
    assert ("我要参加" in page, "我也参加" in page, "记这一次" in page) == (False, True, True)
    assert page.index("记这一次") < page.index("我也参加")
    client.post(reverse("activities:series_join", args=[series.pk]))
    assert "我也参加" not in client.get(detail(series)).content.decode()


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


def test_who_came_back_since_is_not_put_back_over_it():
    series, member, chair = make_series(), make_member("赵六"), make_user(Role.CHAIR)
    span = {"start": date(2026, 3, 2), "end": date(2026, 6, 1)}
    first = SeriesMember.objects.create(series=series, member=member, **span)
    span = {"start": date(2026, 9, 1), "end": date(2026, 10, 1)}
    SeriesMember.objects.create(series=series, member=member, **span)
    with pytest.raises(RuleBroken, match="赵六后来又进来过"):
        actions.put_back_into_series(row=first, by=chair)


# Ending


def test_a_series_that_is_given_up_lets_its_people_go_and_takes_them_back(log_in):
    series, client = make_series(name="合唱团"), log_in(Role.CHAIR)
    row = SeriesMember.objects.create(series=series, member=make_member(), start=date(2026, 3, 2))
    end = reverse("activities:series_end", args=[series.pk])
    page = client.post(end, {"last_day": "2026-10-30"}, follow=True).content.decode()
    assert "停办了：合唱团" in page
    assert "停办时里面的人" in page
    assert str(row.member) in page
    assert reverse("activities:series_record", args=[series.pk]) not in page
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


def test_a_persons_page_tells_the_clubs_that_one_leads_or_belongs_to(log_in):
    teacher, day = make_user(Role.MEMBER), date(2026, 3, 2)
    led = make_series("教工合唱团", leader=teacher.member, start=day)
    club = make_series("羽毛球社")
    for series in (led, club, make_series("停办的社", end=date(2026, 4, 1))):
        SeriesMember.objects.create(series=series, member=teacher.member, start=day)
    gone = make_series("退出的社")
    SeriesMember.objects.create(series=gone, member=teacher.member, start=day, end=day)

    def shown(client, address) -> list:
        panels = client.get(address).context["beside"]
        return [panel.lines for panel in panels if panel.title == "社团和定期活动"]

    lines = (("2026-03-02", "教工合唱团（负责人）"), ("2026-03-02", "羽毛球社"))
    page = reverse("members:member_detail", args=[teacher.member_id])
    assert shown(log_in(Role.CHAIR), page) == [lines]
    assert shown(log_in(user=teacher), reverse("members:my_profile")) == [lines]
    assert shown(log_in(Role.COLLEAGUE), reverse("members:my_profile")) == []
