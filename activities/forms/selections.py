"""Selections: what is awarded, who is recommended, and the days of each step."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from activities.choices import Level, SelectionState, ShareOf
from activities.forms.activities import folded
from activities.forms.wording import for_choice, for_text
from activities.models import Nominee, Selection
from activities.rules.honours import USUAL_PUBLIC_DAYS
from members.forms.fields import LATELY, PartialDateField, PersonPicker
from members.queries.called import people_named
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import (
    DayField,
    FilesField,
    QuickSelect,
    ReasonField,
    RowsField,
    filter_choice,
    search_box,
)
from unionoffice.forms import PlainWords, chips, plain_helper
from unionoffice.list_filters import ListFilter

MOST_PLACES = 999
ONLY_OWN = "只能推荐本组的人"
RULES = ("share", "share_of", "public_days", "notice")


class SelectionFilter(ListFilter):
    q = search_box("评什么、由谁授予")
    level = filter_choice("级别", "全部级别", Level.choices)
    state = filter_choice("办到哪一步", "全部", SelectionState.choices)


class SelectionForm(PlainWords, ConcurrentForm):
    """`groups`: whose shares can be set; each has a field of its own."""

    class Meta:
        model = Selection
        fields = [
            "title",
            "level",
            "awarding_body",
            "quota",
            "started_on",
            "recommend_until",
            "conditions",
            "share",
            "share_of",
            "public_days",
            "notice",
            "note",
        ]
        field_classes = {"started_on": DayField, "recommend_until": DayField}
        widgets = {"level": forms.RadioSelect, "conditions": forms.Textarea(attrs={"rows": 4})}
        labels = {"quota": "一共几个名额", "share": "名额最多占百分之几"}
        help_texts = {
            "title": "例如：优秀工会积极分子",
            "awarding_body": "例如：示例市教育工会，校内评的写校工会",
            "quota": "上级还没有定就空着",
            "conditions": "上级通知里的条件，推荐的人看得到",
            "share": "上级通知没有规定就空着，按常见的提醒",
            "public_days": "多为 5 个，也有 7 个的，照上级通知写；公示短了会提醒",
            "notice": "比例和公示天数写在哪份通知里",
        }
        error_messages = {
            "title": {"required": "写上评什么。"},
            "level": {"required": "选一个级别。"},
            "awarding_body": {"required": "写上由谁授予。"},
            "started_on": {"required": "写上哪天开始。"},
            "quota": dict.fromkeys(
                ("invalid", "min_value", "max_value"), "名额写数字，上级还没有定就空着。"
            ),
            "share": dict.fromkeys(
                ("invalid", "max_digits", "max_decimal_places", "max_whole_digits"),
                "比例写 0 到 100 之间的数，最多一位小数，例如 10。",
            ),
            "share_of": for_choice("选占谁的。"),
        }

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.groups = list(groups)
        self.fields["level"].choices = Level.choices
        if not self.instance.pk:
            self.initial.setdefault("started_on", timezone.localdate())
        self._ask_shares()
        self.fields["share_of"].choices = [("", "没有规定"), *ShareOf.choices]
        self.fields["public_days"].validators.append(MinValueValidator(1, "公示至少 1 个工作日。"))
        self.fields["public_days"].validators.append(MaxValueValidator(60, "公示的天数太多了。"))
        first = [name for name in self.Meta.fields if name not in (*RULES, "note")]
        self.fields["public_days"].required = False
        known = self.data if self.is_bound else vars(self.instance)
        opened = any(known.get(name) for name in ("share", "share_of", "notice"))
        rules = folded("通知里的规定", "名额比例、公示几天", opened=opened, fields=RULES)
        self.helper = plain_helper(
            *(chips(name) if name == "level" else name for name in first), *rules, "note"
        )

    def _ask_shares(self) -> None:
        """A field for each group, with what it may recommend now."""
        kept = dict(self.instance.quotas.values_list("group", "limit")) if self.instance.pk else {}
        for group in self.groups:
            name = f"group_{group.pk}"
            self.initial[name] = kept.get(group.pk)
            self.fields[name] = forms.IntegerField(
                label=group.name,
                required=False,
                min_value=0,
                max_value=MOST_PLACES,
                widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"), f"{group.name}的名额写数字，不限就空着。"
                ),
            )

    @property
    def shares(self) -> list[forms.BoundField]:
        return [self[f"group_{group.pk}"] for group in self.groups]

    @property
    def shares_open(self) -> bool:
        return any(field.errors or field.value() not in (None, "") for field in self.shares)

    @property
    def quotas(self) -> list[tuple]:
        limits = ((group, self.cleaned_data.get(f"group_{group.pk}")) for group in self.groups)
        return [(group, limit) for group, limit in limits if limit is not None]

    def clean_public_days(self) -> int:
        return self.cleaned_data["public_days"] or USUAL_PUBLIC_DAYS

    def clean(self):
        data = super().clean()
        if not {"share", "share_of"} & self.errors.keys():
            share, of = data.get("share"), data.get("share_of")
            if share is not None and not 0 < share <= 100:
                self.add_error("share", "比例写 0 到 100 之间的数，最多一位小数，例如 10。")
            elif share is not None and not of:
                self.add_error("share_of", "写了比例，再选占谁的。")
            elif of and share is None:
                self.add_error("share", "选了占谁的，再写百分之几。")
        started, until = data.get("started_on"), data.get("recommend_until")
        if started and until and until < started:
            self.add_error("recommend_until", "推荐的最后一天早于开始的日子，对调一下。")
        return data


class NomineeForm(PlainWords, forms.ModelForm):
    """`people` and `groups`: whom this user may recommend; `whole`: anyone of the roster."""

    more = forms.CharField(
        label="还有谁",
        required=False,
        max_length=1000,
        widget=forms.TextInput,
        help_text="几个人一起推荐：写姓名，用顿号隔开；重名的写上工号",
    )

    class Meta:
        model = Nominee
        fields = ["member", "group", "recommended_by", "deeds"]
        labels = {"member": "推荐谁", "group": "或者推荐一个小组"}
        widgets = {
            "member": PersonPicker,
            "group": QuickSelect,
            "deeds": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "recommended_by": "空着就是本人的工会小组",
            "deeds": "写实事，两三百字；以后还可以补",
        }
        error_messages = {
            "member": {"invalid_choice": "没有这个人，或者不是您能推荐的，从找到的人里选一位。"},
            "group": {"invalid_choice": "这个小组不能选，从列表里重新选。"},
        }

    def __init__(self, *args, people, groups, whole=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.whole = whole
        if not whole:
            self.fields["member"].help_text = ONLY_OWN
        self.fields["member"].queryset = people
        self.fields["group"].queryset, self.fields["group"].empty_label = groups, "不是推荐小组"
        self.people: list = []

    helper = plain_helper("member", "more", "group", "recommended_by", "deeds")

    def clean(self):
        data = super().clean()
        found, refused = people_named(self.fields["member"].queryset, data.get("more") or "")
        for sentence in refused:
            told = sentence if self.whole else sentence.replace("名册里", "本组里", 1)
            self.add_error("more", told)
        named = [data["member"]] if data.get("member") else []
        self.people = list(dict.fromkeys([*named, *found]))
        if self.errors:
            return data
        if self.people and data.get("group"):
            self.add_error("group", "推荐人，或者推荐小组，一次写一样。")
        elif not self.people and not data.get("group"):
            told = "写上推荐谁，从找到的人里选一位。"
            self.add_error("member", told if self.whole else f"{told}{ONLY_OWN}。")
        elif self.people:
            data["member"] = self.people[0]
        return data

    @property
    def nominees(self) -> list[Nominee]:
        first = self.save(commit=False)
        told = {"recommended_by": first.recommended_by, "deeds": first.deeds}
        more = (Nominee(member=person, **told) for person in self.people[1:])
        return [first, *more]


class DeedsForm(PlainWords, ConcurrentForm):
    class Meta:
        model = Nominee
        fields = ["recommended_by", "deeds"]
        widgets = {"deeds": forms.Textarea(attrs={"rows": 8})}
        error_messages = {"recommended_by": for_text()}

    helper = plain_helper("recommended_by", "deeds")


class ChooseForm(forms.Form):
    """Who of the recommended is put forward."""

    chosen = RowsField(
        queryset=Nominee.objects.none(),
        required=False,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_pk_value", "list"), "有一位不在推荐名单里，重新勾一下。"
        ),
    )

    def __init__(self, *args, nominees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = nominees

    @property
    def keys(self) -> list[int]:
        return [row.pk for row in self.cleaned_data["chosen"]]


class PublishForm(forms.Form):
    public_from = DayField(label="从哪天", error_messages={"required": "写上公示从哪天。"})
    public_until = DayField(label="到哪天", error_messages={"required": "写上公示到哪天。"})

    helper = plain_helper("public_from", "public_until")


class SubmitForm(forms.Form):
    submitted_on = DayField(label="哪天上报", error_messages={"required": "写上哪天上报。"})

    helper = plain_helper("submitted_on")


class ReasonForm(forms.Form):
    reason = ReasonField(label="为什么", error_messages={"required": "写上为什么。"})

    helper = plain_helper("reason")


class NoForm(forms.Form):
    helper = plain_helper()


class ConcludeForm(PlainWords, ChooseForm):
    """Who was awarded, when, and by which document."""

    when = PartialDateField(label="哪天有的结果", example=LATELY)
    document_number = forms.CharField(label="文号", required=False, max_length=40)
    files = FilesField(label="文件的扫描件")

    field_order = ["when", "document_number", "chosen", "files"]
    helper = plain_helper("when", "document_number")

    def clean_when(self):
        day, precision = self.cleaned_data["when"]
        if day is None:
            raise forms.ValidationError("写上哪天有的结果；只知道年月写 2026-09。")
        return day, precision


MOVE_FORMS = {
    "publish": PublishForm,
    "submit": SubmitForm,
    "reopen": ReasonForm,
    "back": ReasonForm,
    "drop": ReasonForm,
    "resume": NoForm,
}
