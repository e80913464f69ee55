"""Of which period, and of which day, the roster's figures are."""

from datetime import date

from django import forms
from django.utils import timezone

from members.facts import status_day
from unionoffice.fields import DayInput, PeriodField
from unionoffice.list_filters import ListFilter


class FiguresFilter(ListFilter):
    """Who came and went within the period; heads on the day, which is the period's last (today,
    before that) unless one is named."""

    period = PeriodField()
    on = forms.DateField(
        label="人数算到哪天",
        required=False,
        widget=DayInput(),
        error_messages={"invalid": "没有这一天，写成 2026-08-31 这样。"},
    )

    @property
    def day(self) -> date:
        chosen = self.cleaned_data["on"]
        return chosen or status_day(self.cleaned_data["period"], timezone.localdate())
