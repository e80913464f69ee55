"""Which days ahead the lists of the retiring, the birthdays and the milestones show."""

from datetime import date, timedelta

from django import forms

from members.rules.retirement import months_ahead
from unionoffice.errors import RuleBroken
from unionoffice.fields import MonthField, PeriodField, QuickInput, filter_choice
from unionoffice.list_filters import ListFilter
from unionoffice.periods import (
    FIRST_YEAR,
    LAST_YEAR,
    Period,
    PeriodKind,
    add_months,
    last_day,
)

DUE, OVER, UNKNOWN = "due", "over", "unknown"
YEAR = 12  # months
DAYS = {"7": "7 天内", "30": "30 天内"}
MONTHS = {str(number): f"{number}月" for number in range(1, 13)}
BY_DAY, BY_GROUP = "day", "group"
WORK, HERE, NEW, JOYS = "work", "here", "new", "joys"
NO_SUCH_PAGE = {"invalid_choice": "没有这一页，从上面的几页里选。"}


def _carried(choices, **kwargs) -> forms.ChoiceField:
    """A choice in the page's address that is made elsewhere than in the filter."""
    return forms.ChoiceField(
        choices=choices,
        required=False,
        widget=QuickInput("hidden"),
        error_messages=NO_SUCH_PAGE,
        **kwargs,
    )


class RetirementFilter(ListFilter):
    """The months from `since` to `until`, else the period in the address, else the next twelve."""

    tab = _carried([(DUE, "快到龄"), (OVER, "已到龄"), (UNKNOWN, "算不出")])
    period = PeriodField()
    since = MonthField(label="从", required=False)
    until = MonthField(label="到", required=False)
    group = filter_choice("工会小组", "工会小组", [])
    department = filter_choice("部门", "部门", [])

    def __init__(self, data, *, groups, departments, today: date):
        super().__init__(data)
        self.today = today
        self.fields["group"].choices = [("", "工会小组"), *groups]
        self.fields["department"].choices = [("", "部门"), *departments]
        if self.data.get("tab") in {OVER, UNKNOWN}:
            del self.fields["since"], self.fields["until"]

    def clean_tab(self) -> str:
        return self.cleaned_data["tab"] or DUE

    def clean_since(self) -> date | None:
        return self._within_records("since")

    def clean_until(self) -> date | None:
        return self._within_records("until")

    def _within_records(self, name: str) -> date | None:
        month = self.cleaned_data[name]
        if month and not FIRST_YEAR <= month.year <= LAST_YEAR:
            words = f"{month:%Y-%m} 不在 {FIRST_YEAR} 到 {LAST_YEAR} 年之间，检查年份。"
            raise forms.ValidationError(words)
        return month

    def clean(self) -> dict:
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since or until:
            self._take_months(since, until)
        elif not self.data.get("period"):
            data["period"] = months_ahead(self.today, YEAR)
        return data

    def _take_months(self, since: date | None, until: date | None) -> None:
        """One of them is enough: a year from `since` on, or from this month until `until`."""
        since = since or self.today.replace(day=1)
        until = until or add_months(since, YEAR - 1)
        try:
            period = Period(PeriodKind.FREE, since, last_day(until.year, until.month))
        except RuleBroken as refusal:
            self.add_error("until", str(refusal))
        else:
            self.cleaned_data["period"] = period

    @property
    def period_chosen(self) -> Period:
        return self.cleaned_data.get("period") or months_ahead(self.today, YEAR)

    @property
    def narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("group", "department"))


class BirthdayFilter(ListFilter):
    """The days or the month in the address, else this month."""

    when = _carried([*DAYS.items(), *MONTHS.items()])
    by = _carried([(BY_DAY, "按日子"), (BY_GROUP, "按小组")])
    group = filter_choice("工会小组", "工会小组", [])

    def __init__(self, data, *, groups, today: date):
        super().__init__(data)
        self.today = today
        self.fields["group"].choices = [("", "工会小组"), *groups]

    @property
    def when_chosen(self) -> str:
        return self.cleaned_data.get("when") or str(self.today.month)

    @property
    def by_group(self) -> bool:
        return self.cleaned_data.get("by") == BY_GROUP

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last; a month is one of this year."""
        chosen = self.when_chosen
        if chosen in DAYS:
            return self.today, self.today + timedelta(days=int(chosen) - 1)
        month = int(chosen)
        return date(self.today.year, month, 1), last_day(self.today.year, month)


class MilestoneFilter(ListFilter):
    """`shares`: name -> label of the pages that other parts of the office give."""

    tab = _carried([])
    period = PeriodField()
    group = filter_choice("工会小组", "工会小组", [])

    def __init__(self, data, *, groups, shares: dict[str, str]):
        super().__init__(data)
        self.tabs = {WORK: "教龄", HERE: "到校", NEW: "新进教职工"} | shares
        self.fields["tab"].choices = list(self.tabs.items())
        self.fields["group"].choices = [("", "工会小组"), *groups]

    @property
    def tab_chosen(self) -> str:
        return self.cleaned_data.get("tab") or WORK

    @property
    def period_chosen(self) -> Period:
        return self.cleaned_data.get("period") or Period.current()
