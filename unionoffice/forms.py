"""Forms of the shared floor, and how all forms of the office look."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms

from unionoffice.errors import RuleBroken
from unionoffice.fields import ReasonField
from unionoffice.models import Office

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


def saved(form: forms.BaseForm, action, **values):
    """What the action returns; None when it refuses, with its sentence in the form."""
    try:
        return action(**values)
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
    return None


class VoidForm(forms.Form):
    """Why a record no longer counts."""

    reason = ReasonField(
        label="为什么作废",
        error_messages={"required": "作废要写原因，例如：和 3月8日那条重复。"},
    )

    helper = plain_helper()


class OfficeForm(forms.ModelForm):
    class Meta:
        model = Office
        fields = OFFICE_FIELDS
        widgets = {"kind": forms.RadioSelect}

    helper = plain_helper(*office_layout())
