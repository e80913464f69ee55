"""What is done with the people that were ticked on the roster."""

from dataclasses import dataclass

from django import forms
from django.utils import timezone

from members.exporters.roster import COLUMNS
from members.models import Department, UnionGroup
from unionoffice.fields import TOO_LONG, DayField
from unionoffice.forms import PlainWords, chips, plain_helper

NOWHERE = "none"
LONGEST_MESSAGE = 300


@dataclass(frozen=True)
class Place:
    """What people are moved between: `column` of `model` holds it, `named` its name."""

    column: str
    model: type
    named: str
    word: str
    nowhere: str


class PlaceForm(PlainWords, forms.Form):
    """Where to, and from which day on. `places` is a queryset of what one can be moved to."""

    GROUP = Place("group", UnionGroup, "group_name", "小组", "不编在任何小组")
    DEPARTMENT = Place("department", Department, "department_name", "部门", "不属于任何部门")

    to = forms.ChoiceField()
    since = DayField(label="从哪天起", help_text="那天以前的名册不变")

    helper = plain_helper()

    def __init__(self, data=None, *, kind: Place, places):
        super().__init__(data, initial={"since": timezone.localdate()})
        self.kind = kind
        self._places = {str(place.pk): place for place in places}
        names = [(pk, str(place)) for pk, place in self._places.items()]
        self.fields["to"].label = f"调到哪个{kind.word}"
        self.fields["to"].choices = [("", "选一个"), *names, (NOWHERE, kind.nowhere)]

    def clean_to(self):
        """The place itself; None: nowhere."""
        return self._places.get(self.cleaned_data["to"])


class MessageForm(PlainWords, forms.Form):
    text = forms.CharField(
        label="写什么",
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"最多 {LONGEST_MESSAGE} 字。放在对方的首页上，看过点“知道了”才收起。",
        error_messages={"required": "通知是空的，写上要说的话。", "max_length": TOO_LONG},
    )

    helper = plain_helper()


class ColumnsForm(PlainWords, forms.Form):
    """Which columns to take along, in which kind of file."""

    columns = forms.MultipleChoiceField(
        label="要哪些列",
        choices=[(key, column.heading) for key, column in COLUMNS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "一列也没有选，至少选一列。"},
    )
    format = forms.ChoiceField(
        label="文件",
        choices=[("xlsx", "Excel 工作簿"), ("csv", "CSV 文本")],
        initial="xlsx",
        widget=forms.RadioSelect,
    )

    helper = plain_helper(chips("columns"), chips("format"))


class SheetForm(PlainWords, forms.Form):
    """A sheet to sign on. `fields`: what may stand beside the name."""

    heading = forms.CharField(label="标题", max_length=40, initial="签到表")
    beside = forms.MultipleChoiceField(
        label="姓名旁边写", required=False, widget=forms.CheckboxSelectMultiple
    )
    by_group = forms.BooleanField(label="每个工会小组另起一页", required=False)
    format = forms.ChoiceField(
        label="文件",
        choices=[("pdf", "PDF，直接打印"), ("docx", "Word，还要改")],
        initial="pdf",
        widget=forms.RadioSelect,
    )

    helper = plain_helper("heading", chips("beside"), "by_group", chips("format"))

    def __init__(self, data=None, *, fields):
        super().__init__(data, initial={"beside": ["group_name"]})
        self.fields["beside"].choices = fields


class ViewNameForm(PlainWords, forms.Form):
    """The name of a saved view."""

    name = forms.CharField(label="叫什么", max_length=30, help_text="例如：35 岁以下的女教师")

    helper = plain_helper()
