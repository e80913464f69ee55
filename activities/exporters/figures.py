"""The figures of plans and activities as one table."""

from collections.abc import Iterator

from activities.facts import FigureTable
from unionoffice.exports import TableExport
from unionoffice.facts import Fact
from unionoffice.periods import Period

UNRECORDED = "没有记录"


class FigureSheet(TableExport):
    """统计: a line for each figure. A sum that nobody recorded is said, not 0."""

    columns = ("表", "项", "数字", "数", "单位")

    def __init__(self, facts: list[Fact], tables: list[FigureTable], period: Period):
        self.facts, self.tables = facts, tables
        self.title = f"工会活动统计_{period.label}"

    def rows(self) -> Iterator[tuple]:
        for fact in self.facts:
            yield ("总数", "", fact.label, *_cells(fact))
        for table in self.tables:
            for row in table.rows:
                for column, fact in zip(table.columns, row.facts, strict=True):
                    if fact:
                        yield (table.title, row.label, column, *_cells(fact))


def _cells(fact: Fact) -> tuple:
    return (UNRECORDED if fact.missing else fact.value, fact.unit)
