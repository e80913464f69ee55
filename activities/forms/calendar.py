"""What the calendar is asked by, and the forms for days off and school terms."""

from datetime import date

from django import forms

from activities.calendar import within_reach
from activities.choices import DayKind
from activities.forms.wording import for_text
from activities.models import CalendarDay, Semester
from activities.rules.days_off import LONGEST_NAME, DayOff
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import DayField, MonthField, QuickInput
from unionoffice.forms import PlainWords, chips, plain_helper
from unionoffice.list_filters import ListFilter
from unionoffice.uploads import MAX_BYTES

FIRST_OF_KIND, LAST_OF_KIND = 2000, 2098  # years that a calendar of days off is kept for
NO_SUCH_PLAN = "没有这份计划。"
OUT_OF_REACH = "日历只有 1950 到 2098 年，换一个日子。"


class PlanCarried(ListFilter):
    """From which plan's board one came, carried along."""

    plan = forms.IntegerField(required=False, error_messages={"invalid": NO_SUCH_PLAN})


class MonthFilter(PlanCarried):
    month = MonthField(required=False)

    def clean_month(self) -> date | None:
        month = self.cleaned_data["month"]
        if month and not within_reach(month):
            raise forms.ValidationError(OUT_OF_REACH)
        return month


class WeekFilter(PlanCarried):
    day = DayField(required=False)

    def clean_day(self) -> date | None:
        day = self.cleaned_data["day"]
        if day and not within_reach(day):
            raise forms.ValidationError(OUT_OF_REACH)
        return day


class YearFilter(ListFilter):
    year = forms.IntegerField(
        required=False,
        min_value=FIRST_OF_KIND,
        max_value=LAST_OF_KIND,
        widget=QuickInput("hidden"),
        error_messages={
            "invalid": "没有这一年，从上面的年份里选。",
            "min_value": "没有这一年，从上面的年份里选。",
            "max_value": "没有这一年，从上面的年份里选。",
        },
    )


class NoticeForm(forms.Form):
    """The notice's own words, or a list, as text or as a file. `year`: where neither says it."""

    text = forms.CharField(
        label="把放假通知粘贴进来",
        required=False,
        strip=False,
        max_length=20_000,
        widget=forms.Textarea(
            attrs={
                "rows": 10,
                "placeholder": "国务院办公厅关于2026年部分节假日安排的通知\n一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。",
            }
        ),
        help_text="连标题一起粘贴，就知道是哪一年的；也可以一行一天：2026-01-01 放假 元旦",
        error_messages=for_text(),
    )
    file = forms.FileField(
        label="或者选一个文件",
        required=False,
        help_text=f"Excel（.xlsx）、.csv 或 .txt，三列：日期、安排（放假或上班）、节日，不超过 {MAX_BYTES // 1024 // 1024} MB",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={
            "empty": "这是空文件，重新选一个。",
            "invalid": "文件没有传上来，重新选一个。",
        },
    )
    source = forms.CharField(
        label="依据",
        required=False,
        max_length=CalendarDay._meta.get_field("source").max_length,
        help_text="文号或者哪一份通知，通知里有文号就不用写",
        error_messages=for_text(),
    )

    helper = plain_helper()

    def clean(self):
        data = super().clean()
        has_text, has_file = bool((data.get("text") or "").strip()), bool(data.get("file"))
        if has_text and has_file:
            raise forms.ValidationError("粘贴了文字，又选了文件，留一样就行。")
        if not has_text and not has_file and not self.errors:
            raise forms.ValidationError("粘贴通知的文字，或者选一个文件。")
        return data


class DayOffForm(PlainWords, forms.Form):
    day = DayField(label="哪天")
    kind = forms.ChoiceField(
        label="放假还是上班", choices=DayKind, widget=forms.RadioSelect, initial=DayKind.HOLIDAY
    )
    name = forms.CharField(label="节日", max_length=LONGEST_NAME)

    helper = plain_helper("day", chips("kind"), "name")

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if not FIRST_OF_KIND <= day.year <= LAST_OF_KIND:
            raise forms.ValidationError(f"只收 {FIRST_OF_KIND} 到 {LAST_OF_KIND} 年的日子。")
        return day

    @property
    def day_off(self) -> DayOff:
        return DayOff(**self.cleaned_data, source="手工加的")


class SemesterForm(PlainWords, ConcurrentForm):
    together = (frozenset({"first_day", "last_day"}),)
    first_day = DayField(label="开学第一天", help_text="这一天所在的一周就是第 1 周，不一定是周一")
    last_day = DayField(label="最后一天")

    helper = plain_helper()

    class Meta:
        model = Semester
        fields = ["name", "first_day", "last_day"]
        help_texts = {"name": "例如 2026—2027学年第一学期"}
        error_messages = {
            "first_day": {"unique": "这一天开学的学期已经有了，改那一个。"},
        }
