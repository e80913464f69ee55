"""What the plan says."""

from datetime import date

import pytest

from activities.models import PlanSection
from reports.choices import ReportKind
from reports.outlines import outline_of
from tests.factories.activities import make_item, make_plan
from tests.factories.members import make_group, make_member
from unionoffice.documents.outline import labelled, missing, text_of
from unionoffice.periods import Period

pytestmark = pytest.mark.django_db


def plan_of(office, period: str = "2026"):
    period = Period.parse(period)
    return outline_of(ReportKind.PLAN, period, office=office, today=date(2026, 1, 9))


def lines(document) -> list[str]:
    first, *_ = labelled(document)
    return [
        item.heading + "".join(item.block.rest)
        if hasattr(item.block, "level")
        else "".join(map(str, item.block.spans))
        for item in first
    ]


def test_chapters_come_as_written_then_the_months(office):
    sections = [
        PlanSection(order=0, title="指导思想", body="围绕中心。\n\n服务教职工。"),
        PlanSection(order=1, title="具体活动安排", body=""),
    ]
    plan = make_plan(sections=sections)
    make_item(plan, "2026-07", "暑期疗休养", until="2026-08")
    make_item(plan, "2026-03", "插花")
    make_item(plan, "2026-03", "体检")
    assert lines(plan_of(office)) == [
        "一、指导思想",
        "围绕中心。",
        "服务教职工。",
        "二、月度安排",
        "（一）2026年3月。插花；体检。",
        "（二）2026年7月至8月。暑期疗休养。",
    ]


def test_the_members_stand_before_the_months_once_there_is_a_roster(office):
    make_item(make_plan(), "2026-03", "插花")
    assert "会员基本情况" not in "".join(lines(plan_of(office)))
    make_member(gender="female", employment="working", birth=date(1995, 5, 5), group=make_group())
    text = [text_of(getattr(item.block, "spans", ())) for item in labelled(plan_of(office))[0]]
    assert (
        "截至2026年1月9日，在册会员1人，其中女会员1人，编在工会小组1个；"
        "在职教职工入会率为100%，青年教职工1人。"
    ) in text


def test_items_that_are_sentences_stand_on_lines_of_their_own(office):
    plan = make_plan()
    make_item(plan, "2026-03", "举办插花课。作品布置在各办公室。")
    make_item(plan, "2026-03", "体检；")
    make_item(plan, "2026-04", "健步走")
    text = lines(plan_of(office))
    assert text[text.index("（一）2026年3月") :] == [
        "（一）2026年3月",
        "1.举办插花课。作品布置在各办公室。",
        "2.体检。",
        "（二）2026年4月",
        "1.健步走。",
    ]


def test_each_span_of_months_has_one_heading(office):
    plan = make_plan()
    make_item(plan, "2026-01", "摸底", order=1)
    make_item(plan, "2026-01", "走访", until="2026-02", order=2)
    make_item(plan, "2026-01", "写春联", order=3)
    assert [line for line in lines(plan_of(office)) if line.startswith("（")] == [
        "（一）2026年1月。摸底；写春联。",
        "（二）2026年1月至2月。走访。",
    ]


def test_a_cancelled_item_is_no_longer_planned(office):
    make_item(make_plan(), "2026-06", "开放日", state="cancelled", reason="考场")
    assert missing(plan_of(office)) == ["指导思想", "主要工作", "每月的计划事项"]


def test_a_half_year_takes_its_months_from_the_plan_of_the_year(office):
    plan = make_plan()
    make_item(plan, "2026-03", "插花")
    make_item(plan, "2026-09", "教师节庆祝")
    assert lines(plan_of(office, "2026H1"))[-1] == "（一）2026年3月。插花。"


def test_without_a_plan_the_document_asks_for_one(office):
    assert missing(plan_of(office)) == ["指导思想", "主要工作", "每月的计划事项"]


def test_an_item_says_when_exactly_and_who_answers_for_it(office):
    plan = make_plan()
    make_item(plan, "2026-03", "教职工乒乓球赛。", day=date(2026, 3, 8), co_organiser="体卫艺处")
    make_item(plan, "2026-03", "写总结", responsible=make_member("常伟"))
    said = [text_of(b.rest) for b in plan_of(office).blocks if getattr(b, "rest", ())]
    assert said[-1] == "教职工乒乓球赛（3月8日，体卫艺处协办）；写总结（常伟负责）。"
