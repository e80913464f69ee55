"""Forms of the shared floor, and how all forms of the office look."""

from crispy_forms.helper import FormHelper
from django import forms

from unionoffice.models import Office


def plain_helper() -> FormHelper:
    """A crispy helper for a form whose <form> tag stands in the template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class OfficeForm(forms.ModelForm):
    class Meta:
        model = Office
        fields = ["school_name", "short_name", "kind", "union_name", "higher_union_name"]
        widgets = {"kind": forms.RadioSelect}

    helper = plain_helper()
