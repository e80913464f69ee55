"""Fields that the forms of this app share: a month, several files, a period."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from unionoffice.errors import RuleBroken
from unionoffice.periods import Period, PeriodKind, period_choices

YEARS_BACK, YEARS_AHEAD = 3, 1
KIND_HEADS = {
    PeriodKind.CALENDAR_YEAR: "年度",
    PeriodKind.SCHOOL_YEAR: "学年",
    PeriodKind.SEMESTER: "学期",
    PeriodKind.HALF_YEAR: "半年",
}
MONTH_TEXT = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?")


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class MonthInput(forms.TextInput):
    """The browser's own month field; a text field where there is none."""

    input_type = "month"

    def __init__(self, attrs=None):
        super().__init__({"placeholder": "2026-03"} | (attrs or {}))


class DayField(forms.DateField):
    widget = DayInput
    default_error_messages = {"invalid": "没有这一天，写成 2026-03-08 这样。"}


class MonthField(forms.Field):
    """A month as the first of it. Takes 2026-03, 2026.3, 2026年3月."""

    widget = MonthInput

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, date):
            return value or None
        match = MONTH_TEXT.fullmatch(value.strip())
        if match and 1 <= int(match[2]) <= 12 and int(match[1]) >= 1:
            return date(int(match[1]), int(match[2]), 1)
        raise ValidationError(f"没有“{value}”这个月，写成 2026-03 这样。", code="invalid")

    def prepare_value(self, value):
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files. Whether they can be taken is told by the action that keeps them."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, list) else [data] if data else []
        return [super(FilesField, self).clean(file, initial) for file in files if file]


class PeriodField(forms.ChoiceField):
    """One of the periods around this year, as a Period."""

    def to_python(self, value):
        try:
            return Period.parse(value) if value else None
        except RuleBroken as error:
            raise ValidationError(str(error), code="invalid") from None

    def valid_value(self, value):
        return super().valid_value(value.code)

    def validate(self, value):
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")
        if value is not None and not self.valid_value(value):
            raise ValidationError(
                f"{value.label}不在可选的期间里，从列表里选一个。", code="invalid"
            )

    def prepare_value(self, value):
        return value.code if isinstance(value, Period) else value


class OpenPeriodField(PeriodField):
    """Any period that can be written as one, whether or not the list offers it."""

    def valid_value(self, value):
        return True


class PlainSelect(forms.Select):
    """A select put together as one string: filters stand on every list and should cost little."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = "" if value is None else str(value)
        options = (
            (code, mark_safe(" selected") if code == chosen else "", label)
            for code, label in self.choices
        )
        return format_html(
            "<select{}>{}</select>",
            flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )


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


def periods_to_show(today: date, chosen: Period) -> list[tuple[str, str]]:
    """What a list offers: the usual periods, the chosen one, and the one before it."""
    offered = period_choices(today, chosen)
    earlier = [chosen.previous()] if chosen.previous() not in offered else []
    return [(period.code, period.label) for period in [*offered, *earlier]]
