"""The own entry: what one changes at once, and what one asks the office to correct."""

from crispy_forms.layout import Div
from django import forms
from django.utils import timezone

from members.choices import REQUESTED, Gender
from members.corrections import CORRECTED, DAYS, OWN_FIELDS, PLACES, as_text
from members.forms.fields import (
    KeepsPhone,
    PartialDateField,
    SuggestInput,
    likely_birth,
    person_name,
    staff_number,
)
from members.models import Department, Member
from members.queries import groups_there, sharing_phone
from members.queries.person import suggestions
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import DayField, FilesField, ReasonField
from unionoffice.forms import PlainWords, chips, plain_helper

SHARED_PHONE = "名册里还有人用这个手机。看看写对没有；两个人合用的话勾上，再存一次。"
ASKED = (*CORRECTED, *PLACES)
SHARED_BY = 5  # people, before a word of theirs is offered to others


class OwnEntryForm(KeepsPhone, PlainWords, ConcurrentForm):
    """Asks before it takes a phone that someone else has; does not tell who."""

    another = forms.BooleanField(label="两个人合用这个手机，照样改", required=False)

    class Meta:
        model = Member
        fields = OWN_FIELDS
        help_texts = {
            "phone": "没有工号的用它登录；座机带区号",
            "hobbies": "会什么、喜欢什么，办活动时好找您，例如 乒乓球、书法、主持",
            "area": "退休以后住哪一片，好编小组、上门看望，例如 城东",
        }

    helper = plain_helper(*OWN_FIELDS, "seen")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _suggest(self)

    def clean(self):
        data = super().clean()
        phone = data.get("phone")
        if phone and phone != self.initial.get("phone") and sharing_phone(self.instance, phone):
            self.helper = plain_helper("phone", "another", *OWN_FIELDS[1:], "seen")
            if not data.get("another"):
                self.add_error("another", SHARED_PHONE)
        return data


class CorrectionForm(PlainWords, forms.ModelForm):
    """Shows what is stored; `changes` is what was typed over it."""

    birth = PartialDateField(label="出生日期")
    work_began = PartialDateField(label="参加工作时间", help_text="")
    arrived = PartialDateField(label="到校时间", help_text="")
    department = forms.ModelChoiceField(
        label=REQUESTED["department"],
        queryset=Department.objects.all(),
        to_field_name="name",
        required=False,
        empty_label="没有记",
    )
    group = forms.ModelChoiceField(
        label=REQUESTED["group"],
        queryset=None,
        to_field_name="name",
        required=False,
        empty_label="没有编组",
    )
    note = ReasonField(
        label="说明",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="会籍、职务不对的，写在这里；换了部门、小组的，写上从哪天起",
    )
    files = FilesField(label="证明")

    class Meta:
        model = Member
        fields = CORRECTED
        widgets = {"gender": forms.RadioSelect}
        error_messages = {
            "staff_no": {"unique": "这个工号名册里是别人的，核对一下；没有写错的话写在说明里。"}
        }

    helper = plain_helper(
        Div("name", "staff_no", css_class="two even"),
        Div("department", "group", css_class="two even"),
        chips("gender"),
        Div("birth", "ethnicity", css_class="two even"),
        Div("party", "education", css_class="two even"),
        Div("title", "post", css_class="two even"),
        Div("work_began", "arrived", css_class="two even"),
        "campus",
        "note",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.shown = {field: as_text(self.instance, field) for field in ASKED}
        self.fields["group"].queryset = groups_there(timezone.localdate())
        for field in PLACES:
            self.initial[field] = self.shown[field]
        _suggest(self)
        self.fields["gender"].choices = [*Gender.choices, ("", "没有记")]
        for field in DAYS:
            precision = getattr(self.instance, f"{field}_precision")
            self.initial[field] = (getattr(self.instance, field), precision)

    def clean(self):
        data = super().clean()
        for field in DAYS & data.keys():
            day, precision = data[field]
            if day and day > timezone.localdate():
                self.add_error(field, f"{self.fields[field].label}还没到，核对一下年份。")
                continue
            data[field] = day
            setattr(self.instance, f"{field}_precision", precision.value)
        return data

    def clean_birth(self):
        """What stands there already may stay as it is."""
        known = self.cleaned_data["birth"]
        if known != self.initial["birth"]:
            likely_birth(known[0])
        return known

    def clean_name(self):
        text = self.cleaned_data["name"]
        return text if text == self.shown["name"] else person_name(text)

    def clean_staff_no(self):
        text = self.cleaned_data["staff_no"] or ""
        return (text if text == self.shown["staff_no"] else staff_number(text)) or None

    @property
    def changes(self) -> dict[str, list[str]]:
        """{field: [shown, right]} of the fields that say something else now."""
        right = {field: as_text(self.instance, field) for field in CORRECTED}
        right |= {f: place.name if (place := self.cleaned_data[f]) else "" for f in PLACES}
        return {f: [self.shown[f], right[f]] for f in ASKED if right[f] != self.shown[f]}


def _suggest(form: forms.ModelForm) -> None:
    """To colleagues no word that may tell of a single one."""
    for name, words in suggestions(shared_by=SHARED_BY).items():
        if name in form.fields:
            field = form.fields[name]
            field.widget = SuggestInput(words, field.widget.attrs)


class DeclineForm(PlainWords, forms.Form):
    reason = ReasonField(
        label="为什么不改",
        error_messages={"required": "不改要写原因，本人看得到，例如：以身份证上的为准。"},
    )


class AcceptForm(PlainWords, forms.Form):
    since = DayField(label="部门、小组从哪天起", required=False)
