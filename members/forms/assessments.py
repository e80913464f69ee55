"""考核: the list's filter, the record."""

from datetime import date

from django import forms
from django.utils import timezone

from members.choices import AssessmentOf
from members.forms.fields import SuggestInput
from members.models import Assessment
from members.queries.assessments import subjects
from members.rules.assessments import USUAL_RESULTS, read_items, rows_of, written
from unionoffice.concurrent import ConcurrentForm
from unionoffice.errors import RuleBroken
from unionoffice.fields import DayField, FilesField, filter_choice, search_box
from unionoffice.forms import PlainWords, plain_helper
from unionoffice.list_filters import ListFilter
from unionoffice.periods import SCHOOL_YEAR_STARTS, Period

EXAMPLE = "组织委员换届 | 3月完成，报批 | 10"


class AssessmentFilter(ListFilter):
    q = search_box("小组、姓名、结果、由谁考核")
    of = filter_choice("种类", "全部种类", AssessmentOf.choices)


def periods_assessed(today: date, chosen: str = "") -> list[tuple[str, str]]:
    """The years and school years that are usually assessed, and the chosen one."""
    school_year = today.year if today.month >= SCHOOL_YEAR_STARTS else today.year - 1
    periods = [Period.year(today.year - back) for back in range(3)]
    periods += [Period.school_year(school_year - back) for back in range(2)]
    periods += [Period.half(today.year, 1), Period.half(today.year, 2)]
    known = {period.code: period.label for period in periods}
    if chosen and chosen not in known:
        known[chosen] = Period.parse(chosen).label
    return list(known.items())


class AssessmentForm(PlainWords, ConcurrentForm):
    """Of a new record also whose it is."""

    subject = forms.ChoiceField(label="考核谁")
    period_code = forms.ChoiceField(label="哪一期")
    goals = forms.CharField(
        label="目标和完成情况",
        required=False,
        max_length=6000,
        help_text=f"一行一条，用竖线隔开：{EXAMPLE}。完成情况、得分可以不写",
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": EXAMPLE}),
    )
    files = FilesField(label="附件")

    class Meta:
        model = Assessment
        fields = ["period_code", "result", "assessed_on", "assessed_by"]
        field_classes = {"assessed_on": DayField}
        widgets = {"result": SuggestInput(USUAL_RESULTS)}
        help_texts = {"assessed_by": "例如：示例市教育工会、工会委员会"}
        error_messages = {"result": {"required": "写上考核结果，例如：优秀。"}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["period_code"].choices = periods_assessed(today, self.instance.period_code)
        self.fields["assessed_on"].initial = timezone.localdate
        self.fields["files"].widget.attrs["class"] = "form-control"
        if self.instance.pk:
            del self.fields["subject"]
            self.initial["goals"] = written(self.instance.goals)
        else:
            self.fields["subject"].choices = [("", "选一个"), *subjects(today)]
        first = () if self.instance.pk else ("subject",)
        shown = ("period_code", "result", "assessed_on", "assessed_by", "goals")
        self.helper = plain_helper(*first, *shown)

    def clean_goals(self) -> str:
        try:
            self.instance.items = rows_of(read_items(self.cleaned_data["goals"]))
        except RuleBroken as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return self.cleaned_data["goals"]

    def clean(self):
        data = super().clean()
        if "goals" in self.untouched:
            self.untouched.add("items")
        if subject := data.get("subject"):
            self._settle(*subject.split("-"))
        return data

    def _settle(self, of: str, key: str = "", office: str = "") -> None:
        self.instance.of = of
        if of == AssessmentOf.GROUP:
            self.instance.group_id = int(key)
        if of == AssessmentOf.OFFICER:
            self.instance.member_id, self.instance.office = int(key), office
