"""Fields that several forms of this app share."""

from itertools import groupby

from django import forms
from django.forms.models import ModelChoiceIterator

from activities.choices import PlanState
from activities.forms.wording import for_choice
from activities.queries import fields_offered

SHORT_ITEM = 30  # characters of an item in the list to choose from


class WorkField(forms.ChoiceField):
    """板块, with the office's own ones, and with the one that the record has already."""

    def __init__(self, **kwargs):
        super().__init__(
            label="板块",
            choices=fields_offered,
            widget=forms.RadioSelect,
            error_messages=for_choice("选一个板块。"),
            **kwargs,
        )

    def keep(self, stored: str) -> None:
        """Offer what is stored, too, should the office have closed that field."""
        offered = fields_offered()
        if stored and stored not in dict(offered):
            offered.append((stored, stored))
        self.choices = offered


class ItemsByPlan(ModelChoiceIterator):
    """The items under the names of their plans, as soon as there are several plans."""

    def __iter__(self):
        items = list(self.queryset)
        yield ("", self.field.empty_label)
        plans = [(plan, [*map(self.choice, own)]) for plan, own in groupby(items, lambda i: i.plan)]
        for plan, choices in plans:
            draft = "（起草中）" if plan.state == PlanState.DRAFT else ""
            yield from [(f"{plan}{draft}", choices)] if len(plans) > 1 else choices


class ItemChoiceField(forms.ModelChoiceField):
    iterator = ItemsByPlan

    def label_from_instance(self, item):
        text = item.text if len(item.text) <= SHORT_ITEM else f"{item.text[:SHORT_ITEM]}…"
        return f"{item.first_month:%Y}年{item.first_month.month}月 {text}"
