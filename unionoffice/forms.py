"""Forms of the shared floor, and how all forms of the office look."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.contrib import messages
from django.db import IntegrityError

from unionoffice.concurrent import SAVE_AGAIN, clash
from unionoffice.errors import RuleBroken
from unionoffice.fields import NULL_INSIDE, TOO_LONG, ReasonField
from unionoffice.models import Office
from unionoffice.undo import undo_tag

OFFICE_FIELDS = ("school_name", "short_name", "kind", "union_name", "higher_union_name")


def plain_helper(*layout) -> FormHelper:
    """A crispy helper for a form whose <form> tag stands in the template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    if layout:
        helper.layout = Layout(*layout)
    return helper


def chips(name: str) -> Field:
    """A short choice, shown as chips side by side."""
    return Field(name, wrapper_class="choice-chips")


def office_layout() -> tuple:
    return tuple(chips(name) if name == "kind" else name for name in OFFICE_FIELDS)


def posted(request):
    """What a form is filled from: also an empty POST, which lacks everything; None for a GET."""
    return request.POST if request.method == "POST" else None


class PlainWords:
    """A form whose fields say which of them is wrong, where they have no sentence of their own."""

    def full_clean(self):
        for field in self.fields.values():
            _speak_plainly(field)
        super().full_clean()


def _speak_plainly(field: forms.Field) -> None:
    is_choice = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    sentences = {
        "required": f"{field.label}{'还没有选，选一个。' if is_choice else '是空的，填上。'}",
        "invalid_choice": f"{field.label}里没有这一项，重新选一个。",
        "max_length": TOO_LONG,
        "null_characters_not_allowed": NULL_INSIDE,
    }
    for code, sentence in sentences.items():
        if field.error_messages.get(code) is _stock(field, code):
            field.error_messages[code] = sentence


def _stock(field: forms.Field, code: str):
    """What a field of this kind says by itself."""
    for kind in type(field).__mro__:
        if code in (messages := vars(kind).get("default_error_messages", {})):
            return messages[code]
    return None


def saved(form: forms.BaseForm, action, **values):
    """What the action returns; None when it refuses, or somebody else just took what it needs, with
    the sentence in the form, and whether one may insist as `form.insist`."""
    try:
        return action(**values)
    except RuleBroken as refusal:
        form.insist = refusal.insist
        form.add_error(None, str(refusal))
    except IntegrityError as error:
        if not clash(error):
            raise
        form.add_error(None, SAVE_AGAIN)
    return None


def acted(request, done: str, action, undo: str = "", **values) -> bool:
    """Whether the action went through: `done`, or the sentence with which it refuses, stands on the
    next page, with the button 撤销 that posts to `undo`."""
    try:
        action(by=request.user, **values)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return False
    if done:
        messages.success(request, done, extra_tags=undo_tag(undo) if undo else "")
    return True


class VoidForm(forms.Form):
    """Why a record no longer counts."""

    reason = ReasonField(
        label="为什么作废",
        error_messages={"required": "作废要写原因，例如：和 3月8日那条重复。"},
    )

    helper = plain_helper()


class OfficeForm(PlainWords, forms.ModelForm):
    class Meta:
        model = Office
        fields = [*OFFICE_FIELDS, "party_name", "birthday_passwords"]
        widgets = {"kind": forms.RadioSelect}
        labels = {"birthday_passwords": "开账号时可以用生日作初始密码"}
        help_texts = {
            "party_name": "例如 中共示例市第三中学委员会，没有就空着",
            "birthday_passwords": "方便，但有风险：知道一个人工号和生日的同事，可以抢在本人之前登录。"
            "发纸条不难的话，不要打开。第一次登录都要换密码",
        }

    helper = plain_helper(*office_layout(), "party_name", "birthday_passwords")
