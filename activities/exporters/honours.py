"""Honours as a table, and as a list to be read out: 表彰名单."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from activities.choices import Level
from activities.models import Honour
from unionoffice.documents.outline import Block, Document, Heading, Missing, Paragraph, Table
from unionoffice.exports import TableExport
from unionoffice.models import Office
from unionoffice.periods import Period, Precision, chinese_date, iso_date


class HonourRegister(TableExport):
    """荣誉: the rows of the list as it is filtered, from the nation down."""

    columns = (
        "级别", "荣誉", "给谁的", "个人还是集体", "由谁授予", "日期", "文号", "比赛得的", "备注",
    )  # fmt: skip

    def __init__(self, honours: Sequence[Honour], period: Period):
        self.honours = honours
        self.title = f"荣誉_{period.label}"

    def rows(self) -> Iterator[tuple]:
        for one in self.honours:
            yield (
                one.get_level_display(),
                one.title,
                one.whose,
                one.get_holder_display(),
                one.awarding_body,
                iso_date(one.day, one.precision),
                one.document_number,
                "是" if one.is_contest else "",
                one.note,
            )


def honours_document(
    honours: Sequence[Honour], period: Period, *, office: Office, today: date
) -> Document:
    """表彰名单 of a period: `honours` from the nation down, those of one level in one table."""
    return Document(
        title=(office.union_name, f"{period.label}表彰名单"),
        blocks=tuple(_levels(honours, period)),
        signature=office.union_name,
        date=today,
        subject=f"{period.label}表彰名单",
        author=office.union_name,
    )


def _levels(honours: Sequence[Honour], period: Period) -> Iterator[Block]:
    if not honours:
        yield Paragraph((Missing("荣誉记录"),))
    for level, rows in groupby(honours, key=lambda one: one.level):
        rows = list(rows)
        yield Heading(1, f"{Level(level).label}（{len(rows)}项）")
        yield Table(
            "",
            ("荣誉", "获得者", "授予单位", "时间"),
            tuple(_row(one, period) for one in rows),
            widths=(8, 5, 8, 5),
        )


def _row(one: Honour, period: Period) -> tuple[str, ...]:
    """The year is named only where the period has two of them."""
    number = f"（{one.document_number}）" if one.document_number else ""
    day = chinese_date(one.day, one.precision)
    if period.start.year == period.end.year and one.precision != Precision.YEAR:
        day = day.removeprefix(f"{one.day.year}年")
    return one.title, one.whose, f"{one.awarding_body}{number}", day
