"""Form fields that several apps use: days and months, the filters of a list, handed-in files."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from unionoffice.errors import FileRefused, RuleBroken
from unionoffice.periods import Period
from unionoffice.ready_files import ReadyFile, check_sizes, ready_files

LONGEST_REASON = 200  # characters
LONGEST_KEY = 18  # digits of a primary key that every database can hold
TOO_LONG = "最多 %(limit_value)d 字，现在有 %(show_value)d 字，删短一点。"
NULL_INSIDE = "里面有看不见的空字符，重新写一遍。"
MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        ("一 元", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), 1
    )
    for name in (*names.split(), str(number), f"{number:02}")
}
MONEY_TEXT = re.compile(r"¥?\s*(\d{1,3}(?:,\d{3})+(?:\.\d*)?|[-\d.]+)\s*元?")
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
    """A month as the first of it. Takes 2026-03, 2026.3, 2026年3月; where the period is known
    that it lies in (`within`), also 3月 and 三月."""

    widget = MonthInput
    within: Period | None = None

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, date):
            return value or None
        match = MONTH_TEXT.fullmatch(value.strip())
        if match and 1 <= int(match[2]) <= 12 and int(match[1]) >= 1:
            return date(int(match[1]), int(match[2]), 1)
        if month := self._named(value.strip()):
            return month
        raise forms.ValidationError(f"没有“{value}”这个月，写成 2026-03 这样。", code="invalid")

    def _named(self, text: str) -> date | None:
        number = MONTH_NAMES.get(text.removesuffix("份").removesuffix("月"))
        known = self.within.months() if self.within else []
        found = [date(year, month, 1) for year, month in known if month == number]
        return found[0] if len(found) == 1 else None

    def prepare_value(self, value):
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class MoneyField(forms.DecimalField):
    """A sum in yuan, with what people write into it: 1,200, １２００元, ￥1200.50."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **kwargs):
        super().__init__(**({"max_digits": 10, "decimal_places": 2} | kwargs))

    def to_python(self, value):
        if isinstance(value, str):
            sum_of = MONEY_TEXT.fullmatch(unicodedata.normalize("NFKC", value).strip())
            value = sum_of[1].replace(",", "") if sum_of else value
        return super().to_python(value)


class QuickInput(forms.TextInput):
    """An input written without a template: lists show several on every request."""

    def __init__(self, input_type: str, attrs=None):
        super().__init__(attrs)
        self.input_type = input_type

    def render(self, name, value, attrs=None, renderer=None):
        own = {"type": self.input_type, "name": name, "value": self.format_value(value)}
        return format_html("<input{}>", flatatt(self.build_attrs(self.attrs, own | (attrs or {}))))


class PeriodField(forms.CharField):
    """The period in a page's address, carried along unseen. Empty means this year."""

    def __init__(self, **kwargs):
        kwargs = {"required": False, "label": "期间", "widget": QuickInput("hidden")} | kwargs
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return value.code if isinstance(value, Period) else value

    def clean(self, value) -> Period:
        text = super().clean(value)
        try:
            return Period.parse(text) if text else Period.current()
        except RuleBroken as refusal:
            raise forms.ValidationError(str(refusal)) from None


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows of a table; a key too long for any database is one that can't be read."""

    def clean(self, value):
        if any(len(str(key)) > LONGEST_KEY for key in value or ()):
            raise forms.ValidationError(self.error_messages["list"], code="list")
        return super().clean(value)


class ReasonField(forms.CharField):
    """Why something is done, no longer than the records keep it."""

    default_error_messages = {"max_length": TOO_LONG, "null_characters_not_allowed": NULL_INSIDE}

    def __init__(self, **kwargs):
        super().__init__(**({"max_length": LONGEST_REASON, "label": "原因"} | kwargs))


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; the value is a list of ReadyFile."""

    widget = SeveralFiles

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(self, value, initial=None) -> list[ReadyFile]:
        files = value if isinstance(value, list) else [value] if value else []
        try:
            check_sizes([(file.name, file.size) for file in files])
            return ready_files((file.name, file.read()) for file in files)
        except FileRefused as refusal:
            raise forms.ValidationError(list(refusal.args)) from None


class QuickSelect(forms.Select):
    """A select written without a template for each option: lists show several on every request."""

    def render(self, name, value, attrs=None, renderer=None):
        return format_html(
            "<select{}>{}</select>",
            flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})})),
            format_html_join("", "{}", ((part,) for part in self._parts(str(value or "")))),
        )

    def _parts(self, chosen: str) -> Iterator[SafeString]:
        """Options, and those that stand under one name."""
        for grouped, part in groupby(self.choices, lambda choice: isinstance(choice[1], list)):
            if grouped:
                named = ((name, _options(choices, chosen)) for name, choices in part)
                yield format_html_join("", '<optgroup label="{}">{}</optgroup>', named)
            else:
                yield _options(part, chosen)


def _options(choices: Iterable[tuple], chosen: str) -> SafeString:
    told = ((str(key), str(label)) for key, label in choices)
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((key, mark_safe(" selected" * (key == chosen)), label) for key, label in told),
    )


def filter_choice(label: str, empty: str, choices) -> forms.ChoiceField:
    """A filter of a list: its first entry says what one sees without it."""
    widget = QuickSelect(attrs={"aria-label": label})
    choices = [("", empty), *choices]
    sentences = {"invalid_choice": f"没有这样的{label}，重新选一个。"}
    return forms.ChoiceField(
        label="", required=False, choices=choices, widget=widget, error_messages=sentences
    )


def search_box(label: str) -> forms.CharField:
    widget = QuickInput("search", attrs={"placeholder": label})
    sentences = {"max_length": TOO_LONG}
    return forms.CharField(
        label=label, required=False, max_length=60, widget=widget, error_messages=sentences
    )
