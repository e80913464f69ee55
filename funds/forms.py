"""小组经费: which year, what the groups get, one allotment changed or withdrawn."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils import timezone

from funds.actions import Given
from funds.choices import Share
from funds.models import Allotment
from members.queries import GroupRow
from unionoffice.concurrent import ConcurrentForm
from unionoffice.errors import RuleBroken
from unionoffice.facts import number_text
from unionoffice.fields import PeriodField, ReasonField, RowsField
from unionoffice.forms import PlainWords, chips, plain_helper
from unionoffice.periods import SCHOOL_YEAR_STARTS, Period

AMOUNT_WORDS = {
    "invalid": "写数字，例如 1200 或 1200.50。",
    "min_value": "要大于 0；不给了就撤回。",
    "max_digits": "太大了，看看是不是多按了几个零。",
    "max_whole_digits": "太大了，看看是不是多按了几个零。",
    "max_decimal_places": "最多写到分，例如 1200.50。",
}


def years_to_set(today: date) -> list[Period]:
    """This calendar year, the next and the last; the school year that runs, and the next."""
    school_year = today.year if today.month >= SCHOOL_YEAR_STARTS else today.year - 1
    return [
        Period.year(today.year),
        Period.year(today.year + 1),
        Period.school_year(school_year),
        Period.school_year(school_year + 1),
        Period.year(today.year - 1),
    ]


class YearFilter(forms.Form):
    period = PeriodField()


class AmountField(forms.DecimalField):
    def __init__(self, **kwargs):
        words = {code: f"{kwargs['label']}{sentence}" for code, sentence in AMOUNT_WORDS.items()}
        super().__init__(
            max_digits=10,
            decimal_places=2,
            min_value=Decimal("0.01"),
            error_messages=words,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            **kwargs,
        )


class GroupsField(RowsField):
    """`sizes`: group key -> how many 会员 it has today."""

    sizes: dict[int, int] = {}

    def label_from_instance(self, group):
        return f"{group}（{self.sizes.get(group.pk, 0)} 人）"


class AllotForm(PlainWords, forms.Form):
    """`rows`: the groups that are there today, with their sizes."""

    year = forms.ChoiceField(label="哪一年")
    groups = GroupsField(
        label="给哪些小组",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "至少选一个小组。",
            "invalid_choice": "这个小组不能选，重新选一下。",
            "list": "这个小组不能选，重新选一下。",
            "invalid_pk_value": "这个小组不能选，重新选一下。",
        },
    )
    share = forms.ChoiceField(
        label="怎么定", choices=Share.choices, initial=Share.EACH, widget=forms.RadioSelect
    )
    amount = AmountField(label="金额（元）", help_text="每组多少；按人数的，写每人多少")
    note = forms.CharField(
        label="说明", required=False, max_length=150, help_text="例如：2026年3月6日工会委员会定"
    )

    helper = plain_helper(chips("year"), chips("groups"), chips("share"), "amount", "note")

    def __init__(self, data, *, rows: list[GroupRow], chosen: Period):
        super().__init__(data)
        self.years = {period.code: period for period in years_to_set(timezone.localdate())}
        year, groups = self.fields["year"], self.fields["groups"]
        year.choices = [(code, period.label) for code, period in self.years.items()]
        year.widget = forms.RadioSelect(choices=year.choices)
        year.initial = chosen.code if chosen.code in self.years else next(iter(self.years))
        groups.sizes = {row.group.pk: row.size for row in rows}
        groups.queryset = Allotment._meta.get_field("group").related_model.objects.filter(
            pk__in=groups.sizes
        )

    @property
    def period(self) -> Period:
        return self.years[self.cleaned_data["year"]]

    def given(self) -> list[Given]:
        """Raises RuleBroken when a group without people would get something by the head."""
        return [self._given(group) for group in self.cleaned_data["groups"]]

    def _given(self, group) -> Given:
        amount, note = self.cleaned_data["amount"], self.cleaned_data["note"]
        if self.cleaned_data["share"] == Share.EACH:
            return Given(group, amount, note)
        size = self.fields["groups"].sizes[group.pk]
        if not size:
            raise RuleBroken(f"{group}今天没有会员，不能按人数定；去掉它，或者改成每组一样多。")
        counted = f"{size} 人，每人 {number_text(amount, money=True)} 元"
        return Given(group, amount * size, f"{counted}。{note}" if note else counted)


class AllotmentForm(PlainWords, ConcurrentForm):
    amount = AmountField(label="额度（元）")

    class Meta:
        model = Allotment
        fields = ["amount", "note"]

    helper = plain_helper("amount", "note")


class WithdrawForm(forms.Form):
    reason = ReasonField(
        label="为什么撤回",
        error_messages={"required": "撤回要写原因，例如：按人数重新定。"},
    )

    helper = plain_helper()
