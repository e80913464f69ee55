"""职称评审: what narrows the list, and who came to a title."""

from django import forms
from django.utils import timezone

from members.forms.fields import LATELY, PartialDateField, SuggestInput
from members.models import Member, TitleGrant
from members.queries.called import people_named
from unionoffice.errors import RuleBroken
from unionoffice.fields import PeriodField, QuickSelect, search_box
from unionoffice.forms import PlainWords, plain_helper
from unionoffice.list_filters import ListFilter
from unionoffice.periods import Period, period_choices


class TitleFilter(ListFilter):
    q = search_box("姓名、职称")
    period = PeriodField(label="", widget=QuickSelect({"aria-label": "期间"}))

    def __init__(self, query):
        super().__init__(query)
        self.label_suffix = ""
        offered = period_choices(timezone.localdate(), self._chosen())
        self.fields["period"].widget.choices = [(one.code, one.label) for one in offered]

    def _chosen(self) -> Period:
        try:
            return Period.from_query(self.data)
        except RuleBroken:
            return Period.current()


class TitleForm(PlainWords, forms.ModelForm):
    """Several people who came to one title on one day. `people`: of whom; `words`: titles in use."""

    names = forms.CharField(
        label="谁",
        max_length=2000,
        help_text="写姓名，几个人用顿号隔开；同名的写工号",
        error_messages={"required": "写上是谁评上的。"},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    when = PartialDateField(label="哪天", example=LATELY)

    class Meta:
        model = TitleGrant
        fields = ["title", "document_number"]
        help_texts = {"title": "例如：一级教师", "document_number": "没有可以不写"}
        error_messages = {"title": {"required": "写上评上什么职称。"}}

    field_order = ["names", "title", "when", "document_number"]
    helper = plain_helper("names", "title", "when", "document_number")

    def __init__(self, *args, people, words=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["title"].widget = SuggestInput(words, attrs={"class": "form-control"})

    def clean_names(self) -> list[Member]:
        found, refusals = people_named(self.people, self.cleaned_data["names"])
        if refusals:
            raise forms.ValidationError(refusals)
        return found

    def clean_when(self):
        day, precision = self.cleaned_data["when"]
        if day is None:
            raise forms.ValidationError("写上哪天评上的；只知道年月写 2026-09。")
        self.instance.day, self.instance.precision = day, precision
        return day, precision
