"""Sign-up in the browser: who sees what, what is refused, how it costs."""

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import signups
from activities.models import Participation, Signup
from members.models import Delivery
from tests.factories.members import make_group, make_member, make_user
from tests.factories.signups import make_announced, make_signup
from unionoffice.roles import Role

LIST = reverse("activities:signup_list")


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def today_signup(**values) -> Signup:
    return make_signup(day=timezone.localdate(), **values)


# ------------------------------------------------------------------ sign-up
def test_a_member_signs_up_with_one_tap_and_sees_the_own_place(log_in):
    signup, client = make_signup("羽毛球赛", limit=1), log_in(Role.MEMBER)
    assert "羽毛球赛" in client.get("/").text
    client.post(url("signup_join", signup.pk))
    page = client.get(signup.get_absolute_url()).text
    assert "<b>您报上了</b>，是第 1 位" in page
    assert "1 人，名额 1，还有 0" in page
    home = client.get("/").text
    assert ("羽毛球赛，您报了名" in home, "看看、报名" in home) == (True, False)


def test_who_comes_too_late_sees_the_place_on_the_waiting_list(log_in):
    signup = make_signup(limit=1)
    log_in(Role.MEMBER).post(url("signup_join", signup.pk))
    client = log_in(Role.MEMBER)
    assert "满了，报候补" in client.get(signup.get_absolute_url()).text
    client.post(url("signup_join", signup.pk))
    assert "您在候补，排第 1" in client.get(signup.get_absolute_url()).text
    assert "候补 1" in client.get(LIST).text


def test_who_moved_up_reads_it_on_the_home_page(log_in):
    signup = make_signup("登山", limit=1)
    first, second = log_in(Role.MEMBER), log_in(Role.MEMBER)
    for client in (first, second):
        client.post(url("signup_join", signup.pk))
    first.post(url("signup_leave", signup.pk))
    assert "您从候补转成已报名" in second.get("/").text
    assert Delivery.objects.count() == 1


def test_names_are_for_those_who_keep_the_list(log_in):
    signup = make_signup()
    member = make_member("欧阳示例")
    signups.sign_up_people(signup=signup, members=[member], by=signup.activity.recorded_by)
    assert "欧阳示例" in log_in(Role.CHAIR).get(signup.get_absolute_url()).text
    assert "欧阳示例" not in log_in(Role.MEMBER).get(signup.get_absolute_url()).text


def test_a_leader_signs_up_the_own_group_only(log_in):
    group, signup = make_group(), make_signup()
    own, other = make_member("本组示例", group=group), make_member("他组示例", group=make_group())
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    page = leader.get(url("signup_people", signup.pk)).text
    assert ("本组示例" in page, "他组示例" in page) == (True, False)
    refused = leader.post(url("signup_people", signup.pk), {"members": [other.pk]})
    assert refused.status_code == 422
    leader.post(url("signup_people", signup.pk), {"members": [own.pk]})
    assert list(Participation.objects.values_list("member", flat=True)) == [own.pk]


def test_a_leader_is_led_to_the_list_once_someone_of_the_group_is_on_it(log_in):
    group, signup = make_group(), make_signup()
    own = make_member(group=group)
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    there = url("attendance_update", signup.activity_id)
    assert there not in leader.get(signup.get_absolute_url()).text
    leader.post(url("signup_people", signup.pk), {"members": [own.pk]})
    assert there in leader.get(signup.get_absolute_url()).text
    assert leader.get(there).status_code == 200


def test_a_leader_cannot_go_past_the_limit(log_in):
    group = make_group()
    people = [make_member(group=group), make_member(group=group)]
    signup = make_signup(limit=1, with_waiting=False)
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    values = {"members": [person.pk for person in people], "past_limit": "on"}
    answer = leader.post(url("signup_people", signup.pk), values)
    assert answer.status_code == 422
    assert "1 个名额已经报满了" in answer.text
    assert answer.text.count(" checked") == 2  # whom one ticked stays ticked
    assert not Participation.objects.exists()


def test_the_office_is_asked_before_it_goes_past_the_limit(log_in):
    chair = log_in(Role.CHAIR)
    signup = make_signup(limit=1, with_waiting=False, by=chair.user)
    people = [make_member().pk, make_member().pk]
    assert chair.post(url("signup_people", signup.pk), {"members": people}).status_code == 422
    chair.post(url("signup_people", signup.pk), {"members": people, "past_limit": "on"})
    assert Participation.objects.filter(signup="listed").count() == 2


def test_a_sign_up_is_opened_changed_stopped_and_begun_again(log_in):
    chair = log_in(Role.CHAIR)
    activity, group = make_announced(by=chair.user), make_group()
    values = {"notice": "自带球拍", "limit": "40", "with_waiting": "on", f"quota_{group.pk}": "6"}
    chair.post(url("signup_create", activity.pk), values)
    signup = Signup.objects.get()
    assert (signup.limit, signup.quotas.get().limit) == (40, 6)
    values |= {"limit": "30", f"quota_{group.pk}": ""}
    chair.post(url("signup_update", signup.pk), values)
    signup.refresh_from_db()
    assert (signup.limit, signup.quotas.count()) == (30, 0)
    chair.post(url("signup_close", signup.pk))
    assert "报名已经停了" in log_in(Role.MEMBER).get(signup.get_absolute_url()).text
    chair.post(url("signup_close", signup.pk), {"again": "1"})
    signup.refresh_from_db()
    assert signup.closed_at is None


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("deadline", "2099-03-01T10:00", "就结束了，报名截止写早一点。"),
        ("deadline", "2020-03-01T10:00", "已经过了；不收人了就停止报名。"),
        ("opens_at", "2099-03-01T10:00", "就结束了，报名开始写早一点。"),
        ("quota", "5", "一共才 2 个名额，这个小组最多写 2。"),
    ],
)
def test_what_does_not_fit_is_said_at_its_own_field(name, value, words, log_in):
    chair, group = log_in(Role.CHAIR), make_group()
    activity = make_announced(by=chair.user)
    name = f"quota_{group.pk}" if name == "quota" else name
    answer = chair.post(url("signup_create", activity.pk), {"limit": "2", name: value})
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert [list(errors), words in errors[name][0]] == [[name], True]
    assert f'id="id_{name}_error"' in answer.text
    assert not Signup.objects.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"limit": "0"}, "名额至少是 1"),
        ({"limit": "很多"}, "名额写数字"),
        ({"deadline": "明天"}, "没有这个时间"),
        ({"opens_at": "2099-03-02T10:00", "deadline": "2099-03-01T10:00"}, "截止早于开始"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(values, words, log_in):
    chair = log_in(Role.CHAIR)
    activity = make_announced(by=chair.user)
    answer = chair.post(url("signup_create", activity.pk), {"notice": "自带球拍"} | values)
    assert (answer.status_code, words in answer.text, "自带球拍" in answer.text) == (
        422,
        True,
        True,
    )


def test_two_who_change_the_same_sign_up_are_told(log_in):
    chair = log_in(Role.CHAIR)
    signup = make_signup(limit=10, by=chair.user)
    form = chair.get(url("signup_update", signup.pk)).context["form"]
    seen = form["seen"].value()
    Signup.objects.update(limit=20)
    values = {"seen": seen, "limit": "30", "with_waiting": "on", "notice": "带水"}
    answer = chair.post(url("signup_update", signup.pk), values)
    assert (answer.status_code, "名额刚被改成“20”了" in answer.text) == (422, True)
    assert "带水" in answer.text


def test_only_an_announced_activity_is_signed_up_to(log_in):
    chair = log_in(Role.CHAIR)
    activity = make_announced(by=chair.user, state="held", day=timezone.localdate())
    answer = chair.get(url("signup_create", activity.pk), follow=True)
    assert "不是还没办的活动" in answer.text


@pytest.mark.parametrize("tab", ["正在报名", "我报的", "全部"])
def test_the_list_takes_as_many_queries_for_one_as_for_ten(
    tab, log_in, django_assert_max_num_queries
):
    client = log_in(Role.CHAIR, Role.MEMBER)
    costs = []
    for many in (1, 9):
        for _ in range(many):
            signups.sign_up(signup=make_signup(limit=3), by=client.user)
        with django_assert_max_num_queries(20) as counted:
            assert client.get(LIST, {"tab": tab}).status_code == 200
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_nonsense_in_the_address_is_said(log_in):
    answer = log_in(Role.MEMBER).get(LIST, {"tab": "昨天"})
    assert (answer.status_code, "没有这一页" in answer.text) == (422, True)


def test_what_is_open_is_found_by_its_name(log_in):
    make_signup("桂花林登山")
    assert "桂花林登山" in log_in(Role.MEMBER).get("/find/", {"q": "桂花林"}).text
