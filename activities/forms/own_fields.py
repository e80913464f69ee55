"""The name of one of the office's own fields of work."""

from django import forms

from activities.forms.wording import for_text
from activities.models import OwnField
from unionoffice.concurrent import ConcurrentForm
from unionoffice.forms import plain_helper

TAKEN = "已经有这个板块了，换一个名称。"


class OwnFieldForm(ConcurrentForm):
    helper = plain_helper()

    class Meta:
        model = OwnField
        fields = ["name"]
        labels = {"name": "板块名称"}
        help_texts = {"name": "最多 10 个字，例如：青年工作、关工委"}
        error_messages = {"name": for_text("名称是空的，写上。") | {"unique": TAKEN}}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "off"})}

    def clean_name(self):
        return "".join(self.cleaned_data["name"].split())
