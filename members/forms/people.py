"""One person on the roster."""

from collections.abc import Collection

from crispy_forms.layout import TEMPLATE_PACK, Div
from django import forms
from django.template.loader import render_to_string
from django.utils import timezone

from members.actions import PLACES
from members.choices import (
    Contract,
    EmploymentStatus,
    Gender,
    MembershipStatus,
    RetirementLine,
)
from members.folding import number_key
from members.forms.fields import (
    KeepsPhone,
    PartialDateField,
    SuggestInput,
    likely_birth,
    person_name,
    staff_number,
)
from members.models import Department, Member
from members.models.people import STAFF_NO_TAKEN
from members.names import corrected
from members.queries import groups_there, perhaps_known, sharing_phone, undated_begin
from members.queries.accounts import is_number_of_another
from members.queries.person import suggestions
from members.rules.ages import day_doubts
from members.words import usual
from unionoffice.concurrent import as_text, overtaken
from unionoffice.fields import DayField, ReasonField
from unionoffice.forms import PlainWords, chips, plain_helper

STATUS_CHOICES = [*MembershipStatus.choices, ("", "不是会员")]
EMPLOYMENT_CHOICES = [("", "没有记"), *EmploymentStatus.choices]
TEACHER_CHOICES = [("True", "是"), ("False", "不是"), ("", "没有记")]
DATES = ("birth", "work_began", "arrived")
# what becomes of someone whose 入会时间 is left out: before the first roster has landed, and later
UNDATED = {
    True: "不知道就空着，按到校、参加工作的时间起算；都没有，算作一直是会员",
    False: "不知道就空着，从今天起算会员，以前各年的人数不变",
}


class Part(Div):
    """Fields under a title that opens them; open by itself when one of them is wrong."""

    def __init__(self, title: str, hint: str, *fields):
        super().__init__(*fields)
        self.title, self.hint = title, hint

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        wrong = any(pointer.name in form.errors for pointer in self.get_field_names())
        told = {"title": self.title, "hint": self.hint, "fields": fields, "open": wrong}
        return render_to_string("members/form_part.html", told)


def two(*fields) -> Div:
    return Div(*fields, css_class="two even")


class MemberForm(KeepsPhone, PlainWords, forms.ModelForm):
    """The person's own fields, and what the person is: work, group, department. Asks about
    `known`, people of the roster who have the same name or number, before it goes on."""

    known: tuple[Member, ...] = ()

    birth = PartialDateField(label="出生日期")
    work_began = PartialDateField(label="参加工作时间", help_text="")
    arrived = PartialDateField(label="到校时间", help_text="")
    is_teacher = forms.TypedChoiceField(
        label="专任教师",
        choices=TEACHER_CHOICES,
        coerce=lambda value: value == "True",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    joined = PartialDateField(
        label="入会时间", help_text="不知道就空着，按到校、参加工作的时间起算"
    )
    employment = forms.ChoiceField(label="在岗情况", choices=EMPLOYMENT_CHOICES, required=False)
    group = forms.ModelChoiceField(
        label="工会小组", queryset=groups_there(), required=False, empty_label="没有"
    )
    department = forms.ModelChoiceField(
        label="部门", queryset=Department.objects.all(), required=False, empty_label="没有"
    )
    pinyin = forms.CharField(
        label="姓名的拼音",
        required=False,
        max_length=120,
        help_text="排序和查找用，自动写的；读音不对才改，一个字一个音节，例如 wei ming",
    )

    class Meta:
        model = Member
        fields = ["name", "gender", "birth", "staff_no", "phone", "ethnicity", "party", "title"]
        fields += ["post", "campus", "is_teacher", "contract", "education", "work_began"]
        fields += ["arrived", "retirement_line", "card_no", "hobbies", "area", "note"]
        widgets = {"gender": forms.RadioSelect, "contract": forms.RadioSelect}
        help_texts = {
            "name": "少数民族、外国人的名字中间用 ·",
            "staff_no": "登录时用",
            "phone": "没有工号时用它登录，座机带区号",
            "retirement_line": "只有女职工要选；不选的话，专业技术人员按原 55 岁算",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gender"].choices = [*Gender.choices, ("", "没有记")]
        self.fields["contract"].choices = [*Contract.choices, ("", "没有记")]
        self.fields["retirement_line"].choices = [("", "没有选"), *RetirementLine.choices]
        for name, words in suggestions().items():
            self.fields[name].widget = SuggestInput(words, self.fields[name].widget.attrs)
        self.helper = plain_helper(*self.layout())
        if self.instance.pk:
            for name in DATES:
                known = getattr(self.instance, name), getattr(self.instance, f"{name}_precision")
                self.initial[name] = known
            self.initial["pinyin"] = self.instance.pinyin

    def layout(self) -> list:
        asked = ["another"] if self._asking else []
        return [*asked, *self.main_layout(), *self.parts()]

    @property
    def _asking(self) -> bool:
        """Nobody can have the 工号 of someone else."""
        number = self.cleaned_data.get("staff_no") if self.known else None
        theirs = {number_key(person.staff_no or "") for person in self.known}
        return bool(self.known) and (not number or number_key(number) not in theirs)

    def ask_about(self, known: Collection[Member], question: str) -> None:
        self.known = tuple(known)
        if self._asking:
            self.helper = plain_helper(*self.layout())
            if not self.cleaned_data.get("another"):
                self.add_error("another", question)

    def main_layout(self) -> list:
        return [
            two("name", chips("gender")),
            two("staff_no", "phone"),
            two("birth", "post"),
            *self.standing_layout(),
            two("group", "department"),
        ]

    def standing_layout(self) -> list:
        return [two("joined", "employment")]

    def parts(self) -> list:
        return [
            Part(
                "工作",
                "职称、校区、专任教师、用工形式、学历、到校时间、退休年龄",
                two("title", "campus"),
                two(chips("is_teacher"), chips("contract")),
                two("education", "retirement_line"),
                two("work_began", "arrived"),
            ),
            Part(
                "其他",
                "民族、政治面貌、特长爱好、居住片区、会员证号、拼音、备注",
                two("ethnicity", "party"),
                two("hobbies", "area"),
                two("card_no", "pinyin"),
                "note",
            ),
        ]

    def clean_name(self):
        """What stands there already may stay as it is."""
        text = self.cleaned_data["name"]
        return text if text == self.initial.get("name") else person_name(text)

    def clean_birth(self):
        """What stands there already may stay as it is."""
        kept = self.cleaned_data["birth"] == self.initial.get("birth")
        day = self._past("birth")
        return day if kept else likely_birth(day)

    def clean_work_began(self):
        return self._past("work_began")

    def clean_arrived(self):
        return self._past("arrived")

    def _past(self, name: str):
        """The day; how exactly it is known goes to the person."""
        day, precision = self.cleaned_data[name]
        if day and day > timezone.localdate():
            raise forms.ValidationError(f"{self.fields[name].label}还没到，核对一下年份。")
        setattr(self.instance, f"{name}_precision", precision.value)
        return day

    def clean_joined(self):
        day, _ = self.cleaned_data["joined"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("入会时间还没到，核对一下年份。")
        return self.cleaned_data["joined"]

    def clean_staff_no(self):
        """What stands there already may stay as it is."""
        text = self.cleaned_data["staff_no"]
        return text if text == self.initial.get("staff_no") else staff_number(text or "") or None

    def clean_ethnicity(self):
        return usual("ethnicity", self.cleaned_data["ethnicity"])

    def clean_party(self):
        return usual("party", self.cleaned_data["party"])

    def clean(self):
        data = super().clean()
        self._check_days(data)
        if data.get("retirement_line") and data.get("gender") == Gender.MALE:
            self.add_error("retirement_line", "男职工都是一样的退休年龄，这一项空着。")
        text = data.get("pinyin", "")
        if text and data.get("name") and text != self.initial.get("pinyin"):
            data["pinyin"] = " ".join(corrected(text, data["name"]) or ())
            if not data["pinyin"]:
                self.add_error("pinyin", "拼音要一个字一个音节，中间空一格，例如 zeng xiao yan。")
        return data

    def _refuse_number_of_another(self, data: dict) -> None:
        """Last of all: a field that is refused has no value any more."""
        number = data.get("staff_no") if "staff_no" in self.changed_data else None
        if number and is_number_of_another(number, self.instance):
            self.add_error("staff_no", STAFF_NO_TAKEN)

    def _check_days(self, data: dict) -> None:
        """A day that contradicts another one."""
        days = {
            "work_began": (data.get("work_began"), self.instance.work_began_precision),
            "arrived": (data.get("arrived"), self.instance.arrived_precision),
            "joined": data.get("joined") or (None, ""),
        }
        for name, sentence in day_doubts(data.get("birth"), days):
            self.add_error(name, sentence)


class MemberCreateForm(MemberForm):
    """Asks about whoever seems to be on the roster already."""

    status = forms.ChoiceField(
        label="会籍",
        choices=STATUS_CHOICES,
        required=False,
        widget=forms.RadioSelect,
        initial=MembershipStatus.ACTIVE.value,
    )
    employment = forms.ChoiceField(
        label="在岗情况",
        choices=EmploymentStatus.choices,
        required=False,
        initial=EmploymentStatus.WORKING.value,
    )
    another = forms.BooleanField(label="不是同一个人，照样加进名册", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["joined"].help_text = UNDATED[undated_begin() is None]

    def standing_layout(self) -> list:
        return [chips("status"), *super().standing_layout()]

    def clean_employment(self) -> str:
        """Who stands on the roster works here, unless someone says otherwise."""
        return self.cleaned_data["employment"] or EmploymentStatus.WORKING

    def clean(self):
        data = super().clean()
        if data.get("name"):
            own = {name: data.get(name) for name in ("name", "staff_no", "phone", "birth")}
            precision = self.instance.birth_precision
            known = perhaps_known(Member(**own, birth_precision=precision))
            self.ask_about(known, "看看是不是同一个人；不是的话勾上，再加一次。")
        self._refuse_number_of_another(data)
        return data


class MemberUpdateForm(MemberForm):
    """With the day from which a new work, group or department holds. The page carries along what it
    showed: what someone else changed meanwhile doesn't count as changed here.

    The 会籍, and work where a move leads on from it, change by members.rules.moves alone. `works`: what
    the employment may be corrected to.
    """

    since = DayField(
        label="在岗、小组、部门的变动从哪天起",
        help_text="这一天以前的名册不会变",
        error_messages={"required": "写上变动从哪天起。"},
    )
    another = forms.BooleanField(label="两个人合用这个手机，照样改", required=False)

    def __init__(self, *args, works: Collection[str], **kwargs):
        self.works = works
        super().__init__(*args, **kwargs)
        offered = [(value, label) for value, label in EMPLOYMENT_CHOICES if value in works]
        self.fields["employment"].choices = offered
        for name in {"joined", "employment"} - set(self._standing()):
            del self.fields[name]
        for field in self.fields.values():
            field.show_hidden_initial = True

    def _standing(self) -> list[str]:
        """The day of the first 会籍 can be corrected where there is one."""
        joined = ["joined"] if self.initial.get("joined") else []
        return [*joined, *(["employment"] if self.works else [])]

    def standing_layout(self) -> list:
        standing = self._standing()
        return [two(*standing)] if standing else []

    def main_layout(self) -> list:
        return [*super().main_layout(), "since"]

    def clean(self):
        data = super().clean()
        for name in [name for name in self.changed_data if self._was_overtaken(name)]:
            self.add_error(name, overtaken(self, name))
            self.data = self.data.copy()
            self.data[self.add_initial_prefix(name)] = self._stored(name)
        if data.get("phone") and "phone" in self.changed_data:
            others = sharing_phone(self.instance, data["phone"])
            self.ask_about(others, "看看手机写对没有；两个人合用的话勾上，再存一次。")
        self._refuse_number_of_another(data)
        return data

    def _was_overtaken(self, name: str) -> bool:
        """Whether someone else changed it too since the page was opened, and to something else."""
        shown, typed = self.add_initial_prefix(name), self.data.get(self.add_prefix(name), "")
        return shown in self.data and self._stored(name) not in (self.data[shown], typed.strip())

    def _stored(self, name: str) -> str:
        field = self.fields[name]
        return as_text(field.prepare_value(self.get_initial_for_field(field, name)))

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
                *(f"{name}_precision" for name in DATES if name in changed),
            ],
            "since": data["since"],
            "places": {name: data[name] for name in PLACES if name in changed},
            "joined": data["joined"] if "joined" in changed else None,
            "reading": data["pinyin"] if "pinyin" in changed else None,
        }


class DropPersonForm(PlainWords, forms.Form):
    reason = ReasonField(
        label="为什么删掉",
        help_text="例如：和另一位重名，加重了",
        error_messages={"required": "写上为什么删掉，例如：加重了。"},
    )

    helper = plain_helper()
