"""What a chronicle is narrowed by: the period, how much of it, and what is left out."""

import re

from django import forms

from activities.forms.filters import PeriodFilter, choice_of

EVENT_KEY = re.compile(r"[a-z]\d{1,18}")


class LeftOut(forms.MultipleChoiceField):
    """Keys of events; others are of no matter, since records go."""

    widget = forms.MultipleHiddenInput

    def validate(self, value):
        pass

    def to_python(self, value):
        return [key for key in super().to_python(value) if EVENT_KEY.fullmatch(key)]


class ChronicleFilter(PeriodFilter):
    show = choice_of("写多少", "写入总结的活动和大事", [("all", "所有活动和大事")], "选择")

    field_order = ["period", "show"]

    @property
    def left_out(self) -> frozenset[str]:
        return frozenset(LeftOut(required=False).clean(self.data.getlist("without")))
