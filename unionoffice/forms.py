"""Forms of the shared floor, and how all forms of the office look."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms

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


class OfficeForm(forms.ModelForm):
    class Meta:
        model = Office
        fields = OFFICE_FIELDS
        widgets = {"kind": forms.RadioSelect}

    helper = plain_helper(*office_layout())
