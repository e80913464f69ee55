"""The register of visits, without the circumstances."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from unionoffice.exports import TableExport
from unionoffice.periods import Period, iso_date
from welfare.choices import Relation
from welfare.queries import rows

RELATION_LABELS = dict(Relation.choices)


class VisitRegister(TableExport):
    columns = (
        "日期",
        "对象",
        "部门",
        "工会小组",
        "事由",
        "是谁的事",
        "地点",
        "慰问金（元）",
        "慰问品",
        "折价（元）",
        "谁去的",
    )

    def __init__(self, values: QuerySet, period: Period):
        """`values`: from queries.with_row_values."""
        self.values = values
        self.title = f"慰问登记表_{period.code}"

    def rows(self) -> Iterator[Iterable]:
        for row in rows(self.values):
            yield (
                iso_date(row.day, row.precision),
                row.person,
                row.department,
                row.group,
                row.kind_text,
                RELATION_LABELS[row.relation],
                row.place,
                row.money or None,
                row.goods,
                row.goods_value or None,
                row.visitors,
            )
