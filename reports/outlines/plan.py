"""The plan: its chapters as they were written, then its items month by month. What was passed is
dated so and says what was changed since; what is not yet passed says that it is a draft."""

from collections.abc import Iterator
from datetime import date

from activities.choices import ChangeKind, PlanState
from activities.models import Plan
from activities.queries import changes_now, plan_of
from members import facts as members
from reports.outlines.months import MARKS, Planned, month_by_month, planned
from reports.outlines.sentences import Figures, sentence
from unionoffice.documents.outline import Block, Document, Heading, Missing, Paragraph
from unionoffice.models import Office
from unionoffice.periods import Period, chinese_date

EXPECTED_CHAPTERS = ("指导思想", "主要工作")
DRAFT = "（征求意见稿）"


def plan_outline(period: Period, *, office: Office, today: date) -> Document:
    plan = plan_of(period)
    found = planned(plan, period) if plan else []
    day = plan.passed_on if plan and plan.passed_on else today
    return Document(
        title=(office.union_name, f"{period.label}工作计划", *([DRAFT] if is_draft(plan) else [])),
        blocks=(
            *chapters(plan),
            *_organisation(period, day, arrivals=day == today),
            *month_by_month(found),
        ),
        signature=office.union_name,
        date=day,
        note=how_passed(plan, found, today),
        subject=f"{period.label}工作计划",
        author=office.union_name,
    )


def is_draft(plan: Plan | None) -> bool:
    return plan is not None and plan.state == PlanState.DRAFT


def how_passed(plan: Plan | None, found: list[Planned], today: date) -> str:
    """《2026年工作计划》2026年1月9日经工会委员会议通过；标出了到2026年11月18日为止的新增、取消: ""
    for what nobody passed."""
    if plan is None or is_draft(plan):
        return ""
    said = [f"《{plan}》{chinese_date(plan.passed_on)}经{plan.passed_by}通过"]
    marked = {kind for one in found for kind in one.marks}
    if kinds := [kind for kind in MARKS if kind in marked]:
        said.append(f"标出了到{chinese_date(today)}为止的{'、'.join(kinds)}")
    if changes_now(plan).filter(kind=ChangeKind.ADJUSTED).exists():
        said.append("后来调整过的，写的是调整以后的")
    return "；".join(said)


def chapters(plan: Plan | None) -> Iterator[Block]:
    """The plan's own chapters that hold text; the usual ones are asked for when there are none."""
    written = [s for s in plan.sections.all() if s.body.strip()] if plan else []
    for section in written:
        yield Heading(1, section.title)
        yield from _paragraphs(section.body)
    for title in () if written else EXPECTED_CHAPTERS:
        yield Heading(1, title)
        yield Paragraph((Missing(title),))


def _organisation(period: Period, day: date, *, arrivals: bool) -> Iterator[Block]:
    """Who the plan is for on the day that it bears, once there is a roster: a plan is one without
    it, too. `arrivals`: also who came in the period, which nobody knew on a day that is past."""
    figures = Figures({fact.key: fact for fact in members.facts(period, day)})
    if not figures.any_of("members.active"):
        return
    yield Heading(1, "会员基本情况")
    yield Paragraph(
        sentence(
            f"截至{chinese_date(members.status_day(period, day))}，在册会员",
            figures("members.active"),
            figures.aside("，其中女会员", "members.women"),
            figures.aside("，编在工会小组", "members.groups"),
            figures.aside("；离退休后保留会籍的会员", "members.retained"),
            figures.aside("；在职教职工入会率为", "members.rate"),
            figures.aside("，青年教职工", "members.young"),
            figures.aside(f"；{period.label}新进教职工", "members.arrivals") if arrivals else (),
            "。",
        )
    )


def _paragraphs(body: str) -> Iterator[Paragraph]:
    yield from (Paragraph((line.strip(),)) for line in body.splitlines() if line.strip())
