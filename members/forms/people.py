"""One person on the roster."""

from crispy_forms.layout import Div
from django import forms
from django.utils import timezone

from members.actions import PLACES
from members.choices import EmploymentStatus, Gender, MembershipStatus
from members.forms.fields import PartialDateField, phone_number
from members.models import Department, Member, UnionGroup
from members.queries import perhaps_known
from unionoffice.fields import DayField
from unionoffice.forms import PlainWords, chips, plain_helper

STATUS_CHOICES = [*MembershipStatus.choices, ("", "不是会员")]
EMPLOYMENT_CHOICES = [("", "没有记"), *EmploymentStatus.choices]


class MemberForm(PlainWords, forms.ModelForm):
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
        help_texts = {"staff_no": "登录时用", "phone": "没有工号时用它登录，座机带区号"}

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

    def clean_phone(self):
        """What stands there already may stay as it is."""
        text = self.cleaned_data["phone"]
        return text if text == self.initial.get("phone") else phone_number(text)


class MemberCreateForm(MemberForm):
    """Asks about whoever seems to be on the roster already; `known` are these people."""

    another = forms.BooleanField(label="不是同一个人，照样加进名册", required=False)
    known: tuple[Member, ...] = ()

    def layout(self) -> list:
        return [*(["another"] if self._asking else []), *super().layout()]

    @property
    def _asking(self) -> bool:
        """Nobody can be added with the 工号 of someone else."""
        number = self.cleaned_data.get("staff_no") if self.known else None
        return bool(self.known) and all(not number or p.staff_no != number for p in self.known)

    def clean(self):
        data = super().clean()
        if data.get("name"):
            own = {name: data.get(name) for name in ("name", "staff_no", "phone", "birth")}
            precision = self.instance.birth_precision
            self.known = tuple(perhaps_known(Member(**own, birth_precision=precision)))
        if self._asking:
            self.helper = plain_helper(*self.layout())
            if not data.get("another"):
                self.add_error("another", "看看是不是同一个人；不是的话勾上，再加一次。")
        return data


class MemberUpdateForm(MemberForm):
    """With the day from which a new 会籍, work, group or department holds. The page carries along
    what it showed: what someone else changed meanwhile doesn't count as changed here."""

    since = DayField(
        label="会籍、在岗、小组、部门的变动从哪天起",
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
