"""The calendar as a phone fetches it."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from activities.actions.calendar import open_feed, revoke_feed
from activities.choices import ItemState, Rhythm, Weekday
from activities.models import CalendarFeed
from activities.queries.feeds import feed_by
from members.actions import lock_account
from tests.factories.activities import make_activity, make_item, make_plan
from tests.factories.calendar import make_semester
from tests.factories.members import make_user
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.queries import log_of
from unionoffice.roles import Role

PAGE = reverse("activities:calendar_feed")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def address_of(token: str) -> str:
    return reverse("activities:calendar_ics", args=[token])


def fetched(user, **headers):
    return Client().get(address_of(open_feed(by=user)), headers=headers)


def events_of(user) -> dict:
    calendar = Calendar.from_ical(fetched(user).content)
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


@pytest.fixture
def teacher(office):
    return make_user(Role.MEMBER)


def test_the_address_needs_no_login_and_gives_a_calendar(teacher):
    response = fetched(teacher)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    assert calendar["version"] == "2.0"
    zone = calendar.walk("VTIMEZONE")[0]
    assert zone["tzid"] == "Asia/Shanghai"
    assert zone.walk("STANDARD")[0]["tzoffsetto"].td == timedelta(hours=8)


def test_whole_days_and_hours_come_back_as_they_went_in(teacher):
    make_item(month="2026-12", text="年会", day=date(2026, 12, 24), last_day=date(2026, 12, 26))
    make_activity("2026-11-12", "讲座", time=time(16, 20), to_time=time(17), precision="minute")
    events = events_of(teacher)
    assert events["年会"].decoded("dtstart") == date(2026, 12, 24)
    assert events["年会"].decoded("dtend") == date(2026, 12, 27)
    assert events["讲座"].decoded("dtstart") == datetime(2026, 11, 12, 16, 20, tzinfo=SHANGHAI)
    assert events["讲座"].decoded("dtend") == datetime(2026, 11, 12, 17, tzinfo=SHANGHAI)
    assert events["讲座"]["dtstart"].params["TZID"] == "Asia/Shanghai"


def test_signs_that_the_format_uses_itself_come_back_whole(teacher):
    text = "慰问; 走访, 座谈\\ “两节”\n第二行" + "很长" * 40
    make_item(month="2026-12", text=text, day=date(2026, 12, 24))
    assert list(events_of(teacher)) == [text]


def test_no_line_is_longer_than_75_octets_or_cut_inside_a_sign(teacher):
    for n in range(20, 40):
        make_item(month="2026-12", text="a" * (n % 4) + "𠮷会" * n, day=date(2026, 12, 24))
    lines = fetched(teacher).content.split(b"\r\n")
    assert max(map(len, lines)) == 75
    assert all(line.decode() for line in lines[:-1])
    assert lines[-1] == b""
    assert sorted(map(len, events_of(teacher))) == sorted(n % 4 + 2 * n for n in range(20, 40))


def test_recurring_items_come_day_by_day_without_the_holidays(teacher):
    make_semester()
    make_item(
        month="2026-09",
        until="2026-10",
        text="政治学习",
        rhythm=Rhythm.EVEN_WEEKS,
        weekday=Weekday.FRIDAY,
        from_time=time(16, 20),
    )
    calendar = Calendar.from_ical(fetched(teacher).content)
    events = [(e.decoded("dtstart").date(), str(e["uid"])) for e in calendar.walk("VEVENT")]
    days = [day for day, _ in events]
    assert days == [date(2026, 9, 11), date(2026, 10, 9), date(2026, 10, 23)]
    assert len({uid for _, uid in events}) == 3


def test_a_cancelled_item_is_cancelled_in_the_phone_too(teacher):
    make_item(
        month="2026-12",
        text="开放日",
        day=date(2026, 12, 1),
        state=ItemState.CANCELLED,
        reason="天气",
    )
    assert str(events_of(teacher)["开放日"]["status"]) == "CANCELLED"


def test_names_stay_the_same_from_one_fetch_to_the_next(teacher):
    item = make_item(month="2026-12", text="年会", day=date(2026, 12, 24))
    first = str(events_of(teacher)["年会"]["uid"])
    item.day = date(2026, 12, 25)
    item.save()
    assert str(events_of(teacher)["年会"]["uid"]) == first


def test_what_did_not_change_is_not_sent_again(teacher):
    item = make_item(month="2026-12", text="年会", day=date(2026, 12, 24))
    address = address_of(open_feed(by=teacher))
    etag = Client().get(address).headers["ETag"]
    same = Client().get(address, headers={"if-none-match": etag})
    assert (same.status_code, same.content) == (304, b"")
    item.day = date(2026, 12, 25)
    item.save()
    assert Client().get(address, headers={"if-none-match": etag}).status_code == 200


def test_no_phone_gets_a_draft(teacher):
    draft = make_plan(state="draft")
    make_item(draft, month="2026-12", text="没公布", day=date(2026, 12, 24))
    assert list(events_of(teacher)) == []
    assert list(events_of(make_user(Role.CHAIR))) == []


def test_names_are_the_same_under_whatever_address_the_office_is_reached(teacher, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_item(month="2026-12", text="年会", day=date(2026, 12, 24))
    address = address_of(open_feed(by=teacher))
    by_name, by_number = (
        Client().get(address, headers={"host": host})
        for host in ("gonghui.school", "10.0.0.8:8000")
    )
    assert by_name.content == by_number.content
    assert by_name.headers["ETag"] == by_number.headers["ETag"]
    (event,) = Calendar.from_ical(by_name.content).walk("VEVENT")
    assert re.fullmatch(r"item-\d+@[0-9a-f]{16}\.union-office", str(event["uid"]))


def test_an_entry_says_when_it_was_changed(teacher):
    plan = make_plan()
    item = make_item(plan, month="2026-12", text="年会", day=date(2026, 12, 24))
    made = make_activity("2026-11-12", "讲座")
    of_plan = record(None, "activities.update_plan", plan).at.replace(microsecond=0)
    of_activity = record(None, "activities.update_activity", made).at.replace(microsecond=0)
    events = events_of(teacher)
    assert events["年会"].decoded("dtstamp") == of_plan
    assert events["讲座"].decoded("dtstamp") == of_activity
    of_item = record(None, "activities.update_item", item).at.replace(microsecond=0)
    changed = events_of(teacher)["年会"]
    assert changed.decoded("dtstamp") == changed.decoded("last-modified") == of_item


def test_the_secret_is_shown_once_and_stored_nowhere(log_in):
    client = log_in(Role.MEMBER)
    made = client.post(reverse("activities:calendar_feed_create"))
    address = made.context["address"]
    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(token) >= 40
    assert made.headers["Cache-Control"] == "private, no-store"
    assert token in made.content.decode()
    assert token not in client.get(PAGE).content.decode()
    feed = CalendarFeed.objects.get()
    assert token not in feed.token_hash
    assert not [e for e in AuditEntry.objects.all() if token in str(e.changes)]
    assert Client().get(address).status_code == 200


def test_a_new_address_ends_the_old_one_and_stopping_ends_both(teacher):
    old, new = (address_of(open_feed(by=teacher)) for _ in range(2))
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    revoke_feed(by=teacher)
    assert log_of(teacher.member)[0].act == "activities.revoke_feed"
    assert Client().get(new).status_code == 404
    with pytest.raises(RuleBroken, match="没有在用的订阅地址"):
        revoke_feed(by=teacher)


def test_a_locked_account_has_no_calendar(teacher):
    address = address_of(open_feed(by=teacher))
    lock_account(member=teacher.member, by=None)
    assert Client().get(address).status_code == 404


def test_who_may_not_log_in_has_no_calendar_though_the_address_still_holds(teacher):
    token = open_feed(by=teacher)
    teacher.is_active = False
    teacher.save()
    assert CalendarFeed.objects.get().revoked_at is None
    assert feed_by(token) is None
    assert Client().get(address_of(token)).status_code == 404


def test_the_page_says_when_a_phone_last_came(log_in):
    client = log_in(Role.MEMBER)
    address = address_of(open_feed(by=client.user))
    assert "还没有来取过" in client.get(PAGE).content.decode()
    Client().get(address)
    used = CalendarFeed.objects.get().used_at
    assert abs(timezone.now() - used) < timedelta(minutes=1)
    Client().get(address)
    assert CalendarFeed.objects.get().used_at == used
    assert "手机来取过" in client.get(PAGE).content.decode()


def test_a_phone_gone_wild_has_to_wait_wherever_it_is_answered(teacher):
    good = address_of(open_feed(by=teacher))
    assert [Client().get(good).status_code for _ in range(60)] == [200] * 60
    cache.clear()  # another worker knows nothing of this one's memory
    refused = Client().get(good)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")
    assert refused.content.decode() == "这个日历一小时里取得太多次了，过一小时再来取。"
    assert CalendarFeed.objects.get().fetches == 60
    other = address_of(open_feed(by=make_user(Role.MEMBER)))
    assert Client().get(other).status_code == 200


def test_after_an_hour_the_phone_is_answered_again(teacher):
    good = address_of(open_feed(by=teacher))
    Client().get(good)
    CalendarFeed.objects.update(fetches=60, used_at=timezone.now() - timedelta(minutes=59))
    assert Client().get(good).status_code == 429
    CalendarFeed.objects.update(used_at=timezone.now() - timedelta(minutes=61))
    assert Client().get(good).status_code == 200
    assert CalendarFeed.objects.get().fetches == 1


def test_a_guess_costs_one_question(office, django_assert_num_queries):
    make_user(Role.MEMBER)
    with django_assert_num_queries(2):  # the office, the feed
        assert Client().get(address_of("wrong")).status_code == 404


def test_what_did_not_change_is_not_even_written_out(teacher, monkeypatch):
    make_item(month="2026-12", text="年会", day=date(2026, 12, 24))
    address = address_of(open_feed(by=teacher))
    etag = Client().get(address).headers["ETag"]
    monkeypatch.delattr("activities.views.calendar_feeds.feed_of")
    assert Client().get(address, headers={"if-none-match": etag}).status_code == 304


def test_only_getting_is_possible(teacher):
    assert Client().post(address_of(open_feed(by=teacher))).status_code == 405
