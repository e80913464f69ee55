"""The quick record of an activity: what, when, how many, which field; the rest if one likes. And
the announcement of one that is still to come."""

from datetime import timedelta

from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.utils import timezone

from activities.choices import ActivityKind
from activities.forms.fields import ItemChoiceField, WorkField
from activities.forms.materials import MaterialsField
from activities.forms.wording import NOT_OFFERED, for_choice, for_text
from activities.models import Activity
from members.forms.fields import SuggestInput
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import DayField, MonthField, QuickSelect
from unionoffice.forms import chips, plain_helper
from unionoffice.periods import Precision

WHEN = [("today", "今天"), ("yesterday", "昨天"), ("day", "选日期"), ("month", "只知道月份")]
WHEN_AHEAD = [("day", "选日期"), ("month", "只定了月份")]
FILES = '{% include "partials/files.html" with opt="照片、PDF、Word、Excel，可以选好几个" %}'
KIND_PARTS = '{% include "activities/kind_parts.html" %}'
TWIN = '{% if twin %}<p><a href="{{ twin.get_absolute_url }}">看已有的那一条</a></p>{% endif %}'
PARTNERS = '{% include "activities/partners.html" %}'
IN_LESSONS = [("", "没有记"), ("True", "占用课时"), ("False", "利用业余时间")]
TOO_MUCH = {
    "max_digits": "太大了，看看是不是多按了几个零。",
    "max_whole_digits": "太大了，看看是不是多按了几个零。",
    "max_decimal_places": "最多写到分，例如 1200.50。",
}
NOT_AHEAD = ("headcount", "guests", "outcome", "highlight", "is_highlight", "spent")


def in_money(word: str) -> dict[str, str]:
    wrong = {"invalid": f"{word}写数字，例如 1200 或 1200.50。"}
    return wrong | {code: f"{word}{sentence}" for code, sentence in TOO_MUCH.items()}


def folded(title: str, hint: str, *, opened: bool, fields: tuple) -> tuple:
    """Fields under a title that opens them."""
    mark = " open" if opened else ""
    summary = f'<summary>{title}<span class="opt">{hint}</span></summary>'
    start = HTML(f'<details class="more-fields"{mark}>{summary}')
    return (start, *fields, HTML("</details>"))


def pair(*names: str) -> Div:
    return Div(*(Field(name) for name in names), css_class="two even pair")


class ActivityForm(ConcurrentForm):
    """`items` are the plan items to choose from, `groups` the groups that may have held it,
    `series` and `venues` those that were there; `words`: what was written before."""

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
    kind = forms.ChoiceField(
        label="哪一类",
        choices=ActivityKind,
        required=False,
        initial=ActivityKind.EVENT,
        widget=forms.RadioSelect,
        error_messages=for_choice(),
    )
    series = forms.ModelChoiceField(
        label="哪个社团或定期活动的",
        required=False,
        queryset=None,
        empty_label="不是",
        widget=QuickSelect,
        error_messages={"invalid_choice": NOT_OFFERED},
    )
    venue = forms.ModelChoiceField(
        label="在工会的哪个阵地",
        required=False,
        queryset=None,
        empty_label="不在工会的阵地",
        widget=QuickSelect,
        error_messages={"invalid_choice": NOT_OFFERED},
    )
    in_lessons = forms.TypedChoiceField(
        label="占不占课时",
        required=False,
        choices=IN_LESSONS,
        coerce=lambda value: value == "True",
        empty_value=None,
        widget=QuickSelect,
        error_messages=for_choice(),
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
    files = MaterialsField()

    class Meta:
        model = Activity
        fields = [
            "plan_item",
            "title",
            "headcount",
            "field",
            "group",
            "kind",
            "series",
            "time",
            "to_time",
            "last_day",
            "in_lessons",
            "place",
            "venue",
            "organiser",
            "co_organisers",
            "audience",
            "guests",
            "outcome",
            "highlight",
            "is_highlight",
            "budget",
            "spent",
        ]
        widgets = {
            "time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "to_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "headcount": forms.NumberInput(attrs={"inputmode": "numeric", "min": 1}),
            "guests": forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
            "budget": forms.TextInput(attrs={"inputmode": "decimal"}),
            "spent": forms.TextInput(attrs={"inputmode": "decimal"}),
            "outcome": forms.Textarea(attrs={"rows": 3}),
            "highlight": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "headcount": "多少人参加",
            "budget": "预算（元）",
            "spent": "花费（元）",
            "is_highlight": "把这句写入总结",
        }
        help_texts = {
            "outcome": "评价、收到的作品，想到什么写什么；谁得了奖，存好以后在活动那页记",
            "highlight": "年底总结里能用的一句话",
            "guests": "家属、外校的，已经算在上面的人数里",
            "co_organisers": "几个单位用顿号隔开",
        }
        error_messages = {
            "headcount": {
                "invalid": "人数写数字，例如 86。",
                "min_value": "参加人数至少是 1；不知道就留空。",
                "max_value": "参加人数太多了，看看是不是多按了几个零。",
            },
            "guests": {
                "invalid": "人数写数字，例如 12。",
                "min_value": "没有就写 0，不知道就留空。",
                "max_value": "人数太多了，看看是不是多按了几个零。",
            },
            "place": for_text(),
            "outcome": for_text(),
            "highlight": for_text(),
            "organiser": for_text(),
            "co_organisers": for_text(),
            "audience": for_text(),
            "budget": in_money("预算"),
            "spent": in_money("花费"),
            "time": {"invalid": "没有这个时间，写成 16:30 这样。"},
            "to_time": {"invalid": "没有这个时间，写成 16:30 这样。"},
        }

    def __init__(self, *args, items, groups, series=None, venues=None, words=None, **kwargs):
        super().__init__(*args, **kwargs)
        rows = {"plan_item": items, "group": groups, "series": series, "venue": venues}
        for name, queryset in rows.items():
            model = Activity._meta.get_field(name).related_model
            self.fields[name].queryset = model.objects.none() if queryset is None else queryset
        self.fields["field"].keep(self.instance.field)
        self._offer(words)
        self.helper = plain_helper()
        if self.instance.pk:
            self._show_stored_day()
            self._leave_counted()
        self.helper.layout = self._layout()

    def _offer(self, words) -> None:
        self.partners = words.partners if words else ()
        if words is None:
            return
        offered = {
            "place": words.places,
            "organiser": words.organisers,
            "audience": words.audiences,
        }
        for name, values in offered.items():
            self.fields[name].widget = SuggestInput(values, self.fields[name].widget.attrs)

    def _leave_counted(self) -> None:
        """Where names are counted the headcount is not typed."""
        if self.instance.counted:
            self.fields["headcount"].disabled = True
            self.fields["headcount"].help_text = "按名单数的：到的人加上名册以外的人，在“签到”里改"
            self.fields["guests"].help_text = "家属、外校的，会加到人数里"

    def _show_stored_day(self):
        known_month = self.instance.precision == Precision.MONTH
        self.initial["when"] = "month" if known_month else "day"
        self.initial["month" if known_month else "day"] = self.instance.day

    def _layout(self) -> Layout:
        opened = bool(self.is_bound or self.instance.pk)
        kind_opened = opened or self.initial.get("kind", ActivityKind.EVENT) != ActivityKind.EVENT
        return Layout(
            HTML(TWIN),
            *self._first(),
            *folded("哪一类", "培训、比赛、检查、社团", opened=kind_opened, fields=self._kind()),
            *folded("时间、地点、谁办的", "可以以后再补", opened=opened, fields=self._where()),
            *folded("结果、亮点、花费", "可以以后再补", opened=opened, fields=self._result()),
        )

    def _first(self) -> tuple:
        """The few that are asked first, with the photos."""
        return (
            Field("plan_item"),
            Field("title"),
            self._when(),
            Field("headcount", wrapper_class="short"),
            chips("field"),
            HTML(FILES),
        )

    def _when(self) -> Div:
        return Div(
            chips("when"),
            Div(Field("day"), css_class="when-day"),
            Div(Field("month"), css_class="when-month"),
            css_class="when",
        )

    def _kind(self) -> tuple:
        return (chips("kind"), HTML(KIND_PARTS), Field("series"))

    def _where(self) -> tuple:
        return (
            pair("time", "to_time"),
            pair("last_day", "in_lessons"),
            pair("place", "venue"),
            pair("organiser", "group"),
            Field("co_organisers"),
            HTML(PARTNERS),
            pair("audience", "guests"),
        )

    def _result(self) -> tuple:
        return (
            Field("outcome"),
            Field("highlight"),
            Field("is_highlight"),
            pair("budget", "spent"),
        )

    def _untouched(self, data: dict, seen: dict) -> set[str]:
        """Also what the notice did not ask, where it was held since the notice was opened."""
        unasked = {name for name in NOT_AHEAD if name not in seen and name not in self.data}
        return super()._untouched(data, seen) | unasked & data.keys()

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or self.instance.kind

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
        if data.get("to_time") and not data.get("time"):
            self.add_error("time", "写了几点结束，也写上几点开始。")


class AnnouncementForm(ActivityForm):
    """发通知: of an activity that is still to come, nobody knows how many came and how it went."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in NOT_AHEAD:
            del self.fields[name]
        self.fields["when"].choices = WHEN_AHEAD
        self.initial.setdefault("when", "day")
        self.fields["files"].label = "通知和方案"

    def _first(self) -> tuple:
        fields = (Field("plan_item"), Field("title"), self._when(), pair("time", "to_time"))
        return (*fields, pair("place", "audience"), chips("field"), HTML(FILES))

    def _where(self) -> tuple:
        return (
            pair("last_day", "in_lessons"),
            pair("venue", "group"),
            Field("organiser"),
            Field("co_organisers"),
            HTML(PARTNERS),
        )

    def _layout(self) -> Layout:
        opened = bool(self.is_bound or self.instance.pk)
        kind_opened = opened or self.initial.get("kind", ActivityKind.EVENT) != ActivityKind.EVENT
        return Layout(
            HTML(TWIN),
            *self._first(),
            *folded("哪一类", "培训、比赛、社团", opened=kind_opened, fields=self._kind()),
            *folded("谁办、在哪个阵地", "可以以后再补", opened=opened, fields=self._where()),
            Field("budget", wrapper_class="short"),
        )
