"""What narrows a list. The values stand in the page's address."""

from datetime import date

from django import forms
from django.utils import timezone

from activities.choices import (
    ITEM_MARKS,
    ActivityKind,
    ActivityState,
    ChangeKind,
    Level,
    Mark,
    StudyForm,
)
from activities.queries import SORTS, fields_known
from activities.queries.kinds import CHECKS
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


class PeriodFilter(ListFilter):
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

    @property
    def fallback(self) -> Period:
        """The period that the list is about; this year when the address names none."""
        return self.cleaned_data.get("period") or Period.current()

    def _chosen(self) -> Period:
        """The period of the address, for the list to offer it; this year when it is no period."""
        try:
            return Period.from_query(self.data)
        except RuleBroken:
            return Period.current()


def carried(label: str, choices) -> forms.ChoiceField:
    """A choice that the page's links set, carried along unseen."""
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", ""), *choices],
        widget=QuickInput("hidden"),
        error_messages={"invalid_choice": NO_SUCH.format(what=label)},
    )


class ActivityFilter(PeriodFilter):
    q = search_box("活动、地点、结果、主办")
    state = carried("状态", ActivityState.choices)
    sort = carried("排法", [(f"{sign}{key}", key) for key in SORTS for sign in ("", "-")])
    field = work_field()
    kind = choice_of("哪一类", "各类活动", ActivityKind.choices, "类别")
    planned = choice_of("计划内还是计划外", "计划内外", [("yes", "计划内"), ("no", "计划外")])
    group = choice_of("哪个小组办的", "不限小组", [], "小组")
    series = choice_of("哪个社团或定期活动", "不限社团", [], "社团")
    headcount = choice_of("人数记了没有", "人数不限", [("missing", "没记人数")])

    field_order = [
        *("q", "state", "sort", "period", "field", "kind", "group", "series"),
        *("planned", "headcount"),
    ]

    def __init__(self, query, *, groups, series=()):
        super().__init__(query)
        self.fields["group"].choices = [("", "不限小组"), *groups]
        self.fields["series"].choices = [("", "不限社团"), *series]
        if not series and not self.data.get("series"):
            del self.fields["series"]

    @property
    def narrowed(self) -> bool:
        carried = ("period", "state", "sort")
        chosen = [value for name, value in self.cleaned_data.items() if name not in carried]
        return bool(self.errors) or any(chosen)


class StudyFilter(PeriodFilter):
    q = search_box("活动、内容、主讲")
    form = choice_of("形式", "各种形式", StudyForm.choices, "形式")
    field = work_field()

    field_order = ["q", "period", "form", "field"]


class ContestFilter(PeriodFilter):
    q = search_box("比赛、谁参加、成绩")
    level = choice_of("哪一级", "各级比赛", Level.choices, "级别")
    awarded = choice_of("获奖没有", "不限获奖", [("yes", "获了奖"), ("no", "没获奖")])

    field_order = ["q", "period", "level", "awarded"]


class CheckFilter(PeriodFilter):
    q = search_box("检查、地点、结果")
    kind = choice_of("哪一类", "检查和演练", [(kind.value, kind.label) for kind in CHECKS], "类别")
    open_only = choice_of("整改没有", "不限整改", [("yes", "还没整改")])

    field_order = ["q", "period", "kind", "open_only"]


class ItemFilter(PeriodFilter):
    """`people`: who answers for an item. `drafts`: whether one sees plans not passed yet."""

    q = search_box("事项")
    month = choice_of("原来的月份", "全部月份", [], "月份")
    field = work_field()
    mark = choice_of("状态", "全部状态", [(mark.value, mark.label) for mark in ITEM_MARKS], "状态")
    responsible = choice_of("负责人", "所有负责人", [], "负责人")
    late = choice_of("临时增加的", "不限", [("yes", "通过以后加的")])
    draft = choice_of("通过了没有", "通过了的计划", [("yes", "起草中的计划")])

    field_order = ["q", "period", "month", "field", "mark", "responsible", "late", "draft"]

    def __init__(self, query, *, people, drafts: bool):
        super().__init__(query)
        self.fields["responsible"].choices = [("", "所有负责人"), *people]
        months = [(f"{year}-{month:02}", f"{month}月") for year, month in self._chosen().months()]
        self.fields["month"].choices = [("", "全部月份"), *months]
        if not drafts:
            del self.fields["draft"]


class BoardFilter(ListFilter):
    """Field and mark of the board. The marks are drawn as pills, so the field keeps the mark."""

    mark = forms.ChoiceField(
        required=False,
        choices=[("", ""), *Mark.choices, ("added", "新增")],
        widget=QuickInput("hidden"),
        error_messages={"invalid_choice": NO_SUCH.format(what="状态")},
    )
    field = work_field()


class ChangeFilter(ListFilter):
    """What changed in a plan after it was passed."""

    q = search_box("事项、原因")
    kind = choice_of("哪一类", "所有变化", ChangeKind.choices, "变化")


class PeriodChangeFilter(PeriodFilter):
    """What changed in the plans of a period after they were passed."""

    q = search_box("事项、原因")
    kind = choice_of("哪一类", "所有变化", ChangeKind.choices, "变化")

    field_order = ["q", "period", "kind"]


def periods_to_show(today: date, chosen: Period) -> list[tuple[str, str]]:
    """What a list offers: the usual periods, the chosen one, and the one before it."""
    offered = period_choices(today, chosen)
    earlier = [chosen.previous()] if chosen.previous() not in offered else []
    return [(period.code, period.label) for period in [*offered, *earlier]]
