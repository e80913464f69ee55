"""制度: the list's filter, the form, the last day."""

from django import forms
from django.utils import timezone

from members.choices import RegulationTab
from members.models import Regulation
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import DayField, DayInput, FilesField, search_box
from unionoffice.forms import PlainWords, plain_helper
from unionoffice.list_filters import ListFilter

NO_SUCH_DAY = {"invalid": "没有这一天，写成 2026-08-31 这样。"}


class RegulationFilter(ListFilter):
    tab = forms.ChoiceField(
        required=False,
        choices=RegulationTab.choices,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "没有这一页，从上面的几页里选。"},
    )
    q = search_box("名称、文号、正文里的字")
    on = forms.DateField(
        label="哪天的", required=False, widget=DayInput(), error_messages=NO_SUCH_DAY
    )

    def clean_tab(self) -> str:
        return self.cleaned_data["tab"] or RegulationTab.IN_FORCE

    @property
    def day(self):
        return self.cleaned_data.get("on") or timezone.localdate()


class RegulationForm(PlainWords, ConcurrentForm):
    files = FilesField(label="附件")

    class Meta:
        model = Regulation
        fields = ["title", "adopted_by", "document_number", "start", "text"]
        field_classes = {"start": DayField}
        widgets = {"text": forms.Textarea(attrs={"rows": 16})}
        help_texts = {
            "adopted_by": "例如：2026年3月6日工会委员会；没有可以不填",
            "document_number": "有就填",
            "text": "一条一段；“第一章”“第一条”写在段首，打印上墙时会排好。只有扫描件的，正文可以不填，传附件",
        }
        error_messages = {"title": {"required": "名称是空的，例如：工会小组工作制度。"}}

    helper = plain_helper("title", "start", "adopted_by", "document_number", "text")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["start"].initial = timezone.localdate
        self.fields["files"].widget.attrs["class"] = "form-control"


class AbolishForm(forms.Form):
    last_day = DayField(label="最后一天", error_messages={"required": "写上施行的最后一天。"})
