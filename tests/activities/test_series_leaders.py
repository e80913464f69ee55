"""What a teacher who leads a club does with it: mends a meeting, takes people in, adds photos; and
what stays with the office."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import record_meeting
from activities.models import Activity, Participation, Series, SeriesMember
from tests.factories.activities import make_activity, make_series
from tests.factories.members import LONG_AGO, make_group, make_member, make_user
from tests.factories.photos import make_photo
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

DAY = date(2026, 11, 12)


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


@pytest.fixture
def leader(log_in, today):
    return log_in(Role.MEMBER)


@pytest.fixture
def club(leader):
    return make_series(name="羽毛球社", leader=leader.user.member, place="体育馆")


@pytest.fixture
def people(club):
    found = [make_member("甲示"), make_member("乙示")]
    for member in found:
        SeriesMember.objects.create(series=club, member=member, start=LONG_AGO)
    return found


def meet(club: Series, *came, by=None, **values) -> Activity:
    meeting = Activity(title="羽毛球社活动", series=club, field=club.field, day=DAY, kind="club")
    for name, value in values.items():
        setattr(meeting, name, value)
    return record_meeting(activity=meeting, came=came, by=by or make_user(Role.CHAIR))


def page_of(client, meeting: Activity):
    return client.get(url("series_meeting_update", meeting.pk))


def filled(client, meeting: Activity) -> dict:
    """What a browser would send of the form as it is shown."""
    form = page_of(client, meeting).context["form"]
    values = {name: form[name].value() for name in form.fields if name != "seen"}
    values = {name: "" if value is None else value for name, value in values.items()}
    if "came" in values:
        values["came"] = [getattr(one, "pk", one) for one in values["came"]]
    return values | {"seen": form["seen"].value()}


def marks() -> dict[str, str]:
    return dict(Participation.objects.values_list("member__name", "attendance"))


# Buttons and addresses


def test_the_page_of_the_own_meeting_has_no_button_that_is_refused(leader, club):
    meeting = meet(club, by=leader.user)
    page = leader.get(meeting.get_absolute_url()).text
    assert url("series_meeting_update", meeting.pk) in page
    assert url("photo_list", meeting.pk) in page
    for name in ("activity_update", "activity_void", "activity_attach", "prize_create"):
        assert url(name, meeting.pk) not in page
        assert leader.post(url(name, meeting.pk)).status_code == 403
    for word in ("修改或补充", "加一个奖", "加材料", "作废这条记录", "签到、加人"):
        assert word not in page


def test_a_leader_mends_what_another_one_recorded_of_the_own_club_and_nothing_else(leader, club):
    own, other = meet(club), meet(make_series(name="合唱团"))
    plain = make_activity()
    assert page_of(leader, own).status_code == 200
    for meeting in (other, plain):
        assert page_of(leader, meeting).status_code == 404
        assert leader.get(meeting.get_absolute_url()).text.count("改这一次") == 0


def test_a_teacher_who_leads_nothing_mends_nothing(log_in, club):
    meeting, teacher = meet(club), log_in(Role.MEMBER)
    assert page_of(teacher, meeting).status_code == 404
    assert "改这一次" not in teacher.get(meeting.get_absolute_url()).text


def test_who_no_longer_keeps_records_does_not_change_the_own_old_ones(log_in):
    teacher = log_in(Role.MEMBER)
    held = make_activity(by=teacher.user)
    page = teacher.get(held.get_absolute_url()).text
    assert ("修改或补充" in page, "作废这条记录" in page) == (False, False)


# Mending


def test_a_slip_is_mended_with_who_came(leader, club, people):
    meeting = meet(club, people[0])
    values = filled(leader, meeting)
    assert (values["came"], values["headcount"]) == ([people[0].pk], "")
    values |= {"place": "操场", "guests": "2", "came": [people[1].pk]}
    answer = leader.post(url("series_meeting_update", meeting.pk), values, follow=True)
    assert "改好了：2026年11月12日，羽毛球社活动" in answer.text
    meeting.refresh_from_db()
    assert (meeting.place, meeting.headcount, meeting.guests) == ("操场", 3, 2)
    assert marks() == {"甲示": "absent", "乙示": "present"}
    told = AuditEntry.objects.filter(target_id=str(meeting.pk), actor=leader.user)
    assert set(told.values_list("act", flat=True)) == {
        "activities.update_activity",
        "activities.mark_attendance",
    }


def test_who_joined_since_is_ticked_and_comes_on_the_list(leader, club, people):
    meeting = meet(club, people[0])
    late = make_member("丙示", group=make_group("一组"))
    SeriesMember.objects.create(series=club, member=late, start=date(2026, 11, 16))
    values = filled(leader, meeting)
    values["came"] = [*values["came"], late.pk]
    leader.post(url("series_meeting_update", meeting.pk), values)
    assert marks() == {"甲示": "present", "乙示": "absent", "丙示": "present"}
    assert Activity.objects.get().headcount == 2


def test_names_take_the_place_of_a_number_that_is_emptied(leader, club, people):
    meeting = meet(club, headcount=9)
    values = filled(leader, meeting) | {"came": [people[0].pk]}
    refused = leader.post(url("series_meeting_update", meeting.pk), values)
    assert (refused.status_code, "一共 1 人，这里写的是 9" in refused.text) == (422, True)
    leader.post(url("series_meeting_update", meeting.pk), values | {"headcount": ""})
    meeting.refresh_from_db()
    assert (meeting.headcount, meeting.counted) == (1, True)
    assert marks() == {"甲示": "present", "乙示": "absent"}
    entry = AuditEntry.objects.get(act="activities.update_activity")
    assert entry.changes["headcount"] == [9, None]


def test_the_place_is_mended_though_the_number_and_the_names_differ(leader, club, people):
    meeting = meet(club, people[0])
    Activity.objects.update(headcount=30, counted=False)
    values = filled(leader, meeting) | {"place": "操场"}
    assert leader.post(url("series_meeting_update", meeting.pk), values).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.place, meeting.headcount) == ("操场", 30)
    assert marks() == {"甲示": "present", "乙示": "absent"}


def test_leave_stays_leave_and_an_empty_list_is_asked_about(leader, club, people):
    meeting = meet(club, *people)
    Participation.objects.filter(member=people[1]).update(attendance="leave")
    values = filled(leader, meeting) | {"came": []}
    answer = leader.post(url("series_meeting_update", meeting.pk), values | {"outcome": "练双打"})
    assert (answer.status_code, "来的人一个都没有了" in answer.text) == (422, True)
    assert "练双打" in answer.text
    third = make_member("丙示")
    SeriesMember.objects.create(series=club, member=third, start=LONG_AGO)
    leader.post(url("series_meeting_update", meeting.pk), values | {"came": [third.pk]})
    assert marks() == {"甲示": "absent", "乙示": "leave", "丙示": "present"}


def test_who_withdrew_from_a_meeting_is_not_put_down_as_absent(leader, club, people):
    meeting = meet(club, people[0])
    gone = {"signup": "withdrawn", "attendance": "", "signed_up_at": timezone.now()}
    Participation.objects.filter(member=people[1]).update(**gone)
    third = make_member("丙示")
    SeriesMember.objects.create(series=club, member=third, start=LONG_AGO)
    values = filled(leader, meeting) | {"came": [people[0].pk, third.pk]}
    leader.post(url("series_meeting_update", meeting.pk), values)
    assert marks() == {"甲示": "present", "乙示": "", "丙示": "present"}


def test_two_who_mend_one_meeting_are_told(leader, club, people):
    meeting = meet(club, people[0])
    values = filled(leader, meeting)
    Activity.objects.update(place="操场")
    answer = leader.post(url("series_meeting_update", meeting.pk), values | {"place": "体育馆二楼"})
    assert (answer.status_code, "地点刚被改成“操场”了" in answer.text) == (422, True)


def test_a_mark_of_another_one_is_not_written_over(leader, club, people):
    meeting = meet(club, people[0])
    values = filled(leader, meeting)
    Participation.objects.filter(member=people[1]).update(attendance="present")
    answer = leader.post(
        url("series_meeting_update", meeting.pk), values | {"came": [people[1].pk]}
    )
    assert answer.status_code == 422
    assert "谁来了刚被改" in answer.text
    assert marks() == {"甲示": "present", "乙示": "present"}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"day": "2026-11-14"}, "记的最后一天是2026年11月13日，不能更晚。"),
        ({"time": "17:00", "to_time": "16:00"}, "几点结束要晚于几点开始。"),
        ({"title": ""}, "什么活动是空的，填上。"),
        ({"guests": "-1"}, "没有就写 0，不知道就留空。"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(values, words, leader, club):
    meeting = meet(club)
    Activity.objects.update(last_day=date(2026, 11, 13))
    typed = filled(leader, meeting) | {"outcome": "练双打"} | values
    answer = leader.post(url("series_meeting_update", meeting.pk), typed)
    assert (answer.status_code, "练双打" in answer.text) == (422, True)
    assert words in answer.text


def test_what_was_voided_meanwhile_is_said_with_what_was_typed(leader, club):
    meeting = meet(club)
    values = filled(leader, meeting) | {"outcome": "练双打"}
    Activity.objects.update(voided_at=timezone.now(), void_reason="记重了")
    answer = leader.post(url("series_meeting_update", meeting.pk), values)
    assert answer.status_code == 409
    assert "已经作废了" in answer.text
    assert "练双打" in answer.text


# People


def test_a_leader_takes_people_in_by_name_into_the_own_club_only(leader, club):
    new = make_member("王小明")
    page = leader.get(club.get_absolute_url()).text
    assert url("series_people", club.pk) in page
    form = leader.get(url("series_people", club.pk)).text
    assert ("写姓名" in form, "一个个找" in form) == (True, False)  # may not search the roster
    values = {"names": "王小明", "start": "2026-11-02"}
    assert leader.post(url("series_people", club.pk), values).status_code == 302
    assert list(club.memberships.values_list("member", flat=True)) == [new.pk]
    other = make_series(name="合唱团")
    assert leader.post(url("series_people", other.pk), values).status_code == 404


def test_a_leader_sees_who_came_to_the_own_meetings_and_a_plain_teacher_does_not(
    leader, club, people, log_in
):
    meeting = meet(club, people[0])
    assert "甲示" in leader.get(meeting.get_absolute_url()).text
    assert "甲示" not in log_in(Role.MEMBER).get(meeting.get_absolute_url()).text


# Photos


def test_a_leader_adds_photos_to_the_own_meetings_and_to_no_other(leader, club):
    own, other = meet(club), make_activity()
    assert 'id="id_photos"' in leader.get(url("photo_list", own.pk)).text
    assert 'id="id_photos"' not in leader.get(url("photo_list", other.pk)).text
    for name in ("photo_create", "photo_upload_start"):
        assert leader.post(url(name, own.pk)).status_code == 422
        assert leader.post(url(name, other.pk)).status_code == 404


def test_a_leader_captions_and_takes_away_photos_of_the_own_meetings_only(leader, club):
    own, other = make_photo(meet(club)), make_photo()
    values = {"caption": "双打"}
    assert leader.post(url("photo_update", own.pk), values).status_code == 302
    assert leader.post(url("photo_cover", own.pk)).status_code == 302
    for name in ("photo_update", "photo_remove", "photo_cover"):
        assert leader.post(url(name, other.pk), values).status_code == 404
    assert "去掉这张" in leader.get(own.get_absolute_url()).text


def test_what_was_missed_is_for_those_who_keep_the_series(leader, log_in):
    values = {"rhythm": "weekly", "weekday": 3, "start": date(2026, 10, 26)}
    own = make_series(name="羽毛球社", leader=leader.user.member, **values)
    make_series(name="合唱团", **values)

    def told(client) -> int:
        return client.get(url("series_list")).content.decode().count('class="due late"')

    assert told(log_in(Role.CULTURE)) == 2
    assert told(log_in(Role.MEMBER)) == told(log_in(Role.OFFICER)) == 0
    assert told(leader) == 1
    assert own.get_absolute_url() in leader.get(url("series_list")).content.decode()


def test_what_was_given_up_stands_last_in_the_list(log_in):
    make_series(name="甲社", end=date(2025, 6, 30))
    make_series(name="乙社")
    make_series(name="丙社", end=date(2026, 6, 30))
    rows = log_in(Role.CHAIR).get(url("series_list")).context["rows"]
    assert [str(row.series) for row in rows] == ["乙社", "丙社", "甲社"]


def test_a_meeting_of_which_only_the_month_is_known_keeps_it(leader, club):
    club.start = date(2026, 11, 10)
    club.save()
    meeting = make_activity("2026-11-01", "羽毛球社活动", series=club, precision="month")
    values = filled(leader, meeting) | {"outcome": "练了双打"}
    assert leader.post(url("series_meeting_update", meeting.pk), values).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.outcome, meeting.precision) == ("练了双打", "month")
    assert (
        leader.post(
            url("series_meeting_update", meeting.pk), values | {"day": "2026-11-09"}
        ).status_code
        == 422
    )
