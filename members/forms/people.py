"""One person on the roster."""

from crispy_forms.layout import Div
from django import forms
from django.utils import timezone

from members.actions import PLACES
from members.choices import EmploymentStatus, Gender, MembershipStatus
from members.forms.fields import PartialDateField
from members.models import Department, Member, UnionGroup
from unionoffice.fields import DayInput
from unionoffice.forms import chips, plain_helper

STATUS_CHOICES = [*MembershipStatus.choices, ("", "不是会员")]
EMPLOYMENT_CHOICES = [("", "没有记"), *EmploymentStatus.choices]


class MemberForm(forms.ModelForm):
    """The person's own fields, and what the person is: 会籍, work, group, department."""

    birth = PartialDateField(label="出生日期")
    status = forms.ChoiceField(
        label="会籍",
        choices=STATUS_CHOICES,
        required=False,
        widget=forms.RadioSelect,
        initial=MembershipStatus.ACTIVE.value,
    )
    joined = PartialDateField(label="入会时间", help_text="不知道就空着，算作一直是会员")
    employment = forms.ChoiceField(label="在岗情况", choices=EMPLOYMENT_CHOICES, required=False)
    group = forms.ModelChoiceField(
        label="工会小组", queryset=UnionGroup.objects.all(), required=False, empty_label="没有"
    )
    department = forms.ModelChoiceField(
        label="部门", queryset=Department.objects.all(), required=False, empty_label="没有"
    )

    class Meta:
        model = Member
        fields = ["name", "gender", "birth", "staff_no", "phone", "ethnicity", "party"]
        fields += ["title", "post", "note"]
        widgets = {"gender": forms.RadioSelect}
        error_messages = {"staff_no": {"unique": "这个工号已经有人用了，核对一下。"}}
        help_texts = {"staff_no": "登录时用", "phone": "没有工号时用它登录"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gender"].choices = [*Gender.choices, ("", "没有记")]
        self.helper = plain_helper(*self.layout())
        if self.instance.pk:
            self.initial["birth"] = (self.instance.birth, self.instance.birth_precision)

    def layout(self) -> list:
        return [
            Div("name", chips("gender"), css_class="two even"),
            Div("staff_no", "phone", css_class="two even"),
            chips("status"),
            Div("joined", "employment", css_class="two even"),
            Div("group", "department", css_class="two even"),
            Div("birth", "title", css_class="two even"),
            Div("post", "party", css_class="two even"),
            Div("ethnicity", "note", css_class="two even"),
        ]

    def clean_birth(self):
        day, precision = self.cleaned_data["birth"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("出生日期还没到，核对一下年份。")
        self.instance.birth_precision = precision.value
        return day

    def clean_joined(self):
        day, _ = self.cleaned_data["joined"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("入会时间还没到，核对一下年份。")
        return self.cleaned_data["joined"]

    def clean_staff_no(self):
        return self.cleaned_data["staff_no"] or None


class MemberUpdateForm(MemberForm):
    """With the day from which a new 会籍, work, group or department holds. The page carries along
    what it showed: what someone else changed meanwhile doesn't count as changed here."""

    since = forms.DateField(
        label="会籍、在岗、小组、部门的变动从哪天起",
        widget=DayInput(),
        help_text="这一天以前的名册不会变",
        error_messages={"required": "写上变动从哪天起。"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def layout(self) -> list:
        first, rest = super().layout()[:5], super().layout()[5:]
        return [*first, "since", *rest]

    @property
    def seen(self) -> list[str]:
        """What the page showed, as hidden fields."""
        return [field.as_hidden(only_initial=True) for field in self]

    @property
    def changes(self) -> dict:
        """What actions.update_member takes."""
        data, changed = self.cleaned_data, set(self.changed_data)
        return {
            "fields": [
                *(changed & set(self._meta.fields)),
                *(["birth_precision"] if "birth" in changed else ()),
            ],
            "since": data["since"],
            "places": {name: data[name] for name in PLACES if name in changed},
            "joined": data["joined"] if "joined" in changed else None,
        }
