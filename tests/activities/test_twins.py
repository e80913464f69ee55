"""One event, recorded by two people: the second is told, and says when it really was another."""

from datetime import date, time

import pytest
from django.urls import reverse

from activities import actions
from activities.actions.series import end_series
from activities.models import Activity
from activities.rules import Twin
from tests.factories.activities import make_activity, make_series
from tests.factories.members import make_group, make_member, make_user
from tests.factories.signups import make_announced
from unionoffice.errors import RuleBroken
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")

CREATE = "activities:activity_create"
SENT = {"title": "庆三八趣味运动会", "when": "day", "day": "2026-03-06", "field": "women"}
SAID = "2026年3月6日已经记过一次“庆三八趣味运动会”（常伟记的），看看是不是同一场。"


@pytest.fixture
def first() -> Activity:
    other = make_user(Role.CULTURE, member=make_member("常伟"))
    return make_activity("2026-03-06", "庆三八趣味运动会", by=other)


def test_the_second_one_is_told_who_recorded_it_and_where_it_is(log_in, first):
    page = log_in(Role.CHAIR).post(reverse(CREATE), SENT | {"headcount": "86"})
    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == [SAID]
    assert f'<a href="{first.get_absolute_url()}">看已有的那一条' in page.text
    assert 'value="86"' in page.text
    assert Activity.objects.count() == 1


def test_one_press_saves_it_all_the_same(log_in, first):
    client = log_in(Role.CHAIR)
    page = client.post(reverse(CREATE), SENT)
    assert 'name="twice" value="on">不是同一场，还是记下</button>' in page.text
    assert client.post(reverse(CREATE), SENT | {"twice": "on"}).status_code == 302
    assert Activity.objects.filter(title=first.title).count() == 2


def test_another_refusal_offers_no_such_press(log_in, first):
    page = log_in(Role.CHAIR).post(
        reverse(CREATE), SENT | {"day": "2026-03-07", "guests": "9", "headcount": "3"}
    )
    assert page.status_code == 422
    assert 'name="twice"' not in page.text


def test_what_was_announced_for_that_day_is_named_too(log_in):
    other = make_user(Role.CULTURE, member=make_member("常伟"))
    notice = make_announced("秋游", day=date(2026, 11, 25), by=other)
    sent = {"title": "秋游", "when": "day", "day": "2026-11-25", "field": "culture"}
    client = log_in(Role.CHAIR)
    page = client.post(reverse("activities:activity_announce"), sent)
    said = "2026年11月25日已经通知过一次“秋游”（常伟通知的），看看是不是同一场。"
    assert page.context["form"].non_field_errors() == [said]
    assert page.context["twin"] == notice
    assert "不是同一场，还是发通知" in page.text
    again = client.post(reverse("activities:activity_announce"), sent | {"twice": "on"})
    assert again.status_code == 302


def record(title: str = "小组活动", day: date = date(2026, 3, 6), **values) -> Activity:
    activity = Activity(title=title, day=day, field="culture", **values)
    return actions.record_activity(activity=activity, by=make_user(Role.CHAIR))


def test_two_groups_or_two_hours_make_two():
    make_activity("2026-03-06", "小组活动", group=make_group("语文组"))
    assert record(group=make_group("数学组")).pk
    at = {"time": time(16), "precision": "minute", "group": make_group("英语组")}
    assert record(**at).pk
    assert record(**at | {"time": time(19)}).pk


def test_where_only_one_says_the_group_it_may_be_the_same():
    make_activity("2026-03-06", "小组活动", group=make_group("语文组"))
    with pytest.raises(Twin):
        record()


def test_neither_a_voided_one_nor_one_called_off_nor_another_day_is_a_twin(first):
    by = first.recorded_by
    actions.void_activity(activity=first, reason="记错了", by=by)
    notice = make_announced("秋游", day=date(2026, 11, 18), by=by)
    actions.call_off_activity(activity=notice, reason="下雨", by=by)
    make_activity("2026-03-05", "趣味运动会", by=by)
    make_activity("2026-03-01", "读书", by=by, precision="month")
    for title, day in (
        (first.title, first.day),
        ("秋游", notice.day),
        ("趣味运动会", date(2026, 3, 6)),
        ("读书", date(2026, 3, 1)),
    ):
        assert record(title, day).pk


def test_of_a_month_that_is_all_one_knows_there_is_one():
    make_activity("2026-03-01", "读书", precision="month")
    with pytest.raises(Twin, match="2026年3月已经记过一次“读书”"):
        record("读书", date(2026, 3, 1), precision="month")


@pytest.mark.parametrize(
    ("known", "fits"),
    [
        ({"day": "2026-05-10"}, True),
        ({"day": "2026-05-09"}, False),
        ({"day": "2026-05-08", "last_day": date(2026, 5, 10)}, True),
        ({"day": "2026-05-01", "precision": "month"}, True),
        ({"day": "2026-04-01", "precision": "month"}, False),
        ({"day": "2026-06-30"}, True),
        ({"day": "2026-07-01"}, False),
    ],
)
def test_a_record_goes_into_a_club_while_it_was_there(known, fits):
    club = make_series("气排球社", start=date(2026, 5, 10))
    activity = make_activity(title="训练", **known)
    end_series(series=club, end=date(2026, 6, 30), by=activity.recorded_by)
    club.refresh_from_db()
    activity.series = club
    change = {"activity": activity, "by": activity.recorded_by}
    if fits:
        assert actions.update_activity(**change).series == club
        return
    with pytest.raises(
        RuleBroken, match=r"气排球社(从2026年5月10日才开始|到2026年6月30日就停办了)"
    ):
        actions.update_activity(**change)
