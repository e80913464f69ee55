"""Sign-in and attendance in the browser: the code, the list of an activity, a period, how it costs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import attendance, signups
from activities.models import Activity, Participation, Signup
from activities.queries.signups import Heads, heads_of
from activities.rules import signups as rules
from tests.factories.members import make_group, make_member, make_user
from tests.factories.signups import make_announced, make_roll, make_signup
from unionoffice.models import AuditEntry
from unionoffice.own_data import sections_about
from unionoffice.roles import Role

LIST = reverse("activities:signup_list")


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def today_signup(**values) -> Signup:
    return make_signup(day=timezone.localdate(), **values)


# ------------------------------------------------------------------ sign-in
def code_url(signup: Signup, code: str = "") -> str:
    signup.refresh_from_db()
    code = code or rules.code_at(signup.secret, timezone.now())
    return url("sign_in_create", signup.activity_id, code)


def test_the_screen_shows_a_code_and_the_phone_signs_in_with_one_press(log_in):
    signup = today_signup()
    chair, member = log_in(user=signup.activity.recorded_by), log_in(Role.MEMBER)
    signups.sign_up(signup=signup, by=member.user)
    page = chair.post(url("sign_in_open", signup.activity_id), follow=True)
    assert 'class="qr"' in page.text
    assert page.headers["Cache-Control"].startswith("max-age=0")
    address = code_url(signup)
    assert not Participation.objects.exclude(attendance="").exists()
    assert ">签到</button>" in member.get(address).text
    assert "签到好了" in member.post(address, follow=True).text
    assert "<b>1</b> 人到，应到 1" in chair.get(url("sign_in_screen", signup.activity_id)).text


def test_an_old_picture_of_the_code_is_dead(log_in):
    signup, member = today_signup(), log_in(Role.MEMBER)
    attendance.open_sign_in(activity=signup.activity, by=signup.activity.recorded_by)
    signup.refresh_from_db()
    old = rules.code_at(signup.secret, timezone.now() - timedelta(seconds=61))
    answer = member.post(code_url(signup, old), {"joins": "on"})
    assert (answer.status_code, "已经过时了" in answer.text) == (422, True)
    assert not Participation.objects.exists()


def test_who_is_not_on_the_list_joins_by_saying_so(log_in):
    signup, member = today_signup(), log_in(Role.MEMBER)
    attendance.open_sign_in(activity=signup.activity, by=signup.activity.recorded_by)
    assert "名单上没有您" in member.get(code_url(signup)).text
    assert "签到好了" in member.post(code_url(signup), {"joins": "on"}, follow=True).text


def test_guessing_stands_in_the_audit_chain(log_in):
    signup, member = today_signup(), log_in(Role.MEMBER)
    attendance.open_sign_in(activity=signup.activity, by=signup.activity.recorded_by)
    for number in range(rules.GUESSES + 1):
        answer = member.post(code_url(signup, f"{number:016}"), {"joins": "on"})
    assert "过十分钟再试" in answer.text
    assert AuditEntry.objects.filter(act="activities.refuse_sign_in").count() == rules.GUESSES


def test_a_leader_does_not_open_the_sign_in_of_someone_else(log_in):
    signup = today_signup()
    leader = log_in(Role.GROUP_LEADER)
    assert leader.post(url("sign_in_open", signup.activity_id)).status_code == 404


# ------------------------------------------------------------------ the list
def test_an_organiser_ticks_and_the_rest_of_a_group_came(log_in):
    group = make_group()
    signup = today_signup()
    activity, by = signup.activity, signup.activity.recorded_by
    people = [make_member(group=group) for _ in range(3)]
    rows = attendance.put_on_roll(activity=activity, members=people, by=by)
    chair = log_in(user=by)
    values = {f"a{rows[0].pk}": "leave", f"s{rows[0].pk}": "", "rest": f"present-{group.pk}"}
    chair.post(url("attendance_update", activity.pk), values | {"guests": "2"})
    assert heads_of(activity.participations.all()) == Heads(expected=3, present=2, leave=1)
    assert Activity.objects.get().headcount == 4
    page = chair.get(url("attendance_update", activity.pk)).text
    assert '应到 3<i class="sep"></i>到 2' in page
    entry = AuditEntry.objects.get(act="activities.mark_attendance")
    assert len(entry.changes["marks"]) == 3


def test_a_mark_that_is_none_is_refused(log_in):
    row = make_roll()
    chair = log_in(user=row.activity.recorded_by)
    answer = chair.post(url("attendance_update", row.activity_id), {f"a{row.pk}": "maybe"})
    assert (answer.status_code, "有一行看不懂" in answer.text) == (422, True)


def test_a_contradiction_shows_what_the_other_one_marked(log_in):
    row = make_roll()
    chair = log_in(user=row.activity.recorded_by)
    Participation.objects.update(attendance="present")
    values = {f"a{row.pk}": "absent", f"s{row.pk}": ""}
    answer = chair.post(url("attendance_update", row.activity_id), values)
    assert (answer.status_code, "刚才别人已经记了" in answer.text) == (422, True)
    assert 'value="present" checked' in answer.text


def test_a_leader_marks_only_the_own_people(log_in):
    group, signup = make_group(), today_signup()
    activity, by = signup.activity, signup.activity.recorded_by
    people = [make_member("本组示例", group=group), make_member("他组示例")]
    own, other = attendance.put_on_roll(activity=activity, members=people, by=by)
    if own.member.name != "本组示例":
        own, other = other, own
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    page = leader.get(url("attendance_update", activity.pk)).text
    assert ("本组示例" in page, "他组示例" in page) == (True, False)
    marks = {f"a{own.pk}": "present", f"a{other.pk}": "absent", "guests": "9"}
    leader.post(url("attendance_update", activity.pk), marks)
    assert set(Participation.objects.values_list("pk", "attendance")) == {
        (own.pk, "present"),
        (other.pk, ""),
    }
    assert Activity.objects.get().guests is None


def test_a_whole_group_and_a_referee_come_on_the_list(log_in):
    group, chair = make_group(), log_in(Role.CHAIR)
    activity = make_announced(by=chair.user)
    people = [make_member(group=group) for _ in range(2)]
    chair.post(url("attendance_add", activity.pk), {"group": group.pk})
    chair.post(url("attendance_add", activity.pk), {"members": people[0].pk, "duty": "裁判"})
    assert sorted(Participation.objects.values_list("duty", flat=True)) == ["", "裁判"]
    answer = chair.post(url("attendance_add", activity.pk), {"group": group.pk})
    assert (answer.status_code, "都已经在名单上" in answer.text) == (422, True)


def test_names_that_are_typed_come_on_the_list_without_being_picked(log_in):
    chair = log_in(Role.CHAIR)
    activity = make_announced(by=chair.user)
    one, other = make_member("王一示"), make_member("王二示")
    add = url("attendance_add", activity.pk)
    chair.post(add, {"q": f"王一示、{other.staff_no}", "members": one.pk, "duty": "裁判"})
    assert set(Participation.objects.values_list("member", "duty")) == {
        (one.pk, "裁判"),
        (other.pk, "裁判"),
    }
    answer = chair.post(add, {"q": "王一示，没有这人"})
    assert (answer.status_code, "名册里没有“没有这人”，写全名或工号。" in answer.text) == (
        422,
        True,
    )
    assert 'value="王一示，没有这人"' in answer.text
    group = make_group()
    new = make_member(group=group)
    answer = chair.post(add, {"q": "没有这人", "group": group.pk})  # beside a group no less
    assert (answer.status_code, "名册里没有“没有这人”" in answer.text) == (422, True)
    assert not Participation.objects.filter(member=new).exists()


def test_the_form_of_the_activity_leaves_the_number_that_names_gave(log_in):
    row = make_roll()
    activity, by = row.activity, row.activity.recorded_by
    attendance.mark_attendance(activity=activity, marks={row.pk: "present"}, seen={}, by=by)
    chair = log_in(user=by)
    page = chair.get(url("activity_update", activity.pk))
    assert "按名单数的" in page.text
    form = page.context["form"]
    values = {name: form[name].value() or "" for name in form.fields if name != "files"}
    values |= {"headcount": "99", "guests": "4", "day": f"{activity.day:%Y-%m-%d}"}
    values["seen"] = form["seen"].value()
    answer = chair.post(url("activity_update", activity.pk), values)
    assert answer.status_code == 302
    activity.refresh_from_db()
    assert (activity.headcount, activity.guests) == (5, 4)


@pytest.mark.parametrize("file_format", ["docx", "pdf", "xlsx", "csv"])
@pytest.mark.parametrize("what", ["sheet", ""])
def test_papers_go_out_and_leave_a_trace_of_whom_they_held(what, file_format, log_in):
    row = make_roll()
    chair = log_in(user=row.activity.recorded_by)
    answer = chair.get(
        url("attendance_export", row.activity_id), {"format": file_format, "what": what}
    )
    assert answer.status_code == 200
    assert len(answer.getvalue()) > 100
    assert "held" in AuditEntry.objects.get(act="activities.export_people").changes


# ------------------------------------------------------------------ a period
def marked(*marks: str, member=None, **values) -> Activity:
    activity = make_announced(state="held", day=timezone.localdate(), **values)
    by = activity.recorded_by
    for mark in marks:
        people = [member or make_member()]
        row = attendance.put_on_roll(activity=activity, members=people, by=by)[0]
        attendance.mark_attendance(activity=activity, marks={row.pk: mark}, seen={}, by=by)
    return activity


def test_each_person_and_each_group_is_counted_alike(log_in):
    member = make_member("欧阳示例", group=make_group("北组"))
    marked("present", member=member)
    marked("leave", member=member)
    chair = log_in(Role.CHAIR)
    row = chair.get(url("attendance_list")).context["rows"][0]
    counts = {name: row[name] for name in ("name", "group_name", "expected", "present", "leave")}
    assert counts == {
        "name": "欧阳示例", "group_name": "北组", "expected": 2, "present": 1, "leave": 1,
    }  # fmt: skip
    group = chair.get(url("attendance_list"), {"by": "group"}).context["rows"][0]
    assert (group["name"], group["expected"], group["people"]) == ("北组", 2, 1)
    csv = chair.get(url("attendance_list_export"), {"format": "csv"}).getvalue().decode()
    assert "欧阳示例,北组,2,1,1,0,0" in csv


def test_announced_and_voided_activities_are_not_counted(log_in):
    activity = marked("present")
    Activity.objects.filter(pk=activity.pk).update(voided_at=timezone.now(), void_reason="记重了")
    today_signup()
    assert not log_in(Role.CHAIR).get(url("attendance_list")).context["rows"]


def test_a_member_sees_the_own_and_no_one_elses(log_in):
    member = log_in(Role.MEMBER)
    marked("present", member=member.user.member, title="登山")
    assert "登山" in member.get(url("my_attendance")).text
    assert member.get(url("attendance_member", make_member().pk)).status_code == 403


def test_the_leader_of_another_group_does_not_see_the_person(log_in):
    leader = log_in(Role.GROUP_LEADER)
    assert leader.get(url("attendance_member", make_member().pk)).status_code == 404


def test_what_one_takes_part_in_is_in_the_own_data(log_in):
    member = make_member()
    marked("present", member=member, title="登山")
    section = next(s for s in sections_about(member) if s.title == "报名和参加的活动")
    assert section.rows[0][1:5] == ("登山", "", None, "到")


def test_what_one_came_to_stands_on_the_own_page_and_on_the_roster(log_in):
    member, chair = log_in(Role.MEMBER), log_in(Role.CHAIR)
    marked("present", member=member.user.member, title="登山")
    assert "登山 到" in member.get(reverse("members:my_profile")).text
    assert "登山 到" in chair.get(member.user.member.get_absolute_url()).text


@pytest.mark.parametrize("by", ["", "group"])
def test_the_list_of_a_period_takes_constant_queries(by, log_in, django_assert_max_num_queries):
    chair, costs = log_in(Role.CHAIR), []
    for many in (1, 8):
        marked(*["present"] * many)
        with django_assert_max_num_queries(20) as counted:
            chair.get(url("attendance_list"), {"by": by})
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_the_list_of_an_activity_takes_constant_queries(log_in, django_assert_max_num_queries):
    costs = []
    for many in (1, 8):
        activity = marked(*["present"] * many)
        chair = log_in(user=activity.recorded_by)
        for address in (url("attendance_update", activity.pk), activity.get_absolute_url()):
            with django_assert_max_num_queries(40) as counted:
                chair.get(address)
            costs.append(len(counted))
    assert costs[:2] == costs[2:]
