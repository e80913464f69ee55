"""What narrows a list. The values stand in the page's address."""

from datetime import date

from django import forms
from django.utils import timezone

from activities.choices import ITEM_MARKS, ChangeKind, Mark
from activities.queries import fields_known
from unionoffice.errors import RuleBroken
from unionoffice.fields import PeriodField, QuickInput, QuickSelect, filter_choice, search_box
from unionoffice.list_filters import ListFilter
from unionoffice.periods import Period, period_choices

NO_SUCH = "没有“%(value)s”这个{what}，从列表里选一个。"


def choice_of(label: str, empty: str, choices, what: str = "选项") -> forms.ChoiceField:
    """A filter that says what is not offered: no such `what`."""
    field = filter_choice(label, empty, choices)
    field.error_messages["invalid_choice"] = NO_SUCH.format(what=what)
    return field


class WorkChoice(forms.ChoiceField):
    """The fields of work, the office's own ones and the closed ones too: asked once a form."""

    def __deepcopy__(self, memo):
        copied = super().__deepcopy__(memo)
        copied.choices = [("", "全部板块"), *fields_known()]
        return copied


def work_field() -> forms.ChoiceField:
    return WorkChoice(
        label="",
        required=False,
        widget=QuickSelect(attrs={"aria-label": "板块"}),
        error_messages={"invalid_choice": NO_SUCH.format(what="板块")},
    )


class PeriodFilter(forms.Form):
    """Bound to the query of the address; this year when it names no period."""

    period = PeriodField(label="", widget=QuickSelect({"aria-label": "期间"}))

    def __init__(self, query):
        super().__init__(query)
        self.label_suffix = ""
        offered = periods_to_show(timezone.localdate(), self._chosen())
        self.fields["period"].widget.choices = offered

    @property
    def narrowed(self) -> bool:
        """Whether there is something to clear, besides the period; nonsense is."""
        chosen = [value for name, value in self.cleaned_data.items() if name != "period"]
        return bool(self.errors) or any(chosen)

    def _chosen(self) -> Period:
        """The period of the address, for the list to offer it; this year when it is no period."""
        try:
            return Period.from_query(self.data)
        except RuleBroken:
            return Period.current()


class ActivityFilter(PeriodFilter):
    q = search_box("活动、地点、结果")
    field = work_field()
    planned = choice_of("计划内还是计划外", "计划内外", [("yes", "计划内"), ("no", "计划外")])
    group = choice_of("哪个小组办的", "不限小组", [], "小组")
    headcount = choice_of("人数记了没有", "人数不限", [("missing", "没记人数")])

    field_order = ["q", "period", "field", "group", "planned", "headcount"]

    def __init__(self, query, *, groups):
        super().__init__(query)
        self.fields["group"].choices = [("", "不限小组"), *groups]


class ItemFilter(PeriodFilter):
    field = work_field()
    mark = choice_of("状态", "全部状态", [(mark.value, mark.label) for mark in ITEM_MARKS], "状态")


class BoardFilter(forms.Form):
    """Field and mark of the board. The marks are drawn as pills, so the field keeps the mark."""

    mark = forms.ChoiceField(
        required=False,
        choices=[("", ""), *Mark.choices],
        widget=QuickInput("hidden"),
        error_messages={"invalid_choice": NO_SUCH.format(what="状态")},
    )
    field = work_field()


class ChangeFilter(ListFilter):
    """What changed in a plan after it was passed."""

    q = search_box("事项、原因")
    kind = choice_of("哪一类", "所有变化", ChangeKind.choices, "变化")


def periods_to_show(today: date, chosen: Period) -> list[tuple[str, str]]:
    """What a list offers: the usual periods, the chosen one, and the one before it."""
    offered = period_choices(today, chosen)
    earlier = [chosen.previous()] if chosen.previous() not in offered else []
    return [(period.code, period.label) for period in [*offered, *earlier]]
