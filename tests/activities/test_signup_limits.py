"""What a sign-up refuses, whom its places hold, and what those on the list are told."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities import actions
from activities.actions import attendance, signups
from activities.models import Activity, Participation, Signup
from activities.queries.signups import last_put_on, room_of
from activities.rules import signups as rules
from members.models import Delivery, Message
from tests.factories.members import make_group, make_member, make_user
from tests.factories.signups import make_announced, make_signup
from unionoffice.errors import RuleBroken
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def group_of(count: int):
    group = make_group()
    return group, [make_member(group=group) for _ in range(count)]


def states() -> list[str]:
    return list(Participation.objects.order_by("pk").values_list("signup", flat=True))


def today() -> date:
    return timezone.localdate()


# Who is put on the list takes a place


def test_a_leader_does_not_put_a_group_past_the_limit_on_the_list(log_in):
    group, _ = group_of(3)
    signup = make_signup(limit=2)
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    signups.sign_up_people(
        signup=signup, members=[make_member(group=group)], by=signup.activity.recorded_by
    )
    answer = leader.post(url("attendance_add", signup.activity_id), {"group": group.pk})
    assert answer.status_code == 422
    assert "加不进去。名额满了还要加，找组织活动的人。" in answer.text
    assert Participation.objects.count() == 1


def test_a_leader_does_not_lift_those_who_wait_past_the_quota():
    group, people = group_of(3)
    signup = make_signup(quotas={group: 1})
    by, activity = signup.activity.recorded_by, signup.activity
    signups.sign_up_people(signup=signup, members=people, by=by)
    with pytest.raises(RuleBroken, match=f"名额不够，{people[1].name}、{people[2].name}加不进去"):
        attendance.put_on_roll(activity=activity, members=people[1:], by=by)
    assert sorted(states()) == ["listed", "waiting", "waiting"]


def test_who_has_it_in_hand_goes_past_the_limit_and_reads_it(log_in):
    group, _ = group_of(3)
    chair = log_in(Role.CHAIR)
    signup = make_signup(limit=2, by=chair.user)
    page = chair.post(
        url("attendance_add", signup.activity_id), {"group": group.pk}, follow=True
    ).text
    assert "名单上加了 3 人，一共 3 人，超过名额 2" in page
    assert room_of(signup).heads == 3
    shown = chair.get(signup.get_absolute_url()).text
    assert "3 人，名额 2，还有 0" in shown
    Signup.objects.update(with_waiting=False)
    with pytest.raises(RuleBroken, match="报满"):
        signups.sign_up(signup=signup, by=make_user(Role.MEMBER))


def test_on_the_day_who_came_is_put_on_the_list_though_it_is_full():
    signup = make_signup(limit=1, day=today())
    people = [make_member(), make_member()]
    rows = attendance.put_on_roll(
        activity=signup.activity, members=people, by=signup.activity.recorded_by
    )
    assert len(rows) == 2


def test_after_the_deadline_a_leader_adds_nobody():
    signup = make_signup()
    Signup.objects.update(deadline=timezone.now() - DAY)
    with pytest.raises(RuleBroken, match="截止了，要加人找组织活动的人"):
        attendance.put_on_roll(
            activity=signup.activity, members=[make_member()], by=make_user(Role.GROUP_LEADER)
        )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"closed_at": timezone.now()}, "报名已经停了，要参加找组织活动的人。"),
        ({"opens_at": timezone.now() + DAY}, "开始，到时候再来。"),
        ({"deadline": timezone.now() - DAY}, "截止了，要"),
    ],
)
def test_a_leader_signs_nobody_up_while_the_members_cannot(values, words, log_in):
    group, [there, person] = group_of(2)
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    signup = make_signup()
    by = signup.activity.recorded_by
    signups.sign_up_people(signup=signup, members=[there], by=by)
    Signup.objects.update(**values)
    sent = {"members": [person.pk]}
    for address in (url("signup_people", signup.pk), url("attendance_add", signup.activity_id)):
        answer = leader.post(address, sent)
        assert (answer.status_code, words in answer.text) == (422, True)
    assert Participation.objects.get().member == there
    chair = log_in(user=by)
    assert chair.post(url("signup_people", signup.pk), sent).status_code == 302


def test_who_comes_off_the_list_makes_room_for_who_waits():
    signup = make_signup(limit=1)
    by = signup.activity.recorded_by
    [put] = attendance.put_on_roll(activity=signup.activity, members=[make_member()], by=by)
    waits = make_user(Role.MEMBER)
    assert signups.sign_up(signup=signup, by=waits).signup == "waiting"
    attendance.drop_participation(participation=put, by=by)
    assert Participation.objects.get().signup == "listed"


def test_a_whole_group_is_taken_off_again_at_one_press(log_in):
    group, people = group_of(3)
    chair = log_in(Role.CHAIR)
    signup = make_signup(limit=1, by=chair.user)
    signups.sign_up_people(signup=signup, members=people[:2], by=chair.user)
    page = chair.post(url("attendance_add", signup.activity_id), {"group": group.pk}, follow=True)
    [undo] = [tag for m in page.context["messages"] for tag in [m.extra_tags]]
    page = chair.post(undo.removeprefix("undo:"), follow=True)
    assert "撤销了，刚加的人不在名单上了" in page.text
    assert states() == ["listed", "waiting"]


def test_who_was_marked_since_stays_on_the_list():
    activity = make_announced(day=today())
    by, people = activity.recorded_by, [make_member(), make_member()]
    rows = attendance.put_on_roll(activity=activity, members=people, by=by)
    attendance.mark_attendance(activity=activity, marks={rows[0].pk: "present"}, seen={}, by=by)
    step = last_put_on(activity, by)
    assert attendance.undo_put_on_roll(activity=activity, entry=step, by=by) == 1
    assert Participation.objects.get().member == people[0]
    with pytest.raises(RuleBroken, match="没有能撤的"):
        attendance.undo_put_on_roll(activity=activity, entry=step, by=by)


# What is over, and what does not fit


def test_nobody_signs_up_to_what_is_over(log_in):
    chair = log_in(Role.CHAIR)
    activity = make_announced(by=chair.user, day=today() - 5 * DAY)
    assert "的日子过了" in chair.get(url("signup_create", activity.pk), follow=True).text
    with pytest.raises(RuleBroken, match="的日子过了，不能再报名"):
        signups.open_signup(signup=Signup(activity=activity), quotas={}, by=chair.user)
    signup = make_signup()
    Activity.objects.filter(pk=signup.activity_id).update(day=today() - 5 * DAY)
    member = log_in(Role.MEMBER)
    page = member.post(url("signup_join", signup.pk), follow=True).text
    assert "的日子过了，不能再报名；谁来了在签到里补记。" in page
    assert not Participation.objects.exists()


def test_what_runs_until_tomorrow_is_not_over():
    signup = make_signup()
    Activity.objects.update(day=today() - 2 * DAY, last_day=today() + DAY)
    signups.sign_up(signup=signup, by=make_user(Role.MEMBER))
    assert states() == ["listed"]


def at(day: date, hour: int = 12) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"deadline": -DAY}, "已经过了；不收人了就停止报名"),
        ({"deadline": 9 * DAY}, "就结束了，报名截止写早一点"),
        ({"opens_at": 9 * DAY}, "就结束了，报名开始写早一点"),
        ({"opens_at": 3 * DAY, "deadline": 2 * DAY}, "报名截止早于开始"),
    ],
)
def test_times_that_do_not_fit_the_activity_are_refused(values, words):
    activity = make_announced()  # in seven days
    moments = {name: at(today() + days) for name, days in values.items()}
    with pytest.raises(RuleBroken, match=words):
        signups.open_signup(
            signup=Signup(activity=activity, **moments), quotas={}, by=activity.recorded_by
        )
    assert not Signup.objects.exists()


def test_the_end_of_the_activity_counts_to_the_hour():
    day = today() + 7 * DAY
    activity = make_announced(day=day, time=time(9), to_time=time(11), precision="minute")
    with pytest.raises(RuleBroken, match="11:00就结束了"):
        signups.open_signup(
            signup=Signup(activity=activity, deadline=at(day)), quotas={}, by=activity.recorded_by
        )


def test_a_deadline_that_is_past_stays_while_the_notice_is_changed():
    signup = make_signup()
    Signup.objects.update(deadline=timezone.now() - DAY)
    signup = Signup.objects.select_related("activity").get()
    signup.notice = "带水"
    signups.update_signup(signup=signup, quotas={}, by=signup.activity.recorded_by)
    assert Signup.objects.get().notice == "带水"


def test_a_limit_below_those_listed_says_how_many_they_are(log_in):
    group, people = group_of(3)
    chair = log_in(Role.CHAIR)
    signup = make_signup(limit=5, quotas={group: 4}, by=chair.user)
    signups.sign_up_people(signup=signup, members=people, by=chair.user)
    values = {"with_waiting": "on", "notice": ""}
    for more, words in (
        ({"limit": "1"}, "名单上已经有 3 人，名额不能少于 3。"),
        ({"limit": "5", f"quota_{group.pk}": "2"}, "已经有 3 人在名单上，这个小组的名额不能少于 3"),
    ):
        answer = chair.post(url("signup_update", signup.pk), values | more)
        assert (answer.status_code, words in answer.text) == (422, True)
    signup.refresh_from_db()
    assert (signup.limit, signup.quotas.get().limit) == (5, 4)


def test_who_went_past_the_limit_on_purpose_still_changes_the_notice():
    signup = make_signup(limit=1)
    people = [make_member(), make_member()]
    by = signup.activity.recorded_by
    signups.sign_up_people(signup=signup, members=people, by=by, past_limit=True)
    signup.notice = "带水"
    signups.update_signup(signup=signup, quotas={}, by=by)
    assert Signup.objects.get().notice == "带水"


def test_who_joins_the_union_before_the_last_day_signs_up_and_counts_in_the_group():
    first = (today().replace(day=1) + 40 * DAY).replace(day=1)
    group = make_group()
    late = make_member(group=group, joined=first + 9 * DAY)
    signup = make_signup(day=first, quotas={group: 2})
    Activity.objects.update(precision="month")
    user = make_user(Role.MEMBER, member=late)
    assert signups.sign_up(signup=signup, by=user).group == group


# The code


def scanned(state: str):
    """Someone in this state who scans the code; the user and what the sign-in raised."""
    signup, user = make_signup(limit=1, day=today()), make_user(Role.MEMBER)
    if state == "waiting":
        signups.sign_up(signup=signup, by=make_user(Role.MEMBER))
    signups.sign_up(signup=signup, by=user)
    if state == "withdrawn":
        signups.withdraw(signup=signup, by=user)
    signup = attendance.open_sign_in(activity=signup.activity, by=signup.activity.recorded_by)
    return signup, user


def test_who_withdrew_does_not_sign_in(log_in):
    signup, user = scanned("withdrawn")
    code = rules.code_at(signup.secret, timezone.now())
    with pytest.raises(RuleBroken, match="您退出了报名"):
        attendance.sign_in(signup=signup, code=code, by=user, joins=True)
    assert Participation.objects.get().attendance == ""
    page = log_in(user=user).get(url("sign_in_create", signup.activity_id, code)).text
    assert (
        "您退出了报名" in page,
        '<button type="submit" class="btn btn-primary big"' in page,
    ) == (
        True,
        False,
    )


def test_who_waits_and_comes_is_counted_and_takes_no_place(log_in):
    signup, user = scanned("waiting")
    code = rules.code_at(signup.secret, timezone.now())
    attendance.sign_in(signup=signup, code=code, by=user)
    row = Participation.objects.get(member=user.member)
    assert (row.signup, row.attendance) == ("waiting", "present")
    assert (room_of(signup).heads, Activity.objects.get().headcount) == (1, 1)
    chair = log_in(user=signup.activity.recorded_by)
    assert "候补到场" in chair.get(url("attendance_update", signup.activity_id)).text
    assert "候补到场" in chair.get(signup.get_absolute_url()).text


def test_after_the_activity_nobody_waits_any_more(log_in):
    signup = make_signup(limit=1)
    first, second = make_user(Role.MEMBER), make_user(Role.MEMBER)
    for user in (first, second):
        signups.sign_up(signup=signup, by=user)
    chair = log_in(user=signup.activity.recorded_by)
    pages = (signup.get_absolute_url(), signup.activity.get_absolute_url())
    assert all("候补 1 人" in chair.get(page).text for page in pages)
    Activity.objects.update(state="held", day=today() - DAY)
    assert not any("候补 1" in chair.get(page).text for page in (*pages, url("signup_list")))
    assert "您排过候补，没有排上" in log_in(user=second).get(pages[0]).text


# What those on the list are told


def told(user) -> list[str]:
    rows = Delivery.objects.filter(member=user.member, read_at=None).order_by("pk")
    return [row.message.text for row in rows.select_related("message")]


def with_three():
    """(activity, on the list, waiting, withdrawn)."""
    signup = make_signup("登山", limit=1)
    users = [make_user(Role.MEMBER) for _ in range(3)]
    for user in users:
        signups.sign_up(signup=signup, by=user)
    signups.withdraw_people(
        signup=signup, members=[users[2].member_id], by=signup.activity.recorded_by
    )
    return signup.activity, *users


def test_a_new_place_is_told_to_those_who_come_or_wait():
    activity, listed, waiting, gone = with_three()
    activity.place = "桂花林"
    actions.update_activity(activity=activity, by=activity.recorded_by)
    when = activity.when_text
    words = f"“登山”改了：原来{when}，现在{when}，桂花林。来不了就退出报名。"
    assert (told(listed), told(waiting), told(gone)) == ([words], [words], [])


def test_a_change_of_something_else_is_not_told():
    activity, listed, _, _ = with_three()
    activity.organiser = "文体组"
    actions.update_activity(activity=activity, by=activity.recorded_by)
    assert told(listed) == []


def test_the_new_day_takes_the_place_of_what_was_told_before_and_not_read():
    activity, listed, waiting, _ = with_three()
    signups.withdraw(signup=activity.signup, by=listed)
    assert [text[:9] for text in told(waiting)] == ["“登山”有了名额，"]
    activity.day += 2 * DAY
    actions.update_activity(activity=activity, by=activity.recorded_by)
    assert [text[:7] for text in told(waiting)] == ["“登山”改了："]
    assert Message.objects.count() == 1


def test_what_one_has_read_stays_read():
    activity, listed, waiting, _ = with_three()
    signups.withdraw(signup=activity.signup, by=listed)
    Delivery.objects.update(read_at=timezone.now())
    activity.day += 2 * DAY
    actions.update_activity(activity=activity, by=activity.recorded_by)
    assert Delivery.objects.filter(member=waiting.member).count() == 2


def test_called_off_and_on_again_is_told_and_the_last_word_stands():
    activity, listed, _, _ = with_three()
    by = activity.recorded_by
    actions.call_off_activity(activity=activity, reason="下雨", by=by)
    assert told(listed)[0].endswith("不办了：下雨")
    actions.resume_activity(activity=activity, by=by)
    [text] = told(listed)
    assert text == f"“登山”还是要办：{activity.when_text}。原来的报名还算数。"


def test_a_voided_announcement_is_told_and_its_page_says_so(log_in):
    activity, listed, _, _ = with_three()
    actions.void_activity(activity=activity, reason="和上一条重复", by=activity.recorded_by)
    assert told(listed) == [f"“登山”（{activity.when_text}）的通知作废了：和上一条重复"]
    page = log_in(user=listed).get(activity.signup.get_absolute_url())
    assert (page.status_code, "作废了：和上一条重复" in page.text) == (200, True)
    assert "不去了，退出" not in page.text
    address = activity.signup.get_absolute_url()
    assert log_in(Role.MEMBER).get(address).status_code == 404
    chair = log_in(user=activity.recorded_by)
    assert address not in chair.get(activity.get_absolute_url()).text  # it leads nowhere


def test_a_voided_record_of_the_past_is_told_to_nobody():
    activity, listed, _, _ = with_three()
    Activity.objects.update(state="held", day=today() - DAY)
    actions.void_activity(activity=activity, reason="记重了", by=activity.recorded_by)
    assert told(listed) == []
