"""The own entry: what one changes at once, what the office corrects, and what happens meanwhile."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members import actions
from members.choices import RequestState
from members.home import home_part
from members.models import Correction, Member, UnionGroup
from tests.factories.members import make_department, make_group, make_member, make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import Attachment, AuditEntry
from unionoffice.periods import Period, Precision
from unionoffice.ready_files import ready_files
from unionoffice.roles import Role

NEW, LIST = "/me/corrections/new/", "/members/corrections/"


@pytest.fixture
def member(log_in):
    client = log_in(Role.MEMBER)
    Member.objects.filter(pk=client.user.member_id).update(
        birth=date(1978, 5, 15), party="共青团员", phone="13800004471"
    )
    return client


@pytest.fixture
def officer(log_in):
    return log_in(Role.ORGANISATION)


def stored(client) -> Member:
    return Member.objects.get(pk=client.user.member_id)


def send(client, **values) -> Correction:
    client.post(NEW, posted_back(client.get(NEW)) | values)
    return Correction.objects.latest("pk")


def posted_back(page) -> dict[str, str]:
    """What a browser would send if nobody typed anything."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields if name != "files"}


def test_phone_hobbies_and_area_are_changed_at_once(member):
    data = posted_back(member.get("/me/edit/"))
    response = member.post("/me/edit/", data | {"phone": "138 0000 5582", "hobbies": "书法"})
    assert response.url == "/me/"
    entry = stored(member)
    assert (entry.phone, entry.hobbies, entry.area) == ("13800005582", "书法", "")
    record = AuditEntry.objects.get(act="members.update_member")
    assert record.actor == member.user
    assert record.changes == {"phone": ["13800004471", "13800005582"], "hobbies": ["", "书法"]}


def test_what_the_office_changed_meanwhile_stays(member, officer):
    data = posted_back(member.get("/me/edit/"))
    Member.objects.filter(pk=member.user.member_id).update(phone="13900001111")
    member.post("/me/edit/", data | {"area": "城东"})
    assert (stored(member).phone, stored(member).area) == ("13900001111", "城东")


def test_a_phone_that_someone_else_has_is_asked_about_without_telling_whose(member):
    make_member("曾晓燕", phone="13700002222")  # has no account
    data = posted_back(member.get("/me/edit/")) | {"phone": "137 0000 2222"}
    response = member.post("/me/edit/", data)
    assert response.status_code == 422
    assert "名册里还有人用这个手机。看看写对没有；两个人合用的话勾上，再存一次。" in response.text
    assert "曾晓燕" not in response.text
    assert stored(member).phone == "13800004471"


def test_two_who_share_a_phone_both_have_it(member):
    other = make_user(Role.MEMBER, username="13700002222")
    Member.objects.filter(pk=other.member_id).update(phone="13700002222")
    data = posted_back(member.get("/me/edit/")) | {"phone": "13700002222", "another": "on"}
    assert member.post("/me/edit/", data).url == "/me/"
    assert stored(member).phone == "13700002222"
    again = posted_back(member.get("/me/edit/")) | {"area": "城东"}
    assert member.post("/me/edit/", again).url == "/me/"


def test_the_phone_of_who_left_is_free(member):
    gone = make_member(phone="13700002222")
    gone.memberships.update(end=date(2024, 8, 31))
    data = posted_back(member.get("/me/edit/")) | {"phone": "13700002222"}
    assert member.post("/me/edit/", data).url == "/me/"


def test_nothing_else_of_the_entry_can_be_slipped_in(member):
    data = posted_back(member.get("/me/edit/"))
    member.post("/me/edit/", data | {"name": "别人", "staff_no": "1", "note": "x"})
    assert stored(member).name == member.user.member.name


def test_the_action_refuses_the_entry_of_somebody_else(member):
    with pytest.raises(RuleBroken, match="只能改自己的资料"):
        actions.change_own(member=make_user(Role.MEMBER).member, by=member.user)


def test_a_request_keeps_what_was_shown_and_what_is_right(member):
    correction = send(member, birth="1979-05", party="中共党员", note="身份证上是这样")
    assert correction.changes == {
        "birth": ["1978-05-15", "1979-05"],
        "party": ["共青团员", "中共党员"],
    }
    assert (correction.note, correction.state) == ("身份证上是这样", RequestState.WAITING)
    assert stored(member).party == "共青团员"
    assert "出生日期、政治面貌" in member.get("/me/").text


def test_a_request_that_changes_nothing_is_not_sent(member):
    response = member.post(NEW, posted_back(member.get(NEW)))
    assert response.status_code == 422
    assert "还没有改什么。改一处，或者在说明里写上哪里不对。" in response.text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"birth": "1979-13"}, "没有“1979-13”这一天"),
        ({"birth": "2999"}, "出生日期还没到，核对一下年份。"),
        ({"name": ""}, "姓名是空的，填上。"),
    ],
)
def test_what_cannot_be_is_told_at_once(member, values, sentence):
    response = member.post(NEW, posted_back(member.get(NEW)) | values)
    assert response.status_code == 422
    assert sentence in response.text


def test_one_request_waits_at_a_time(member):
    send(member, party="中共党员")
    response = member.post(NEW, posted_back(member.get(NEW)) | {"party": "群众"})
    assert response.status_code == 422
    assert "上一份更正办公室还没有办，先撤回它，再送新的。" in response.text
    assert Correction.objects.count() == 1


def test_an_age_that_no_colleague_has_is_not_asked_for(member):
    data = posted_back(member.get(NEW)) | {"birth": "1878-01-01"}
    response = member.post(NEW, data)
    assert response.status_code == 422
    age = timezone.localdate().year - 1878
    assert f"按出生日期已经 {age} 岁，核对一下年份。" in response.text


def test_one_click_puts_it_right(member, officer):
    correction = send(member, name="安·梦洁", birth="1979-05")
    assert "送来" in officer.get(LIST).text
    page = officer.post(f"{LIST}{correction.pk}/accept/", follow=True)
    assert f"改好了：{member.user.member}的资料" in page.text
    entry = stored(member)
    assert (entry.name, entry.birth, entry.birth_precision) == (
        "安·梦洁", date(1979, 5, 1), Precision.MONTH,
    )  # fmt: skip
    assert entry.initials.startswith("a")
    assert "改好了" in member.get("/me/").text
    acts = [e.act for e in AuditEntry.objects.order_by("number")]
    assert acts == [
        "members.send_correction", "members.update_member", "members.accept_correction",
    ]  # fmt: skip


def test_a_date_can_be_corrected_to_unknown(member, officer):
    correction = send(member, birth="")
    officer.post(f"{LIST}{correction.pk}/accept/")
    assert (stored(member).birth, stored(member).birth_precision) == (None, Precision.DAY)


def test_what_was_changed_since_it_was_sent_is_shown(member, officer):
    send(member, party="中共党员")
    Member.objects.filter(pk=member.user.member_id).update(party="群众")
    assert "送来时是“共青团员”，后来改成了“群众”" in officer.get(LIST).text


def test_what_was_changed_since_the_page_was_opened_stops_the_click(member, officer):
    correction = send(member, party="中共党员")
    seen = {"now-party": "共青团员"}
    Member.objects.filter(pk=member.user.member_id).update(party="群众")
    page = officer.post(f"{LIST}{correction.pk}/accept/", seen, follow=True)
    assert "的政治面貌刚才被改成了“群众”，看一眼再决定。" in page.text
    assert stored(member).party == "群众"
    officer.post(f"{LIST}{correction.pk}/accept/", {"now-party": "群众"})
    assert stored(member).party == "中共党员"


def test_a_refusal_needs_a_reason_that_the_member_reads(member, officer):
    correction = send(member, party="中共党员")
    page = officer.post(f"{LIST}{correction.pk}/decline/", {"reason": " "}, follow=True)
    assert "不改要写原因，本人看得到" in page.text
    officer.post(f"{LIST}{correction.pk}/decline/", {"reason": "以介绍信为准"})
    assert stored(member).party == "共青团员"
    assert "答复：以介绍信为准" in member.get("/me/").text


def test_what_is_decided_is_not_decided_again(member, officer):
    correction = send(member, party="中共党员")
    officer.post(f"{LIST}{correction.pk}/decline/", {"reason": "以介绍信为准"})
    page = officer.post(f"{LIST}{correction.pk}/accept/", follow=True)
    assert "这份更正未同意，刷新页面看最新的。" in page.text
    assert stored(member).party == "共青团员"


def test_a_decision_is_taken_back_with_what_it_changed(member, officer):
    correction = send(member, party="中共党员", title="高级教师")
    officer.post(f"{LIST}{correction.pk}/accept/")
    Member.objects.filter(pk=member.user.member_id).update(title="正高级教师")
    officer.post(f"{LIST}{correction.pk}/reopen/")
    assert (stored(member).party, stored(member).title) == ("共青团员", "正高级教师")
    correction.refresh_from_db()
    assert (correction.state, correction.decided_by) == (RequestState.WAITING, None)


def test_a_decision_is_not_taken_back_while_a_newer_request_waits(member, officer):
    correction = send(member, party="中共党员")
    officer.post(f"{LIST}{correction.pk}/decline/", {"reason": "以介绍信为准"})
    send(member, party="群众")
    page = officer.post(f"{LIST}{correction.pk}/reopen/", follow=True)
    assert "又送了一份新的，办那一份就行。" in page.text


def test_the_member_takes_the_request_back_and_nobody_else_does(member, officer, log_in):
    correction = send(member, party="中共党员")
    other = log_in(Role.MEMBER)
    assert other.post(f"/me/corrections/{correction.pk}/withdraw/").status_code == 404
    member.post(f"/me/corrections/{correction.pk}/withdraw/")
    correction.refresh_from_db()
    assert correction.state == RequestState.WITHDRAWN
    page = officer.post(f"{LIST}{correction.pk}/accept/", follow=True)
    assert "这份更正已撤回" in page.text


def test_a_proof_is_for_the_member_and_the_office_only(member, officer, log_in):
    files = ready_files([("证书.pdf", b"%PDF-1.7")])
    actions.send_correction(by=member.user, changes={"title": ["", "高级教师"]}, files=files)
    url = f"/files/{Attachment.objects.get().pk}/"
    for client, status in ((member, 200), (officer, 200), (log_in(Role.MEMBER), 404)):
        response = client.get(url)
        response.getvalue()
        assert response.status_code == status
    assert "证书.pdf" in officer.get(LIST).text


def test_what_waits_is_a_line_on_the_home_page_of_those_who_keep_the_roster(member, officer):
    send(member, party="中共党员")
    today, year = date(2026, 11, 22), Period.year(2026)
    (todo,) = home_part(officer.user, today, year).todos
    assert (todo.title, todo.act_url) == (f"1 人（{stored(member)}）说资料不对", LIST)
    assert home_part(member.user, today, year).todos == ()
    assert "说资料不对" in officer.get("/").text


def test_the_decided_ones_are_found_again(member, officer):
    correction = send(member, party="中共党员")
    officer.post(f"{LIST}{correction.pk}/accept/")
    assert "没有等着办的更正" in officer.get(LIST).text
    assert "拿回重办" in officer.get(f"{LIST}?tab=done").text


def test_colleagues_are_offered_only_words_that_several_share(log_in):
    """What a single one wrote, an address for an area, is nobody else's to read."""
    for _ in range(5):
        make_member(area="城东", campus="东校区")
    make_member(area="滨江路 8 号 301", campus="借调在外", party="某党")
    client = log_in(Role.MEMBER)
    own, correction = client.get("/me/edit/").text, client.get(NEW).text
    assert "城东" in own
    assert "东校区" in correction
    assert "滨江路" not in own
    assert not {"借调在外", "某党"} & set(re.findall(r'value="([^"]*)"', correction))


def placed(client, department, group):
    person = client.user.member
    person.department_assignments.create(department=department, start=date(2020, 9, 1))
    person.group_assignments.create(group=group, start=date(2020, 9, 1))


def test_number_department_and_group_are_put_right_at_one_click_from_a_day_on(member, officer):
    maths, chinese = make_department("数学组"), make_department("语文组")
    first, second = make_group("第一小组"), make_group("第二小组")
    placed(member, chinese, first)
    correction = send(member, staff_no="Ｚ２０２６", department="数学组", group="第二小组")
    assert correction.changes == {
        "staff_no": [member.user.member.staff_no, "Z2026"],
        "department": ["语文组", "数学组"],
        "group": ["第一小组", "第二小组"],
    }
    assert "工号、部门、工会小组" in member.get("/me/").text
    seen = {"now-department": "语文组", "now-group": "第一小组", "since": "2026-09-01"}
    page = officer.post(f"{LIST}{correction.pk}/accept/", seen, follow=True)
    assert "改好了" in page.text
    entry = stored(member)
    assert entry.staff_no == "Z2026"
    department, group = (
        entry.department_assignments.get(end=None),
        entry.group_assignments.get(end=None),
    )
    assert (department.department, department.start) == (maths, date(2026, 9, 1))
    assert (group.group, group.start) == (second, date(2026, 9, 1))
    assert entry.department_assignments.get(department=chinese).end == date(2026, 8, 31)
    officer.post(f"{LIST}{correction.pk}/reopen/")
    entry = stored(member)
    assert entry.staff_no == member.user.member.staff_no
    assert (entry.department_assignments.get().department, entry.group_assignments.get().group) == (
        chinese,
        first,
    )


def test_a_place_that_the_office_changed_meanwhile_stops_the_click(member, officer):
    chinese, first, second = (
        make_department("语文组"),
        make_group("第一小组"),
        make_group("第二小组"),
    )
    third = make_group("第三小组")
    placed(member, chinese, first)
    correction = send(member, group="第二小组")
    member.user.member.group_assignments.update(group=third)
    page = officer.post(f"{LIST}{correction.pk}/accept/", {"now-group": "第一小组"}, follow=True)
    assert "的工会小组刚才被改成了“第三小组”，看一眼再决定。" in page.text
    UnionGroup.objects.filter(pk=second.pk).update(name="改名小组")
    page = officer.post(f"{LIST}{correction.pk}/accept/", {"now-group": "第三小组"}, follow=True)
    assert "“第二小组”这个工会小组现在没有了" in page.text
    assert member.user.member.group_assignments.get().group == third


def test_a_number_that_someone_got_meanwhile_is_not_given_twice(member, officer):
    correction = send(member, staff_no="Z2026")
    make_member("曾晓燕", staff_no="z2026")
    page = officer.post(f"{LIST}{correction.pk}/accept/", follow=True)
    assert "工号 Z2026 已经是曾晓燕的，核对一下是谁的。" in page.text
    assert stored(member).staff_no == member.user.member.staff_no


def test_the_list_of_corrections_takes_the_same_queries_for_many(officer):
    group = make_group("第一小组")
    counts = []
    for _ in range(3):
        user = make_user(Role.MEMBER)
        actions.send_correction(by=user, changes={"group": ["", group.name]}, note="")
        with CaptureQueriesContext(connection) as queries:
            assert "第一小组" in officer.get(LIST).text
        counts.append(len(queries))
    assert counts[1] == counts[2]
