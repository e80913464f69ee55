"""入会申请: handed in, decided, taken back; what the colleague and the office see of it."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members import actions
from members.models import Application, Delivery, Member
from members.queries import roles_of
from members.queries.membership import new_colleagues
from tests.factories.applications import make_application
from tests.factories.applications import make_colleague as colleague
from tests.factories.members import make_group, make_member, make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import Attachment, AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db

AGREED = date(2026, 9, 20)
LIST = "/members/applications/"


def asks(member=None, *, by=None, **values) -> Application:
    return make_application(member or colleague("甲一"), by=by or make_user(Role.CHAIR), **values)


def approve(*applications, since=AGREED, by=None, **how):
    by = by or make_user(Role.CHAIR)
    return actions.approve_applications(applications=applications, since=since, by=by, **how)


def refusal(act, **values) -> str:
    with pytest.raises(RuleBroken) as refused:
        act(**values)
    return str(refused.value)


def delivered() -> list[tuple[str, str]]:
    rows = Delivery.objects.order_by("pk").select_related("message", "member")
    return [(str(row.member), row.message.text) for row in rows]


def test_several_colleagues_are_approved_at_once_from_the_day_of_the_decision():
    group, chair = make_group(), make_user(Role.CHAIR)
    waiting = [asks(colleague(name)) for name in ("甲一", "乙二", "丙三")]
    approve(*waiting, by=chair, group=group)
    rows = Member.objects.filter(applications__in=waiting).order_by("pk")
    assert list(
        rows.values_list(
            "name", "memberships__start", "memberships__entry", "group_assignments__group"
        )
    ) == [(name, AGREED, "joined", group.pk) for name in ("甲一", "乙二", "丙三")]
    assert set(Application.objects.values_list("state", "decided_by")) == {("accepted", chair.pk)}


def test_one_who_cannot_be_approved_holds_all_of_them_up():
    one, other = asks(colleague("甲一")), asks(colleague("乙二"), applied_on=AGREED)
    assert refusal(approve_both, one=one, other=other) == (
        "乙二2026年9月20日才申请入会，会籍不能从2026年9月19日算起。"
    )
    assert set(Application.objects.values_list("state", flat=True)) == {"waiting"}


def approve_both(one, other):
    approve(one, other, since=AGREED - timedelta(days=1))


def test_who_is_told_no_reads_why_and_may_ask_again():
    member = colleague("甲一")
    user = make_user(member=member)
    application = asks(member, by=user)
    chair = make_user(Role.CHAIR)
    actions.decline_application(application=application, by=chair, answer="还在试用期")
    application.refresh_from_db()
    assert (application.state, application.answer) == ("declined", "还在试用期")
    assert delivered() == [("甲一", "您的入会申请这次没有通过：还在试用期")]
    assert asks(member, by=user).state == "waiting"
    assert (
        refusal(actions.decline_application, application=application, by=chair, answer="再说")
        == "甲一的申请未同意，不用再办，刷新看最新情况。"
    )


def test_only_the_applicant_withdraws_and_only_while_it_waits():
    member = colleague("甲一")
    user = make_user(member=member)
    application = asks(member, by=user)
    assert refusal(
        actions.withdraw_application, application=application, by=make_user(Role.CHAIR)
    ) == ("这是别人的申请，只有本人能撤回；不同意的话，写明原因退回去。")
    actions.withdraw_application(application=application, by=user)
    assert Application.objects.get().state == "withdrawn"
    assert refusal(actions.withdraw_application, application=application, by=user) == (
        "甲一的申请已撤回，不用再办，刷新看最新情况。"
    )


def test_a_member_does_not_ask_and_nobody_asks_twice():
    assert refusal(asks, member=make_member("乙二")) == "乙二已经是会员（在册），不用再申请。"
    member = colleague("甲一")
    asks(member)
    assert refusal(asks, member=member) == "甲一已经有一份申请在等委员会定，不用再交。"
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert refusal(asks, member=colleague("丙三"), applied_on=tomorrow) == (
        f"变动日期 {tomorrow} 还没到，到了那天再改。"
    )


def test_who_joins_without_the_application_has_it_approved_with_it():
    application = asks()
    actions.move_member(
        member=application.member, move="transfer_in", since=AGREED, by=None, union="示例二中工会"
    )
    application.refresh_from_db()
    assert application.state == "accepted"


def test_an_approval_by_mistake_is_taken_back_and_the_application_waits_again():
    member = colleague("甲一")
    make_user(member=member)
    application, chair = asks(member), make_user(Role.CHAIR)
    approve(application, by=chair)
    actions.take_back_approval(application=application, by=chair)
    application.refresh_from_db()
    assert (application.state, application.decided_by, application.decided_at) == (
        "waiting",
        None,
        None,
    )
    assert not member.memberships.exists()
    assert delivered()[-1] == ("甲一", "您的入会批准登记有误，已经撤回，申请还在等委员会定。")


def test_an_approval_is_not_taken_back_over_a_later_move():
    application, chair = asks(), make_user(Role.CHAIR)
    approve(application, by=chair)
    actions.move_member(member=application.member, move="resign", since=date(2026, 10, 1), by=chair)
    application.refresh_from_db()
    assert refusal(actions.take_back_approval, application=application, by=chair) == (
        "甲一入会以后又办过别的变动，不能撤回这次批准。"
    )


# Whom it is for


def test_who_works_here_and_is_no_member_is_a_colleague_until_approved():
    member = colleague("甲一")
    user = make_user(member=member)
    assert roles_of(user) == {Role.COLLEAGUE}
    approve(asks(member), since=AGREED)
    assert roles_of(user) == {Role.MEMBER}


def test_new_colleagues_are_those_at_work_who_never_were_members_and_did_not_ask():
    new, asked, gone = (
        colleague("甲一"),
        colleague("乙二"),
        make_member("丙三", employment="working"),
    )
    make_member("丁四", status=None, employment="retired")
    asks(asked)
    actions.move_member(member=gone, move="resign", since=date(2026, 1, 1), by=None)
    assert list(new_colleagues(make_user(Role.CHAIR))) == [new]


# The pages


def test_a_colleague_asks_on_the_phone_sees_the_state_and_takes_it_back(log_in):
    client = log_in(Role.COLLEAGUE)
    home = client.get("/").content.decode()
    assert "您还不是工会会员" in home
    page = client.post("/me/application/", {"reason": "想参加活动"}, follow=True)
    assert "申请交上去了，等委员会定，结果在首页告诉您。" in page.content.decode()
    application = Application.objects.get()
    assert (application.member, application.reason, application.applied_on) == (
        client.user.member,
        "想参加活动",
        timezone.localdate(),
    )
    assert "您还不是工会会员" not in client.get("/").content.decode()
    client.post("/me/application/withdraw/")
    assert Application.objects.get().state == "withdrawn"
    page = client.post("/me/application/withdraw/", follow=True)
    assert "没有在等的申请，不用撤回。" in page.content.decode()


def test_who_was_approved_finds_the_own_page_where_the_application_was(log_in):
    client = log_in(Role.COLLEAGUE)
    approve(asks(client.user.member))
    page = client.get("/me/application/", follow=True)
    assert page.redirect_chain == [("/me/", 302)]
    assert "在册" in page.text
    assert client.post("/me/application/", {"reason": "再来"}).url == "/me/"
    assert Application.objects.count() == 1


def test_a_second_request_from_another_tab_is_answered_in_the_form(log_in):
    client = log_in(Role.COLLEAGUE)
    client.post("/me/application/", {})
    page = client.post("/me/application/", {})
    assert page.status_code == 422
    assert Application.objects.count() == 1


def test_the_office_hands_in_a_paper_application_with_its_scan(log_in):
    client, member = log_in(Role.ORGANISATION), colleague()
    scan = ("申请表.pdf", b"%PDF-1.7")
    data = {"member": member.pk, "applied_on": "2026-09-03", "reason": ""}
    page = client.post(f"{LIST}new/", data | {"files": SimpleUploadedFile(*scan)})
    application = Application.objects.get()
    assert page.url == f"{LIST}{application.pk}/"
    file = Attachment.objects.get()
    assert (file.owner_type, file.owner_id) == ("members.application", application.pk)
    address = reverse("unionoffice:attachment_download", args=[file.pk])
    assert client.get(address).getvalue() == b"%PDF-1.7"
    assert log_in(Role.CULTURE).get(address).status_code == 404


def test_the_signed_paper_may_come_later(log_in):
    client = log_in(Role.ORGANISATION)
    address = f"{LIST}{asks().pk}/attach/"
    page = client.post(address, {})
    assert (page.status_code, Attachment.objects.count()) == (422, 0)
    assert "还没有选文件，选好再附上。" in page.text
    client.post(address, {"files": SimpleUploadedFile("申请表.pdf", b"%PDF-1.7")})
    assert Attachment.objects.get().name == "申请表.pdf"


def test_an_application_for_a_member_is_refused_at_the_field(log_in):
    data = {"member": make_member().pk, "applied_on": "2026-09-03"}
    page = log_in(Role.CHAIR).post(f"{LIST}new/", data)
    assert page.status_code == 422
    assert page.context["form"].errors["member"] == [
        "这个人已经是会员，或者已经有一份申请在等，不用再登记。"
    ]


def test_those_ticked_are_approved_and_the_others_wait_on(log_in):
    one, two, three = (asks(colleague(name)) for name in ("甲一", "乙二", "丙三"))
    client = log_in(Role.CHAIR)
    data = {"chosen": [one.pk, three.pk], "since": "2026-09-20", "group": ""}
    page = client.post(f"{LIST}approve/", data, follow=True)
    assert "批准了 2 人入会：甲一、丙三" in page.content.decode()
    assert list(page.context["page"]) == [two]


def test_the_approval_of_several_is_taken_back_at_one_click(log_in):
    applications, client = [asks(colleague("甲一")), asks(colleague("乙二"))], log_in(Role.CHAIR)
    make_user(Role.COLLEAGUE, member=applications[0].member)
    data = {"chosen": [each.pk for each in applications], "since": "2026-09-20"}
    page = client.post(f"{LIST}approve/", data, follow=True)
    (message,) = page.context["messages"]
    client.post(message.extra_tags.removeprefix("undo:"))
    assert [a.state for a in Application.objects.all()] == ["waiting", "waiting"]
    assert [a.member.memberships.count() for a in applications] == [0, 0]
    told = applications[0].member.deliveries.values_list("message__text", flat=True)
    assert "您的入会批准登记有误，已经撤回，申请还在等委员会定。" in told


def test_a_decision_on_nobody_is_answered_with_what_was_written(log_in):
    asks()
    page = log_in(Role.CHAIR).post(f"{LIST}approve/", {"since": "2026-13-01"})
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "chosen": ["一个人都没有选，先勾上。"],
        "since": ["没有这一天，写成 2026-03-08 这样。"],
    }


def test_a_tick_that_no_database_could_hold_is_answered_at_the_field(log_in):
    data = {"chosen": ["9" * 25], "since": "2026-09-20"}
    page = log_in(Role.CHAIR).post(f"{LIST}approve/", data)
    assert page.status_code == 422
    assert page.context["form"].errors == {"chosen": ["勾上的人看不懂，刷新再勾。"]}


def test_new_colleagues_are_enrolled_in_one_act(log_in):
    people = [colleague("甲一"), colleague("乙二")]
    client = log_in(Role.CHAIR)
    assert list(client.get(f"{LIST}?tab=colleagues").context["page"]) == people
    url = "/members/selection/membership/"
    address = {"pk": [p.pk for p in people], "to": "join", "since": "2026-09-20"}
    page = client.get(url, address)
    assert page.context["sentence"] == "2 人从2026年9月20日起入会。"
    seal = {"seal": page.context["selection"].seal}
    done = client.post(f"{url}?{page.request['QUERY_STRING']}", seal, follow=True)
    assert [person.memberships.get().start for person in people] == [AGREED, AGREED]
    (message,) = done.context["messages"]
    client.post(message.extra_tags.removeprefix("undo:"))
    assert [person.memberships.count() for person in people] == [0, 0]


def test_declining_without_a_reason_is_answered_at_the_field(log_in):
    application, client = asks(), log_in(Role.CHAIR)
    page = client.post(f"{LIST}{application.pk}/decline/", {"answer": ""})
    assert page.status_code == 422
    assert "写明为什么不同意，申请人看得到。" in page.content.decode()
    client.post(f"{LIST}{application.pk}/decline/", {"answer": "还在试用期"})
    assert Application.objects.get().state == "declined"
    assert AuditEntry.objects.filter(act="members.decline_application").count() == 1


def test_who_decides_has_it_on_the_home_page(log_in):
    asks(colleague("甲一"))
    asks(colleague("乙二"), applied_on=date(2026, 9, 1))
    text = log_in(Role.ORGANISATION).get("/").content.decode()
    assert "2 人（乙二、甲一）申请入会" in text
    assert "最早的2026年9月1日申请，等委员会定" in text
    assert "申请入会" not in log_in(Role.CULTURE).get("/").content.decode()


@pytest.mark.parametrize("tab", ["", "?tab=colleagues", "?tab=decided"])
def test_the_list_costs_the_same_for_one_and_for_three(tab, log_in):
    client = log_in(Role.CHAIR)
    client.get(f"{LIST}{tab}")
    counts = []
    for _ in (1, 2):
        approve(asks(colleague()), by=client.user)
        for _ in range(2):
            asks(colleague())
            colleague()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{LIST}{tab}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
