"""统计: the figures by field, month, group and level, each with the rows behind it."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from activities import facts
from activities.models import Participation, Study
from tests.factories.activities import make_activity, make_item, make_place, make_plan
from tests.factories.honours import make_honour
from tests.factories.members import make_group, make_member, make_user
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
URL = "/activities/figures/"
YEAR = Period.year(2026)
LENGTHS = {"计划": 6, "活动": 4, "学习": 5, "比赛": 2, "阵地": 2}  # figures that add up


@pytest.fixture
def year(office):
    """Two fields, three months, a group and what none held."""
    chair, plan, group = make_user(Role.CHAIR), make_plan(), make_group("第一工会小组")
    done = make_item(plan, "2026-03", field="women")
    make_item(plan, "2026-03", field="culture", added_late=True)
    make_item(plan, "2026-05", field="women", state="cancelled", reason="中考")
    moved = {"state": "postponed", "moved_from": date(2026, 4, 1), "reason": "展板未到"}
    make_item(plan, "2099-01", field="culture", **moved)
    first = make_activity("2026-03-06", plan_item=done, field="women", headcount=86, by=chair)
    second = make_activity(
        "2026-03-20", field="culture", group=group, headcount=9, spent=Decimal("120.50"), by=chair
    )
    third = make_activity("2026-04-02", field="culture", group=group, headcount=4, by=chair)
    make_activity("2026-05-02", field="women", by=chair)
    one, two = make_member(), make_member()
    for activity, member in ((first, one), (second, one), (second, two), (third, two)):
        Participation.objects.create(
            activity=activity, member=member, attendance="present", added_by=chair
        )
    make_honour(level="city", by=chair)
    place = make_place("教工之家")
    make_activity("2026-01-09", field="other", kind="study", headcount=5, venue=place, by=chair)
    lecture = make_activity("2026-01-10", field="other", kind="study", headcount=30, by=chair)
    Study.objects.create(activity=lecture, form="lecture", courses=3, hours=Decimal("4.5"))
    return plan


def tables() -> dict:
    told = facts.told(YEAR)
    found = facts.figure_tables(YEAR, told.levels, told.places)
    return {table.title: table for table in found}


def told(title: str) -> dict:
    return {
        row.label: tuple(fact.value if fact else "" for fact in row.facts)
        for row in tables()[title].rows
    }


def test_what_was_planned_by_field_and_by_month(year):
    assert tables()["计划，按板块"].columns == (
        *("计划", "已完成", "完成率（%）", "延期", "取消", "逾期未记", "临时增加"),
    )
    assert told("计划，按板块") == {
        "文体": (2, 0, Decimal("0.0"), 1, 0, 1, 1),
        "女工": (2, 1, Decimal("50.0"), 0, 1, 0, 0),
    }
    assert told("计划，按月份") == {
        "2026年3月": (2, 1, Decimal("50.0"), 0, 0, 1, 1),
        "2026年4月": (1, 0, Decimal("0.0"), 1, 0, 0, 0),
        "2026年5月": (1, 0, Decimal("0.0"), 0, 1, 0, 0),
    }


def test_what_was_held_by_field_by_month_and_by_group(year):
    assert told("活动，按板块") == {
        "文体": (2, 2, 13, Decimal("6.5"), 2, Decimal("120.50")),
        "女工": (2, 1, 86, Decimal("86.0"), 1, None),
        "其他": (2, 2, 35, Decimal("17.5"), None, None),
    }
    months = told("活动，按月份")
    assert months["2026年3月"] == (2, 1, 95, Decimal("47.5"), 2, Decimal("120.50"))
    assert months["2026年5月"] == (1, 1, None, None, None, None)
    assert months["2026年6月"] == (None, "", "", "", "", "")
    assert told("活动，按小组") == {
        "第一工会小组": (2, 2, 13, Decimal("6.5"), 2, Decimal("120.50")),
        "不是小组办的": (4, 3, 121, Decimal("40.3"), 1, None),
    }


def test_study_by_form_and_places_by_how_often_they_were_used(year):
    make_place("书屋", kind="library")
    assert told("学习培训，按形式") == {
        "讲座": (1, 3, 30, Decimal("4.5"), None),
        "没写形式": (1, 1, 5, None, None),
    }
    assert told("阵地使用") == {"教工之家": (1, 5), "书屋": (None, "")}


def test_the_parts_add_up_to_the_figures_of_the_period(year):
    whole = {fact.key: fact.value or 0 for fact in facts.facts(YEAR)}
    for title, table in tables().items():
        sums = {}
        for fact in (fact for row in table.rows for fact in row.facts if fact):
            sums[fact.main_key] = sums.get(fact.main_key, 0) + (fact.value or 0)
        for name in ("rate", "average", "people", "stages"):
            sums.pop(f"activities.{name}", None)
        assert sums == {name: whole[name] for name in sums}, title
        assert len(sums) == LENGTHS[title[:2]]


def test_every_figure_that_leads_somewhere_opens_as_many_rows(year, log_in):
    client, checked = log_in(Role.CHAIR), 0
    sums = ("rate", "average", "attendance", "spent", "courses", "studied", "hours", "papers")
    for table in tables().values():
        for fact in (fact for row in table.rows for fact in row.facts if fact):
            if not fact.source or fact.key.split(".")[1] in (*sums, "place_people"):
                continue
            page = client.get(fact.source)
            if "place" in fact.key:
                assert page.context["row"].used == fact.value
                continue
            assert page.context["page"].paginator.count == (fact.value or 0), fact
            checked += 1
    assert checked > 50


def test_the_page_has_blocks_tables_and_links_where_one_may_go(year, log_in):
    page = log_in(Role.CHAIR).get(f"{URL}?period=2026")
    assert [title for title, _ in page.context["blocks"]] == [
        *("计划", "活动", "学习培训", "阵地", "荣誉"),
    ]
    assert [table.title for table, _ in page.context["tables"]] == [
        *("计划，按板块", "计划，按月份", "活动，按板块", "活动，按月份", "活动，按小组"),
        *("学习培训，按形式", "比赛和荣誉，按级别", "阵地使用"),
    ]
    text = page.content.decode()
    assert 'href="/activities/?period=2026&amp;field=culture">2</a>' in text
    assert "/activities/attendance/?period=2026&amp;field=culture&amp;came=yes" in text
    higher = log_in(Role.HIGHER_UNION).get(f"{URL}?period=2026").content.decode()
    assert 'href="/activities/?period=2026&amp;field=culture">2</a>' in higher
    assert "/activities/attendance/" not in higher


def test_an_office_without_records_has_an_empty_page(log_in):
    page = log_in(Role.CHAIR).get(f"{URL}?period=2024")
    assert (page.context["blocks"], page.context["tables"]) == ([], [])
    assert "这一期还没有记录" in page.content.decode()


def test_a_draft_is_said_not_to_be_counted(log_in):
    make_item(make_plan(state="draft"))
    page = log_in(Role.CHAIR).get(f"{URL}?period=2026")
    assert page.context["blocks"] == []
    assert "还在起草，它的事项没有算进数里。" in page.content.decode()


def test_a_period_that_cannot_be_read_is_said(log_in):
    client = log_in(Role.CHAIR)
    assert client.get(f"{URL}?period=2026-99").status_code == 422
    refused = client.get(f"{URL}export/?period=2026-99")
    assert refused.status_code == 400
    assert "回到“统计”重新选再导出。" in refused.content.decode()


def test_the_export_has_every_figure_of_the_page(year, log_in):
    response = log_in(Role.CHAIR).get(f"{URL}export/?period=2026&format=xlsx")
    rows = list(load_workbook(BytesIO(response.getvalue())).active.values)
    assert rows[0] == ("表", "项", "数字", "数", "单位")
    whole = [row for row in rows if row[0] == "总数"]
    assert [row[2] for row in whole] == [fact.label for fact in facts.facts(YEAR)]
    assert ("活动，按小组", "第一工会小组", "人次", 13, "人次") in rows
    assert ("活动，按板块", "女工", "支出（元）", "没有记录", "元") in rows
    assert ("活动，按月份", "2026年6月", "场次", "没有记录", "场") in rows


@pytest.mark.parametrize("rows", [1, 3])
def test_activity_figures_query_count_is_flat(log_in, rows, django_assert_num_queries):
    plan = make_plan()
    for number in range(rows):
        item = make_item(plan, f"2026-0{number + 1}", field=("women", "culture", "warmth")[number])
        make_activity(plan_item=item, field=item.field, group=make_group(f"第{number}小组"))
    client = log_in(Role.CHAIR)
    with django_assert_num_queries(24):
        assert client.get(f"{URL}?period=2026").status_code == 200


def test_the_list_of_items_narrows_to_the_month_they_were_planned_for(year, log_in):
    client = log_in(Role.CHAIR)
    page = client.get("/activities/plans/items/?period=2026&month=2026-04")
    assert [row.first_month for row, _ in page.context["looks"]] == [date(2099, 1, 1)]
    refused = client.get("/activities/plans/items/?period=2026&month=2025-04")
    assert refused.status_code == 422
    assert "没有“2025-04”这个月份，从列表里选一个。" in refused.content.decode()
