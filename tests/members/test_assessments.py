"""考核: whose, in which period, with which goals and result; who may read it."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from members.actions.assessments import update_assessment
from members.choices import AssessmentOf
from members.models import Assessment
from members.own_data import own_data
from members.queries.assessments import assessments_in, assessments_visible_to, subjects
from members.rules.assessments import Item, read_items, total_score, written
from tests.factories.assessments import make_assessment
from tests.factories.forms import posted_back
from tests.factories.members import make_group, make_member, make_user
from unionoffice.attachments import look_at
from unionoffice.errors import RuleBroken
from unionoffice.models import Attachment, AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
LIST = reverse("members:assessment_list")
NEW = reverse("members:assessment_create")


def url(name: str, assessment: Assessment) -> str:
    return reverse(f"members:assessment_{name}", args=[assessment.pk])


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", ()),
        ("办好教代会", (Item("办好教代会"),)),
        ("办好教代会 | 6月召开 | 20", (Item("办好教代会", "6月召开", "20"),)),
        ("一｜二｜优\n\n 三 |  | 5 ", (Item("一", "二", "优"), Item("三", "", "5"))),
    ],
)
def test_goals_are_read_a_line_each_and_written_back(text, items):
    assert read_items(text) == items
    assert read_items(written(items)) == items


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("一|二|3|四", "第 1 行有 4 段，一行只写“目标 | 完成情况 | 得分”。"),
        ("一\n | 完成 | 5", "第 2 行没有写目标，写成“目标 | 完成情况 | 得分”。"),
        ("一|二|这是一个很长很长的得分", "第 1 行的得分太长，写数字或几个字。"),
        ("一\n" * 61, "目标有 61 条，最多写 60 条，多的放附件。"),
    ],
)
def test_goals_that_cannot_be_read_are_refused_with_their_line(text, sentence):
    with pytest.raises(RuleBroken) as refusal:
        read_items(text)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("text", "total"),
    [("一||20\n二||19.5", "39.5"), ("一||20\n二||优", None), ("一||NaN", None), ("", None)],
)
def test_scores_add_up_only_when_each_is_a_number(text, total):
    found = total_score(read_items(text))
    assert (found if found is None else str(found)) == total


def test_an_officers_assessment_is_for_that_person_and_those_who_keep_them():
    officer = make_user(Role.WELFARE)
    mine = make_assessment(member=officer.member)
    union, group = make_assessment(), make_assessment(group=make_group())

    def seen(user) -> set:
        return set(assessments_visible_to(user))

    assert seen(officer) == seen(make_user(Role.CHAIR)) == {mine, union, group}
    assert seen(make_user(Role.ORGANISATION)) == {mine, union, group}
    for role in (Role.MEMBER, Role.WOMEN, Role.HIGHER_UNION, Role.ADMIN, Role.AUDITOR):
        assert seen(make_user(role)) == {union, group}


def test_someone_elses_assessment_is_not_there_on_any_way(log_in):
    make_assessment(member=make_member("王敏"), result="不称职")
    assessment = Assessment.objects.get()
    client = log_in(Role.MEMBER)
    assert client.get(url("detail", assessment)).status_code == 404
    assert "王敏" not in client.get(LIST + "?q=王敏").content.decode().replace('value="王敏"', "")
    exported = client.get(reverse("members:assessment_export") + "?format=csv")
    assert "王敏" not in exported.getvalue().decode("utf-8-sig")


def test_its_files_are_for_those_who_may_read_it(log_in):
    officer = make_user(Role.WELFARE)
    client = log_in(Role.CHAIR)
    form = {
        "subject": f"officer-{officer.member_id}-welfare",
        "period_code": client.get(NEW).context["form"].fields["period_code"].choices[1][0],
        "result": "称职",
        "assessed_on": "2026-01-10",
        "assessed_by": "工会委员会",
        "files": SimpleUploadedFile("考核表.pdf", b"%PDF-1.7"),
    }
    client.post(NEW, form)
    attachment = Attachment.objects.get()
    assert look_at(attachment, officer) is not None
    assert look_at(attachment, make_user(Role.WOMEN)) is None


def test_the_chair_records_one_of_a_group_with_its_goals(log_in):
    group = make_group("第一工会小组")
    client = log_in(Role.CHAIR)
    period = client.get(NEW).context["form"].fields["period_code"].choices[1][0]
    form = {
        "subject": f"group-{group.pk}",
        "period_code": period,
        "result": "优秀",
        "assessed_on": f"{period}-12-25",
        "assessed_by": "工会委员会",
        "goals": "活动不少于两次 | 完成 | 10",
    }
    client.post(NEW, form)
    assessment = Assessment.objects.get()
    assert (assessment.of, assessment.group) == (AssessmentOf.GROUP, group)
    assert assessment.items == [["活动不少于两次", "完成", "10"]]
    assert str(assessment) == f"第一工会小组{period}年考核"
    assert AuditEntry.objects.filter(act="members.add_assessment").count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"subject": ""}, "考核谁还没有选，选一个。"),
        ({"subject": "group-99999"}, "考核谁里没有这一项，重新选一个。"),
        ({"result": ""}, "写上考核结果，例如：优秀。"),
        ({"assessed_on": "2099-01-01"}, "考核的日期还没到，考核过了再记。"),
        ({"assessed_on": "2001-01-01"}, "考核的日期早于考核的那一期，看看年份。"),
        ({"goals": "一|二|三|四"}, "第 1 行有 4 段"),
    ],
)
def test_the_form_says_what_is_wrong(values, sentence, log_in):
    client = log_in(Role.CHAIR)
    period = client.get(NEW).context["form"].fields["period_code"].choices[1][0]
    form = {"subject": "union", "period_code": period, "result": "优秀"}
    form |= {"assessed_on": f"{period}-12-25", "assessed_by": "教育工会"}
    page = client.post(NEW, form | values)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Assessment.objects.exists()


def test_a_change_keeps_what_the_form_left_and_stands_in_the_log(log_in):
    assessment = make_assessment(items=[["目标", "完成", "5"]])
    client = log_in(Role.ORGANISATION)
    page = client.get(url("update", assessment))
    client.post(url("update", assessment), posted_back(page) | {"result": "合格"})
    assessment.refresh_from_db()
    assert (assessment.result, assessment.items) == ("合格", [["目标", "完成", "5"]])
    entry = AuditEntry.objects.get(act="members.update_assessment")
    assert entry.changes == {"result": ["优秀", "合格"]}


def test_the_goals_are_changed_line_by_line(log_in):
    assessment = make_assessment(items=[["目标", "完成", "5"]])
    client = log_in(Role.CHAIR)
    page = client.get(url("update", assessment))
    assert page.context["form"]["goals"].value() == "目标 | 完成 | 5"
    sent = posted_back(page) | {"goals": "目标 | 完成 | 6\n另一条"}
    client.post(url("update", assessment), sent)
    assessment.refresh_from_db()
    assert assessment.items == [["目标", "完成", "6"], ["另一条", "", ""]]


def test_a_voided_one_stands_on_no_list_and_is_read_only_by_those_who_keep_them(log_in):
    assessment = make_assessment()
    chair = log_in(Role.CHAIR)
    assert chair.post(url("void", assessment), {"reason": ""}).status_code == 422
    chair.post(url("void", assessment), {"reason": "记重了"})
    assert list(assessments_in(chair.user)) == []
    assert "记重了" in chair.get(url("detail", assessment)).content.decode()
    assert log_in(Role.MEMBER).get(url("detail", assessment)).status_code == 404
    again = chair.post(url("void", assessment), {"reason": "再作废"}, follow=True)
    assert "已经作废了，不能再改" in again.content.decode()


def test_the_list_is_narrowed_and_exported_as_it_is_shown(log_in):
    make_assessment()
    make_assessment(group=make_group("第一工会小组"), items=[["目标", "完成", "8"]], result="合格")
    client = log_in(Role.CHAIR)
    shown = client.get(LIST + "?of=group").context["page"].object_list
    assert [one.whose for one in shown] == ["第一工会小组"]
    address = reverse("members:assessment_export") + "?of=group"
    sheet = load_workbook(BytesIO(client.get(address).getvalue()), read_only=True).active
    rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [[*row[1:3], *row[4:7]] for row in rows] == [
        ["第一工会小组", "工会小组", "2025年", "合格", 8]
    ]
    assert rows[0][-1] == "目标 | 完成 | 8"
    assert AuditEntry.objects.get(act="members.export_assessments").changes == {"rows": 1}


def test_the_list_answers_nonsense_in_a_sentence(log_in):
    page = log_in(Role.CHAIR).get(LIST + "?of=zzz")
    assert page.status_code == 422
    assert "没有这样的种类，重新选一个。" in page.content.decode()
    assert "看全部考核" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 4])
def test_assessment_list_query_count_is_flat(rows, log_in, django_assert_num_queries):
    for _ in range(rows):
        make_assessment(member=make_member())
        make_assessment(group=make_group())
    client = log_in(Role.CHAIR)
    with django_assert_num_queries(6):
        client.get(LIST)


def test_one_is_recorded_of_who_holds_or_lately_held_an_office():
    today = date(2026, 11, 22)
    now = make_user(Role.WELFARE).member
    lately, long_ago = make_user(Role.CULTURE).member, make_user(Role.WOMEN).member
    lately.offices.update(end=date(2025, 12, 31))
    long_ago.offices.update(end=date(2023, 12, 31))
    keys = {key for key, _ in dict(subjects(today))["委员"]}
    assert keys == {f"officer-{now.pk}-welfare", f"officer-{lately.pk}-culture"}


def test_it_stands_among_what_is_stored_about_the_person():
    member = make_member()
    make_assessment(member=member, result="称职")
    section = next(one for one in own_data(member) if one.title == "考核")
    assert section.rows == (
        ("福利委员", "2025年", None, "称职", date(2025, 12, 25), "示例市教育工会"),
    )


def test_the_database_refuses_one_of_nobody_in_particular():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_assessment(of=AssessmentOf.GROUP)


def test_nobody_gets_a_second_one_of_a_kind_by_an_edit():
    member = make_member("王敏")
    make_assessment(member=member, topic="师德考核")
    other = make_assessment(member=member, topic="量化考核")
    other.topic = "师德考核"
    with pytest.raises(RuleBroken, match="王敏"):
        update_assessment(assessment=other, by=make_user(Role.CHAIR))
    other.topic, other.result = "量化考核", "合格"
    assert update_assessment(assessment=other, by=make_user(Role.CHAIR)).result == "合格"


def test_a_persons_page_shows_the_own_assessments_to_those_who_may_read_them(log_in):
    teacher = make_user(Role.MEMBER)
    make_assessment(member=teacher.member, topic="师德考核")
    make_assessment(member=teacher.member, assessed_on=date(2025, 12, 30), result="称职")
    make_assessment(member=make_member("王敏"), topic="师德考核", result="不合格")
    make_assessment(group=make_group())
    page = reverse("members:member_detail", args=[teacher.member_id])

    def shown(client, address) -> list:
        return [
            panel.lines for panel in client.get(address).context["beside"] if panel.title == "考核"
        ]

    lines = (("2025-12-30", "福利委员 2025年 称职"), ("2025-12-25", "师德考核 2025年 优秀"))
    assert shown(log_in(Role.CHAIR), page) == [lines]
    assert shown(log_in(user=teacher), reverse("members:my_profile")) == [lines]
    for role in (Role.WOMEN, Role.ADMIN, Role.AUDITOR):
        assert shown(log_in(role), page) == []
    assert shown(log_in(Role.MEMBER), reverse("members:my_profile")) == []


def test_one_score_is_no_part_beside_the_total():
    member = make_member()
    whole = make_assessment(member=member, topic="师德考核", items=[["得分", "", "96"]])
    word = make_assessment(member=member, topic="年度考核", items=[["得分", "", "优"]])
    parts = make_assessment(member=member, topic="量化考核", items=[["出勤", "", "9"]])
    assert [len(one.parts) for one in (whole, word, parts)] == [0, 1, 1]
