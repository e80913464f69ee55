"""manage.py import_members, manage.py appoint"""

import json
import re

import pytest
from django.core.management import CommandError, call_command

from members.models import Member, RosterImport, User
from members.queries import roles_of
from tests.factories.members import make_member, make_roster_file, make_user
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

PEOPLE = (
    {"工号": "1001", "姓名": "曾晓燕", "性别": "女", "出生日期": "1986-04", "部门": "教务处"},
    {"工号": "1002", "姓名": "", "性别": "男", "出生日期": "1979", "部门": "总务处"},
)


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(make_roster_file(*PEOPLE))
    return str(path)


def test_a_dry_run_prints_the_contract_and_needs_no_database(roster, capsys):
    call_command("import_members", roster, "--dry-run", "--format", "json")
    printed = json.loads(capsys.readouterr().out)
    assert printed["accepted"] == [
        {
            "row": 2,
            "name": "曾晓燕",
            "gender": "女",
            "staff_no": "1001",
            "department": "教务处",
            "birth": "1986-04",
            "warnings": [],
        }
    ]
    assert [row["row"] for row in printed["rejected"]] == [3]


def test_a_dry_run_in_words_names_every_row_that_stays_out(roster, capsys):
    call_command("import_members", roster, "--dry-run")
    head, *rows = capsys.readouterr().out.splitlines()
    assert head == "能读 1 行，不能导入 1 行。没有改动名册。"
    assert [row.split("：")[0] for row in rows] == ["第 3 行"]


@pytest.mark.django_db
def test_without_a_dry_run_it_lands(roster, capsys):
    call_command("import_members", roster)
    assert capsys.readouterr().out.splitlines()[0] == (
        "要您定 0 行，不能导入 1 行，新增 1 行，更新 0 行，没有变化 0 行。"
    )
    assert list(Member.objects.values_list("name", "staff_no")) == [("曾晓燕", "1001")]


@pytest.mark.django_db
def test_landing_prints_counts_as_json(roster, capsys):
    call_command("import_members", roster, "--format", "json")
    printed = json.loads(capsys.readouterr().out)
    reasons = printed.pop("reasons")
    assert printed == {
        "import": RosterImport.objects.get().pk,
        "held": 0,
        "rejected": 1,
        "new": 1,
        "changed": 0,
        "same": 0,
    }
    assert [(reason["sheet"], reason["row"]) for reason in reasons] == [("花名册", 3)]


def test_a_file_that_is_no_roster_is_refused_in_a_sentence(tmp_path, capsys):
    path = tmp_path / "假的.xlsx"
    path.write_bytes(b"MZ\x90\x00" + bytes(range(256)))
    with pytest.raises(CommandError) as refusal:
        call_command("import_members", str(path), "--dry-run", "--format", "json")
    assert str(refusal.value).startswith("“假的.xlsx”是一个程序，")
    assert capsys.readouterr().out == ""


def test_a_file_that_is_not_there_is_refused_in_a_sentence(capsys):
    with pytest.raises(CommandError) as refusal:
        call_command("import_members", "没有.xlsx", "--dry-run")
    assert str(refusal.value) == "打不开“没有.xlsx”：No such file or directory。"


@pytest.mark.django_db
def test_appoint_gives_someone_an_office_and_an_account(capsys):
    make_member("曾晓燕", staff_no="1001")
    call_command("appoint", "1001", "工会主席")
    done, account = capsys.readouterr().out.splitlines()
    assert done == "登记好了：曾晓燕从今天起任工会主席。"
    password = re.fullmatch(r"账号开好了：登录名 1001，一次性密码 (\w{10})。", account)[1]
    user = User.objects.get(username="1001")
    assert user.check_password(password)
    assert roles_of(user) == {Role.CHAIR, Role.MEMBER}
    acts = AuditEntry.objects.order_by("number").values_list("actor_name", "act")
    assert list(acts)[-2:] == [("系统", "members.appoint"), ("系统", "members.open_account")]


@pytest.mark.django_db
def test_appoint_leaves_an_account_that_is_there_alone(capsys):
    user = make_user(Role.MEMBER)
    call_command("appoint", user.username, "管理员")
    assert capsys.readouterr().out == f"登记好了：{user}从今天起任管理员。\n"
    assert User.objects.get(pk=user.pk).password == user.password


@pytest.mark.django_db
def test_appoint_leaves_the_earlier_chair_and_says_so(capsys):
    earlier, user = make_user(Role.CHAIR), make_user(Role.MEMBER)
    call_command("appoint", user.username, "工会主席")
    assert capsys.readouterr().out.splitlines() == [
        f"登记好了：{user}从今天起任工会主席。",
        f"{earlier} 工会主席还没有结束，在“工会职务”里写上最后一天。",
    ]
    assert earlier.member.offices.get().end is None


@pytest.mark.django_db
def test_appoint_finds_by_phone_who_has_no_number():
    member = make_member("曾晓燕", staff_no=None, phone="13800000000")
    call_command("appoint", "13800000000", "管理员")
    assert member.offices.get().office == "admin"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "office", "sentence"),
    [
        ("9999", "工会主席", "名册里没有人的工号或手机是 9999，核对一下。"),
        ("138", "工会主席", "名册里不止一个人的工号或手机是 138，核对一下。"),
        ("1001", "工会主席", "甲一现在就是工会主席，不用再登记。"),
    ],
)
def test_appoint_refuses_in_a_sentence(number, office, sentence):
    make_member("甲一", staff_no="1001", phone="138").offices.create(office="chair")
    make_member("乙二", staff_no="1002", phone="138")
    with pytest.raises(CommandError) as refusal:
        call_command("appoint", number, office)
    assert str(refusal.value) == sentence
    assert not User.objects.exists()
