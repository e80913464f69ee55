"""Lists of plans: what changed since one was passed."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from activities.models import Plan, PlanChange
from activities.queries import differences
from unionoffice.exports import TableExport


class PlanChanges(TableExport):
    """通过以后的变化: what was adjusted, put off, cancelled or added since the plan was passed."""

    columns = ("哪天", "变化", "事项", "哪一栏", "原来", "现在", "原因", "谁改的")

    def __init__(self, plan: Plan, changes: QuerySet[PlanChange]):
        self.changes = changes
        self.title = f"{plan.title}_通过以后的变化"

    def rows(self) -> Iterator[list]:
        for change in self.changes:
            day = timezone.localtime(change.made_at).date()
            head = [day, change.get_kind_display(), change.item_text]
            tail = [change.reason, str(change.made_by)]
            for each in differences(change):
                yield [*head, each.name, each.before, each.after, *tail]
