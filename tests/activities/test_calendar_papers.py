"""The calendar on paper."""

from datetime import date, time
from io import BytesIO

import docx
import pdfplumber
import pytest
from django.urls import reverse

from activities.calendar_papers import fitted, plan_list_paper, plan_year_paper
from activities.choices import ItemState, Rhythm, Weekday
from activities.models import PlanItem
from tests.factories.activities import make_item, make_plan
from tests.factories.calendar import make_semester
from unionoffice.periods import Period
from unionoffice.roles import Role

TODAY = date(2026, 11, 18)
LONG = "开展困难教职工走访慰问并召开座谈会听取对学校民主管理的意见建议"


def items_of(plan):
    return plan.items.order_by("first_month", "order", "pk")


def texts(paper) -> list[str]:
    return [box.text for sheet in paper.sheets for row in sheet.grid.rows for box in row.boxes]


def pages_of(content: bytes) -> list[str]:
    with pdfplumber.open(BytesIO(content)) as pdf:
        return [page.extract_text() for page in pdf.pages]


@pytest.fixture
def full_plan(office):
    plan = make_plan()
    PlanItem.objects.bulk_create(
        PlanItem(
            plan=plan,
            text=f"{LONG}{number}",
            first_month=date(2026, month, 1),
            last_month=date(2026, month, 1),
        )
        for month in range(1, 13)
        for number in range(20)
    )
    return plan


def test_the_list_has_a_row_a_month_with_what_is_known_of_each_item(office):
    plan = make_plan(title="2026年工会工作计划")
    make_item(plan, "2026-03", "庆三八", day=date(2026, 3, 8))
    make_item(plan, "2026-03", "体检", day=date(2026, 3, 16), last_day=date(2026, 3, 20))
    make_item(plan, "2026-03", "年会", state=ItemState.CANCELLED, reason="天气")
    make_item(plan, "2026-07", "疗休养", until="2026-08", added_late=True)
    learning = {"rhythm": Rhythm.EVEN_WEEKS, "weekday": Weekday.FRIDAY, "from_time": time(16, 20)}
    make_item(plan, "2026-09", "政治学习", **learning)
    paper = plan_list_paper(plan, items_of(plan), office, TODAY)
    assert paper.name == "2026年工会工作要点"
    found = texts(paper)
    assert found[:2] == ["月份", "工作要点"]
    assert (
        found[found.index("3月") + 1]
        == "1. 庆三八（8日）\n2. 体检（16日至20日）\n3. 年会（已取消）"
    )
    assert found[found.index("7月") + 1] == "1. 疗休养（7月至8月）（新增）"
    assert found[found.index("9月") + 1] == "1. 政治学习（双周五 16:20）"
    assert len(found) == 2 + 24


def test_the_year_stands_beside_each_other_with_its_festivals(office):
    plan = make_plan()
    make_item(plan, "2026-03", "庆三八")
    found = texts(plan_year_paper(plan, items_of(plan), office, TODAY))
    assert found[2] == "3月　元宵 3　妇女节 8"
    assert found[6] == "1. 庆三八"
    assert len(found) == 24


def test_a_school_year_and_a_semester_have_their_own_months(office):
    plan = make_plan(Period.semester(2026, 1))
    found = texts(plan_year_paper(plan, items_of(plan), office, TODAY))
    assert [text.split("月")[0] for text in found[1:4]] == ["10", "11", "12"]
    assert found[0].startswith("2026年9月")
    assert found[8].startswith("2027年1月")
    assert found[1].startswith("10月")


def test_a_full_year_is_one_page(full_plan, log_in):
    address = reverse("activities:plan_paper_export", args=[full_plan.pk])
    response = log_in(Role.CHAIR).get(f"{address}?kind=year&format=pdf")
    pages = pages_of(response.getvalue())
    assert len(pages) == 1
    assert "还有" in pages[0]


def test_what_was_left_out_for_want_of_room_is_counted(office):
    found = fitted([["\n".join(f"第{n}项" for n in range(100))]], (1.0,), 100, 60)
    lines = found.texts[0][0].split("\n")
    assert found.size == 6.5
    assert lines[-1] == f"……还有 {100 - len(lines) + 1} 项"
    assert lines[0] == "第0项"


def test_the_month_and_the_week_are_one_page_in_both_formats(log_in):
    make_semester()
    plan = make_plan()
    for number in range(1, 29):
        for each in range(5):
            make_item(plan, "2026-11", f"{LONG}{each}", day=date(2026, 11, number))
    client = log_in(Role.CHAIR)
    for name, query in (("month", "month=2026-11"), ("week", "day=2026-11-18")):
        address = f"{reverse(f'activities:calendar_{name}_export')}?{query}"
        pages = pages_of(client.get(f"{address}&format=pdf").getvalue())
        assert len(pages) == 1
        document = docx.Document(BytesIO(client.get(f"{address}&format=docx").getvalue()))
        assert "12" in document.tables[0].cell(4, 0).text or name == "week"


def test_the_month_on_paper_has_days_off_and_lunar_words(log_in):
    make_semester()
    address = reverse("activities:calendar_month_export")
    page = pages_of(log_in(Role.MEMBER).get(f"{address}?month=2026-10").getvalue())[0]
    assert "2026年10月工会工作安排" in page
    assert "10/1 国庆 休" in page
    assert "班" in page
    assert "第 5 至 9 周" in page


def test_a_plan_that_one_may_not_see_is_not_printed(log_in):
    draft = make_plan(state="draft")
    address = reverse("activities:plan_paper_export", args=[draft.pk])
    assert log_in(Role.MEMBER).get(address).status_code == 404


def test_what_hangs_on_the_wall_has_no_drafts(log_in):
    make_item(make_plan(), "2026-11", "已公布的", day=date(2026, 11, 18))
    draft = make_plan(Period.semester(2026, 1), state="draft")
    make_item(draft, "2026-11", "起草的", day=date(2026, 11, 18))
    client = log_in(Role.CHAIR)
    for name, query in (("month", "month=2026-11"), ("week", "day=2026-11-18")):
        address = f"{reverse(f'activities:calendar_{name}_export')}?{query}"
        (page,) = pages_of(client.get(address).getvalue())
        assert "已公布的" in page
        assert "起草的" not in page


def test_the_paper_of_a_draft_says_what_it_is(office):
    plan = make_plan(title="2026年工会工作计划", state="draft")
    for make in (plan_list_paper, plan_year_paper):
        paper = make(plan, items_of(plan), office, TODAY)
        assert paper.sheets[0].title.endswith("（征求意见稿）")
        assert paper.sheets[0].left.endswith("　起草中")


def test_a_sheet_is_filled_to_its_foot():
    fit = fitted([["一项"], ["二项"], ["\n".join("多" * 9)]], (1.0,), 100, 120, [(["头"], (1.0,))])
    assert fit.size == 18
    assert sum(fit.heights) + sum(fit.beside) == pytest.approx(120, abs=0.2)
    assert fit.heights[0] == fit.heights[1] < fit.heights[2]


@pytest.mark.parametrize("count", [35, 60])
def test_a_usual_year_fills_its_page_in_letters_that_a_wall_can_show(count, office, log_in):
    plan = make_plan()
    for number in range(count):
        make_item(plan, f"2026-{number % 12 + 1:02}", f"召开教职工代表大会第{number}次")
    address = reverse("activities:plan_paper_export", args=[plan.pk])
    content = log_in(Role.CHAIR).get(f"{address}?kind=year").getvalue()
    with pdfplumber.open(BytesIO(content)) as pdf:
        (page,) = pdf.pages
        assert max(line["bottom"] for line in page.rects + page.lines) > page.height * 0.85
        assert max(char["size"] for char in page.chars if char["text"] == "召") >= 11


def test_what_recurs_stands_in_every_month_that_it_runs_through(office):
    plan = make_plan(Period.school_year(2026))
    often = {"rhythm": Rhythm.WEEKLY, "weekday": Weekday.THURSDAY}
    make_item(plan, "2026-11", "训练", until="2027-01", **often)
    for make in (plan_list_paper, plan_year_paper):
        found = texts(make(plan, items_of(plan), office, TODAY))
        assert found.count("1. 训练（每周四）") == 3
        assert [text.split("　")[0] for text in found if "年" in text[:5]] == [
            "2026年9月",
            "2027年1月",
        ]


def test_the_month_on_the_wall_names_what_has_no_day(log_in):
    plan = make_plan()
    make_item(plan, "2026-11", "教师沙龙")
    make_item(plan, "2026-09", "读书会", until="2026-12", rhythm=Rhythm.MONTHLY)
    address = reverse("activities:calendar_month_export")
    client = log_in(Role.CHAIR)
    (page,) = pages_of(client.get(f"{address}?month=2026-11").getvalue())
    assert "没有定日子的：读书会（每月）；教师沙龙" in page
    (other,) = pages_of(client.get(f"{address}?month=2026-01").getvalue())
    assert "没有定日子的" not in other


@pytest.mark.parametrize("query", ["?kind=zzz", "?format=exe", "?kind=year&format=exe"])
def test_a_paper_that_there_is_not_is_said(query, log_in):
    address = reverse("activities:plan_paper_export", args=[make_plan().pk])
    response = log_in(Role.CHAIR).get(f"{address}{query}")
    assert response.status_code == 400
    assert "没有这样打印的" in response.content.decode()


@pytest.mark.parametrize("query", ["?month=2026-13", "?format=exe"])
def test_a_month_on_paper_that_there_is_not_is_said(query, log_in):
    address = reverse("activities:calendar_month_export")
    assert log_in(Role.CHAIR).get(f"{address}{query}").status_code == 400
