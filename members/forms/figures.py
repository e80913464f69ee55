"""Of which period, and of which day, the roster's figures are."""

from datetime import date

from django import forms
from django.utils import timezone

from members.facts import status_day
from unionoffice.fields import DayInput, PeriodField
from unionoffice.list_filters import ListFilter
from unionoffice.periods import Period


class FiguresFilter(ListFilter):
    """Who came and went within the period; heads on the day, which is the period's last (today,
    before that) unless one is named. A day alone asks for its year."""

    period = PeriodField()
    on = forms.DateField(
        label="人数算到哪天",
        required=False,
        widget=DayInput(),
        error_messages={"invalid": "没有这一天，写成 2026-08-31 这样。"},
    )

    def clean(self):
        data = super().clean()
        if data.get("on") and not self.data.get("period"):
            data["period"] = Period.year(data["on"].year)
        return data

    @property
    def day(self) -> date:
        chosen = self.cleaned_data["on"]
        return chosen or status_day(self.cleaned_data["period"], timezone.localdate())
