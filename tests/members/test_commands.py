"""manage.py import_members"""

import json

import pytest
from django.core.management import CommandError, call_command

from members.models import Member, RosterImport
from tests.factories.members import make_roster_file

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
    assert str(refusal.value).startswith("“假的.xlsx”内容认不出是什么文件，")
    assert capsys.readouterr().out == ""


def test_a_file_that_is_not_there_is_refused_in_a_sentence(capsys):
    with pytest.raises(CommandError) as refusal:
        call_command("import_members", "没有.xlsx", "--dry-run")
    assert str(refusal.value) == "打不开“没有.xlsx”：No such file or directory。"
