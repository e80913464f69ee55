"""Private fields: which the office keeps and why, and the values of one person."""

from django import forms

from members.choices import PrivateField
from members.private import clean_value, doubts
from members.queries.person import others_with
from unionoffice.errors import RuleBroken
from unionoffice.fields import ReasonField
from unionoffice.forms import PlainWords, chips, plain_helper

SHORTEST_REASON = 6  # characters


class KeptFieldForm(PlainWords, forms.Form):
    """`fields` are those that are not kept yet."""

    field = forms.ChoiceField(label="要记哪一项", widget=forms.RadioSelect)
    reason = ReasonField(
        label="为什么要记",
        min_length=SHORTEST_REASON,
        help_text="写具体的用处，例如：市总工会互助保障按身份证号登记。会员在自己的资料里看得到这句话",
        error_messages={
            "required": "为什么要记是空的，写清楚用在哪件事上。",
            "min_length": "原因太短，写清楚用在哪件事上。",
        },
    )
    told = forms.BooleanField(
        label="会员已经知道要记什么、为什么，并且单独同意了",
        error_messages={
            "required": "先告诉会员并取得单独同意，再勾上（个人信息保护法第二十九条、第三十条）。"
        },
    )

    helper = plain_helper(chips("field"), "reason", "told")

    def __init__(self, *args, fields, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [(f, PrivateField(f).label) for f in fields]


class PrivateForm(PlainWords, forms.Form):
    """The kept fields of one person. An empty one changes nothing unless its tick says so: what is
    stored never stands in the page."""

    anyway = forms.BooleanField(label="核对过了，照样记下", required=False)
    doubts: tuple[str, ...] = ()

    def __init__(self, *args, rows, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member, self.rows = member, rows
        for row in rows:
            self.fields[row.field] = _value_field(row)
            if row.masked or row.broken:
                tick = forms.BooleanField(label=f"删掉记下的{row.label}", required=False)
                self.fields[f"drop_{row.field}"] = tick
        self._lay_out()

    def _lay_out(self):
        names = [name for name in self.fields if name != "anyway"]
        self.helper = plain_helper(*(["anyway"] if self.doubts else []), *names)

    def clean(self):
        data = super().clean()
        found = []
        for row in self.rows:
            try:
                data[row.field] = clean_value(row.field, data.get(row.field, ""))
                found += self._doubts(row, data[row.field])
            except RuleBroken as refusal:
                self.add_error(row.field, str(refusal))
        self.doubts = tuple(found)
        self._lay_out()
        if found and not data.get("anyway"):
            self.add_error("anyway", "看看上面说的；没有写错的话勾上，再存一次。")
        return data

    def _doubts(self, row, value: str) -> list[str]:
        if not value or row.field == PrivateField.FAMILY:
            return []
        others = others_with(self.member, row.field, value)
        same = [f"{'、'.join(others)}的{row.label}也是这个，核对一下是谁的。"] if others else []
        return [*doubts(row.field, value, self.member), *same]

    @property
    def values(self) -> dict[str, str]:
        """What is to be stored; "" for what is to be deleted."""
        data = self.cleaned_data
        written = {row.field: data[row.field] for row in self.rows if data[row.field]}
        dropped = {row.field: "" for row in self.rows if data.get(f"drop_{row.field}")}
        return dropped | written


def _value_field(row) -> forms.CharField:
    known = f"现在记的是 {row.masked}，不改就空着" if row.masked else ""
    if row.field == PrivateField.FAMILY:
        hint = "已经记了，不改就空着" if row.masked else "姓名、称谓、单位，一人一行"
        area = forms.Textarea({"rows": 4})
        return forms.CharField(label=row.label, required=False, widget=area, help_text=hint)
    return forms.CharField(
        label=row.label,
        required=False,
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=known,
    )
