"""Moving an item of a plan to another month."""

from django import forms

from activities.choices import PlanState
from activities.models import PlanItem
from unionoffice.fields import MonthField, ReasonField
from unionoffice.forms import plain_helper


class MonthSelect(forms.Select):
    """The months of a plan; a month is written as 2026-03."""

    def format_value(self, value):
        return [f"{value:%Y-%m}" if hasattr(value, "strftime") else str(value or "")]


class ItemMonthForm(forms.Form):
    """The months of the plan. The reason is asked for once the plan was passed."""

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
        super().__init__(*args, initial={"to_month": item.first_month}, **kwargs)
        period = item.plan.period
        several = period.start.year != period.end.year
        self.fields["to_month"].widget.choices = [
            (f"{year}-{month:02}", f"{year}年{month}月" if several else f"{month}月")
            for year, month in period.months()
        ]
        if item.plan.state == PlanState.DRAFT:
            del self.fields["reason"]
