"""A plan item with all that may be said of it, and what may be decided about it."""

from collections.abc import Iterable

from crispy_forms.layout import HTML, Div, Field
from django import forms

from activities.forms.fields import WorkField
from activities.forms.wording import for_choice, for_text
from activities.models import PlanItem
from activities.rules import field_of, is_kept
from members.forms.fields import PersonPicker
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import DayField, MoneyField, MonthField, ReasonField
from unionoffice.forms import chips, plain_helper

WHEN_EXACTLY = ("day", "last_day", "week", "rhythm", "weekday", "from_time", "to_time")
MORE = ("audience", "responsible", "co_organiser", "budget", "evidence")
TOO_MANY = dict.fromkeys(
    ("max_digits", "max_whole_digits", "max_decimal_places"),
    "预算最多八位数，小数写到分，例如 1200.50。",
)
NO_TIME = {"invalid": "没有这个时间，写成 16:20 这样。"}
LONGEST_ITEM = 300  # characters; what was read from a plan's text may be longer
WHY = "改月份要写原因，总结里会用到。"


class PlanItemForm(ConcurrentForm):
    """`people`: who may be named as responsible. Of an item in a passed plan it asks why.

    `guessed`, once the form is clean: the field of work was left open and found by the text.
    """

    together = (
        frozenset({"first_month", "last_month", "day", "last_day", "week", "rhythm"}),
        frozenset({"from_time", "to_time"}),
    )
    first_month = MonthField(label="哪个月", required=False)
    last_month = MonthField(label="到哪个月", required=False, help_text="只办一个月就空着")
    field = WorkField()
    day = DayField(label="哪天", required=False, help_text="写了哪天，月份可以空着")
    last_day = DayField(label="到哪天", required=False, help_text="只办一天就空着")
    budget = MoneyField(
        label="预算（元）",
        required=False,
        min_value=0,
        error_messages={
            "invalid": "预算只写数字，例如 1200。",
            "min_value": "预算不能是负数。",
            **TOO_MANY,
        },
    )
    why = ReasonField(
        label="为什么改",
        required=False,
        help_text="计划已经通过，改动和原因会留在“通过以后的变化”里",
    )

    class Meta:
        model = PlanItem
        fields = ["text", "first_month", "last_month", "field", *WHEN_EXACTLY, *MORE]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "week": forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": 30}),
            "from_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "to_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "responsible": PersonPicker,
        }
        labels = {"text": "办什么", "week": "开学第几周"}
        help_texts = {
            "evidence": "例如：通知、签到表、照片、小结",
            "audience": "例如：全体会员、女教职工、青年教师",
            "co_organiser": "例如：党支部、体卫艺处、社区",
        }
        error_messages = {
            "text": for_text("写上要办什么。"),
            "week": dict.fromkeys(("invalid", "min_value", "max_value"), "第几周写 1 到 30。"),
            "rhythm": for_choice(),
            "weekday": for_choice(),
            "from_time": NO_TIME,
            "to_time": NO_TIME,
            "audience": for_text(),
            "co_organiser": for_text(),
            "evidence": for_text(),
            "responsible": {"invalid_choice": "名册里没有这个人，重新选一下。"},
        }

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.guessed = False
        self.fields["field"].keep(self.instance.field)
        if not self.instance.pk:
            self.initial["field"] = None
            self.fields["field"].required = False
            self.fields["field"].help_text = "不选就按写的字来定"
        for name in ("first_month", "last_month"):
            self.fields[name].within = self.instance.plan.period
        self.fields["responsible"].queryset = people
        for name in ("rhythm", "weekday"):
            self.fields[name].choices = [("", "不定期" if name == "rhythm" else "不定")] + [
                choice for choice in self.fields[name].choices if choice[0] not in ("", None)
            ]
        if not is_kept(self.instance.plan.state):
            del self.fields["why"]
        elif not self.instance.pk:
            self.fields["why"].label = "为什么加"

    @property
    def helper(self):
        return plain_helper(
            Field("text"),
            _side_by_side("first_month", "last_month"),
            chips("field"),
            *self._folded("哪天、第几周、定期", WHEN_EXACTLY, self._when_exactly()),
            *self._folded("对象、负责人、预算", MORE, self._more()),
            *(["why"] if "why" in self.fields else []),
        )

    def _when_exactly(self) -> Iterable:
        yield _side_by_side("day", "last_day")
        yield Div(Field("week"), css_class="short")
        yield _side_by_side("rhythm", "weekday")
        yield _side_by_side("from_time", "to_time")

    def _more(self) -> Iterable:
        yield from ("audience", "responsible", "co_organiser")
        yield Div(Field("budget"), css_class="short")
        yield "evidence"

    def _folded(self, title: str, names: tuple[str, ...], fields: Iterable) -> Iterable:
        """Fields behind a title; open when one of them is filled or wrong."""
        is_open = any(self[name].value() not in (None, "") or self[name].errors for name in names)
        yield HTML(f'<details class="more-fields"{" open" * is_open}><summary>{title}</summary>')
        yield from fields
        yield HTML("</details>")

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        most = max(LONGEST_ITEM, len(self.initial.get("text") or ""))
        if len(text) > most:
            raise forms.ValidationError(
                f"一项最多 {most} 字，现在有 {len(text)} 字，删短一点，或者拆成几项；"
                "成段的话写进章节。"
            )
        return text

    def clean(self):
        data = super().clean()
        self._tell_months(data)
        if not data.get("field") and "field" not in self.errors:
            data["field"], self.guessed = field_of(data.get("text") or ""), True
        if self._moves(data) and not data.get("why"):
            self.add_error("why", WHY)
        return data

    def _moves(self, data: dict) -> bool:
        """Whether it changes the months of an item whose plan was passed."""
        if "why" not in self.fields or not self.instance.pk:
            return False
        names = ("first_month", "last_month")
        return any(data.get(name) not in (None, self.initial[name]) for name in names)

    def _tell_months(self, data: dict) -> None:
        """What the day says of the month, and the first month of the last one."""
        was = self.initial.get("first_month"), self.initial.get("last_month")
        if self.instance.pk and was[0] == was[1] == data.get("last_month"):
            data["last_month"] = None  # it only goes with the first one
        day, until = data.get("day"), data.get("last_day")
        if not data.get("first_month") and "first_month" not in self.errors:
            if day:
                data["first_month"] = day.replace(day=1)
            else:
                self.add_error("first_month", "写上哪个月办。")
        if not data.get("last_month"):
            months = [data.get("first_month"), until and until.replace(day=1)]
            data["last_month"] = max(filter(None, months), default=None)


def _side_by_side(*names: str) -> Div:
    return Div(*(Field(name) for name in names), css_class="two even pair")


class PostponeForm(forms.Form):
    to_month = MonthField(label="改到哪个月", error_messages={"required": "写上改到哪个月。"})
    reason = ReasonField(
        label="为什么",
        error_messages={"required": "写上为什么改期，总结里会用到。"},
    )

    helper = plain_helper()


class DropForm(forms.Form):
    """Taking an item out of a draft; why, where that plan was passed once."""

    reason = ReasonField(
        label="为什么",
        error_messages={"required": "这份计划通过过，写上为什么删。"},
    )

    helper = plain_helper()

    def __init__(self, *args, passed_before: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not passed_before:
            del self.fields["reason"]


class CancelForm(forms.Form):
    reason = ReasonField(
        label="为什么",
        error_messages={"required": "写上为什么取消，总结里会用到。"},
    )

    helper = plain_helper()


class ResumeForm(forms.Form):
    helper = plain_helper()


MOVE_FORMS = {"postpone": PostponeForm, "cancel": CancelForm, "resume": ResumeForm}
