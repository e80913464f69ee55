"""What narrows a list. The values stand in the page's address."""

from django import forms
from django.utils import timezone

from activities.choices import ITEM_MARKS, Field
from activities.forms.fields import OpenPeriodField, PlainSelect, periods_to_show
from unionoffice.periods import Period

FIELDS = [("", "全部板块"), *Field.choices]


class PeriodFilter(forms.Form):
    """Bound to the query of the address; this year when it names no period."""

    period = OpenPeriodField(label="", required=False, widget=PlainSelect)

    def __init__(self, query):
        super().__init__(query)
        self.label_suffix = ""
        self.fields["period"].choices = periods_to_show(timezone.localdate(), self._chosen())
        self.fields["period"].widget.attrs["aria-label"] = "期间"

    def _chosen(self) -> Period:
        """The period of the address, for the list to offer it; this year when it is no period."""
        try:
            return self.fields["period"].to_python(self.data.get("period", "")) or Period.current()
        except forms.ValidationError:
            return Period.current()

    def clean_period(self):
        return self.cleaned_data["period"] or Period.current()


class ActivityFilter(PeriodFilter):
    q = forms.CharField(
        label="找活动",
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "活动、地点、结果"}),
    )
    field = forms.ChoiceField(
        label="", required=False, choices=FIELDS, widget=PlainSelect({"aria-label": "板块"})
    )
    planned = forms.ChoiceField(
        label="",
        required=False,
        choices=[("", "计划内外"), ("yes", "计划内"), ("no", "计划外")],
        widget=PlainSelect({"aria-label": "计划内还是计划外"}),
    )
    headcount = forms.ChoiceField(
        label="",
        required=False,
        choices=[("", "人数不限"), ("missing", "没记人数")],
        widget=PlainSelect({"aria-label": "人数记了没有"}),
    )

    field_order = ["q", "period", "field", "planned", "headcount"]


class ItemFilter(PeriodFilter):
    field = forms.ChoiceField(
        label="", required=False, choices=FIELDS, widget=PlainSelect({"aria-label": "板块"})
    )
    mark = forms.ChoiceField(
        label="",
        required=False,
        choices=[("", "全部状态"), *((mark.value, mark.label) for mark in ITEM_MARKS)],
        widget=PlainSelect({"aria-label": "状态"}),
    )


class BoardFilter(forms.Form):
    """Field and mark of the board. The marks are drawn as pills, so the field keeps the mark."""

    mark = forms.CharField(required=False, widget=forms.HiddenInput)
    field = forms.ChoiceField(
        label="", required=False, choices=FIELDS, widget=PlainSelect({"aria-label": "板块"})
    )
