import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from activities import importers
from activities.management.commands.import_plan import NO_MONTHS
from activities.models import Plan, PlanItem, PlanSection
from activities.plan_reader import (
    ItemReading,
    LineReading,
    MonthReading,
    PeriodReading,
    PlanReading,
    Role,
    read_plan,
)
from tests.factories.activities import PLAN_TEXT, make_plan
from unionoffice.models import AuditEntry
from unionoffice.periods import Period


def reading(*months, kind="calendar_year", start=None, sections=(), unread=()) -> PlanReading:
    lines = [
        LineReading(text, text, Role.ITEM, numbers, (ItemReading(numbers, text, 0),))
        for numbers, texts in months
        for text in texts
    ]
    for section in sections:
        lines.append(LineReading(section.title, section.title, Role.HEADING, lead=section.body))
    lines += [LineReading(text, text, Role.ASIDE, aside=(text,)) for text in unread]
    return PlanReading(
        title="计划",
        period=PeriodReading(kind, start, None),
        months=tuple(MonthReading(*month) for month in months),
        sections=tuple(sections),
        unread=tuple(unread),
        warnings=(),
        lines=tuple(lines),
    )


def spans(arranged) -> list[tuple]:
    return [(i.text, i.first_month.isoformat()[:7], i.last_month.isoformat()[:7]) for i in arranged]


@pytest.mark.parametrize(
    ("kind", "start", "period"),
    [
        ("calendar_year", None, None),
        ("calendar_year", "2026-01", Period.year(2026)),
        ("school_year", "2026-09", Period.school_year(2026)),
        ("semester", "2026-09", Period.semester(2026, 1)),
        ("semester", "2027-02", Period.semester(2026, 2)),
        ("half_year", "2026-01", Period.half(2026, 1)),
        ("half_year", "2026-07", Period.half(2026, 2)),
    ],
)
def test_period_that_the_text_names(kind, start, period):
    assert importers.period_read(reading(kind=kind, start=start)) == period


def test_months_find_their_year_in_a_school_year():
    found = importers.arrange(
        reading(((9,), ("开学",)), ((12, 1), ("迎新",)), ((8,), ("疗休养",))),
        Period.school_year(2026),
    )
    assert spans(found.items) == [
        ("开学", "2026-09", "2026-09"),
        ("迎新", "2026-12", "2027-01"),
        ("疗休养", "2027-08", "2027-08"),
    ]
    assert [item.order for item in found.items] == [0, 1, 2]


def test_months_that_do_not_meet_become_items_of_their_own():
    found = importers.arrange(reading(((3, 9, 10), ("义诊。",))), Period.year(2026))
    assert spans(found.items) == [
        ("义诊", "2026-03", "2026-03"),
        ("义诊", "2026-09", "2026-10"),
    ]


def test_months_outside_of_the_period_are_unread_not_lost():
    found = importers.arrange(
        reading(((7, 8), ("疗休养", "防汛")), unread=("附言",)), Period.semester(2026, 1)
    )
    assert (found.items, found.unread) == ([], ["附言", "7、8月：疗休养", "7、8月：防汛"])


def test_items_get_a_field_from_their_words():
    found = importers.arrange(reading(((3,), ("三八节联欢", "拔河"))), Period.year(2026))
    assert [item.field for item in found.items] == ["women", "culture"]


@pytest.fixture
def plan_file(tmp_path):
    file = tmp_path / "计划.txt"
    file.write_text(PLAN_TEXT, encoding="utf-8")
    return file


def counts() -> tuple:
    models = (Plan, PlanItem, PlanSection, AuditEntry)
    return tuple(model.objects.count() for model in models)


def test_dry_run_prints_the_reading_and_needs_no_database(plan_file, capsys):
    """Without the django_db mark, any query would fail."""
    call_command("import_plan", plan_file, "--dry-run", "--format", "json")
    assert json.loads(capsys.readouterr().out) == read_plan(PLAN_TEXT).as_json()


@pytest.mark.django_db
def test_import_makes_what_the_dry_run_printed(plan_file, capsys):
    call_command("import_plan", plan_file)
    plan = Plan.objects.get()
    assert (plan.title, plan.period, plan.created_by) == (
        "2026年工会工作计划",
        Period.year(2026),
        None,
    )
    assert [item.text for item in plan.items.all()] == [
        "走访慰问退休教师",
        "开展三八妇女节庆祝活动",
        "组织教职工疗休养",
    ]
    assert capsys.readouterr().out.endswith("建好了：2026年工会工作计划，3 项。\n")


@pytest.mark.django_db
def test_import_without_a_year_asks_for_one(tmp_path):
    file = tmp_path / "计划.txt"
    file.write_text(
        "工会工作计划\n三月份：拔河。\n四月份：健步走。\n五月份：朗诵。\n", encoding="utf-8"
    )
    with pytest.raises(CommandError) as caught:
        call_command("import_plan", file)
    assert str(caught.value).startswith("文字里没写年份，加上 --year，例如 --year 20")
    call_command("import_plan", file, "--year", "2026")
    assert [plan.period.code for plan in Plan.objects.all()] == ["2026"]


@pytest.mark.django_db
def test_refused_import_leaves_nothing(plan_file):
    make_plan(title="原来的计划")
    before = counts()
    with pytest.raises(CommandError) as caught:
        call_command("import_plan", plan_file)
    assert str(caught.value) == (
        "2026年已有计划《原来的计划》，打开它接着改；要整个换掉，先撤回原来那份。"
    )
    assert counts() == before


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError) as caught:
        call_command("import_plan", tmp_path / "没有.txt", "--dry-run")
    assert str(caught.value) == f"打不开“{tmp_path / '没有.txt'}”，看看路径对不对、能不能读。"


def test_file_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "计划.txt"
    file.write_bytes(b"")
    with pytest.raises(CommandError) as caught:
        call_command("import_plan", file, "--dry-run")
    assert str(caught.value) == "“计划.txt”是空文件，重新选择。"


@pytest.mark.django_db
def test_text_without_months_makes_a_plan_only_when_that_is_wanted(tmp_path):
    file = tmp_path / "计划.txt"
    file.write_text("2026年工会工作计划\n一、指导思想\n以服务教职工为宗旨。", encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        call_command("import_plan", file)
    assert str(caught.value) == NO_MONTHS
    assert counts() == (0, 0, 0, 0)
    call_command("import_plan", file, "--sections-only")
    assert counts()[:3] == (1, 0, 1)


@pytest.mark.django_db
def test_text_without_months_and_sections_makes_no_plan(tmp_path):
    file = tmp_path / "计划.txt"
    file.write_text("2026年工会工作计划", encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        call_command("import_plan", file)
    assert str(caught.value) == "这份文字里没有读到事项，也没有读到章节，建不成计划。"
    assert counts() == (0, 0, 0, 0)


def test_every_reading_is_arranged_inside_its_period():
    period = Period.school_year(2026)
    everything = reading(*(((month,), (f"{month}月的事",)) for month in range(1, 13)))
    found = importers.arrange(everything, period)
    assert all(period.contains(item.first_month) for item in found.items)
    assert sorted(item.first_month for item in found.items) == [
        date(year, month, 1) for year, month in period.months()
    ]
