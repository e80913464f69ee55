"""Forms of the congress: its terms and sessions, motions, notices."""

from django import forms
from django.utils import timezone

from congress import rules
from congress.choices import (
    NOT_HANDED_IN,
    MotionCategory,
    MotionState,
    NoticeCategory,
    NoticeState,
    NoticeTiming,
)
from congress.models import Congress, Motion, Notice, SecondingRule, Session
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import (
    DayField,
    FilesField,
    PeriodField,
    QuickInput,
    QuickSelect,
    ReasonField,
    filter_choice,
    search_box,
)
from unionoffice.forms import PlainWords, chips, plain_helper
from unionoffice.list_filters import NO_SUCH_TAB, ListFilter


def numbers_only(example: str, limits: str) -> dict[str, str]:
    """What a field says to anything that is no number, or not one between the limits."""
    return {"invalid": example, "min_value": limits, "max_value": limits}


class CongressForm(PlainWords, ConcurrentForm):
    together = (frozenset({"start", "end"}),)

    class Meta:
        model = Congress
        fields = ["number", "start", "end"]
        field_classes = {"start": DayField, "end": DayField}
        help_texts = {"number": "写数字，第八届写 8", "end": "三年或五年一届，没定可以不填"}
        error_messages = {"number": numbers_only("写数字，第八届写 8。", "届数写 1 到 99。")}

    helper = plain_helper(*Meta.fields)


class SessionForm(PlainWords, ConcurrentForm):
    together = (frozenset({"congress", "number"}),)

    class Meta:
        model = Session
        fields = ["congress", "number", "held_on"]
        field_classes = {"held_on": DayField}
        error_messages = {"number": numbers_only("写数字，二次写 2。", "次数写 1 到 99。")}
        help_texts = {"number": "写数字，二次写 2", "held_on": "还没开可以不填，开过以后补上"}

    helper = plain_helper(*Meta.fields)


class SecondingRuleForm(PlainWords, forms.ModelForm):
    class Meta:
        model = SecondingRule
        fields = ["seconders", "effective_from", "source"]
        field_classes = {"effective_from": DayField}
        error_messages = {"seconders": numbers_only("写数字，两人写 2。", "附议人数写 1 到 50。")}
        help_texts = {"source": "本校提案办法的名称、文号和第几条"}

    helper = plain_helper()


RECEIVED_STATES = [
    (state.value, state.label) for state in MotionState if state not in NOT_HANDED_IN
]


class MotionFilter(ListFilter):
    """The filter of 全部: motions that were handed in."""

    tab = forms.ChoiceField(
        required=False,
        choices=[("all", "全部")],
        widget=QuickInput("hidden"),
        error_messages=NO_SUCH_TAB,
    )
    period = PeriodField()
    q = search_box("案名、提案人")
    state = filter_choice("状态", "所有状态", RECEIVED_STATES)
    category = filter_choice("类别", "所有类别", MotionCategory.choices)
    session = forms.ModelChoiceField(
        label="",
        queryset=Session.objects.none(),
        required=False,
        empty_label="所有届次",
        widget=QuickSelect(attrs={"aria-label": "届次"}),
        error_messages={"invalid_choice": "没有这样的届次，重新选一个。"},
    )

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = sessions


class MoveForm(forms.Form):
    """One step and its reason. Which steps there are, and take one, is for the actions to say."""

    move = forms.CharField(required=False)
    reason = ReasonField(required=False)


class MotionForm(PlainWords, ConcurrentForm):
    """`hand_in`: the button that hands the motion in was pressed, so nothing may be missing."""

    files = FilesField(label="附件")

    class Meta:
        model = Motion
        fields = ["title", "category", "session", "cause", "reason", "suggestion"]
        widgets = {
            "category": forms.RadioSelect,
            "reason": forms.Textarea(attrs={"rows": 6}),
            "suggestion": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "cause": "一句话说清是什么事，可以不填",
            "reason": "写清楚现在怎样、影响了谁。有数字更有说服力",
            "suggestion": "写写由谁办、怎么办，几条就分几行",
        }
        error_messages = {
            "title": {"required": "案名是空的，写上这件提案说的是什么事。"},
            "category": {"required": "选一个类别。"},
        }

    def __init__(self, *args, sessions, hand_in=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.hand_in = hand_in
        self.fields["session"].queryset = sessions
        self.fields["session"].empty_label = "不限哪一次"
        self.fields["category"].choices = MotionCategory.choices
        for name, least in {
            "reason": rules.REASON_AT_LEAST,
            "suggestion": rules.SUGGESTION_AT_LEAST,
        }.items():
            self.fields[name].widget.attrs["data-at-least"] = least
        for name in ("title", "files"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def clean_title(self):
        """Without the 关于 and 的提案 that the page writes around it."""
        title = self.cleaned_data["title"].strip()
        return title.removeprefix("关于").removesuffix("的提案") or title

    def _post_clean(self):
        super()._post_clean()
        if self.hand_in:
            for field, sentence in rules.complaints(self.instance).items():
                if field not in self.errors:
                    self.add_error(field, sentence)


class NoticeFilter(ListFilter):
    period = PeriodField()
    q = search_box("标题")
    category = filter_choice("类目", "所有类目", NoticeCategory.choices)
    state = forms.ChoiceField(
        required=False,
        choices=[("", ""), *NoticeState.choices],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "没有这样的状态。"},
    )


class NoticeForm(PlainWords, ConcurrentForm):
    together = (frozenset({"published_on", "objection_until"}),)

    files = FilesField(label="附件")

    class Meta:
        model = Notice
        fields = [
            "title",
            "category",
            "body",
            "way",
            "timing",
            "department",
            "published_on",
            "objection_until",
        ]
        widgets = {
            "category": forms.RadioSelect,
            "timing": forms.RadioSelect,
            "body": forms.Textarea(attrs={"rows": 8}),
        }
        field_classes = {"published_on": DayField, "objection_until": DayField}
        help_texts = {
            "department": "这件事由哪个部门负责、解答",
            "objection_until": "要公示、听意见的才填，多为 5 个工作日",
        }
        error_messages = {
            "title": {"required": "标题是空的，写上公开的是什么事。"},
            "body": {"required": "内容是空的，写上要让大家知道的。"},
            "category": {"required": "选一个类目。"},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["published_on"].initial = timezone.localdate
        self.fields["category"].choices = NoticeCategory.choices
        self.fields["timing"].choices = NoticeTiming.choices
        self.fields["files"].widget.attrs["class"] = "form-control"

    helper = plain_helper(
        "title",
        chips("category"),
        "body",
        "way",
        chips("timing"),
        "department",
        "published_on",
        "objection_until",
    )
