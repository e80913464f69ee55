"""考核: the list's filter, the record."""

from datetime import date

from django import forms
from django.utils import timezone

from members.assessment_reader import read_scores
from members.choices import AssessmentOf
from members.forms.fields import SuggestInput
from members.models import Assessment, Member
from members.queries.assessments import subjects
from members.queries.called import people_named
from members.queries.score_files import ScoreHead
from members.rules.assessments import (
    LONGEST_SCORE,
    USUAL_RESULTS,
    USUAL_TOPICS,
    check_day,
    one_score,
    only_score,
    problem_of_score,
    read_items,
    rows_of,
    written,
)
from unionoffice.concurrent import ConcurrentForm
from unionoffice.errors import FileRefused, RuleBroken
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
    """Of a new record also whose it is. `people`: of whom a name is looked for."""

    subject = forms.ChoiceField(label="考核谁")
    who = forms.CharField(
        label="哪一位教职工",
        required=False,
        max_length=40,
        help_text="考核教职工本人的写姓名，同名的写工号；别的空着",
    )
    period_code = forms.ChoiceField(label="哪一期")
    goals = forms.CharField(
        label="目标和完成情况",
        required=False,
        max_length=6000,
        help_text=f"一行一条，用竖线隔开：{EXAMPLE}。完成情况、得分可以不写",
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": EXAMPLE}),
    )
    score = forms.CharField(
        label="得分",
        required=False,
        max_length=LONGEST_SCORE,
        help_text="只有一个总分的写这里；上面写了分项得分的，总分自己加",
    )
    files = FilesField(label="附件")

    class Meta:
        model = Assessment
        fields = ["period_code", "topic", "result", "assessed_on", "assessed_by"]
        field_classes = {"assessed_on": DayField}
        widgets = {"result": SuggestInput(USUAL_RESULTS), "topic": SuggestInput(USUAL_TOPICS)}
        help_texts = {
            "topic": "例如：师德考核、量化考核；考核教职工的要写",
            "assessed_by": "例如：示例市教育工会、工会委员会",
        }
        error_messages = {"result": {"required": "写上考核结果，例如：优秀。"}}

    def __init__(self, *args, people=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        today = timezone.localdate()
        self.fields["period_code"].choices = periods_assessed(today, self.instance.period_code)
        self.fields["assessed_on"].initial = timezone.localdate
        self.fields["files"].widget.attrs["class"] = "form-control"
        if self.instance.pk:
            del self.fields["subject"], self.fields["who"]
            self.initial["goals"] = written(self.instance.goals)
            if only := only_score(self.instance.goals):
                self.initial |= {"goals": "", "score": only}
        else:
            self.fields["subject"].choices = [("", "选一个"), *subjects(today)]
        first = () if self.instance.pk else ("subject", "who")
        shown = ("topic", "period_code", "result", "assessed_on", "assessed_by", "goals", "score")
        self.helper = plain_helper(*first, *shown)

    def clean_goals(self) -> str:
        try:
            self.instance.items = rows_of(read_items(self.cleaned_data["goals"]))
        except RuleBroken as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return self.cleaned_data["goals"]

    def clean_who(self) -> Member | None:
        word = self.cleaned_data["who"]
        found, refusals = people_named(self.people, word) if word else ((), ())
        if refusals:
            raise forms.ValidationError(refusals)
        if len(found) > 1:
            raise forms.ValidationError("一次记一位；几个人一起，从得分表导入。")
        return found[0] if found else None

    def clean_score(self) -> str:
        score = self.cleaned_data["score"]
        if why := problem_of_score(one_score(score)):
            raise forms.ValidationError(why)
        return score

    def clean(self):
        data = super().clean()
        if {"goals", "score"} <= self.untouched:
            self.untouched.add("items")
        elif data.get("score") and data.get("goals"):
            self.add_error("score", "写了分项，总分自己加，这里空着。")
        elif data.get("score"):
            self.instance.items = rows_of([one_score(data["score"])])
        if subject := data.get("subject"):
            self._settle(*subject.split("-"))
        if self.instance.of == AssessmentOf.PERSON and not data.get("topic"):
            self.add_error("topic", "写上考核什么，例如：师德考核。")
        return data

    def _settle(self, of: str, key: str = "", office: str = "") -> None:
        self.instance.of, who = of, self.cleaned_data.get("who")
        if of == AssessmentOf.PERSON:
            self.instance.member = who
        if of == AssessmentOf.PERSON and not who and "who" not in self.errors:
            self.add_error("who", "写上考核的是哪一位。")
        if of != AssessmentOf.PERSON and who:
            self.add_error("who", "考核的不是教职工本人，这里空着，或者上面选“某一位教职工”。")
        if of == AssessmentOf.GROUP:
            self.instance.group_id = int(key)
        if of == AssessmentOf.OFFICER:
            self.instance.member_id, self.instance.office = int(key), office


class ScoreFileForm(PlainWords, forms.Form):
    """What a whole file of scores is about. The value of `file` is (its name, what was read)."""

    file = forms.FileField(
        label="得分表",
        help_text="Excel 或 CSV，一人一行：姓名或工号，再有一项一列的得分、总分、等次",
        error_messages={"required": "选一个文件。", "empty": "这是空文件，重新选一个。"},
    )
    topic = forms.CharField(
        label="考核什么",
        max_length=20,
        initial=USUAL_TOPICS[0],
        widget=SuggestInput(USUAL_TOPICS, attrs={"class": "form-control"}),
        error_messages={"required": "写上考核什么，例如：师德考核。"},
    )
    period_code = forms.ChoiceField(label="哪一期")
    assessed_on = DayField(label="哪天考核的", error_messages={"required": "写上哪天考核的。"})
    assessed_by = forms.CharField(
        label="由谁考核", max_length=60, error_messages={"required": "写上由谁考核。"}
    )

    helper = plain_helper("file", "topic", "period_code", "assessed_on", "assessed_by")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period_code"].choices = periods_assessed(timezone.localdate())
        self.fields["assessed_on"].initial = timezone.localdate

    def clean_file(self):
        handed_in = self.cleaned_data["file"]
        try:
            return handed_in.name, read_scores(handed_in.name, handed_in.read())
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean(self):
        data = super().clean()
        if data.get("period_code") and data.get("assessed_on"):
            start = Period.parse(data["period_code"]).start
            try:
                check_day(data["assessed_on"], start, timezone.localdate())
            except RuleBroken as refusal:
                self.add_error("assessed_on", str(refusal))
        return data

    @property
    def head(self) -> ScoreHead:
        named = ("topic", "period_code", "assessed_on", "assessed_by")
        return ScoreHead(*(self.cleaned_data[name] for name in named))
