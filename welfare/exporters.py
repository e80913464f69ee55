"""The register of visits, without the circumstances."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from unionoffice.exports import TableExport
from unionoffice.periods import Period, iso_date
from welfare.models import Visit


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

    def __init__(self, visits: QuerySet[Visit], period: Period):
        self.visits = visits
        self.title = f"慰问登记表_{period.code}"

    def rows(self) -> Iterator[Iterable]:
        for visit in self.visits:
            yield (
                iso_date(visit.day, visit.day_precision),
                visit.person,
                visit.department_name,
                visit.group_name,
                visit.get_kind_display(),
                visit.get_relation_display(),
                visit.place,
                visit.money,
                visit.goods,
                visit.goods_value,
                "、".join(visitor.name for visitor in visit.visitors.all()),
            )
