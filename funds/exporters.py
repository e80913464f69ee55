"""Lists of the union's money out of the office."""

from collections.abc import Iterable, Iterator

from funds.queries import GroupMoney
from unionoffice.exports import TableExport
from unionoffice.periods import Period


class GroupMoneyRegister(TableExport):
    """小组经费: the rows of the list."""

    columns = ("工会小组", "额度（元）", "已花（元）", "结余（元）", "活动", "没写花费的", "说明")

    def __init__(self, rows: Iterable[GroupMoney], period: Period):
        self.money = rows
        self.title = f"小组经费_{period.label}"

    def rows(self) -> Iterator[tuple]:
        for row in self.money:
            yield (
                row.group.name,
                row.amount,
                row.spent,
                row.left,
                row.spending.held,
                row.spending.without_cost,
                row.allotment.note if row.allotment else "",
            )
