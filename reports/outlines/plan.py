"""The plan: its chapters as they were written, then its items month by month."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from activities.choices import ItemState
from activities.models import Plan, PlanItem
from activities.queries import plan_of
from members import facts as members
from reports.outlines.sentences import Figures, sentence
from unionoffice.documents.outline import Block, Document, Heading, Missing, Paragraph
from unionoffice.models import Office
from unionoffice.periods import Period, chinese_date

EXPECTED_CHAPTERS = ("指导思想", "主要工作")
SENTENCE_SIGNS = frozenset("。；;！!？?\n")


def plan_outline(period: Period, *, office: Office, today: date) -> Document:
    plan = plan_of(period)
    return Document(
        title=(office.union_name, f"{period.label}工作计划"),
        blocks=(
            *chapters(plan),
            *_organisation(period, today),
            *month_by_month(plan, period),
        ),
        signature=office.union_name,
        date=today,
        subject=f"{period.label}工作计划",
        author=office.union_name,
    )


def chapters(plan: Plan | None) -> Iterator[Block]:
    """The plan's own chapters that hold text; the usual ones are asked for when there are none."""
    written = [s for s in plan.sections.all() if s.body.strip()] if plan else []
    for section in written:
        yield Heading(1, section.title)
        yield from _paragraphs(section.body)
    for title in () if written else EXPECTED_CHAPTERS:
        yield Heading(1, title)
        yield Paragraph((Missing(title),))


def month_by_month(plan: Plan | None, period: Period) -> Iterator[Block]:
    yield Heading(1, "月度安排")
    yield from _months(_items(plan, period) if plan else [])


def _organisation(period: Period, today: date) -> Iterator[Block]:
    """Who the plan is for, once there is a roster: a plan is one without it, too."""
    figures = Figures({fact.key: fact for fact in members.facts(period, today)})
    if not figures.any_of("members.active"):
        return
    yield Heading(1, "会员基本情况")
    yield Paragraph(
        sentence(
            f"截至{chinese_date(members.status_day(period, today))}，在册会员",
            figures("members.active"),
            figures.aside("，其中女会员", "members.women"),
            figures.aside("，编在工会小组", "members.groups"),
            figures.aside("；离退休后保留会籍的会员", "members.retained"),
            figures.aside("；在职教职工入会率为", "members.rate"),
            figures.aside("，青年教职工", "members.young"),
            figures.aside(f"；{period.label}新进教职工", "members.arrivals"),
            "。",
        )
    )


def _paragraphs(body: str) -> Iterator[Paragraph]:
    yield from (Paragraph((line.strip(),)) for line in body.splitlines() if line.strip())


def _items(plan: Plan, period: Period) -> list[PlanItem]:
    """What is to be done in the period, month by month and what runs longer after it; cancelled
    items are not."""
    standing = plan.items.exclude(state=ItemState.CANCELLED)
    due = standing.filter(first_month__range=(period.start, period.end))
    due = due.select_related("responsible")
    return list(due.order_by("first_month", "last_month", "order", "pk"))


def _months(items: list[PlanItem]) -> Iterator[Block]:
    """Phrases run on in one sentence a month, as plans are written; where one item of the plan is
    a text of its own, every item has its number and its line."""
    if not items:
        yield Paragraph((Missing("每月的计划事项"),))
    phrases = not any(SENTENCE_SIGNS & set(_bare(item.text)) for item in items)
    for months, group in groupby(items, key=lambda item: item.months_text):
        texts = [_said(item) for item in group]
        if phrases:
            yield Heading(2, f"{months}。", (f"{'；'.join(texts)}。",))
        else:
            yield Heading(2, months)
            yield from (Heading(3, "", (f"{text}。",)) for text in texts)


def _said(item: PlanItem) -> str:
    """组织教职工乒乓球赛（3月8日，常伟负责，体卫艺处协办）: the item, with what more is known of it."""
    exact = item.day or item.week or item.rhythm
    details = (
        item.when_words if exact else "",
        f"{item.responsible}负责" if item.responsible else "",
        f"{item.co_organiser}协办" if item.co_organiser else "",
    )
    known = "，".join(filter(None, details))
    return f"{_bare(item.text)}（{known}）" if known else _bare(item.text)


def _bare(text: str) -> str:
    """Without the point at its end, which the document sets itself."""
    return text.strip().rstrip("。；;，,、.")
