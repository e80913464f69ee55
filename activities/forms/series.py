"""社团和定期活动: the list's filter, the series, its people, one meeting."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone

from activities.choices import ActivityKind, SeriesKind
from activities.forms.fields import WorkField
from activities.forms.filters import PeriodFilter, choice_of
from activities.forms.wording import for_choice
from activities.models import Activity, Series
from activities.queries.series import ENDED, OPEN
from activities.rules import MOST_PEOPLE
from activities.rules.series import check_rhythm
from members.forms.fields import PersonPicker
from members.models import Member, UnionGroup
from members.queries.called import people_named
from unionoffice.concurrent import ConcurrentForm
from unionoffice.errors import RuleBroken
from unionoffice.fields import TOO_LONG, DayField, RowsField, search_box
from unionoffice.forms import PlainWords, chips, plain_helper
from unionoffice.periods import Precision, chinese_date

TOO_MANY = "人数太多了，看看是不是多按了几个零。"
NOT_HERE = "有一位不在能选的人里，重新选一下。"
WHO = {
    "required": "写上是谁，从找到的人里选一位。",
    "invalid_choice": "名册里没有这个人，从找到的人里选一位。",
}


class SeriesFilter(PeriodFilter):
    q = search_box("名称、地点、负责人")
    kind = choice_of("种类", "全部种类", SeriesKind.choices, "种类")
    state = choice_of("还办不办", "停办的也算", [(OPEN, "在办的"), (ENDED, "停办了的")], "状态")

    field_order = ["q", "period", "kind", "state"]


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class SeriesForm(PlainWords, ConcurrentForm):
    together = (frozenset({"rhythm", "weekday"}), frozenset({"from_time", "to_time"}))

    field = WorkField()

    class Meta:
        model = Series
        fields = [
            "name",
            "kind",
            "field",
            "rhythm",
            "weekday",
            "from_time",
            "to_time",
            "place",
            "leader",
            "purpose",
            "start",
        ]
        field_classes = {"start": DayField}
        widgets = {
            "kind": forms.RadioSelect,
            "leader": PersonPicker,
            "from_time": TimeInput,
            "to_time": TimeInput,
            "purpose": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {"name": "叫什么", "start": "哪天开始"}
        help_texts = {
            "name": "例如：羽毛球社、工会活动日、篮球队训练",
            "rhythm": "单周、双周按学期的周次算",
            "leader": "负责人自己就能记每一次、看谁来过几次",
            "purpose": "做什么、怎么参加，会员看得到",
        }
        error_messages = {
            "kind": for_choice("选一种。"),
            "leader": WHO,
            "from_time": {"invalid": "几点写成 16:20 这样。"},
            "to_time": {"invalid": "几点写成 17:00 这样。"},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = SeriesKind.choices
        self.fields["leader"].queryset = Member.objects.all()
        for name, word in (("rhythm", "不定期"), ("weekday", "不固定")):
            choices = Series._meta.get_field(name).choices
            self.fields[name].choices = [("", word), *choices]
        self.fields["field"].keep(self.instance.field if self.instance.pk else "")
        if not self.instance.pk:
            self.fields["start"].initial = timezone.localdate
        shown = [chips(name) if name in ("kind", "field") else name for name in self.Meta.fields]
        self.helper = plain_helper(*shown)

    def clean(self):
        data = super().clean()
        rhythm, weekday = data.get("rhythm") or "", data.get("weekday")
        if not {"rhythm", "weekday"} & self.errors.keys():
            try:
                check_rhythm(rhythm, weekday)
            except RuleBroken as refusal:
                self.add_error("weekday" if rhythm else "rhythm", str(refusal))
        return data


class EndForm(PlainWords, forms.Form):
    last_day = DayField(label="最后一天", error_messages={"required": "写上最后一天是哪天。"})

    helper = plain_helper()


class PeopleForm(PlainWords, forms.Form):
    """Whom to take in: picked one by one, written by name, a whole group. `members`: of whom."""

    members = RowsField(
        queryset=Member.objects.none(),
        required=False,
        error_messages=dict.fromkeys(("invalid_choice", "invalid_pk_value", "list"), NOT_HERE),
        widget=forms.MultipleHiddenInput,
    )
    names = forms.CharField(
        label="写姓名",
        required=False,
        max_length=2000,
        help_text="用顿号或换行隔开，可以整列粘贴；同名的写工号",
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    group = forms.ModelChoiceField(
        UnionGroup.objects.none(),
        label="或者整个小组",
        required=False,
        empty_label="不按小组",
        error_messages={"invalid_choice": "没有这个小组，重新选一个。"},
    )
    start = DayField(label="从哪天起", error_messages={"required": "写上从哪天起参加。"})

    def __init__(self, *args, people, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["members"].queryset = people
        self.fields["group"].queryset = groups
        self.fields["start"].initial = timezone.localdate

    helper = plain_helper("names", "group", "start")

    def clean(self):
        data = super().clean()
        found = {member.pk: member for member in data.get("members") or ()}
        named, refusals = people_named(self.people, data.get("names") or "")
        for refusal in refusals:
            self.add_error("names", refusal)
        found |= {member.pk: member for member in named}
        data["everyone"] = found
        if not (found or data.get("group") or self.errors):
            self.add_error("names", "写上是谁，或者选一个小组。")
        return data

    @property
    def chosen(self) -> list[Member]:
        """Those who are picked already, for the form that comes back."""
        return list(self.cleaned_data.get("members") or ()) if self.is_bound else []


class MeetingForm(PlainWords, ConcurrentForm):
    """记这一次, or mend what was recorded. `people`: who may be ticked."""

    together = (frozenset({"time", "to_time"}),)

    came = RowsField(
        label="谁来了",
        queryset=Member.objects.none(),
        required=False,
        error_messages=dict.fromkeys(("invalid_choice", "invalid_pk_value", "list"), NOT_HERE),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Activity
        fields = [
            "title",
            "day",
            "time",
            "to_time",
            "place",
            "headcount",
            "guests",
            "outcome",
        ]
        field_classes = {"day": DayField}
        widgets = {
            "time": TimeInput,
            "to_time": TimeInput,
            "outcome": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {"headcount": "一共多少人", "outcome": "做了什么"}
        help_texts = {"headcount": "上面点了名的不用写，自己会数", "outcome": "可以不写"}
        error_messages = {
            "headcount": {
                "invalid": "人数写数字，例如 12。",
                "min_value": "参加人数至少是 1；不知道就留空。",
            },
            "guests": {
                "invalid": "人数写数字，例如 2。",
                "min_value": "没有就写 0，不知道就留空。",
            },
            "time": {"invalid": "几点写成 16:20 这样。"},
            "to_time": {"invalid": "几点写成 17:00 这样。"},
        }

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["came"].queryset = people
        self.fields["came"].label_from_instance = str
        if self.instance.counted:
            self.initial["headcount"] = None
        for name in ("headcount", "guests"):
            self.fields[name].validators.append(MaxValueValidator(MOST_PEOPLE, TOO_MANY))
        shown = ["day", "time", "to_time", chips("came"), "headcount", "guests"]
        self.helper = plain_helper(*shown, "place", "outcome", "title")
        if not people:
            del self.fields["came"]
            self.helper.layout.fields.remove(self.helper.layout.fields[3])

    def clean(self):
        data = super().clean()
        at = data.get("time")
        if not {"day", "time"} <= self.untouched:  # else it may be of a month
            self.instance.precision = Precision.MINUTE if at else Precision.DAY
        if data.get("to_time") and at and data["to_time"] <= at:
            self.add_error("to_time", "几点结束要晚于几点开始。")
        last = self.instance.last_day
        if last and data.get("day") and data["day"] > last:
            self.add_error("day", f"记的最后一天是{chinese_date(last)}，不能更晚。")
        if self.initial.get("came") and "came" in self.fields and not data.get("came"):
            self.add_error(
                "came", "来的人一个都没有了。点错了就点上来了的人；记错了，找办公室作废。"
            )
        if not self.errors:
            self._compare_numbers(data)
        return data

    def _compare_numbers(self, data: dict) -> None:
        """A number that was typed beside the names says the same as they do."""
        if {"came", "headcount", "guests"} <= self.untouched:
            return
        named, guests = len(data.get("came") or ()), data.get("guests") or 0
        counted = self.instance.counted and "headcount" in self.untouched
        typed = None if counted else data.get("headcount")
        if named and typed and typed != named + guests:
            also = f"，加上名册以外的 {guests} 人" if guests else ""
            counted = f"点了名的 {named} 人{also}，一共 {named + guests} 人"
            hint = "少点了谁就补点，家属、来宾写进名册以外的人，或者把这里空着"
            self.add_error("headcount", f"{counted}，这里写的是 {typed}。{hint}。")

    @property
    def came_now(self) -> list[Member] | None:
        """Who was there; None where the form left that as it was."""
        kept = "came" not in self.fields or "came" in self.untouched
        return None if kept else list(self.cleaned_data["came"])


KINDS = {
    SeriesKind.CLUB: (ActivityKind.CLUB, "活动"),
    SeriesKind.PRACTICE: (ActivityKind.CLUB, ""),
    SeriesKind.STUDY: (ActivityKind.STUDY, ""),
    SeriesKind.MEETING: (ActivityKind.MEETING, ""),
    SeriesKind.UNION_DAY: (ActivityKind.EVENT, ""),
}


def meeting_of(series: Series, day: date) -> Activity:
    """What is known of a meeting before anyone typed a word."""
    kind, word = KINDS[SeriesKind(series.kind)]
    return Activity(
        title=f"{series.name}{word}",
        series=series,
        kind=kind,
        field=series.field,
        day=day,
        time=series.from_time,
        to_time=series.to_time,
        place=series.place,
    )
