"""The quick record of an activity: what, when, how many, which field; the rest if one likes."""

from datetime import timedelta

from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.utils import timezone

from activities.forms.fields import WorkField
from activities.forms.wording import for_choice, for_text
from activities.models import Activity
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import DayField, FilesField, MonthField, QuickSelect, SeveralFiles
from unionoffice.forms import chips, plain_helper
from unionoffice.periods import Precision

WHEN = [("today", "今天"), ("yesterday", "昨天"), ("day", "选日期"), ("month", "只知道月份")]
FILES = '{% include "partials/files.html" with opt="照片、PDF、Word、Excel，可以选好几个" %}'
SHORT_ITEM = 30  # characters of an item in the list to choose from


class ItemChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, item):
        text = item.text if len(item.text) <= SHORT_ITEM else f"{item.text[:SHORT_ITEM]}…"
        return f"{item.first_month:%Y}年{item.first_month.month}月 {text}"


class ActivityForm(ConcurrentForm):
    """`items` are the plan items to choose from, `groups` the groups that may have held it."""

    together = (frozenset({"when", "day", "month"}),)

    plan_item = ItemChoiceField(
        label="计划里的哪一项",
        required=False,
        queryset=None,
        empty_label="计划外",
        widget=QuickSelect,
        error_messages={"invalid_choice": "这一项已经不能选了，从列表里重新选，或者选“计划外”。"},
    )
    title = forms.CharField(
        label="什么活动",
        required=False,
        max_length=Activity._meta.get_field("title").max_length,
        help_text="选了计划里的事项，可以空着，就用事项的名称",
        error_messages=for_text(),
    )
    group = forms.ModelChoiceField(
        label="哪个小组办的",
        required=False,
        queryset=None,
        empty_label="不是小组办的",
        widget=QuickSelect,
        help_text="小组办的，花费算在小组经费里",
        error_messages={"invalid_choice": "这个小组不能选，从列表里重新选。"},
    )
    when = forms.ChoiceField(
        label="哪天",
        choices=WHEN,
        widget=forms.RadioSelect,
        initial="today",
        error_messages=for_choice("选一下是哪天办的。"),
    )
    day = DayField(label="日期", required=False)
    month = MonthField(label="月份", required=False)
    field = WorkField()
    last_day = DayField(label="最后一天", required=False, help_text="办了不止一天才写")
    files = FilesField(
        label="照片和材料",
        widget=SeveralFiles({"accept": "image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx"}),
    )

    class Meta:
        model = Activity
        fields = [
            "plan_item",
            "title",
            "headcount",
            "field",
            "group",
            "time",
            "last_day",
            "place",
            "outcome",
            "highlight",
            "is_highlight",
            "spent",
        ]
        widgets = {
            "time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "headcount": forms.NumberInput(attrs={"inputmode": "numeric", "min": 1}),
            "spent": forms.TextInput(attrs={"inputmode": "decimal"}),
            "outcome": forms.Textarea(attrs={"rows": 3}),
            "highlight": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "headcount": "多少人参加",
            "spent": "花费（元）",
            "is_highlight": "把这句写入总结",
        }
        help_texts = {
            "outcome": "名次、评价、收到的作品，想到什么写什么",
            "highlight": "年底总结里能用的一句话",
        }
        error_messages = {
            "headcount": {
                "invalid": "人数写数字，例如 86。",
                "min_value": "参加人数至少是 1；不知道就留空。",
                "max_value": "参加人数太多了，看看是不是多按了几个零。",
            },
            "place": for_text(),
            "outcome": for_text(),
            "highlight": for_text(),
            "spent": {
                "invalid": "花费写数字，例如 1200 或 1200.50。",
                "max_digits": "花费太大了，看看是不是多按了几个零。",
                "max_whole_digits": "花费太大了，看看是不是多按了几个零。",
                "max_decimal_places": "花费最多写到分，例如 1200.50。",
            },
            "time": {"invalid": "没有这个时间，写成 16:30 这样。"},
        }

    def __init__(self, *args, items, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan_item"].queryset = items
        self.fields["group"].queryset = groups
        self.fields["field"].keep(self.instance.field)
        self.helper = plain_helper()
        self.helper.layout = self._layout()
        if self.instance.pk:
            self._show_stored_day()

    def _show_stored_day(self):
        known_month = self.instance.precision == Precision.MONTH
        self.initial["when"] = "month" if known_month else "day"
        self.initial["month" if known_month else "day"] = self.instance.day

    def _layout(self) -> Layout:
        return Layout(
            Field("plan_item"),
            Field("title"),
            Div(
                chips("when"),
                Div(Field("day"), css_class="when-day"),
                Div(Field("month"), css_class="when-month"),
                css_class="when",
            ),
            Field("headcount", wrapper_class="short"),
            chips("field"),
            Field("group"),
            HTML(FILES),
            HTML(f'<details class="more-fields"{self._open()}><summary>地点、结果、亮点、花费'
                 '<span class="opt">可以以后再补</span></summary>'),
            Field("place"),
            Field("outcome"),
            Field("highlight"),
            Field("is_highlight"),
            Div(Field("spent"), Field("time"), css_class="two even pair"),
            Field("last_day", wrapper_class="short"),
            HTML("</details>"),
        )  # fmt: skip

    def _open(self) -> str:
        return " open" if self.is_bound or self.instance.pk else ""

    def clean(self):
        data = super().clean()
        if {"day", "time"} <= self.untouched:
            self.untouched.add("precision")
        item = data.get("plan_item")
        if item and not data.get("title"):
            data["title"] = item.text[: Activity._meta.get_field("title").max_length]
        if not data.get("title") and "title" not in self.errors:
            self.add_error("title", "写上是什么活动，或者选计划里的一项。")
        if data.get("is_highlight") and not data.get("highlight"):
            self.add_error("highlight", "要写入总结的话，写上这一句。")
        self._settle_day(data)
        return data

    def _settle_day(self, data: dict) -> None:
        """The day and how exactly it is known, from the chip and the field that it shows."""
        today = timezone.localdate()
        chosen = data.get("when")
        day = {
            "today": today,
            "yesterday": today - timedelta(days=1),
            "day": data.get("day"),
            "month": data.get("month"),
        }.get(chosen)
        if day is None:
            self._ask_for(chosen)
            return
        self.instance.day = day
        self.instance.precision = self._precision(chosen, data)
        self._check_span(day, chosen, data)

    def _ask_for(self, chosen: str | None) -> None:
        if chosen == "day" and "day" not in self.errors:
            self.add_error("day", "写上是哪一天。")
        if chosen == "month" and "month" not in self.errors:
            self.add_error("month", "写上是哪个月。")

    def _precision(self, chosen: str, data: dict) -> str:
        if chosen == "month":
            return Precision.MONTH
        return Precision.MINUTE if data.get("time") else Precision.DAY

    def _check_span(self, day, chosen: str, data: dict) -> None:
        if chosen == "month":
            for name, word in (("time", "几点开始"), ("last_day", "最后一天")):
                if data.get(name):
                    self.add_error(name, f"只知道月份的话，{word}先空着。")
        elif data.get("last_day") and data["last_day"] < day:
            self.add_error("last_day", "最后一天早于第一天，对调一下。")
