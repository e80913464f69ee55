"""Fields of the roster's forms: a date known only in part, a phone, a person from the roster."""

import re
import unicodedata
from datetime import date

from django import forms
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from members.roster_reader.cells import plain
from members.roster_reader.names import read_name
from members.roster_reader.values import STAFF_NO
from members.rules.ages import OLDEST, YOUNGEST_WORKER, age_on
from unionoffice.periods import Precision, iso_date

PARTIAL = re.compile(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?|年)?")
BORN, LATELY = "1986-04-12", "2026-09-10"  # a day to show how it is written

MOBILE = re.compile(r"(?:\+?86)?(1\d{10})")
LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d\d))(\d{7,8})")  # area code, number


def phone_number(text: str) -> str:
    """13800004471 or 0596-2881234, however it was typed: blanks, dashes, full-width digits."""
    digits = re.sub(r"[\s\-—–()]", "", unicodedata.normalize("NFKC", text))
    if match := MOBILE.fullmatch(digits):
        return match[1]
    if match := LANDLINE.fullmatch(digits):
        return "-".join(match.groups())
    if digits:
        raise forms.ValidationError("手机写 11 位，1 开头；座机带区号，例如 0596-2881234。")
    return ""


class KeepsPhone:
    """A form with a phone: what stands there already may stay as it is."""

    def clean_phone(self):
        text = self.cleaned_data["phone"]
        return text if text == self.initial.get("phone") else phone_number(text)


def staff_number(text: str) -> str:
    """As in a roster file: half-width, without blanks."""
    number = plain(text)
    if number and not STAFF_NO.fullmatch(number):
        raise forms.ValidationError("工号用数字、字母和短横线写，最多 20 位。")
    return number


def likely_birth(day: date | None) -> date | None:
    """The day, as long as a colleague of that age can be."""
    if not day:
        return None
    today = timezone.localdate()
    age = age_on(today, day)
    if day > today:
        raise forms.ValidationError("出生日期还没到，核对一下年份。")
    if age < YOUNGEST_WORKER:
        raise forms.ValidationError(f"按出生日期今年才 {age} 岁，核对一下年份。")
    if age > OLDEST:
        raise forms.ValidationError(f"按出生日期已经 {age} 岁，核对一下年份。")
    return day


class PartialDateField(forms.CharField):
    """1986, 1986-04 or 1986-04-12: gives (first day of what is known or None, its precision).
    `example`: a day such as is written here."""

    def __init__(self, example: str = BORN, **kwargs):
        self.example = f"写成 {example}；只知道年月写 {example[:7]}，只知道年份写 {example[:4]}"
        kwargs.setdefault("help_text", self.example)
        kwargs.setdefault("error_messages", {"max_length": f"看不懂，{self.example}。"})
        super().__init__(required=False, max_length=20, **kwargs)

    def clean(self, value) -> tuple[date | None, Precision]:
        text = super().clean(value)
        if not text:
            return None, Precision.DAY
        match = PARTIAL.fullmatch(text)
        if not match:
            raise forms.ValidationError(f"看不懂“{text}”，{self.example}。")
        year, month, day = match.groups()
        try:
            found = date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise forms.ValidationError(f"没有“{text}”这一天，{self.example}。") from None
        return found, Precision.DAY if day else Precision.MONTH if month else Precision.YEAR

    def prepare_value(self, value):
        return iso_date(*value) if isinstance(value, tuple) else value


class SuggestInput(forms.TextInput):
    """A text field that offers words; any other may be written as well."""

    def __init__(self, words=(), attrs=None):
        super().__init__(attrs)
        self.words = words

    def render(self, name, value, attrs=None, renderer=None):
        key = f"words_{name}"
        field = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((w,) for w in self.words))
        return field + format_html('<datalist id="{}">{}</datalist>', key, options)


def person_name(text: str) -> str:
    """A name in any script, cleaned as in a roster file; a remark in brackets belongs elsewhere."""
    read = read_name(text)
    if read.refusal:
        raise forms.ValidationError(f"{read.refusal}，写成身份证上的样子。")
    if read.remark:
        raise forms.ValidationError(f"姓名里的“{read.remark}”写到备注里。")
    return read.name


class PersonPicker(forms.HiddenInput):
    """Someone from the roster, found by typing; js/picker.js fills the hidden field."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.input_type = "text"  # crispy would leave the label of a hidden field out

    def render(self, name, value, attrs=None, renderer=None):
        """By a template of ours: Django's renderer of forms knows only its own."""
        people = self.choices.queryset  # whom the field takes
        chosen = people.filter(pk=value).first() if str(value or "").isdecimal() else None
        context = self.get_context(name, value, attrs) | {"chosen": chosen}
        return render_to_string("members/person_picker.html", context)
