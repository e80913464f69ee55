"""The forms of sign-up and attendance, and what narrows their lists."""

from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.utils import timezone

from activities.choices import ActivityKind, Attendance
from activities.forms.filters import PeriodFilter, choice_of, work_field
from activities.forms.wording import for_text
from activities.models import Participation, Signup
from activities.rules import signups as rules
from members.models import Member, UnionGroup
from members.queries.called import people_named
from unionoffice.concurrent import ConcurrentForm
from unionoffice.errors import RuleBroken
from unionoffice.fields import LONGEST_KEY, QuickSelect, RowsField, search_box
from unionoffice.forms import PlainWords, plain_helper
from unionoffice.list_filters import TabFilter

SIGNUP_TABS = ("正在报名", "我报的", "全部")
BY_MEMBER, BY_GROUP = "每个人", "各小组"
MOST = 9999


class MinuteField(forms.DateTimeField):
    """A day and a time, in the browser's own field."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {"invalid": "没有这个时间，写成 2026-03-08 16:30 这样。"}


class SignupForm(PlainWords, ConcurrentForm):
    """`groups`: those that may get a quota of their own, each a field quota_KEY."""

    opens_at = MinuteField(label="几时开始报名", required=False, help_text="空着就是现在开始")
    deadline = MinuteField(label="报名截止", required=False, help_text="截止以后，退出也要找您")

    class Meta:
        model = Signup
        fields = ["notice", "deadline", "limit", "with_waiting", "opens_at"]
        widgets = {
            "notice": forms.Textarea(attrs={"rows": 5}),
            "limit": forms.NumberInput(attrs={"inputmode": "numeric", "min": 1}),
        }
        labels = {"with_waiting": "报满了可以候补，有人退出按先后补上"}
        help_texts = {
            "notice": "要带什么、在哪里集合，报名的人看得到",
            "limit": "一共几人，不限就空着",
        }
        error_messages = {
            "notice": for_text(),
            "limit": {
                "invalid": "名额写数字，例如 40。",
                "min_value": "名额至少是 1；不限就空着。",
                "max_value": "名额太多了，不限就空着。",
            },
        }

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.groups = list(groups)
        for name in ("opens_at", "deadline"):
            moment = self.initial.get(name)
            self.initial[name] = timezone.localtime(moment) if moment else None
        kept = dict(self.instance.quotas.values_list("group", "limit")) if self.instance.pk else {}
        for group in self.groups:
            self.fields[_quota(group)] = _quota_field(group)
            self.initial[_quota(group)] = kept.get(group.pk)
        self.helper = plain_helper()
        self.helper.layout = self._layout(kept)

    def _layout(self, kept: dict) -> Layout:
        folded = {"opens_at", *map(_quota, self.groups)}
        opened = " open" if kept or folded & self.errors.keys() else ""
        return Layout(
            Field("notice"),
            Div(Field("deadline"), Field("limit"), css_class="two even pair"),
            Field("with_waiting"),
            HTML(f'<details class="more-fields"{opened}><summary>各小组的名额、开始时间'
                 '<span class="opt">要分名额才写</span></summary>'),
            Field("opens_at", wrapper_class="short"),
            Div(*(Field(_quota(group)) for group in self.groups), css_class="quotas"),
            HTML("</details>"),
        )  # fmt: skip

    @property
    def quotas(self) -> dict[int, int]:
        """{group: how many}, of the clean form."""
        named = ((group.pk, self.cleaned_data.get(_quota(group))) for group in self.groups)
        return {key: limit for key, limit in named if limit is not None}

    @property
    def kept(self) -> set[str]:
        """What the form did not change: `quotas` when none of them was."""
        names = {_quota(group) for group in self.groups}
        same = self.untouched - names
        return same | {"quotas"} if names <= self.untouched else same

    def clean(self):
        data = super().clean()
        opens, deadline = data.get("opens_at"), data.get("deadline")
        if opens and deadline and deadline <= opens:
            self.add_error("deadline", "报名截止早于开始，对调一下。")
        ends_at = rules.ends_at(self.instance.activity)
        self._hold("opens_at", rules.check_times_fit, opens, None, ends_at)
        self._hold("deadline", rules.check_times_fit, None, deadline, ends_at)
        self._hold("deadline", rules.check_deadline_ahead, deadline, timezone.now())
        for group in self.groups:
            quota = data.get(_quota(group))
            self._hold(_quota(group), rules.check_quota_fits, quota, data.get("limit"))
        return data

    def _hold(self, name: str, check, *values) -> None:
        """What a rule refuses of what was changed stands at the field that it is about."""
        about = {name, "limit"} if check is rules.check_quota_fits else {name}
        if name in self.errors or not about & set(self.changed_data):
            return
        try:
            check(*values)
        except RuleBroken as refusal:
            self.add_error(name, str(refusal))


def _quota(group: UnionGroup) -> str:
    return f"quota_{group.pk}"


def _quota_field(group: UnionGroup) -> forms.IntegerField:
    return forms.IntegerField(
        label=str(group),
        required=False,
        min_value=0,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
        error_messages={
            "invalid": "写数字，不限就空着。",
            "min_value": "写 0 或更多，不限就空着。",
            "max_value": "太多了，不限就空着。",
        },
    )


class PeopleForm(forms.Form):
    """Whom one signs up. `past_limit` is asked once there is no room."""

    members = RowsField(
        queryset=None,
        error_messages={
            "required": "没有选人，勾上要报名的人。",
            "invalid_choice": "选的人里有报不了名的，刷新以后重新选。",
            "invalid_pk_value": "选的人看不懂，重新选。",
            "list": "选的人看不懂，重新选。",
        },
    )
    past_limit = forms.BooleanField(required=False)

    def __init__(self, data=None, *, people):
        super().__init__(data)
        self.fields["members"].queryset = people


class RollForm(forms.Form):
    """Whom one puts on the list: people who were picked, names that were typed, a whole group; and
    what they do there."""

    q = forms.CharField(required=False, max_length=1000, error_messages=for_text())

    members = RowsField(
        queryset=None,
        required=False,
        error_messages={
            "invalid_choice": "选的人里有名册里没有的，重新选。",
            "invalid_pk_value": "选的人看不懂，重新选。",
            "list": "选的人看不懂，重新选。",
        },
    )
    group = forms.ModelChoiceField(
        label="整个小组",
        queryset=None,
        required=False,
        empty_label="不加整个小组",
        widget=QuickSelect(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": "这个小组不能选，从列表里重新选。"},
    )
    duty = forms.CharField(
        label="做什么",
        required=False,
        max_length=20,
        widget=forms.TextInput(
            attrs={"class": "form-control", "placeholder": "例如 裁判、工作人员"}
        ),
        error_messages=for_text(),
    )

    def __init__(self, data=None, *, people, groups):
        super().__init__(data)
        self.people = people
        self.fields["members"].queryset = people
        self.fields["group"].queryset = groups

    def clean_q(self) -> list[Member]:
        """Those whose names were typed: all that is needed where there is no script to pick with."""
        named, refusals = people_named(self.people, self.cleaned_data["q"])
        if refusals:
            raise forms.ValidationError(refusals)
        return named

    @property
    def everyone(self) -> list[Member]:
        picked = {member.pk: member for member in self.cleaned_data["members"]}
        return list((picked | {one.pk: one for one in self.cleaned_data["q"]}).values())

    def clean(self):
        data = super().clean()
        if not self.errors and not self.everyone and not data.get("group"):
            self.add_error(None, "没有选人，写上姓名选几个，或者选一个小组。")
        return data


class ParticipationForm(ConcurrentForm):
    class Meta:
        model = Participation
        fields = ["duty", "note"]
        help_texts = {"duty": "例如 裁判、领队、工作人员"}
        error_messages = {"duty": for_text(), "note": for_text()}

    helper = plain_helper()


class MarksForm(forms.Form):
    """Who came: for each participation the mark in aKEY and, in sKEY, what the page showed."""

    guests = forms.IntegerField(
        label="名册以外的人",
        required=False,
        min_value=0,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric", "min": 0}),
        error_messages={
            "invalid": "名册以外的人写数字，没有就空着。",
            "min_value": "名册以外的人不会少于 0。",
            "max_value": "名册以外的人太多了，看看是不是多按了几个零。",
        },
    )
    seen_guests = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        data["marks"], data["seen"] = self._marks("a"), self._marks("s")
        if None in data["marks"].values() or None in data["seen"].values():
            self.add_error(None, "有一行看不懂，刷新以后重新点。")
        return data

    def _marks(self, letter: str) -> dict[int, str | None]:
        keys = (name[1:] for name in self.data if name[:1] == letter and name[1:].isdecimal())
        known = {"", *Attendance.values}
        return {
            int(key): mark if (mark := self.data.get(f"{letter}{key}", "")) in known else None
            for key in keys
            if len(key) <= LONGEST_KEY
        }


class SignupFilter(TabFilter):
    def __init__(self, data, *, tabs=SIGNUP_TABS):
        super().__init__(data, tabs=tabs)


class AttendanceFilter(PeriodFilter):
    """`groups`: the pairs of a choice."""

    by = forms.ChoiceField(
        required=False,
        choices=[("", BY_MEMBER), ("group", BY_GROUP)],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "没有这一种排法，选每个人或各小组。"},
    )
    q = search_box("姓名、拼音首字母")
    field = work_field()
    kind = choice_of("哪一类", "全部种类", ActivityKind.choices, "种类")
    group = choice_of("工会小组", "不限小组", [], "小组")
    came = choice_of("来过没有", "名单上的都算", [("yes", "只看来过的")])

    field_order = ["q", "period", "field", "kind", "group", "came", "by"]

    def __init__(self, query, *, groups):
        super().__init__(query)
        self.fields["group"].choices = [("", "不限小组"), *groups]

    @property
    def by_group(self) -> bool:
        return self.is_valid() and self.cleaned_data["by"] == "group"

    @property
    def narrowed(self) -> bool:
        chosen = [v for name, v in self.cleaned_data.items() if name not in ("period", "by")]
        return bool(self.errors) or any(chosen)

    @property
    def wanted(self) -> dict:
        """For queries.attended_in."""
        return {name: value for name, value in self.cleaned_data.items() if name != "by"}


class SignInForm(forms.Form):
    joins = forms.BooleanField(required=False)  # one who is not on the list comes all the same
