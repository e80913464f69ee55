"""Groups and offices."""

from django import forms

from members.choices import OfficeName
from members.forms.fields import PersonPicker
from members.models import OfficeHolding, UnionGroup
from members.rules import may_handle
from unionoffice.fields import DayInput
from unionoffice.forms import plain_helper


class GroupForm(forms.ModelForm):
    class Meta:
        model = UnionGroup
        fields = ["name", "order"]
        help_texts = {"order": "小的在前，一样大的按登记先后"}

    helper = plain_helper()


class HoldingForm(forms.ModelForm):
    """`members` are the people that may be named; `by` is offered the offices that `by` may give."""

    class Meta:
        model = OfficeHolding
        fields = ["member", "office", "group", "department", "start"]
        labels = {"member": "谁", "start": "从哪天起"}
        help_texts = {
            "group": "只有小组长要选",
            "department": "只有部门负责人要选",
            "start": "不知道就空着",
        }
        widgets = {"member": PersonPicker, "start": DayInput}
        error_messages = {
            "member": {
                "required": "写上是谁，从找到的人里选一位。",
                "invalid_choice": "名册里没有这个人，从找到的人里选一位。",
            }
        }

    helper = plain_helper()

    def __init__(self, *args, members, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members
        self.fields["office"].choices = [
            ("", "选一个职务"),
            *(c for c in OfficeName.choices if may_handle(by.roles, [c[0]])),
        ]


class LastDayForm(forms.Form):
    last_day = forms.DateField(
        label="最后一天",
        widget=DayInput(),
        error_messages={
            "required": "写上任职的最后一天。",
            "invalid": "日期写成 2026-08-31 这样。",
        },
    )
