"""计划与总结连写: the period's summary and the plan of the period after it as one document. What
lies ahead is the plan, so the summary's own chapter on it is left out."""

from collections.abc import Iterator
from dataclasses import replace

from activities.models import Plan
from activities.queries import plan_of
from reports.outlines.months import Planned, month_by_month, planned
from reports.outlines.plan import DRAFT, chapters, how_passed, is_draft
from reports.outlines.summary import AHEAD
from unionoffice.documents.outline import Block, Document, Heading, Missing, Paragraph, Part
from unionoffice.periods import Period

TITLE_LINE = 20  # signs that fit on a line of the title


def together(summary: Document, period: Period) -> Document:
    """`summary` is that of `period`; its attachments and its signature stay where they are."""
    following, (first, second) = period.following(), titles(period)
    plan = plan_of(following)
    items = planned(plan, following) if plan else []
    return replace(
        summary,
        title=(*summary.title[:-1], *_title(first, second)),
        blocks=(
            Part(f"第一部分\u3000{first}"),
            *_without_ahead(summary.blocks),
            Part(f"第二部分\u3000{second}{DRAFT if is_draft(plan) else ''}"),
            *_ahead(plan, items, second),
        ),
        note=how_passed(plan, items, summary.date),
        subject=f"{first}和{second}",
    )


def titles(period: Period) -> tuple[str, str]:
    """What each of the two parts is called."""
    return f"{period.label}工作总结", f"{period.following().label}工作计划"


def _title(first: str, second: str) -> tuple[str, ...]:
    whole = f"{first}和{second}"
    return (whole,) if len(whole) <= TITLE_LINE else (f"{first}和", second)


def _without_ahead(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return blocks[: blocks.index(Heading(1, AHEAD))]


def _ahead(plan: Plan | None, items: list[Planned], title: str) -> Iterator[Block]:
    """A plan that nobody made yet is one gap, not one for each of its chapters."""
    if plan is None:
        yield Paragraph((Missing(title),))
        return
    yield from chapters(plan)
    yield from month_by_month(items)
