"""月度安排: what is to be done, month by month, as it was planned at first; what became different
since is marked at the item."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q

from activities.choices import ItemState
from activities.models import Plan, PlanItem
from activities.queries.plans import with_origin
from unionoffice.documents.outline import Block, Heading, Missing, Paragraph
from unionoffice.numerals import chinese_number
from unionoffice.periods import Period, Precision, chinese_date

MARKS = ADDED, CANCELLED, MOVED = "新增", "取消", "改期"
SENTENCE_SIGNS = frozenset("。；;！!？?\n")


@dataclass(frozen=True)
class Planned:
    """An item where it stands in the document: in the months that it was planned for at first; one
    that came into the period from outside it, in those that it was put off to."""

    item: PlanItem
    first: date
    last: date

    @property
    def months(self) -> str:
        """三月份, 七至八月份, 十二月至次年一月."""
        first, last = (chinese_number(month.month) for month in (self.first, self.last))
        if self.first.year != self.last.year:
            return f"{first}月至次年{last}月"
        return f"{first}月份" if first == last else f"{first}至{last}月份"

    @property
    def marks(self) -> dict[str, str]:
        """Which kind of change it was -> how the document says it: 新增, 取消, 改到12月."""
        marks = {ADDED: ADDED} if self.item.added_late else {}
        if self.item.state == ItemState.CANCELLED:
            marks[CANCELLED] = CANCELLED
        elif self.item.moved_from:
            marks[MOVED] = self._moved
        return marks

    @property
    def _moved(self) -> str:
        item, year = self.item, f"{self.first.year}年"
        if self.first != item.origin:
            return f"由{chinese_date(item.origin, Precision.MONTH).removeprefix(year)}改来"
        to = chinese_date(item.day) if item.day else chinese_date(item.first_month, Precision.MONTH)
        return f"改到{to.removeprefix(year)}"

    @property
    def words(self) -> str:
        """组织教职工乒乓球赛（3月8日，常伟负责，体卫艺处协办）（取消）: the item, with what more is
        known of it and what became of it."""
        item = self.item
        exact = (item.day or item.week or item.rhythm) and self.first == item.first_month
        details = (
            item.when_words if exact else "",
            f"{item.responsible}负责" if item.responsible else "",
            f"{item.co_organiser}协办" if item.co_organiser else "",
        )
        known = "，".join(filter(None, details))
        said = (known, *self.marks.values())
        return bare(item.text) + "".join(f"（{each}）" for each in said if each)


def planned(plan: Plan, period: Period) -> list[Planned]:
    """Those of the plan that stand in its document of the period, in their order."""
    span = (period.start, period.end)
    items = with_origin().filter(plan=plan).select_related("responsible")
    items = items.filter(Q(origin_month__range=span) | Q(first_month__range=span))
    found = [_placed(item, period) for item in items]
    return sorted(found, key=lambda one: (one.first, one.last, one.item.order, one.item.pk))


def _placed(item: PlanItem, period: Period) -> Planned:
    if period.contains(item.origin):
        return Planned(item, item.origin, item.origin_end)
    return Planned(item, item.first_month, item.last_month)


def month_by_month(found: list[Planned]) -> Iterator[Block]:
    """Where the plan runs through two years, each has its heading."""
    yield Heading(1, "月度安排")
    if not found:
        yield Paragraph((Missing("每月的计划事项"),))
    phrases = not any(SENTENCE_SIGNS & set(bare(one.item.text)) for one in found)
    several = len({one.first.year for one in found}) > 1
    for year, of_year in groupby(found, key=lambda one: one.first.year):
        if several:
            yield Heading(2, f"{year}年")
        for months, group in groupby(of_year, key=lambda one: one.months):
            yield from _month(months, [one.words for one in group], phrases=phrases)


def _month(months: str, texts: list[str], *, phrases: bool) -> Iterator[Block]:
    """Phrases run on in one sentence a month, as plans are written; where one item of the plan is
    a text of its own, every item has its number and its line."""
    if phrases:
        yield Paragraph((f"{months}：{'；'.join(texts)}。",))
        return
    yield Paragraph((f"{months}：",), leads=True)
    for number, text in enumerate(texts, 1):
        yield Paragraph((f"{number}.{text}。",))


def bare(text: str) -> str:
    """Without the point at its end, which the document sets itself."""
    return text.strip().rstrip("。；;，,、.")
