"""What some kinds of activities are asked beside: 学习培训, outside competitions, checks."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from activities import actions, queries
from activities.home import records_part
from activities.models import Activity, Check, ContestStage, Study
from tests.factories.activities import make_activity
from tests.factories.members import make_user
from unionoffice.periods import Period
from unionoffice.queries import log_of
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
YEAR = Period.year(2026)
QUICK = {"title": "示例", "when": "day", "day": "2026-03-06", "headcount": "40", "field": "study"}
STUDY = {"kind": "study", "study-form": "lecture", "study-teacher": "示例教授"}
STAGES = {
    "kind": "contest",
    "stage": ["new0", "new1"],
    "stagenew0-level": "school",
    "stagenew0-result": "选出 3 人",
    "stagenew1-level": "district",
    "stagenew1-result": "二等奖",
    "stagenew1-awarded": "on",
}
CHECK = {"kind": "check", "check-scope": "宿舍", "check-problems": "灭火器过期 2 只"}


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def record(client, **data) -> Activity:
    response = client.post(url("activity_create"), QUICK | data)
    assert response.status_code == 302
    return Activity.objects.order_by("-pk")[0]


def test_a_study_is_asked_for_form_teacher_and_hours(log_in):
    client = log_in(Role.CHAIR)
    activity = record(client, **STUDY, **{"study-courses": "2", "study-hours": "1.5"})
    study = activity.study
    assert (study.form, study.teacher, study.courses, study.hours) == (
        "lecture",
        "示例教授",
        2,
        Decimal("1.5"),
    )
    page = client.get(url("activity_detail", activity.pk)).text
    assert "<dt>主讲</dt><dd>示例教授</dd>" in page


def test_a_study_without_a_form_is_asked_for_it(log_in):
    response = log_in(Role.CHAIR).post(url("activity_create"), QUICK | {"kind": "study"})
    assert response.status_code == 422
    assert "学习培训选一种形式，例如讲座、培训。" in response.text
    assert not Activity.objects.exists()


def test_what_another_kind_asks_is_neither_judged_nor_saved(log_in):
    record(log_in(Role.CHAIR), kind="event", **{"study-hours": "x", "check-scope": "宿舍"})
    assert (Study.objects.count(), Check.objects.count()) == (0, 0)


def test_the_study_list_adds_up_what_it_shows(log_in):
    client = log_in(Role.CHAIR)
    record(client, **STUDY, **{"study-courses": "6", "study-hours": "12", "study-papers": "16"})
    record(client, **STUDY | {"study-form": "quiz", "headcount": "", "title": "答卷"})
    make_activity()
    page = client.get(url("study_list") + "?period=2026")
    totals = page.context["totals"]
    assert (totals.held, totals.courses, totals.attendance) == (2, 7, 40)
    assert (totals.hours, totals.papers, totals.without_headcount) == (Decimal(12), 16, 1)
    assert "2 次，7 期，40 人次，12 学时，收到文章、答卷 16 篇。1 次没记人数" in page.text
    quiz = client.get(url("study_list") + "?period=2026&form=quiz")
    assert [row.title for row in quiz.context["page"]] == ["答卷"]
    assert quiz.context["totals"].attendance is None


def test_the_study_export_gives_the_rows_of_the_list(log_in):
    client = log_in(Role.CHAIR)
    record(client, **STUDY)
    response = client.get(url("study_export") + "?period=2026&format=csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1][:5] == ["2026-03-06", "示例", "讲座", "", "示例教授"]


def test_a_contest_goes_from_level_to_level(log_in):
    client = log_in(Role.CHAIR)
    activity = record(client, **STAGES)
    stages = list(activity.stages.values_list("level", "result", "awarded"))
    assert stages == [("school", "选出 3 人", False), ("district", "二等奖", True)]
    page = client.get(url("contest_list") + "?period=2026")
    assert [(t.label, t.stages, t.awards) for t in page.context["totals"]] == [
        ("校级", 1, 0),
        ("区县级", 1, 1),
    ]
    won = client.get(url("contest_list") + "?period=2026&awarded=yes")
    assert [stage.result for stage in won.context["page"]] == ["二等奖"]


def test_an_award_needs_its_result(log_in):
    data = QUICK | STAGES | {"stagenew1-result": ""}
    response = log_in(Role.CHAIR).post(url("activity_create"), data)
    assert response.status_code == 422
    assert "获了奖就写上成绩，例如二等奖。" in response.text


def test_a_contest_without_a_level_is_named_beside_the_numbers(log_in):
    client = log_in(Role.CHAIR)
    record(client, kind="contest", title="区歌手大赛")
    page = client.get(url("contest_list") + "?period=2026")
    assert [activity.title for activity in page.context["bare"]] == ["区歌手大赛"]
    assert "这几场没写是哪一级" in page.text


def test_a_stage_is_taken_off_and_the_chain_keeps_it(log_in):
    client = log_in(Role.CHAIR)
    activity = record(client, **STAGES)
    first, second = activity.stages.all()
    data = QUICK | {"kind": "contest", "stage": [first.pk, second.pk]}
    data |= {f"stage{first.pk}-level": "school", f"stage{first.pk}-drop": "on"}
    data |= {f"stage{second.pk}-level": "district", f"stage{second.pk}-result": "一等奖"}
    assert client.post(url("activity_update", activity.pk), data).status_code == 302
    assert list(activity.stages.values_list("result", flat=True)) == ["一等奖"]
    changes = log_of(activity)[0].changes
    assert changes[f"conteststage{first.pk}"][1] is None
    assert changes[f"conteststage{second.pk}"]["result"] == ["二等奖", "一等奖"]


def test_open_problems_stand_first_and_on_the_home_page(log_in):
    client = log_in(Role.CHAIR)
    found = record(client, **CHECK, title="宿舍检查")
    record(client, kind="drill", title="消防演练", day="2026-05-06", headcount="250")
    page = client.get(url("check_list") + "?period=2026")
    totals = page.context["totals"]
    assert [row.title for row in page.context["page"]] == ["宿舍检查", "消防演练"]
    assert (totals.checks, totals.drills, totals.drilled, totals.open) == (1, 1, 250, 1)
    todos = records_part(client.user, date(2026, 11, 18), YEAR).todos
    assert [(t.title, t.act_label) for t in todos] == [("宿舍检查", "记整改")]
    client.post(url("activity_mend", found.pk), {"day": "2026-03-10"})
    assert Check.objects.get(activity=found).mended_on == date(2026, 3, 10)
    assert records_part(client.user, date(2026, 11, 18), YEAR).todos == ()
    client.post(url("activity_unmend", found.pk))
    assert Check.objects.get(activity=found).mended_on is None


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-03-05", "整改好的日子早于检查那天（2026年3月6日），核对一下。"),
        ("2026-12-05", "2026年12月5日还没到，整改好了再记。"),
    ],
)
def test_a_problem_is_not_mended_before_it_was_found_nor_tomorrow(log_in, day, sentence):
    client = log_in(Role.CHAIR)
    found = record(client, **CHECK)
    page = client.post(url("activity_mend", found.pk), {"day": day}, follow=True)
    assert sentence in page.text


def test_a_check_without_anything_beside_is_just_the_activity(log_in):
    activity = record(log_in(Role.CHAIR), kind="inspection")
    assert activity.kind == "inspection"
    assert not Check.objects.exists()


@pytest.mark.parametrize("name", ["study_list", "contest_list", "check_list"])
@pytest.mark.parametrize("query", ["period=明年", "form=zzz&level=zzz&kind=zzz"])
def test_these_lists_answer_nonsense_in_a_sentence(log_in, name, query):
    response = log_in(Role.MEMBER).get(f"{url(name)}?{query}")
    assert response.status_code == 422
    assert len(response.context["page"].object_list) == 0


@pytest.mark.parametrize(
    ("name", "kind"), [("study_list", STUDY), ("contest_list", STAGES), ("check_list", CHECK)]
)
@pytest.mark.parametrize("rows", [1, 3])
def test_these_lists_cost_a_constant_number_of_queries(
    log_in, name, kind, rows, django_assert_max_num_queries
):
    client = log_in(Role.CHAIR)
    for number in range(rows):
        record(client, **kind, title=f"示例{number}")
    with django_assert_max_num_queries(8):
        client.get(url(name) + "?period=2026")


def test_lists_count_neither_what_is_to_come_nor_what_was_voided(log_in):
    client, chair = log_in(Role.CHAIR), make_user(Role.CHAIR)
    voided = record(client, **STAGES)
    actions.void_activity(activity=voided, reason="记重了", by=chair)
    ahead = Activity(title="区赛", field="culture", kind="contest", day=date(2026, 12, 5))
    actions.announce_activity(activity=ahead, by=chair)
    ContestStage.objects.create(activity=ahead, level="district")
    assert list(queries.contests(Activity.objects.all(), period=YEAR)) == []


@pytest.mark.parametrize(
    ("name", "number", "sentence"),
    [
        ("courses", "0", "期数至少是 1；不知道就留空。"),
        ("courses", "-1", "不会是负数，不知道就留空。"),
        ("courses", "501", "期数写了 501，超过 500，看看是不是多按了几个零。"),
        ("hours", "-1", "学时要大于 0，例如 2 或 1.5；不知道就留空。"),
        ("hours", "0", "学时要大于 0，例如 2 或 1.5；不知道就留空。"),
        ("hours", "1000.5", "学时写了 1000.5，超过 1000，看看是不是多按了几个零。"),
        ("hours", "1.55", "学时的小数点后最多一位，例如 1.5。"),
        ("hours", "123456", "学时太多了，看看是不是多按了几个零。"),
        ("hours", "两个", "学时写数字，例如 2 或 1.5。"),
        ("papers", "100001", "文章、答卷写了 100001，超过 100000，看看是不是多按了几个零。"),
    ],
)
def test_a_number_that_can_not_be_is_refused_at_its_field(log_in, name, number, sentence):
    sent = QUICK | STUDY | {f"study-{name}": number}
    page = log_in(Role.CHAIR).post(url("activity_create"), sent)
    assert page.status_code == 422
    assert page.context["parts"].study.errors == {name: [sentence]}
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("name", "number"), [("courses", "500"), ("hours", "1000"), ("hours", "0.5"), ("papers", "0")]
)
def test_a_number_at_its_bound_is_kept(log_in, name, number):
    activity = record(log_in(Role.CHAIR), **STUDY | {f"study-{name}": number})
    assert getattr(activity.study, name) == Decimal(number)


@pytest.mark.parametrize(("name", "number"), [("courses", 0), ("hours", 0), ("hours", -1)])
def test_the_database_holds_no_such_number_either(name, number):
    values = {"activity": make_activity(), "form": "lecture", name: number}
    with pytest.raises(IntegrityError), transaction.atomic():
        Study.objects.create(**values)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-11-19", "2026年11月19日还没到，整改好了再记。"),
        ("2026-03-05", "整改好的日子早于检查那天（2026年3月6日），核对一下。"),
    ],
)
def test_problems_are_mended_neither_ahead_nor_before_they_were_found(log_in, day, sentence):
    client = log_in(Role.CHAIR)
    page = client.post(url("activity_create"), QUICK | CHECK | {"check-mended_on": day})
    assert page.context["form"].non_field_errors() == [sentence]
    activity = record(client, **CHECK | {"check-mended_on": "2026-03-06"})
    page = client.post(
        url("activity_update", activity.pk), QUICK | CHECK | {"check-mended_on": day}
    )
    assert page.context["form"].non_field_errors() == [sentence]
    assert Check.objects.get().mended_on == date(2026, 3, 6)


def test_hours_are_shown_as_they_are_spoken(log_in):
    client = log_in(Role.CHAIR)
    activity = record(client, **STUDY | {"study-hours": "11.5"})
    assert "<dt>学时</dt><dd>11.5</dd>" in client.get(activity.get_absolute_url()).text
    record(client, **STUDY | {"title": "再一次", "study-hours": "20"})
    page = client.get(url("study_list") + "?period=2026").text
    assert "31.5 学时" in page
    assert '<td class="r p0">20</td>' in page
