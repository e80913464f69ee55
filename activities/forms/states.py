"""What is asked when a plan is passed, published or turned back."""

from django import forms

from activities.forms.wording import for_text
from activities.models import Plan
from members.forms.fields import SuggestInput
from unionoffice.fields import DayField, ReasonField
from unionoffice.forms import plain_helper

MEETINGS = ("工会委员会议", "工会会员大会", "会员代表大会", "教职工代表大会")


class PassForm(forms.Form):
    passed_on = DayField(label="哪天通过", error_messages={"required": "写上哪天通过的。"})
    passed_by = forms.CharField(
        label="哪次会议",
        max_length=Plan._meta.get_field("passed_by").max_length,
        widget=SuggestInput(MEETINGS),
        error_messages=for_text("写上哪次会议通过的，例如：工会委员会议。"),
    )

    helper = plain_helper()


class PublishForm(forms.Form):
    helper = plain_helper()


class TurnBackForm(forms.Form):
    reason = ReasonField(label="为什么", error_messages={"required": "写上为什么。"})

    helper = plain_helper()


PLAN_MOVE_FORMS = {
    "pass": PassForm,
    "publish": PublishForm,
    "unpublish": TurnBackForm,
    "redraft": TurnBackForm,
}
