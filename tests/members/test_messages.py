"""Short messages: written to ticked people, on their home page until they have read them."""

import pytest
from django.urls import reverse

from members.models import Delivery, Message
from tests.factories.members import make_group, make_member, make_user
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

NEW, LIST = "/members/messages/new/", "/members/messages/"


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def send(client, *members, text="周五下午四点开会"):
    address = f"{NEW}?" + "&".join(f"pk={member.pk}" for member in members)
    seal = client.get(address).context["selection"].seal
    return client.post(address, {"text": text, "seal": seal}, follow=True)


def test_a_message_stands_on_the_home_page_until_it_is_read(chair, log_in):
    reader = log_in(Role.MEMBER)
    done = send(chair, reader.user.member)
    assert said(done) == ["发给 1 人了"]
    home = reader.get("/")
    assert "周五下午四点开会" in home.text
    (shown,) = home.context["home"].messages
    assert shown.sender == str(chair.user)

    reader.post(shown.read_url)
    assert reader.get("/").context["home"].messages == []
    assert "周五下午四点开会" in reader.get("/me/messages/").text


def test_the_sender_sees_who_has_read_it(chair, log_in):
    reader = log_in(Role.MEMBER)
    other = make_member("乙没看")
    send(chair, reader.user.member, other)
    reader.post(reader.get("/").context["home"].messages[0].read_url)
    (row,) = chair.get(LIST).context["page"]
    assert (row.sent, row.read, row.unread) == (2, 1, 1)
    page = chair.get(reverse("members:message_detail", args=[row.pk]))
    read = [(d.member.name, bool(d.read_at)) for d in page.context["deliveries"]]
    assert read == [("乙没看", False), (str(reader.user), True)]


def test_reading_twice_keeps_the_first_time(chair, log_in):
    reader = log_in(Role.MEMBER)
    send(chair, reader.user.member)
    url = reader.get("/").context["home"].messages[0].read_url
    reader.post(url)
    first = Delivery.objects.get().read_at
    reader.post(url)
    assert Delivery.objects.get().read_at == first


def test_nobody_reads_or_sees_the_message_of_someone_else(chair, log_in):
    send(chair, make_member("甲一"))
    message, delivery = Message.objects.get(), Delivery.objects.get()
    other = log_in(Role.ORGANISATION)
    for url in ("message_detail", "message_withdraw"):
        address = reverse(f"members:{url}", args=[message.pk])
        assert {other.get(address).status_code, other.post(address).status_code} <= {404, 405}
    read = reverse("members:message_read", args=[delivery.pk])
    assert other.post(read).status_code == 404
    assert list(other.get(LIST).context["page"]) == []


def test_a_message_is_withdrawn_from_those_who_have_not_read_it(chair, log_in):
    reader = log_in(Role.MEMBER)
    late = log_in(Role.MEMBER)
    send(chair, reader.user.member, late.user.member)
    reader.post(reader.get("/").context["home"].messages[0].read_url)
    url = reverse("members:message_withdraw", args=[Message.objects.get().pk])
    assert said(chair.post(url, follow=True)) == ["收回了，1 人的首页上不再显示，1 人已经看过"]
    assert late.get("/").context["home"].messages == []
    assert "周五下午四点开会" in reader.get("/me/messages/").text


def test_a_message_that_nobody_read_is_gone_when_undone(chair):
    done = send(chair, make_member("甲一"))
    (message,) = done.context["messages"]
    chair.post(message.extra_tags.removeprefix("undo:"))
    assert Message.objects.count() == 0
    acts = AuditEntry.objects.filter(act__contains="message").values_list("act", flat=True)
    assert sorted(acts) == ["members.send_message", "members.withdraw_message"]


def test_the_form_tells_how_many_cannot_log_in(chair):
    with_account = make_user(Role.MEMBER).member
    without = make_member("甲一")
    page = chair.get(NEW, {"pk": [with_account.pk, without.pk]})
    assert page.context["without_account"] == 1
    assert "其中 1 人现在登录不了，有了能用的账号才看得到。" in page.text


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", "通知是空的，写上要说的话。"), ("长" * 301, "最多 300 字，现在有 301 字，删短一点。")],
)
def test_a_message_that_cannot_be_sent_is_answered(chair, text, refusal):
    response = send(chair, make_member("甲一"), text=text)
    assert response.status_code == 422
    assert refusal in response.text
    assert Message.objects.count() == 0


def test_a_message_goes_to_exactly_those_who_were_shown(chair):
    group = make_group()
    make_member("甲一", group=group)
    address = f"{NEW}?all=yes&group={group.pk}"
    seal = chair.get(address).context["selection"].seal
    make_member("后来的", group=group)
    response = chair.post(address, {"text": "开会", "seal": seal})
    assert response.status_code == 422
    assert "名单刚才变了，现在是 2 人，什么都还没有做。" in response.text
    assert Message.objects.count() == 0


def test_a_leader_writes_to_the_own_group_only(log_in):
    leader = log_in(Role.GROUP_LEADER)
    own = make_member("甲一", group=leader.user.member.offices.get().group)
    other = make_member("乙旁人", group=make_group())
    assert said(send(leader, own)) == ["发给 1 人了"]
    assert leader.get(NEW, {"pk": other.pk}).status_code == 302


@pytest.mark.parametrize("messages", [1, 3])
def test_the_messages_on_the_home_page_are_one_query(
    chair, log_in, messages, django_assert_max_num_queries
):
    reader = log_in(Role.MEMBER)
    for number in range(messages):
        send(chair, reader.user.member, text=f"第 {number} 条")
    with django_assert_max_num_queries(12):
        home = reader.get("/")
    assert len(home.context["home"].messages) == messages


@pytest.mark.parametrize("messages", [1, 3])
def test_message_list_query_count_is_flat(chair, messages, django_assert_num_queries):
    member = make_member("甲一")
    for number in range(messages):
        send(chair, member, text=f"第 {number} 条")
    with django_assert_num_queries(6):
        page = chair.get(LIST)
    assert len(page.context["page"].object_list) == messages
