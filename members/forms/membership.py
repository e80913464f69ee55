"""会籍变动 and 入会申请."""

from crispy_forms.layout import Div
from django import forms
from django.utils import timezone

from members.choices import EmploymentStatus
from members.forms.fields import PersonPicker, SuggestInput
from members.models import Application, UnionGroup
from members.queries.changes import KINDS
from members.rules.moves import MOVES, RETIREMENTS, MembershipMove
from unionoffice.fields import (
    DayField,
    FilesField,
    PeriodField,
    ReasonField,
    RowsField,
    filter_choice,
    search_box,
)
from unionoffice.forms import PlainWords, chips, plain_helper
from unionoffice.list_filters import ListFilter

STAYS = [("", "保留会籍"), ("stays", "仍然在册")]
STAYS_RETAINED = [("", "恢复在册"), ("stays", "仍然保留会籍")]
IN_ADDRESS = {"group": "to_group"}
DAY_HELP = {
    "join": "委员会批准的那天",
    "die": "去世那天；会籍、职务到前一天为止",
    "retire": "从这天起是退休",
    "return": "从这天起回来上班",
}


def group_field(label: str = "编到哪个小组") -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label, queryset=UnionGroup.objects.none(), required=False, empty_label="以后再编"
    )


class MembershipMoveForm(PlainWords, forms.Form):
    """What `step`, named `move`, asks. `chooses`: the 会籍 may stay as it is. `groups`: the groups
    that there are now. `areas`: the words for where someone lives; None: it is not asked."""

    since = DayField(error_messages={"required": "写上从哪天起。"})
    work = forms.ChoiceField(
        label="哪一种",
        choices=[(work.value, EmploymentStatus(work).label) for work in RETIREMENTS],
        initial=EmploymentStatus.RETIRED.value,
        widget=forms.RadioSelect,
    )
    stays = forms.ChoiceField(
        label="会籍", choices=STAYS, required=False, initial="", widget=forms.RadioSelect
    )
    union = forms.CharField(max_length=60)
    area = forms.CharField(
        label="居住片区",
        max_length=40,
        required=False,
        help_text="退休以后住哪一片，好编小组、上门看望；不知道就空着",
    )
    group = group_field()
    note = ReasonField(label="说明", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, *args, move: str, step: MembershipMove, chooses: bool, groups, areas=None, **kwargs
    ):
        super().__init__(*args, **kwargs)
        leaves = bool(step.exit)
        self.fields["since"].label = "从哪天起不再是会员" if leaves else "从哪天起"
        if move == "die":
            self.fields["since"].label = "哪天去世"
        self.fields["since"].help_text = DAY_HELP.get(move, "这天以前的名册和数字不会变")
        self.fields["since"].initial = timezone.localdate
        if step.target == "active":
            self.fields["stays"].choices = STAYS_RETAINED
        self.fields["group"].queryset = groups
        if step not in (MOVES["join"], MOVES["transfer_in"]):
            self.fields["group"].label = "换到哪个小组"
            self.fields["group"].empty_label = "不换"
        if step.needs_reason:
            self.fields["note"].required = True
            self.fields["note"].label = "原因和依据"
            self.fields["note"].error_messages["required"] = "写明原因和依据，以后才查得到。"
        if step.union_label:
            self.fields["union"].label = step.union_label
            self.fields["union"].error_messages["required"] = f"写上{step.union_label}。"
        if not step.dated:
            self.fields["note"].label = "怎么记错的"
            self.fields["note"].help_text = "例如：和另一位同名的记混了"
        self._keep(
            since=step.dated,
            work=move == "retire",
            stays=chooses,
            union=bool(step.union_label),
            area=areas is not None,
            group=step.to_group,
        )
        if areas is not None:
            self.fields["area"].widget = SuggestInput(areas, self.fields["area"].widget.attrs)

    def _keep(self, **asked: bool) -> None:
        for name, needed in asked.items():
            if not needed:
                del self.fields[name]
        short = {"work", "stays"}
        self.helper = plain_helper(
            *(chips(name) if name in short else name for name in self.fields)
        )

    @property
    def answers(self) -> dict:
        """What actions.move_member takes besides the member, the move and who does it."""
        stays = bool(self.cleaned_data.get("stays"))
        return {"since": timezone.localdate(), **self.cleaned_data, "stays": stays}


class MoveTogetherForm(MembershipMoveForm):
    """The same of many at once, asked in the address of their list, where `group` is a filter."""

    def add_prefix(self, field_name):
        return IN_ADDRESS.get(field_name, field_name)


def move_together_form(address, *, move: str, step: MembershipMove, groups) -> MoveTogetherForm:
    """Filled where the address answers it; `again`: to be answered once more."""
    about = {"move": move, "step": step, "chooses": step.may_stay, "groups": groups}
    blank = MoveTogetherForm(**about)
    names = {name: blank.add_prefix(name) for name in blank.fields}
    if "since" in address and "again" not in address:
        return MoveTogetherForm(address, **about)
    initial = {name: address[key] for name, key in names.items() if key in address}
    return MoveTogetherForm(initial=initial, **about)


class OwnApplicationForm(PlainWords, forms.ModelForm):
    """A colleague asks to join."""

    class Meta:
        model = Application
        fields = ["reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"reason": "可以不填"}

    helper = plain_helper()


class ApplicationForm(PlainWords, forms.ModelForm):
    """The office hands in a paper application. `people`: who may join."""

    files = FilesField(label="申请表的照片或扫描件")

    class Meta:
        model = Application
        fields = ["member", "applied_on", "reason"]
        field_classes = {"applied_on": DayField}
        labels = {"member": "谁申请", "applied_on": "哪天申请的"}
        help_texts = {"applied_on": "申请书上的日期", "reason": "可以不填"}
        widgets = {"member": PersonPicker, "reason": forms.Textarea(attrs={"rows": 2})}
        error_messages = {
            "member": {
                "required": "写上是谁，从找到的人里选一位；名册里没有的，先加进名册。",
                "invalid_choice": "这个人已经是会员，或者已经有一份申请在等，不用再登记。",
            },
            "applied_on": {"required": "写上哪天申请的。"},
        }

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = people
        self.fields["applied_on"].initial = timezone.localdate
        self.fields["files"].widget.attrs["class"] = "form-control"
        self.helper = plain_helper("member", "applied_on", "reason")


class ApprovalForm(PlainWords, forms.Form):
    """The committee's decision on those ticked. `waiting`: whom it may be about."""

    chosen = RowsField(
        queryset=None,
        error_messages={
            "required": "一个人都没有选，先勾上。",
            "invalid_choice": "勾上的人里有已经办过的，刷新看最新情况。",
            "invalid_pk_value": "勾上的人里有看不懂的一项，刷新再勾。",
            "list": "勾上的人看不懂，刷新再勾。",
        },
    )
    since = DayField(
        label="委员会批准的日期",
        help_text="会籍从这天算起",
        error_messages={"required": "写上委员会批准的日期。"},
    )
    group = group_field("编到哪个小组")

    def __init__(self, *args, waiting, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = waiting
        self.fields["since"].initial = timezone.localdate
        self.fields["group"].queryset = groups
        self.helper = plain_helper(Div("since", "group", css_class="two even"))


class DeclineForm(forms.Form):
    answer = ReasonField(
        label="为什么不同意",
        error_messages={"required": "写明为什么不同意，申请人看得到。"},
    )


class PaperForm(forms.Form):
    """The signed paper, handed in later."""

    files = FilesField(label="申请表的照片或扫描件")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].widget.attrs["class"] = "form-control"

    def clean_files(self):
        if not self.cleaned_data["files"]:
            raise forms.ValidationError("还没有选文件，选好再附上。")
        return self.cleaned_data["files"]


class ChangeFilter(ListFilter):
    """Of which period, who, and what changed."""

    q = search_box("姓名、拼音、工号、尾号")
    kind = filter_choice("变动", "各种变动", [(kind, kind) for kind in KINDS])
    period = PeriodField()

    @property
    def narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "kind"))

    def chosen(self, changes: list) -> list:
        kind = self.cleaned_data["kind"]
        return [each for each in changes if each.what == kind] if kind else changes
