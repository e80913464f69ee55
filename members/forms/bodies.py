"""领导小组、工作小组: the list's filter, one of them, who is put in and who leaves."""

from django import forms
from django.utils import timezone

from members.choices import SeatRole
from members.forms.regulations import NO_SUCH_DAY
from members.models import Member, WorkingGroup
from members.queries.called import people_named
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import DayField, DayInput, FilesField, filter_choice, search_box
from unionoffice.forms import PlainWords, plain_helper
from unionoffice.list_filters import ListFilter


class WorkingGroupFilter(ListFilter):
    q = search_box("名称、里面的人")
    state = filter_choice("还在不在", "现有的", [("dissolved", "撤销了的")])
    on = forms.DateField(
        label="哪天的", required=False, widget=DayInput(), error_messages=NO_SUCH_DAY
    )

    def clean(self):
        data = super().clean()
        if data.get("on") and data.get("state"):
            self.add_error("on", "看哪一天的，就不选撤销了的，那天在的都列出来。")
        return data


class WorkingGroupForm(PlainWords, ConcurrentForm):
    files = FilesField(label="文件")

    class Meta:
        model = WorkingGroup
        fields = ["name", "start", "document_number", "duty"]
        field_classes = {"start": DayField}
        widgets = {"duty": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "name": "例如：师德建设工作领导小组",
            "document_number": "有就写",
            "duty": "做什么，可以不写",
        }
        error_messages = {"name": {"required": "写上名称，例如：师德建设工作领导小组。"}}

    helper = plain_helper("name", "start", "document_number", "duty")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["start"].initial = timezone.localdate
        self.fields["files"].widget.attrs["class"] = "form-control"


class SeatForm(PlainWords, forms.Form):
    """Several people who become the same. `people`: of whom."""

    names = forms.CharField(
        label="谁",
        max_length=2000,
        help_text="写姓名，几个人用顿号隔开；同名的写工号",
        error_messages={"required": "写上是谁。"},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    role = forms.ChoiceField(
        label="做什么",
        choices=SeatRole.choices,
        initial=SeatRole.MEMBER,
        error_messages={"required": "选做什么。", "invalid_choice": "没有这一种，重新选。"},
    )
    start = DayField(label="从哪天起", error_messages={"required": "写上从哪天起。"})

    helper = plain_helper("names", "role", "start")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["start"].initial = timezone.localdate

    def clean_names(self) -> list[Member]:
        found, refusals = people_named(self.people, self.cleaned_data["names"])
        if refusals:
            raise forms.ValidationError(refusals)
        return found


class LastDayForm(PlainWords, forms.Form):
    last_day = DayField(label="最后一天", error_messages={"required": "写上最后一天。"})

    helper = plain_helper("last_day")
