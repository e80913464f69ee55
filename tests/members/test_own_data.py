"""Everything that is stored about oneself, as a file; and who looked at it."""

import json
import random
import zipfile
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from members import actions
from members.actions import private
from members.models import Member
from tests.factories.applications import make_application
from tests.factories.congress import make_motion
from tests.factories.members import make_group, make_reading, make_row, make_user
from tests.factories.terms import make_term
from tests.factories.welfare import make_visit
from unionoffice.actions import attach_files
from unionoffice.attachments import attachments_of
from unionoffice.audit import record
from unionoffice.held import held, holds
from unionoffice.models import AuditEntry, Office
from unionoffice.own_data import Section, archive
from unionoffice.ready_files import ready_files
from unionoffice.roles import Role


@pytest.fixture
def member(log_in):
    client = log_in(Role.MEMBER)
    Member.objects.filter(pk=client.user.member_id).update(
        name="安梦洁", birth=date(1978, 5, 1), birth_precision="month", note="爱喝茶"
    )
    client.user.member.refresh_from_db()
    return client


def taken(client) -> dict:
    response = client.get("/me/data/")
    assert response["Content-Type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(response.getvalue())) as file:
        names = {name for name in file.namelist() if not name.startswith("附件/")}
        assert names == {"我的资料.json", "我的资料.xlsx", "说明.txt"}
        assert "由本人下载" in file.read("说明.txt").decode()
        content = json.loads(file.read("我的资料.json"))
        book = load_workbook(BytesIO(file.read("我的资料.xlsx")))
    assert book.sheetnames == list(content)
    for title, rows in content.items():
        assert book[title].max_row == len(rows) + 1
    return content


def entry(content: dict) -> dict:
    return {row["项目"]: row["内容"] for row in content["基本资料"]}


def test_the_file_holds_the_entry_the_dated_rows_and_the_offices(member):
    term = make_term()
    member.user.member.offices.create(
        office="welfare", start=date(2024, 1, 1), term=term, how="elected"
    )
    content = taken(member)
    known = {"姓名": "安梦洁", "出生日期": "1978-05", "备注": "爱喝茶"}
    assert entry(content).items() >= known.items()
    assert "拼音连写" not in entry(content)
    assert [row["会籍"] for row in content["会籍"]] == ["在册"]
    assert content["职务"] == [
        {
            "职务": "福利委员",
            "哪里的": "",
            "从": "2024-01-01",
            "到": "",
            "哪一届": str(term),
            "怎样产生": "换届选举",
            "分工": "",
        }
    ]
    assert {"项目": "登录名", "内容": member.user.username} in content["账号"]


def test_visits_motions_and_requests_are_in_it_and_those_of_others_are_not(member):
    chair = make_user(Role.CHAIR)
    make_visit(member.user.member, by=chair, reason="阑尾炎手术")
    make_visit(by=chair, reason="别人的病情")
    make_motion(proposer=member.user.member, reason="理由写在这里，够三十个字才行，" * 3)
    actions.send_correction(by=member.user, changes={"party": ["", "群众"]}, note="对一下")
    content = taken(member)
    assert [row["情况"] for row in content["慰问"]] == ["阑尾炎手术"]
    assert content["慰问"][0]["慰问金"] == "600.00"
    assert len(content["提案"]) == 1
    assert content["资料更正"][0]["改什么"] == "政治面貌：空着 → 群众"
    assert "别人的病情" not in json.dumps(content, ensure_ascii=False)


def test_files_that_one_handed_in_oneself_are_in_it(member):
    files = ready_files([("证书.pdf", b"%PDF-1.7 mine")])
    actions.send_correction(by=member.user, changes={"title": ["", "高级教师"]}, files=files)
    other = make_user(Role.MEMBER)
    files = ready_files([("别人的.pdf", b"%PDF-1.7 other")])
    actions.send_correction(by=other, changes={"title": ["", "高级教师"]}, files=files)
    with zipfile.ZipFile(BytesIO(member.get("/me/data/").getvalue())) as file:
        own = [name for name in file.namelist() if name.startswith("附件/")]
        assert own == ["附件/1 证书.pdf"]
        assert file.read(own[0]) == b"%PDF-1.7 mine"


def test_what_is_sealed_is_opened_for_whom_it_is_about(member):
    chair = make_user(Role.CHAIR)
    private.keep_field(field="bank_account", reason="发慰问金", by=chair)
    private.change_private(
        member=member.user.member, values={"bank_account": "6222021234567890128"}, by=chair
    )
    assert taken(member)["私密资料"] == [{"项目": "银行卡号", "内容": "6222021234567890128"}]


def test_that_the_file_was_taken_is_on_record(member):
    taken(member)
    record = AuditEntry.objects.get(act="members.export_own_data")
    assert (record.actor, record.target_id) == (member.user, str(member.user.member_id))


def test_every_look_of_others_is_told_and_the_own_ones_are_not(member, log_in):
    chair = log_in(Role.CHAIR)
    visit = make_visit(member.user.member, by=chair.user)
    assert "没有人看过" in member.get("/me/").text
    chair.get(f"/welfare/{visit.pk}/")
    chair.get("/welfare/")
    taken(member)
    texts = [look.what for look in member.get("/me/looks/").context["looks"]]
    assert texts == ["看慰问列表（一批人的，可能有您）", "看慰问记录"]
    page = member.get("/me/")
    assert f"{chair.user}看慰问记录" in page.text


def test_a_look_at_the_visits_is_not_told_to_whom_none_is_about(member, log_in):
    chair = log_in(Role.CHAIR)
    visit = make_visit(by=chair.user)
    chair.get(f"/welfare/{visit.pk}/")
    chair.get("/welfare/")
    assert "还没有人看过" in member.get("/me/looks/").text


@pytest.mark.parametrize("role", [Role.HIGHER_UNION, Role.ADMIN])
def test_who_stands_on_no_list_is_told_of_no_export(log_in, role):
    chair, other = log_in(Role.CHAIR), log_in(role)
    other.user.member.memberships.all().delete()
    other.user.member.employments.all().delete()
    record(chair.user, "members.export_members", Office.objects.get())
    assert "还没有人看过" in other.get("/me/looks/").text


def test_an_export_may_hold_who_stands_on_a_list(member, log_in):
    record(log_in(Role.CHAIR).user, "members.export_members", Office.objects.get())
    assert "导出名册（一批人的，可能有您）" in member.get("/me/looks/").text


def test_a_formula_is_text_in_the_workbook():
    section = Section("备注", ("内容",), (("=1+1",),))
    with zipfile.ZipFile(BytesIO(archive([section], "关于"))) as file:
        book = load_workbook(BytesIO(file.read("我的资料.xlsx")))
    assert book["备注"]["A2"].value == "'=1+1"


def test_an_export_is_told_to_those_whom_it_held_and_to_nobody_else(member, log_in):
    chair, other = log_in(Role.CHAIR), log_in(Role.MEMBER)
    assert chair.get(f"/members/export/?pk={member.user.member_id}").status_code == 200
    assert looks(member) == ["导出名册（一批人的，有您）"]
    assert looks(other) == []


@given(st.sets(st.integers(1, 20_000)), st.integers(1, 20_100))
def test_a_list_tells_whom_it_held(keys, key):
    assert holds(held(keys), key) == (key in keys)


def test_what_a_list_held_stays_small_in_the_chain():
    keys = random.Random(1).sample(range(1, 10_001), 5_000)
    assert len(held(keys)) < 2_000


def looks(client) -> list[str]:
    return [look.what for look in client.get("/me/looks/").context["looks"]]


def test_who_opened_the_whole_entry_is_told_once_a_day(member, log_in, monkeypatch):
    chair = log_in(Role.CHAIR)
    url = member.user.member.get_absolute_url()
    now = datetime.now(UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    now = now.replace(hour=15, minute=50)  # 23:50 of the office
    assert chair.get(url).status_code == chair.get(f"{url}edit/").status_code == 200
    assert looks(member) == ["看全部资料"]
    now += timedelta(minutes=20)
    assert chair.get(url).status_code == 200
    assert looks(member) == ["看全部资料", "看全部资料"]


def test_a_group_s_leader_who_sees_what_a_leader_needs_leaves_no_trace(member, log_in):
    group = make_group()
    member.user.member.group_assignments.create(group=group)
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    assert leader.get(member.user.member.get_absolute_url()).status_code == 200
    assert looks(member) == []


def test_a_look_at_the_own_entry_is_no_look_of_another(log_in):
    chair = log_in(Role.CHAIR, Role.MEMBER)
    assert chair.get(chair.user.member.get_absolute_url()).status_code == 200
    assert not AuditEntry.objects.filter(act="members.view_member").exists()


@pytest.mark.parametrize("paper", ["correction", "application"])
def test_who_opened_a_proof_that_one_sent_is_told(paper, member, log_in):
    chair = log_in(Role.CHAIR)
    person = member.user.member
    files = ready_files([("证书.pdf", b"%PDF-1.7 mine")])
    if paper == "correction":
        record = actions.send_correction(by=member.user, changes={}, note="附上", files=files)
    else:
        person.memberships.all().delete()
        person.employments.create(status="working")
        record = make_application(person, by=member.user)
        attach_files(owner=record, files=files, by=member.user)
        person.memberships.create(status="active", start=date(2026, 1, 1))
    url = f"/files/{attachments_of(record).get().pk}/"
    for reader in [chair, chair] + [member] * (paper == "correction"):
        assert reader.get(url).getvalue() == b"%PDF-1.7 mine"
    assert looks(member) == ["看交来的证明"]


def test_where_one_came_from_and_went_and_what_one_sent_is_in_it(member):
    row = member.user.member.memberships.get()
    row.entry, row.from_union, row.to_union, row.exit_note = (
        "transferred",
        "一中工会",
        "二中",
        "调动",
    )
    row.save()
    actions.send_message(text="周五开会", members=[make_user(Role.MEMBER).member], by=member.user)
    content = taken(member)
    (told,) = content["会籍"]
    assert (told["转自"], told["转到"], told["离开的说明"]) == ("一中工会", "二中", "调动")
    (sent,) = content["您发的通知"]
    assert (sent["内容"], sent["给几个人"]) == ("周五开会", 1)


def test_the_row_of_a_roster_file_is_in_it_and_that_of_a_namesake_is_not(member):
    person, by = member.user.member, make_user(Role.CHAIR)
    rows = [
        make_row(person.name, staff_no=person.staff_no, phone="13800000000", note="爱喝茶"),
        make_row(person.name, staff_no="N0TME", phone="13911111111"),
        make_row("别人", phone="13922222222"),
    ]
    actions.keep_reading(file_name="2026 名册.xlsx", reading=make_reading(*rows), by=by)
    (told,) = taken(member)["导入的名册文件里的"]
    assert told["文件"] == "2026 名册.xlsx"
    assert told["内容"] == (
        f"第 2 行，姓名：安梦洁；工号：{person.staff_no}；手机：13800000000；备注：爱喝茶"
    )
