"""Making a plan: blank, or from a text."""

from django import forms
from django.utils import timezone

from activities.forms.wording import for_text
from activities.models import Plan
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import PeriodField, ReasonField
from unionoffice.forms import plain_helper
from unionoffice.periods import Period, PeriodKind
from unionoffice.uploads import MAX_BYTES

YEARS_BACK, YEARS_AHEAD = 3, 1
KIND_HEADS = {
    PeriodKind.CALENDAR_YEAR: "年度",
    PeriodKind.SCHOOL_YEAR: "学年",
    PeriodKind.SEMESTER: "学期",
    PeriodKind.HALF_YEAR: "半年",
}


def periods_around(year: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """(kind, [(code, label)]): the periods that a plan can be made for, the nearest first."""
    years = range(year + YEARS_AHEAD, year - YEARS_BACK - 1, -1)
    kinds = {
        PeriodKind.CALENDAR_YEAR: [Period.year(y) for y in years],
        PeriodKind.SCHOOL_YEAR: [Period.school_year(y) for y in years],
        PeriodKind.SEMESTER: [Period.semester(y, n) for y in years for n in (2, 1)],
        PeriodKind.HALF_YEAR: [Period.half(y, n) for y in years for n in (2, 1)],
    }
    return [
        (KIND_HEADS[kind], [(period.code, period.label) for period in periods])
        for kind, periods in kinds.items()
    ]


class PlanForm(forms.Form):
    """A title and a period: for a blank plan, and to confirm what was read from a text."""

    title = forms.CharField(
        label="标题",
        max_length=Plan._meta.get_field("title").max_length,
        required=False,
        help_text="空着就按期间起名，例如：2026年工会工作计划",
        error_messages=for_text(),
    )
    period = PeriodField(
        label="哪一期的计划",
        required=True,
        widget=forms.Select,
        error_messages={"required": "选一下是哪一年、哪一学期的计划。"},
    )

    helper = plain_helper()
    field_order = ["period", "title"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        around = periods_around(timezone.localdate().year)
        codes = {code for _, periods in around for code, _ in periods}
        initial = self.initial.get("period")
        first = (initial.code, initial.label) if initial else ("", "选一期")
        self.codes = {*codes, first[0]}
        self.fields["period"].widget.choices = around if first[0] in codes else [first, *around]

    def clean_period(self) -> Period:
        period = self.cleaned_data["period"]
        if period.code not in self.codes:
            raise forms.ValidationError(f"{period.label}不在可选的期间里，从列表里选一个。")
        return period

    def clean(self):
        data = super().clean()
        if not data.get("title") and data.get("period"):
            data["title"] = f"{data['period'].label}工会工作计划"
        return data


class PlanTitleForm(ConcurrentForm):
    helper = plain_helper()

    class Meta:
        model = Plan
        fields = ["title"]
        error_messages = {"title": for_text("标题是空的，填上。")}


class WithdrawForm(forms.Form):
    """Taking a draft back whole; why, where it was passed once."""

    reason = ReasonField(
        label="为什么撤回",
        error_messages={"required": "这份计划通过过，写上为什么撤回。"},
    )

    helper = plain_helper()

    def __init__(self, *args, passed_before: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not passed_before:
            del self.fields["reason"]


class PlanTextForm(forms.Form):
    """A plan as text: pasted, or as one file."""

    text = forms.CharField(
        label="把计划粘贴进来",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 12, "placeholder": "2026年工会工作计划\n一、指导思想……"}
        ),
        error_messages=for_text(),
    )
    file = forms.FileField(
        label="或者选一个文件",
        required=False,
        help_text=f"Word（.docx）、.txt 或 .md，不超过 {MAX_BYTES // 1024 // 1024} MB",
        widget=forms.FileInput(attrs={"accept": ".docx,.txt,.md"}),
        error_messages={
            "empty": "这是空文件，重新选一个。",
            "invalid": "文件没有传上来，重新选一个。",
        },
    )

    helper = plain_helper()

    def clean(self):
        data = super().clean()
        has_text, has_file = bool(data.get("text", "").strip()), bool(data.get("file"))
        if has_text and has_file:
            raise forms.ValidationError("粘贴了文字，又选了文件，留一样就行。")
        if not has_text and not has_file and not self.errors:
            raise forms.ValidationError("粘贴计划的文字，或者选一个文件。")
        return data
