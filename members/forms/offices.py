"""Who holds which office: registered, corrected, ended."""

from django import forms

from members.choices import Earlier, OfficeName
from members.forms.fields import PersonPicker
from members.models import OfficeHolding
from members.queries import groups_there, others_in_office
from members.rules import may_handle
from members.rules.terms import TERM_OFFICES
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import DayField, ReasonField
from unionoffice.forms import PlainWords, chips, plain_helper
from unionoffice.periods import chinese_date


class AnswerForOthers(forms.Form):
    """What becomes of who else holds, on some of the same days, an office that one person holds at
    a time: asked for when there is someone."""

    earlier = forms.ChoiceField(
        label="前任怎么办",
        choices=Earlier,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "前任怎么办，从两样里选一样。"},
    )
    both_because = ReasonField(
        label="为什么两位同时任", required=False, help_text="选了“两位同时任”才要写"
    )
    button = "登记"
    others: tuple[OfficeHolding, ...] = ()

    @property
    def asked(self) -> list:
        return [chips("earlier"), "both_because"] if self.others else []

    def ask_about(self, others: list[OfficeHolding], data: dict) -> None:
        """Asked with the usual answer chosen: the earlier one goes. Who began later does not."""
        self.others = tuple(others)
        if not others:
            return
        earlier, start = data.get("earlier"), data.get("start")
        later = [each for each in others if start and each.start and each.start >= start]
        if later:
            self.fields["earlier"].label = "日子重叠怎么办"
            self.fields["earlier"].choices = [(Earlier.STAYS.value, Earlier.STAYS.label)]
        if not earlier and "earlier" not in self.errors:
            self.data = self.data.copy()
            self.data["earlier"] = (Earlier.STAYS if later else Earlier.ENDS).value
            self.add_error(None, self._overlap(later) if later else self._question())
        elif earlier == Earlier.ENDS and not start and "start" not in self.errors:
            self.add_error("start", "写上从哪天起，前任到前一天为止。")
        elif earlier == Earlier.STAYS and not data.get("both_because"):
            self.add_error("both_because", "写上为什么，例如：交接一个月。")

    def _question(self) -> str:
        office = self.others[0].get_office_display()
        names = "、".join(str(each.member) for each in self.others)
        over = "还没有结束" if any(each.end is None for each in self.others) else "那时还没有结束"
        return (
            f"{names}的{office}{over}，一般只有一位。"
            f"看看“前任怎么办”选得对不对，再点{self.button}。"
        )

    def _overlap(self, later: list[OfficeHolding]) -> str:
        first = later[0]
        return (
            f"{first.member}从{chinese_date(first.start)}起任{first.get_office_display()}，"
            f"日子重叠了，一般只有一位。把起止日期改到那以前；要两位同时任，写明为什么，再点{self.button}。"
        )

    @property
    def answer(self) -> dict:
        """What actions.appoint and actions.update_office take beside the holding."""
        both = self.cleaned_data["earlier"] == Earlier.STAYS
        return {
            "instead": self.cleaned_data["earlier"] == Earlier.ENDS,
            "both_because": self.cleaned_data["both_because"] if both else "",
        }


class HoldingForm(PlainWords, AnswerForOthers, forms.ModelForm):
    """`members` are the people that may be named; `by` is offered the offices that `by` may give."""

    class Meta:
        model = OfficeHolding
        fields = ["member", "office", "group", "department", "term", "note", "start"]
        field_classes = {"start": DayField}
        labels = {
            "member": "谁",
            "group": "工会小组",
            "department": "部门",
            "term": "哪一届",
            "start": "从哪天起",
        }
        help_texts = {
            "group": "只有小组长要选",
            "department": "只有部门负责人要选",
            "term": "只有委员会的职务要选",
            "note": "管哪几件事，可以不填",
            "start": "不知道就空着",
        }
        widgets = {"member": PersonPicker}
        error_messages = {
            "member": {
                "required": "写上是谁，从找到的人里选一位。",
                "invalid_choice": "名册里没有这个人，从找到的人里选一位。",
            },
            "office": {
                "required": "选一个职务。",
                "invalid_choice": "没有这个职务，或者要由主席、副主席、管理员登记。",
            },
        }

    def __init__(self, *args, members, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members
        for name in ("group", "department", "term"):
            self.fields[name].empty_label = "没有"
        self.fields["group"].queryset = groups_there()
        self.fields["office"].choices = [
            ("", "选一个职务"),
            *(c for c in OfficeName.choices if may_handle(by.roles, [c[0]])),
        ]

    @property
    def helper(self):
        return plain_helper(*self.asked, *self.Meta.fields)

    def clean(self):
        data = super().clean()
        if data.get("member") and data.get("office"):
            names = ("member", "office", "start")
            draft = OfficeHolding(**{name: data.get(name) for name in names})
            self.ask_about(others_in_office(draft), data)
        if data.get("office") not in TERM_OFFICES:
            data["term"] = None
        return data


class HoldingUpdateForm(PlainWords, AnswerForOthers, ConcurrentForm):
    """What may be corrected of a holding: not who it is, and not which office."""

    button = "改好了"
    together = (frozenset({"start", "end"}),)

    class Meta:
        model = OfficeHolding
        fields = ["term", "how", "note", "start", "end"]
        field_classes = {"start": DayField, "end": DayField}
        labels = {"term": "哪一届", "start": "从哪天起", "end": "到哪天为止"}
        help_texts = {"start": "不知道就空着", "end": "还在任就空着"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].empty_label = "没有"
        if self.instance.office not in TERM_OFFICES:
            del self.fields["term"]

    @property
    def helper(self):
        return plain_helper(*self.asked, *(n for n in self.Meta.fields if n in self.fields))

    def clean(self):
        data = super().clean()
        if not self.errors.keys() & {"start", "end"}:
            stored = self.instance
            draft = OfficeHolding(pk=stored.pk, member=stored.member, office=stored.office)
            draft.start, draft.end = data["start"], data["end"]
            self.ask_about(others_in_office(draft, before=stored), data)
        return data


class DropForm(forms.Form):
    reason = ReasonField(error_messages={"required": "写上为什么去掉，例如：登记重了。"})


class LastDayForm(forms.Form):
    last_day = DayField(label="最后一天", error_messages={"required": "写上任职的最后一天。"})
