"""The form of one person: all columns, names in any script, checks in sentences, the reading."""

from datetime import date

import pytest
from django.utils import timezone

from members.forms.elections import CandidateForm
from members.models import Member
from members.rules.ages import years_before
from tests.factories.members import make_department, make_member
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

WHOLE = {
    "name": "买买提・吐尔逊",
    "gender": "female",
    "birth": "1986-04",
    "staff_no": "1001",
    "phone": "13800000000",
    "ethnicity": "维吾尔族",
    "party": "民盟盟员",
    "title": "高级教师",
    "post": "教研组长",
    "campus": "东校区",
    "is_teacher": "True",
    "contract": "contracted",
    "education": "硕士研究生",
    "work_began": "2009",
    "arrived": "2011-08-25",
    "retirement_line": "50",
    "card_no": "350101",
    "hobbies": "合唱",
    "area": "城东片",
    "note": "示例",
    "status": "active",
    "joined": "2012-03-01",
}


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def errors_of(client, **changed) -> dict:
    response = client.post("/members/new/", WHOLE | changed)
    assert response.status_code == 422
    return response.context["form"].errors


def test_every_column_of_a_person_is_kept(chair):
    assert chair.post("/members/new/", WHOLE).status_code == 302
    stored = Member.objects.filter(staff_no="1001").values().get()
    dates = {
        "birth": date(1986, 4, 1),
        "birth_precision": "month",
        "work_began": date(2009, 1, 1),
        "work_began_precision": "year",
        "arrived": date(2011, 8, 25),
        "arrived_precision": "day",
    }
    keys = {
        "pinyin": "mai mai ti tu er xun",
        "name_key": "买买提吐尔逊",
        "pinyin_joined": "maimaitituerxun",
        "initials": "mmttex",
    }
    own = {k: v for k, v in WHOLE.items() if k not in ("status", "joined")}
    expected = own | dates | keys | {"name": "买买提·吐尔逊", "is_teacher": True}
    assert {k: stored[k] for k in expected} == expected
    assert set(stored) == {*expected, "id"}


def test_the_form_shows_what_is_stored_of_the_further_columns(chair):
    member = make_member(is_teacher=False, arrived=date(2011, 8, 1), arrived_precision="month")
    form = chair.get(f"{member.get_absolute_url()}edit/").context["form"]
    assert form["arrived"].value() == "2011-08"
    assert form["is_teacher"].value() is False


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("张3", "姓名里有数字，写成身份证上的样子。"),
        ("张三（退休）", "姓名里的“退休”写到备注里。"),
        ("张三😀", "姓名里有“😀”，写成身份证上的样子。"),
        ("=1+1", "姓名是公式，写成身份证上的样子。"),
    ],
)
def test_what_is_no_name_is_refused(chair, name, sentence):
    assert errors_of(chair, name=name) == {"name": [sentence]}


@pytest.mark.parametrize("name", ["王𬱖", "李㛃", "Anna Müller", "阿·买", "𠮷田"])
def test_a_name_of_any_script_is_taken(chair, name):
    assert chair.post("/members/new/", WHOLE | {"name": name}).status_code == 302
    assert Member.objects.get(staff_no="1001").name == name


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"work_began": "1990"},
            {"work_began": ["按出生日期算，那时才 4 岁，核对一下这两个日期。"]},
        ),
        ({"joined": "1980"}, {"joined": ["按出生日期算，那时还没出生，核对一下这两个日期。"]}),
        (
            {"arrived": "2008"},
            {"arrived": ["到校时间早于参加工作时间，核对一下这两个日期。"]},
        ),
        ({"arrived": "2999"}, {"arrived": ["到校时间还没到，核对一下年份。"]}),
        (
            {"gender": "male"},
            {"retirement_line": ["男职工都是一样的退休年龄，这一项空着。"]},
        ),
        ({"contract": "nonsense"}, {"contract": ["用工形式里没有这一项，重新选一个。"]}),
    ],
)
def test_what_contradicts_is_told_where_it_stands(chair, changed, expected):
    assert errors_of(chair, **changed) == expected


def test_a_part_with_something_wrong_in_it_is_open(chair):
    response = chair.post("/members/new/", WHOLE | {"arrived": "2999"})
    work, other = response.text.split('<details class="form-part"')[1:]
    assert work.split(">")[0].strip() == "open"
    assert other.split(">")[0].strip() == ""


def test_words_in_use_are_offered_behind_the_usual_ones(chair):
    make_member(party="少先队辅导员", campus="北校区")
    text = chair.get("/members/new/").text
    party = text.split('<datalist id="words_party">')[1].split("</datalist>")[0]
    assert party.startswith('<option value="中共党员">')
    assert party.endswith('<option value="少先队辅导员"></option>')
    assert '<datalist id="words_campus"><option value="北校区"></option></datalist>' in text


# ------------------------------------------------------------------ the reading
def edit(client, member, **changed):
    response = client.get(f"{member.get_absolute_url()}edit/")
    form = response.context["form"]
    shown = {field.html_name: field.value() for field in form}
    data = {name: "" if value is None else value for name, value in shown.items()}
    data |= {f"initial-{name}": value for name, value in data.items()}
    return client.post(f"{member.get_absolute_url()}edit/", data | changed)


def test_a_wrong_reading_is_corrected_and_survives_other_changes(chair):
    member = make_member("隗明")
    assert edit(chair, member, pinyin="Wěi Míng").status_code == 302
    member.refresh_from_db()
    assert (member.pinyin, member.pinyin_joined, member.initials) == ("wei ming", "weiming", "wm")
    assert AuditEntry.objects.first().changes == {"pinyin": ["kui ming", "wei ming"]}
    edit(chair, member, title="高级教师")
    member.refresh_from_db()
    assert (member.pinyin, member.title) == ("wei ming", "高级教师")


def test_a_new_name_is_read_in_the_usual_way_and_so_is_an_emptied_reading(chair):
    member = make_member("隗明")
    edit(chair, member, pinyin="wei ming")
    edit(chair, Member.objects.get(pk=member.pk), pinyin="")
    member.refresh_from_db()
    assert member.pinyin == "kui ming"
    edit(chair, member, name="曾明")
    member.refresh_from_db()
    assert (member.pinyin, member.initials) == ("zeng ming", "zm")


def test_a_reading_that_does_not_fit_the_name_is_refused(chair):
    response = edit(chair, make_member("隗明"), pinyin="weiming")
    assert response.context["form"].errors == {
        "pinyin": ["拼音要一个字一个音节，中间空一格，例如 zeng xiao yan。"]
    }


def test_a_new_department_since_a_day_before_the_person_was_here_is_refused(chair):
    old, new = make_department("语文组"), make_department("数学组")
    member = make_member("曾晓燕", department=old)
    member.department_assignments.update(start=None)
    data = {"name": "曾晓燕", "staff_no": member.staff_no, "joined": "2020-09-01"}
    data |= {"department": new.pk, "since": "1900-01-01"}
    response = chair.post(f"{member.get_absolute_url()}edit/", data)
    assert response.status_code == 422
    assert (
        "曾晓燕的入会时间是2020年9月1日，变动日期 1900-01-01 比它早，改成那时或以后。"
        in response.text
    )
    row = member.department_assignments.get()
    assert (row.department, row.start, row.end) == (old, None, None)


@pytest.mark.parametrize(
    ("born", "told"),
    [
        (13, "按出生日期今年才 13 岁，核对一下年份。"),
        (121, "按出生日期已经 121 岁，核对一下年份。"),
    ],
)
def test_nobody_on_the_roster_is_a_child_or_older_than_anyone(chair, born, told):
    day = years_before(timezone.localdate(), born)
    dates = {"work_began": "", "arrived": "", "joined": ""}
    assert errors_of(chair, birth=str(day), **dates) == {"birth": [told]}


@pytest.mark.parametrize("born", [14, 120])
def test_the_youngest_and_the_oldest_are_taken(chair, born):
    day = years_before(timezone.localdate(), born)
    data = WHOLE | {"birth": str(day), "work_began": "", "arrived": "", "joined": ""}
    assert chair.post("/members/new/", data).status_code == 302


@pytest.mark.parametrize("field", ["work_began", "arrived", "joined"])
@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("1986-04-12", "2000-04-11", "才 13 岁"),
        ("1986-04-12", "1999-08-25", "才 13 岁"),
        ("1986-04-12", "2000-03", "才 13 岁"),
        ("1986-04-12", "1987-04-11", "不到一岁"),
        ("1986", "1999", "才 13 岁"),
        ("1986-04-12", "1986-04-11", "还没出生"),
    ],
)
def test_nobody_begins_before_the_fourteenth_birthday(chair, field, birth, day, age):
    dates = {"work_began": "", "arrived": "", "joined": ""} | {field: day, "birth": birth}
    told = f"按出生日期算，那时{age}，核对一下这两个日期。"
    assert errors_of(chair, **dates) == {field: [told]}


@pytest.mark.parametrize("field", ["work_began", "arrived", "joined"])
@pytest.mark.parametrize(
    ("birth", "day"),
    [
        ("1986-04-12", "2000-04-12"),
        ("1986-04-12", "2000-04"),
        ("1986-04", "2000"),
        ("1986", "2000"),
    ],
)
def test_on_the_fourteenth_birthday_one_may(chair, field, birth, day):
    dates = {"work_began": "", "arrived": "", "joined": ""} | {field: day, "birth": birth}
    assert chair.post("/members/new/", WHOLE | dates).status_code == 302


@pytest.mark.django_db
def test_the_picker_names_only_whom_the_field_takes():
    seen, hidden = make_member("甲一"), make_member("乙二")
    form = CandidateForm({"member": str(hidden.pk)}, members=Member.objects.exclude(pk=hidden.pk))
    assert "乙二" not in str(form["member"])
    form = CandidateForm({"member": str(seen.pk)}, members=Member.objects.all())
    assert "甲一" in str(form["member"])
