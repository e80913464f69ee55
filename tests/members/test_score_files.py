"""师德考核、量化考核: a person's assessment, and a whole file of scores."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from members.assessment_reader import read_scores
from members.models import Assessment
from members.own_data import own_data
from members.queries.assessments import assessments_visible_to
from members.rules.assessments import total_score
from tests.factories.assessments import make_assessment
from tests.factories.forms import posted_back
from tests.factories.members import make_group, make_member, make_user
from unionoffice.errors import FileRefused
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
NEW, IMPORT = reverse("members:assessment_create"), reverse("members:assessment_import")
LAND = reverse("members:assessment_import_land")
TOPIC = "师德考核"


def workbook(*rows: tuple) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read(*rows: tuple):
    return read_scores("得分.xlsx", workbook(*rows))


# One person


def typed(client, **values) -> dict:
    period = client.get(NEW).context["form"].fields["period_code"].choices[1][0]
    told = {"subject": "person", "who": "王芳", "topic": TOPIC, "period_code": period}
    told |= {"result": "优秀", "assessed_on": f"{period}-12-25", "assessed_by": "师德考核小组"}
    return told | values


def test_a_colleague_is_assessed_with_one_score(log_in):
    member, client = make_member("王芳"), log_in(Role.ORGANISATION)
    client.post(NEW, typed(client, score="92.5"))
    assessment = Assessment.objects.get()
    assert (assessment.of, assessment.member, assessment.topic) == ("person", member, TOPIC)
    assert str(total_score(assessment.goals)) == "92.5"
    assert str(assessment) == f"王芳{assessment.period.label}师德考核"
    address = reverse("members:assessment_update", args=[assessment.pk])
    page = client.get(address)
    assert page.context["form"]["score"].value() == "92.5"
    client.post(address, posted_back(page) | {"score": "93"})
    assessment.refresh_from_db()
    assert assessment.items == [["得分", "", "93"]]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"who": ""}, "写上考核的是哪一位。"),
        ({"who": "没有这人"}, "名册里没有“没有这人”，写全名或工号。"),
        ({"topic": ""}, "写上考核什么，例如：师德考核。"),
        ({"subject": "union"}, "考核的不是教职工本人，这里空着"),
        ({"score": "-5"}, "“得分”写的是 -5，不能是负数"),
        ({"goals": "爱岗敬业||2000"}, "第 1 行，“爱岗敬业”写的是 2000，最多 1000。"),
        ({"score": "92", "goals": "爱岗敬业||20"}, "写了分项，总分自己加，这里空着。"),
        ({"topic": "量化考核"}, "王芳这一期的量化考核已经记过了，要改到那一条里改。"),
    ],
)
def test_the_form_says_what_is_wrong(values, said, log_in):
    client, member = log_in(Role.CHAIR), make_member("王芳")
    told = typed(client, **values)
    make_assessment(member=member, topic="量化考核", period_code=told["period_code"])
    page = client.post(NEW, told)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert Assessment.objects.count() == 1


def test_what_was_just_recorded_is_taken_back_and_may_be_recorded_again(log_in):
    make_member("王芳")
    client = log_in(Role.ORGANISATION)
    page = client.post(NEW, typed(client, score="92"), follow=True)
    assert "目标和完成情况" not in page.content.decode()  # there is one score and it stands above
    (message,) = page.context["messages"]
    address = message.extra_tags.removeprefix("undo:")
    refused = log_in(Role.CHAIR).post(address, follow=True)
    assert "只有记的人自己能撤销" in refused.content.decode()
    client.post(address)
    assert Assessment.objects.get().void_reason == "刚记就撤销"
    client.post(NEW, typed(client, score="93"))
    assert Assessment.objects.get(voided_at=None).items == [["得分", "", "93"]]


def test_it_is_for_that_person_and_those_who_keep_them():
    user = make_user(Role.MEMBER)
    mine = make_assessment(member=user.member, topic=TOPIC)
    assert list(assessments_visible_to(user)) == [mine]
    assert list(assessments_visible_to(make_user(Role.CHAIR))) == [mine]
    for role in (Role.MEMBER, Role.WOMEN, Role.SCHOOL_LEADER, Role.HIGHER_UNION, Role.ADMIN):
        assert list(assessments_visible_to(make_user(role))) == []
    section = next(one for one in own_data(user.member) if one.title == "考核")
    assert section.rows[0][:4] == (TOPIC, "2025年", None, "优秀")


@pytest.mark.parametrize("role", [Role.MEMBER, Role.GROUP_LEADER, Role.SCHOOL_LEADER])
def test_a_colleagues_score_is_not_there_on_any_way(role, log_in):
    group = make_group()
    own = {"group": group} if role == Role.GROUP_LEADER else {}
    client = log_in(user=make_user(role, **own))
    colleague = make_member("王敏", group=group)
    assessment = make_assessment(member=colleague, topic=TOPIC, result="不合格")
    assert client.get(assessment.get_absolute_url()).status_code == 404
    listed = client.get(reverse("members:assessment_list") + "?of=person")
    assert listed.context["page"].object_list.count() == 0
    exported = client.get(reverse("members:assessment_export") + "?format=csv")
    assert "王敏" not in exported.getvalue().decode("utf-8-sig")


# The reader


def test_a_column_a_criterion_is_read_with_its_sum_and_grade():
    reading = read(
        ("2025年师德考核表",),
        ("序号", "姓名", "部门", "爱岗敬业", "关爱学生", "总分", "等次"),
        (1, "王芳", "语文组", 48, 45.5, 93.5, "优秀"),
        (2, "李静", "数学组", 40, None, None, "合格"),
        ("合计", "合计", None, 88, 45.5, None, None),
    )
    told = [(row.row, row.name, row.items, row.score, row.result) for row in reading.rows]
    assert told == [
        (3, "王芳", (("爱岗敬业", "48"), ("关爱学生", "45.5")), "93.5", "优秀"),
        (4, "李静", (("爱岗敬业", "40"),), "", "合格"),
    ]
    assert reading.refused == []


@pytest.mark.parametrize(
    "head", ["总计", "考核总分", "最后得分", "总评成绩", "合计（100分）", "综合得分", "总成绩"]
)
def test_the_whole_is_no_criterion_whatever_it_is_called(head):
    (row,) = read(("姓名", "德", "小计", "能", "平均分", head), ("王芳", 40, 40, 50, 45, 90)).rows
    assert (row.items, row.score) == ((("德", "40"), ("能", "50")), "90")


@pytest.mark.parametrize(
    ("score", "result"), [("92.5", "92.5分"), ("92.5分", "92.5分"), ("优秀", "优秀")]
)
def test_without_a_grade_the_score_says_how_it_went(score, result, log_in):
    make_member("王芳")
    client = log_in(Role.CHAIR)
    page = client.post(IMPORT, handed_in(workbook(("姓名", "得分"), ("王芳", score))))
    client.post(LAND, {"rows": page.context["carried"]})
    assert Assessment.objects.get().result == result


def test_lines_that_cannot_be_right_are_refused_with_their_row():
    reading = read(
        ("工号", "姓名", "爱岗敬业", "总分"),
        ("T1", "王芳", 48, 50),
        ("T2", "李静", None, None),
        ("T3", "陈刚", "写得太长太长太长太长太长", None),
    )
    assert reading.refused == [
        (2, "王芳：分项加起来是 48，总分写的是 50，核对一下。"),
        (3, "李静：没有得分，也没有等次。"),
        (4, "陈刚：“爱岗敬业”的得分太长，写数字或几个字。"),
    ]


def test_a_score_beyond_its_full_mark_is_refused_with_its_row():
    reading = read(
        ("姓名", "爱岗敬业（20分）", "出勤10分", "扣分", "总分(100)"),
        ("王芳", 20, 10, 2, 28),
        ("李静", 21, 10, None, None),
        ("陈刚", 20, 11, None, None),
        ("赵敏", 20, -1, None, None),
        ("周强", None, None, None, 101),
        ("吴兰", 18, 9, -3, 24),
    )
    assert [(row.name, row.items[-1]) for row in reading.rows] == [
        ("王芳", ("扣分", "-2")),
        ("吴兰", ("扣分", "-3")),
    ]
    assert reading.refused == [
        (3, "李静：“爱岗敬业（20分）”写的是 21，满分是 20。"),
        (4, "陈刚：“出勤10分”写的是 11，满分是 10。"),
        (5, "赵敏：“出勤10分”写的是 -1，不能是负数；扣分的一项，名称里写“扣分”。"),
        (6, "周强：“得分”写的是 101，满分是 100。"),
    ]


def test_criteria_under_a_heading_that_spans_them_are_read():
    reading = read(
        ("姓名", "身份证号", "师德", None, "等次"),
        (None, None, "爱岗敬业", "关爱学生", None),
        ("王芳", "000000000000000000", 48, 45, "优秀"),
    )
    (row,) = reading.rows
    assert (row.row, row.items) == (3, (("爱岗敬业", "48"), ("关爱学生", "45")))
    assert row.result == "优秀"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("班级", "语文"), ("一班", 90)], "不能当考核得分读"),
        ([("姓名",), ("王芳",)], "不能当考核得分读"),
        ([("姓名", "得分")], "只有表头，下面一个人也没有"),
    ],
)
def test_what_is_no_such_table_is_refused(rows, said):
    with pytest.raises(FileRefused, match=said):
        read(*rows)


# A whole file


def handed_in(content: bytes, **values) -> dict:
    told = {"topic": TOPIC, "period_code": "2025", "assessed_on": "2025-12-25"}
    file = SimpleUploadedFile("得分.xlsx", content)
    return told | {"assessed_by": "师德考核小组", "file": file} | values


def test_a_file_is_looked_at_landed_and_taken_back_as_a_whole(log_in):
    one, other = make_member("王芳"), make_member("李静")
    client = log_in(Role.ORGANISATION)
    content = workbook(
        ("姓名", "工号", "爱岗敬业", "关爱学生", "等次"),
        ("王芳", one.staff_no, 48, 45, "优秀"),
        ("李静", None, 40, 41, None),
        ("没有这人", None, 40, 41, "合格"),
    )
    page = client.post(IMPORT, handed_in(content))
    assert page.context["refused"] == [(4, "名册里没有“没有这人”，写全名或工号。")]
    assert not Assessment.objects.exists()
    done = client.post(LAND, {"rows": page.context["carried"]}, follow=True)
    assert "导入了 2 人。" in done.content.decode()
    rows = {(a.member, a.result, str(total_score(a.goals))) for a in Assessment.objects.all()}
    assert rows == {(one, "优秀", "93"), (other, "81分", "81")}
    again = client.post(LAND, {"rows": page.context["carried"]}, follow=True)
    assert "这份文件里没有能导入的行。" in again.content.decode()
    entry = AuditEntry.objects.get(act="members.import_assessments")
    undo = reverse("members:assessment_import_undo", args=[entry.pk])
    assert log_in(Role.CHAIR).post(undo).status_code == 404
    client.post(undo)
    assert not Assessment.objects.filter(voided_at=None).exists()


def test_who_was_assessed_already_or_stands_twice_is_not_landed_again(log_in):
    make_assessment(member=make_member("王芳"), topic=TOPIC, period_code="2025")
    make_member("李静")
    other = make_member("陈刚")
    content = workbook(
        ("姓名", "工号", "得分"),
        ("王芳", None, 90),
        ("李静", None, 91),
        ("李静", None, 92),
        ("张三", other.staff_no, 93),
    )
    page = log_in(Role.CHAIR).post(IMPORT, handed_in(content))
    assert page.context["refused"] == [
        (2, "王芳这一期的这项考核已经记过了。"),
        (3, "李静在文件里有 2 行，留一行。"),
        (4, "李静在文件里有 2 行，留一行。"),
        (5, f"工号 {other.staff_no} 在名册里是陈刚，文件里写的是张三。"),
    ]


def test_one_person_by_name_and_by_number_and_two_of_one_name_are_told_apart(log_in):
    one, namesake = make_member("王芳"), make_member("王芳")
    other = make_member("李静")
    content = workbook(
        ("姓名", "工号", "得分"),
        ("王芳", None, 90),
        ("王芳", namesake.staff_no, 91),
        ("李静", None, 92),
        ("李静", other.staff_no, 93),
    )
    page = log_in(Role.CHAIR).post(IMPORT, handed_in(content))
    numbers = "、".join((one.staff_no, namesake.staff_no))
    assert page.context["refused"] == [
        (2, f"叫“王芳”的有 2 位（工号 {numbers}），写工号。"),
        (4, "李静在文件里有 2 行，留一行。"),
        (5, "李静在文件里有 2 行，留一行。"),
    ]
    assert [row.member for row in page.context["rows"]] == [namesake]


def test_what_goes_out_comes_in_again(log_in):
    member = make_member("王芳")
    make_assessment(member=member, topic=TOPIC, items=[["得分", "", "92"]])
    client = log_in(Role.CHAIR)
    address = reverse("members:assessment_export") + "?of=person&format=xlsx"
    content = client.get(address).getvalue()
    page = client.post(IMPORT, handed_in(content, period_code="2026", assessed_on="2026-01-05"))
    (row,) = page.context["rows"]
    assert (row.member, row.result, str(row.total)) == (member, "优秀", "92")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"topic": ""}, "写上考核什么，例如：师德考核。"),
        ({"assessed_by": ""}, "写上由谁考核。"),
        ({"assessed_on": ""}, "写上哪天考核的。"),
        ({"file": SimpleUploadedFile("得分.xlsx", b"zzz")}, "得分.xlsx"),
        ({"file": SimpleUploadedFile("得分.xlsx", b"")}, "这是空文件，重新选一个。"),
        ({"file": SimpleUploadedFile("得分.csv", b"\n \n")}, "不能当考核得分读，要有"),
    ],
)
def test_the_head_of_a_file_says_what_is_wrong(values, said, log_in):
    content = workbook(("姓名", "得分"), ("王芳", 90))
    page = log_in(Role.CHAIR).post(IMPORT, handed_in(content, **values))
    assert page.status_code == 422
    assert said in page.content.decode()


def test_a_preview_that_somebody_changed_is_refused(log_in):
    page = log_in(Role.CHAIR).post(LAND, {"rows": "zzz"}, follow=True)
    assert "这份预览过期了，什么都没有导入。" in page.content.decode()


def test_a_day_that_cannot_be_is_said_before_anything_is_read(log_in):
    make_member("王芳")
    content = workbook(("姓名", "得分"), ("王芳", 90))
    page = log_in(Role.CHAIR).post(IMPORT, handed_in(content, assessed_on="2020-01-01"))
    assert page.status_code == 422
    assert "考核的日期早于考核的那一期" in page.text


def test_the_day_of_the_file_is_the_day_of_each(log_in):
    make_member("王芳")
    client = log_in(Role.CHAIR)
    page = client.post(IMPORT, handed_in(workbook(("姓名", "得分"), ("王芳", 90))))
    client.post(LAND, {"rows": page.context["carried"]})
    assert Assessment.objects.get().assessed_on == date(2025, 12, 25)
