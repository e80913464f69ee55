"""Moving an item of a plan to another month."""

from django import forms

from activities.models import Plan, PlanItem
from activities.rules import MOST_MONTHS_LATE, is_kept, shifted
from unionoffice.fields import MonthField, ReasonField
from unionoffice.forms import plain_helper


class MonthSelect(forms.Select):
    """The months of a plan; a month is written as 2026-03."""

    def format_value(self, value):
        return [f"{value:%Y-%m}" if hasattr(value, "strftime") else str(value or "")]


def months_to_choose(plan: Plan) -> list[tuple[str, str]]:
    """(2026-03, 2026年3月): those of the plan, and those to which an item can be put off once the
    plan was passed."""
    months = plan.period.months()
    if is_kept(plan.state):
        later = [shifted(plan.end, by) for by in range(1, MOST_MONTHS_LATE + 1)]
        months += [(month.year, month.month) for month in later]
    return [(f"{year}-{month:02}", f"{year}年{month}月") for year, month in months]


class ItemMonthForm(forms.Form):
    """The months that the item can go to. The reason is asked for once the plan was passed."""

    to_month = MonthField(
        label="移到哪个月",
        widget=MonthSelect,
        error_messages={"required": "选一下移到哪个月。"},
    )
    reason = ReasonField(
        label="为什么",
        error_messages={"required": "计划已经通过，写上为什么改期，总结里会用到。"},
    )

    helper = plain_helper()

    def __init__(self, *args, item: PlanItem, **kwargs):
        super().__init__(*args, **kwargs)
        kept, now = is_kept(item.plan.state), f"{item.first_month:%Y-%m}"
        self.fields["to_month"].widget.choices = [("", "选一个月")] + [
            (code, label)
            for code, label in months_to_choose(item.plan)
            if (code > now if kept else code != now)
        ]
        if not kept:
            del self.fields["reason"]
