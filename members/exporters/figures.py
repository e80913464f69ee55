"""The roster's figures as one table."""

from collections.abc import Iterator
from datetime import date

from members.facts import FigureTable, RosterTables, Told
from unionoffice.exports import TableExport
from unionoffice.periods import Period


class FigureSheet(TableExport):
    columns = ("表", "项", "数", "单位", "占比（%）", "其中", "其中的人数")

    def __init__(self, told: Told, tables: RosterTables, period: Period, day: date):
        self.told, self.tables, self.period, self.day = told, tables, period, day
        self.title = f"会员统计_{period.code}_{day}"

    def rows(self) -> Iterator[tuple]:
        for fact in self.told.facts:
            yield ("总数", fact.label, fact.value, fact.unit, None, None, None)
        for title, parts in (("怎样来的", self.told.came), ("怎样走的", self.told.went)):
            yield from ((title, fact.label, fact.value, fact.unit) for fact in parts)
        for group, tables in (("在册会员", self.tables.members), ("在职教职工", self.tables.staff)):
            for table in tables:
                yield from _rows(f"{group}{table.title}", table)


def _rows(title: str, table: FigureTable) -> Iterator[tuple]:
    for row in table.rows:
        yield (title, row.label, row.number, "人", row.share, table.part_word, row.part)
    yield (title, "合计", table.total, "人", None, table.part_word, table.part_total)
