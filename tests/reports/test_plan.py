"""What the plan says: as it was passed, with what became of it since."""

from datetime import date

import pytest

from activities import actions
from activities.models import PlanItem, PlanSection
from members.models import Membership
from reports.choices import FileFormat, ReportKind
from reports.exporters import file_title, written
from reports.outlines import has_draft, outline_of
from tests.activities.test_plan_changes import keep
from tests.factories.activities import make_item, make_plan
from tests.factories.members import make_group, make_member, make_user
from unionoffice.documents.outline import labelled, missing, text_of
from unionoffice.documents.page import as_html
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
AS_PASSED = "《2026年计划》2026年1月1日经工会委员会议通过"


def plan_of(office, period: str = "2026", *, today: date = date(2026, 1, 9)):
    return outline_of(ReportKind.PLAN, Period.parse(period), office=office, today=today)


def lines(document) -> list[str]:
    first, *_ = labelled(document)
    return [
        item.heading + "".join(item.block.rest)
        if hasattr(item.block, "level")
        else "".join(map(str, item.block.spans))
        for item in first
    ]


def months(document) -> list[str]:
    """What stands below 月度安排."""
    said = lines(document)
    return said[next(n for n, line in enumerate(said) if line.endswith("、月度安排")) + 1 :]


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
        "三月份：插花；体检。",
        "七至八月份：暑期疗休养。",
    ]


def test_the_members_stand_before_the_months_once_there_is_a_roster(office):
    make_item(make_plan(), "2026-03", "插花")
    assert "会员基本情况" not in "".join(lines(plan_of(office)))
    make_member(gender="female", employment="working", birth=date(1995, 5, 5), group=make_group())
    text = [text_of(getattr(item.block, "spans", ())) for item in labelled(plan_of(office))[0]]
    assert (
        "截至2026年1月1日，在册会员1人，其中女会员1人，编在工会小组1个；"
        "在职教职工入会率为100%，青年教职工1人。"
    ) in text


def test_items_that_are_sentences_stand_on_lines_of_their_own(office):
    plan = make_plan()
    make_item(plan, "2026-03", "举办插花课。作品布置在各办公室。")
    make_item(plan, "2026-03", "体检；")
    make_item(plan, "2026-04", "健步走")
    assert months(plan_of(office)) == [
        "三月份：",
        "1.举办插花课。作品布置在各办公室。",
        "2.体检。",
        "四月份：",
        "1.健步走。",
    ]


def test_each_span_of_months_has_one_line(office):
    plan = make_plan()
    make_item(plan, "2026-01", "摸底", order=1)
    make_item(plan, "2026-01", "走访", until="2026-02", order=2)
    make_item(plan, "2026-01", "写春联", order=3)
    assert months(plan_of(office)) == ["一月份：摸底；写春联。", "一至二月份：走访。"]


def test_a_plan_through_two_years_names_each_once(office):
    plan = make_plan(Period.school_year(2026))
    make_item(plan, "2026-09", "教师节庆祝")
    make_item(plan, "2026-11", "拔河")
    make_item(plan, "2026-12", "走访", until="2027-01")
    make_item(plan, "2027-03", "插花")
    assert months(plan_of(office, "2026-2027")) == [
        "（一）2026年",
        "九月份：教师节庆祝。",
        "十一月份：拔河。",
        "十二月至次年一月：走访。",
        "（二）2027年",
        "三月份：插花。",
    ]


def test_an_item_stands_where_it_was_passed_and_says_what_became_of_it(office):
    chair, plan = make_user(Role.CHAIR), make_plan()
    make_item(plan, "2026-03", "插花")
    moved = make_item(plan, "2026-10", "摄影展", until="2026-11", day=date(2026, 10, 9))
    again = make_item(plan, "2026-12", "年会")
    off = make_item(plan, "2026-06", "开放日", co_organiser="教务处")
    for item, to in ((moved, date(2026, 12, 1)), (again, date(2027, 1, 1))):
        actions.move_item(item=item, move="postpone", by=chair, reason="展板未到", to_month=to)
    actions.move_item(item=off, move="cancel", by=chair, reason="中考")
    may = date(2026, 5, 1)
    late = PlanItem(plan=plan, text="防汛慰问", field="warmth", first_month=may, last_month=may)
    actions.add_item(item=late, by=chair)
    document = plan_of(office, today=date(2026, 11, 18))
    assert months(document) == [
        "三月份：插花。",
        "五月份：防汛慰问（新增）。",
        "六月份：开放日（教务处协办）（取消）。",
        "十至十一月份：摄影展（改到12月）。",
        "十二月份：年会（改到2027年1月）。",
    ]
    assert document.note == f"{AS_PASSED}；标出了到2026年11月18日为止的新增、取消、改期"
    assert f"（{document.note}）" in as_html(document)


def test_a_new_day_of_a_moved_item_is_named(office):
    values = {"state": "postponed", "reason": "维修", "moved_from": date(2026, 3, 1)}
    make_item(make_plan(), "2026-12", "年会", day=date(2026, 12, 30), **values)
    assert months(plan_of(office)) == ["三月份：年会（改到12月30日）。"]


def test_what_was_passed_and_never_changed_says_only_when_and_by_whom(office):
    make_item(make_plan(), "2026-03", "插花")
    document = plan_of(office, today=date(2026, 11, 18))
    assert (document.note, document.date) == (AS_PASSED, date(2026, 1, 1))
    assert document.title == (office.union_name, "2026年工作计划")
    assert not has_draft(document)


def test_what_was_adjusted_is_said_to_stand_as_it_is_now(office):
    keep(make_item(make_plan(), "2026-03", "插花"))
    assert plan_of(office).note == f"{AS_PASSED}；后来调整过的，写的是调整以后的"


def test_a_draft_says_that_it_is_one_and_bears_the_day_of_today(office):
    make_item(make_plan(state="draft"), "2026-03", "插花")
    document = plan_of(office)
    assert document.title == (office.union_name, "2026年工作计划", "（征求意见稿）")
    assert (document.note, document.date) == ("", date(2026, 1, 9))
    assert file_title(document) == f"{office.union_name}2026年工作计划（征求意见稿）"
    assert written(document, FileFormat.PDF).startswith(b"%PDF-")


def test_members_are_counted_on_the_day_that_a_passed_plan_bears(office, log_in):
    make_plan()
    make_member(employment="working", arrived=date(2026, 9, 1))
    later = make_member(joined=date(2026, 9, 1), employment="working", arrived=date(2026, 9, 1))
    assert Membership.objects.filter(member=later).exists()
    text = "".join(
        text_of(getattr(block, "spans", ()))
        for block in plan_of(office, today=date(2026, 11, 18)).blocks
    )
    assert "截至2026年1月1日，在册会员1人。" in text
    assert "新进教职工" not in text
    page = log_in(Role.CHAIR).get("/reports/plan/?period=2026").text
    address = "/reports/figures/members.active/?period=2026&amp;on=2026-01-01"
    assert f'<a href="{address}">1 人</a>' in page
    client = log_in(Role.HIGHER_UNION)
    page = client.get("/reports/figures/members.active/?period=2026&on=2026-01-01").text
    assert "2026-12-31，这是 2026-01-01 的数" in page
    assert "<b>1</b> 人" in page
    assert client.get("/reports/figures/members.active/?on=zzz").status_code == 404


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.CHAIR, "计划还在起草，导出的写着“征求意见稿”"),
        (Role.HIGHER_UNION, "计划还没有公布，公布以后就能看"),
    ],
)
def test_the_pages_say_that_the_plan_is_a_draft(role, said, log_in):
    plan = make_plan(state="draft", sections=[PlanSection(order=0, title="目标", body="团结。")])
    make_item(plan)
    client = log_in(role)
    assert said in client.get("/reports/?period=2026").text
    if role == Role.CHAIR:
        assert f"{said}，没有待补" in client.get("/reports/plan/?period=2026").text
        passed = {"passed_on": date(2026, 1, 9), "passed_by": "工会委员会议"}
        actions.move_plan(plan=plan, move="pass", by=client.user, **passed)
        assert "征求意见稿" not in client.get("/reports/?period=2026").text
        page = client.get("/reports/plan/?period=2026").text
        assert "按通过时的样子写成，后来的变化标着，没有待补" in page


def test_a_plan_of_which_all_was_cancelled_still_says_so(office):
    make_item(make_plan(), "2026-06", "开放日", state="cancelled", reason="考场")
    assert missing(plan_of(office)) == ["指导思想", "主要工作"]
    assert months(plan_of(office)) == ["六月份：开放日（取消）。"]


def test_a_half_year_takes_its_months_from_the_plan_of_the_year(office):
    plan = make_plan()
    make_item(plan, "2026-03", "插花")
    make_item(plan, "2026-09", "教师节庆祝")
    assert months(plan_of(office, "2026H1")) == ["三月份：插花。"]


def test_a_half_year_has_what_was_put_off_into_it(office):
    values = {"state": "postponed", "reason": "维修", "moved_from": date(2026, 3, 1)}
    make_item(make_plan(), "2026-09", "体检", until="2026-10", day=date(2026, 9, 4), **values)
    assert months(plan_of(office, "2026H1")) == ["三至四月份：体检（改到9月4日）。"]
    assert months(plan_of(office, "2026H2")) == ["九至十月份：体检（9月4日）（由3月改来）。"]


def test_without_a_plan_the_document_asks_for_one(office):
    assert missing(plan_of(office)) == ["指导思想", "主要工作", "每月的计划事项"]


def test_an_item_says_when_exactly_and_who_answers_for_it(office):
    plan = make_plan()
    make_item(plan, "2026-03", "教职工乒乓球赛。", day=date(2026, 3, 8), co_organiser="体卫艺处")
    make_item(plan, "2026-03", "写总结", responsible=make_member("常伟"))
    assert months(plan_of(office)) == [
        "三月份：教职工乒乓球赛（3月8日，体卫艺处协办）；写总结（常伟负责）。"
    ]
