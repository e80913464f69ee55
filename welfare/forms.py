"""The entry form of a visit and the filter of the list."""

from datetime import timedelta
from decimal import Decimal
from itertools import islice

from django import forms
from django.utils import timezone

from members.models import Member
from unionoffice.concurrent import ConcurrentForm
from unionoffice.facts import number_text
from unionoffice.fields import (
    DayInput,
    FilesField,
    PeriodField,
    RowsField,
    filter_choice,
    search_box,
)
from unionoffice.forms import PlainWords
from unionoffice.list_filters import ListFilter
from unionoffice.periods import Precision
from welfare.choices import COMMON_KINDS, Gift, Relation, VisitKind, VisitState
from welfare.models import Visit
from welfare.queries import is_called, people_named

TODAY, YESTERDAY, OTHER_DAY = "today", "yesterday", "other"
WHEN = [(TODAY, "今天"), (YESTERDAY, "昨天"), (OTHER_DAY, "选日期")]
AMOUNTS = frozenset({"money", "goods_value"})
QUICK_AMOUNTS = (300, 400, 500, 1000)
QUICK_PLACES = ("医院", "家里", "学校")
LOOKS = {  # classes of the fields that the template places by hand
    **dict.fromkeys(("kind", "when", "visitors", "month_only"), "form-check-input"),
    **dict.fromkeys(("money", "goods", "goods_value", "day", "place"), "form-control"),
    **dict.fromkeys(("more_visitors", "files"), "form-control"),
}
NOT_OFFERED = "有一位不在能选的人里，重新选一下。"
TOO_MANY_DIGITS = {
    "max_digits": "数字太长，看一下位数写对没有。",
    "max_whole_digits": "数字太长，看一下位数写对没有。",
    "max_decimal_places": "小数点后最多两位，写到分。",
}
SEPARATORS = str.maketrans("，,；; 　", "、、、、、、")


class VisitFilter(ListFilter):
    period = PeriodField()
    q = search_box("姓名、拼音、工号")
    kind = filter_choice("事由", "所有事由", VisitKind.choices)
    gift = filter_choice("钱和物", "钱和物", Gift.choices)
    state = filter_choice("作废", "不含作废", [(VisitState.VOIDED.value, "只看作废的")])


class VisitForm(PlainWords, ConcurrentForm):
    """`members`: whom the user may name. `visitors`: whom the form offers as visitors.

    Works without scripts: `q` takes a typed name, 姓名（部门）, pinyin or 工号; the person picker
    also fills `member`.
    """

    together = (
        frozenset({"q", "member", "person_name"}),
        frozenset({"when", "day", "month_only"}),
        frozenset({"goods", "goods_value"}),
        frozenset({"visitors", "more_visitors"}),
    )

    q = forms.CharField(label="慰问谁", required=False, max_length=60)
    when = forms.ChoiceField(
        label="哪天去的", choices=WHEN, required=False, widget=forms.RadioSelect
    )
    month_only = forms.BooleanField(label="只记得是哪个月", required=False)
    visitors = RowsField(
        label="谁去的",
        queryset=Member.objects.none(),
        required=False,
        error_messages=dict.fromkeys(("invalid_choice", "invalid_pk_value", "list"), NOT_OFFERED),
        widget=forms.CheckboxSelectMultiple,
    )
    more_visitors = forms.CharField(
        label="还有谁",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "写姓名，用顿号隔开"}),
    )
    files = FilesField(label="照片和票据")

    class Meta:
        model = Visit
        fields = [
            "member",
            "person_name",
            "kind",
            "relation",
            "day",
            "place",
            "money",
            "goods",
            "goods_value",
            "reason",
        ]
        widgets = {
            "member": forms.HiddenInput(attrs={"data-picker-value": True}),
            "kind": forms.RadioSelect,
            "day": DayInput,
            "money": forms.TextInput(attrs={"inputmode": "decimal"}),
            "goods_value": forms.TextInput(attrs={"inputmode": "decimal"}),
            "reason": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {
            "kind": {
                "required": "选一下为了什么去的。",
                "invalid_choice": "没有这种慰问事由，重新选一个。",
            },
            "money": {"invalid": "慰问金只写数字，例如 600。"} | TOO_MANY_DIGITS,
            "goods_value": {"invalid": "折价只写数字，例如 200。"} | TOO_MANY_DIGITS,
            "day": {"invalid": "没有这一天，写成 2026-03-08 这样。"},
            "relation": {"invalid_choice": "没有这种关系，重新选一个。"},
            "member": {"invalid_choice": "名册里没有这个人，重新选一下。"},
        }
        help_texts = {"reason": "只有管慰问的人看得到，每次查看都会留痕"}

    def __init__(self, *args, members, visitors, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = members
        self.fields["member"].queryset = members
        self.fields["member"].required = False
        self.fields["visitors"].queryset = visitors
        for name in ("day", "money", "goods_value", "relation"):
            self.fields[name].required = False
        self.fields["kind"].choices = VisitKind.choices
        for name, look in LOOKS.items():
            self.fields[name].widget.attrs["class"] = look
        self.initial |= {name: plain_amount(getattr(self.instance, name)) for name in AMOUNTS}
        if self.instance.pk:
            self.initial |= self._recorded()

    def _recorded(self) -> dict:
        visit = self.instance
        return {
            "q": visit.member.name if visit.member_id else "",
            "when": OTHER_DAY,
            "month_only": visit.day_precision == Precision.MONTH,
        }

    def draft(self) -> tuple[Visit, list[Member]]:
        """The visit and its visitors as far as the form holds them, for the sentence beside it."""
        visit = self.instance
        visit.day = visit.day or timezone.localdate()
        if self.is_bound:
            return visit, self.cleaned_data.get("all_visitors", [])
        offered = self.fields["visitors"].queryset
        return visit, list(offered.filter(pk__in=self.initial.get("visitors", ())))

    @property
    def common_kinds(self):
        return islice(self["kind"], len(COMMON_KINDS))

    @property
    def more_kinds(self):
        return islice(self["kind"], len(COMMON_KINDS), None)

    @property
    def rare_kind_chosen(self) -> bool:
        return self["kind"].value() in set(VisitKind.values) - set(COMMON_KINDS)

    def clean_relation(self):
        return self.cleaned_data["relation"] or Relation.SELF

    def clean(self):
        data = super().clean()
        if "day" in self.untouched:
            self.untouched.add("day_precision")
        data |= {name: data[name] or Decimal(0) for name in AMOUNTS if name in data}
        self._clean_person(data)
        self._clean_day(data)
        self._clean_visitors(data)
        return data

    def _get_validation_exclusions(self):
        """Where it isn't clear who is meant, that is said once, at the field."""
        return super()._get_validation_exclusions() | ({"member"} if "q" in self.errors else set())

    def _clean_person(self, data):
        typed, member = data.get("q"), data.get("member")
        if member and typed and not is_called(member, typed):
            member = None  # typed over what had been picked
        if typed and not member:
            member = self._person(typed, "q")
        elif not typed and data.get("person_name"):
            member = None
        elif not member and not data.get("person_name"):
            self.add_error("q", "写上慰问的是谁，姓名、拼音首字母或工号都行。")
        data["member"] = member

    def _clean_day(self, data):
        today = timezone.localdate()
        known = {TODAY: today, YESTERDAY: today - timedelta(days=1)}
        day = known.get(data.get("when"), data.get("day"))
        if day is None and "day" not in self.errors:
            self.add_error("day", "选一下是哪天去的。")
        month_only = data.get("month_only") and day
        data["day"] = day.replace(day=1) if month_only else day
        self.instance.day_precision = Precision.MONTH if month_only else Precision.DAY

    def _clean_visitors(self, data):
        if "visitors" in self.untouched:
            data["all_visitors"] = list(self.instance.visitors.all())
            return
        typed = (data.get("more_visitors") or "").translate(SEPARATORS).split("、")
        named = [self._person(name, "more_visitors") for name in typed if name]
        found = {*data.get("visitors", []), *filter(None, named)}
        if not found and None not in named and "visitors" not in self.errors:
            self.add_error("visitors", "选上去的人，至少一位。")
        data["all_visitors"] = sorted(found, key=lambda member: (member.pinyin, member.pk))

    def _person(self, typed: str, field: str) -> Member | None:
        """The one person that the text means; otherwise an error that lists who it may be."""
        found = people_named(self.members, typed)
        if len(found) == 1:
            return found[0]
        if not found:
            self.add_error(field, f"名册里没有“{typed}”，写全名或工号试试。")
        else:
            who = "、".join(labels_of(found))
            self.add_error(field, f"“{typed}”对得上 {len(found)} 位：{who}。照着其中一个写。")
        return None


def labels_of(members: list[Member]) -> list[str]:
    """王芳（语文组）; with the 工号 where name and place are the same."""
    labels = [f"{m.name}（{m.department_name or m.group_name or m.staff_no}）" for m in members]
    return [
        label if labels.count(label) == 1 else f"{m.name}（{m.staff_no}）"
        for label, m in zip(labels, members, strict=True)
    ]


def plain_amount(amount: Decimal) -> str:
    """For an input: 600, 600.50, and nothing for 0."""
    return number_text(amount, money=True) if amount else ""
