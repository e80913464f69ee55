"""计划与总结连写: one document in two parts, and the page that shows it."""

import io
from datetime import date

import docx
import pytest

from activities.models import PlanSection
from reports.choices import ReportKind
from reports.outlines import has_draft, outline_of, report_title
from tests.factories.activities import make_activity, make_item, make_plan
from tests.reports.test_summary import lines
from unionoffice.documents.outline import Part, missing
from unionoffice.documents.page import as_html
from unionoffice.documents.pdf import pdf_html
from unionoffice.periods import Period
from unionoffice.queries import current_office
from unionoffice.roles import Role

YEAR, NEXT = Period.year(2026), Period.year(2027)
ADDRESS = "/reports/summary_and_plan/"
TITLE = "2026年工作总结和2027年工作计划"

pytestmark = pytest.mark.django_db


def together(office, period: Period = YEAR):
    return outline_of(ReportKind.TOGETHER, period, office=office, today=date(2026, 12, 25))


@pytest.fixture
def coming():
    sections = [PlanSection(order=0, title="指导思想", body="围绕中心。")]
    plan = make_plan(NEXT, title="明年的计划", sections=sections)
    make_item(plan, "2027-03", "插花")
    return plan


def parts(document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Part)]


def test_the_two_parts_stand_in_one_document_each_numbered_from_one(office, coming):
    make_activity("2026-03-06", plan_item=make_item(make_plan(), "2026-03"))
    document = together(office)
    assert document.title == (office.union_name, TITLE)
    assert parts(document) == ["第一部分\u30002026年工作总结", "第二部分\u30002027年工作计划"]
    text = [line for line in lines(document) if line[:2] in ("一、", "二、", "七、", "八、")]
    assert text == [
        "一、组织建设",
        "二、学习与师德",
        "七、存在的不足",
        "一、指导思想",
        "二、月度安排",
    ]
    assert lines(document)[-1] == "三月份：插花。"
    assert document.note == "《明年的计划》2027年1月1日经工会委员会议通过"
    assert [one.title for one in document.attachments] == ["2026年3月至3月计划完成情况一览"]


def test_what_lies_ahead_is_the_plan_and_no_chapter_of_the_summary(office, coming):
    assert "存在的不足" in missing(together(office))
    assert "下一步打算" not in missing(together(office))


def test_a_plan_that_nobody_made_is_one_gap(office):
    assert lines(together(office))[-1] == "【待补：2027年工作计划】"
    assert missing(together(office))[-1] == "2027年工作计划"


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("2026", (TITLE,)),
        ("2026H2", ("2026年下半年工作总结和", "2027年上半年工作计划")),
        ("2025-2026", ("2025—2026学年工作总结和", "2026—2027学年工作计划")),
    ],
)
def test_a_long_title_takes_two_lines(office, code, title):
    document = together(office, Period.parse(code))
    assert document.title == (office.union_name, *title)
    assert report_title(ReportKind.TOGETHER, Period.parse(code)) == "".join(title)


def test_the_parts_are_headings_of_their_own_on_every_paper(office, coming, log_in):
    document = together(office)
    assert '<p class="gw-part" role="heading" aria-level="3">第二部分\u3000' in as_html(document)
    assert '<p class="part">第二部分\u30002027年工作计划</p>' in pdf_html(document)
    response = log_in(Role.CHAIR).get(f"{ADDRESS}export/?period=2026&format=docx")
    word = docx.Document(io.BytesIO(response.getvalue()))
    found = [p.text for p in word.paragraphs if p.style.name == "部分"]
    assert found == parts(document)


def test_the_page_says_that_there_is_no_plan_yet_and_offers_to_make_one(log_in):
    this_year = make_plan()
    page = log_in(Role.CHAIR).get(f"{ADDRESS}?period=2026").content.decode()
    assert "2027年还没有工作计划，第二部分写着【待补】。" in page
    assert f'href="/activities/plans/{this_year.pk}/carry/?to=2027"' in page
    assert 'href="/activities/plans/new/?period=2027"' in page
    form = log_in(Role.CHAIR).get("/activities/plans/new/?period=2027").context["form"]
    assert form["period"].value() == "2027"
    reader = log_in(Role.SCHOOL_LEADER).get(f"{ADDRESS}?period=2026").content.decode()
    assert "2027年还没有工作计划" in reader
    assert "/carry/" not in reader


def test_a_plan_that_is_there_is_named_and_a_draft_is_called_one(log_in, coming):
    client = log_in(Role.CHAIR)
    assert "》。</p>" in client.get(f"{ADDRESS}?period=2026").content.decode()
    coming.state, coming.passed_on, coming.published_at = "draft", None, None
    coming.save()
    assert "》，还在起草。</p>" in client.get(f"{ADDRESS}?period=2026").content.decode()
    document = together(current_office())
    assert parts(document)[1] == "第二部分\u30002027年工作计划（征求意见稿）"
    assert (has_draft(document), document.note) == (True, "")


def test_a_coming_plan_that_is_not_published_is_for_the_committee(log_in):
    make_plan(NEXT, state="passed", title="明年的计划")
    assert log_in(Role.CHAIR).get(f"{ADDRESS}?period=2026").status_code == 200
    refused = log_in(Role.HIGHER_UNION).get(f"{ADDRESS}export/?period=2026")
    assert refused.status_code == 400
    assert "《明年的计划》还没有公布" in refused.content.decode()


def test_a_draft_of_the_year_is_said_not_to_be_counted(log_in):
    plan = make_plan(state="draft", title="还在写的计划")
    client = log_in(Role.CHAIR)
    for address in ("/reports/", "/reports/summary/", ADDRESS):
        page = client.get(f"{address}?period=2026").content.decode()
        assert "还在起草，它的事项没有算进数里。" in page
        assert f"/activities/plans/{plan.pk}/state/" in page
    assert "没有算进" not in client.get("/reports/plan/?period=2026").content.decode()
    assert "没有算进" not in log_in(Role.SCHOOL_LEADER).get("/reports/").content.decode()
