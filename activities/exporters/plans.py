"""Lists of plans: their items, and what changed since one was passed."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils import timezone

from activities.models import Plan, PlanChange, PlanItem
from activities.queries import ItemRow, differences
from activities.rules import months_text
from unionoffice.exports import TableExport
from unionoffice.periods import Period


class ItemRegister(TableExport):
    """计划事项: the rows of the list as it is filtered. `words`: of each row's mark."""

    columns = (
        "状态",
        "事项",
        "时间",
        "板块",
        "对象",
        "负责人",
        "协办",
        "预算（元）",
        "要留的材料",
        "哪天办的",
        "原来的月份",
        "原因",
        "通过以后加的",
        "计划",
    )

    def __init__(self, rows: list[ItemRow], words: dict[int, str], period: Period):
        self.found, self.words = rows, words
        self.title = f"计划事项_{period.label}"

    def rows(self) -> Iterator[list]:
        items = PlanItem.objects.select_related("plan").in_bulk([row.pk for row in self.found])
        for row in self.found:
            item = items[row.pk]
            yield [
                self.words[row.pk],
                row.text,
                row.when_text,
                row.field_label,
                item.audience,
                row.responsible_name,
                item.co_organiser,
                item.budget,
                item.evidence,
                row.record_text if row.record else "",
                months_text(row.moved_from, row.moved_from) if row.moved_from else "",
                item.reason,
                "是" if row.added_late else "",
                item.plan.title,
            ]


CHANGE_COLUMNS = ("哪天", "变化", "事项", "哪一栏", "原来", "现在", "原因", "谁改的")


class PlanChanges(TableExport):
    """通过以后的变化: what was adjusted, put off, cancelled or added since the plan was passed."""

    columns = CHANGE_COLUMNS

    def __init__(self, plan: Plan, changes: QuerySet[PlanChange]):
        self.changes = changes
        self.title = f"{plan.title}_通过以后的变化"

    def rows(self) -> Iterator[list]:
        for change in self.changes:
            yield from _change_rows(change)


class ItemChanges(TableExport):
    """计划变动: the same of all plans of a period, as the list is filtered."""

    columns = (*CHANGE_COLUMNS, "计划")

    def __init__(self, changes: Iterable[PlanChange], period: Period):
        self.changes = changes
        self.title = f"计划变动_{period.label}"

    def rows(self) -> Iterator[list]:
        for change in self.changes:
            for row in _change_rows(change):
                yield [*row, change.plan.title]


def _change_rows(change: PlanChange) -> Iterator[list]:
    """A line for each column that it touched."""
    day = timezone.localtime(change.made_at).date()
    head = [day, change.get_kind_display(), change.item_text]
    tail = [change.reason, str(change.made_by)]
    for each in differences(change):
        yield [*head, each.name, each.before, each.after, *tail]
