"""盘点: the list's filter, and the sheet on which one thing after the other is looked for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.utils import timezone

from activities.choices import CountResult
from activities.forms.filters import PeriodFilter, choice_of
from activities.models import Asset, StockCount, Stocktake
from activities.rules.places import MOST
from unionoffice.fields import DayField
from unionoffice.forms import PlainWords, plain_helper


class StocktakeFilter(PeriodFilter):
    """`places`: the pairs of a choice."""

    place = choice_of("哪一处", "所有地方", [], "地方")

    def __init__(self, query, *, places):
        super().__init__(query)
        self.fields["place"].choices = [("", "所有地方"), *places]


@dataclass(frozen=True)
class Line:
    """One thing on the sheet with its three fields."""

    asset: Asset
    result: forms.BoundField
    counted: forms.BoundField
    note: forms.BoundField


class StocktakeForm(PlainWords, forms.ModelForm):
    """`assets`: what is to be looked for. With `rest` in the data, what has no result is there."""

    class Meta:
        model = Stocktake
        fields = ["day", "counted_by", "note"]
        field_classes = {"day": DayField}
        help_texts = {"counted_by": "几个人用顿号隔开"}
        error_messages = {"counted_by": {"required": "写上谁盘点的。"}}

    def __init__(self, *args, assets: Iterable[Asset], **kwargs):
        super().__init__(*args, **kwargs)
        self.assets = list(assets)
        self.initial["day"] = timezone.localdate()
        self.initial["counted_by"] = str(self.instance.place.keeper or "")
        for asset in self.assets:
            self.fields |= _fields_of(asset)
        self.helper = plain_helper(*self.Meta.fields)

    @property
    def lines(self) -> list[Line]:
        return [
            Line(asset, *(self[f"{letter}{asset.pk}"] for letter in "rcw")) for asset in self.assets
        ]

    @property
    def counts(self) -> list[StockCount]:
        """Of what has a result; the number may be left out."""
        rest = CountResult.FOUND if "rest" in self.data else ""
        return [
            StockCount(asset=asset, result=result, counted=self._of("c", asset), note=note)
            for asset in self.assets
            if (result := self._of("r", asset) or rest)
            for note in [self._of("w", asset)]
        ]

    def _of(self, letter: str, asset: Asset):
        return self.cleaned_data[f"{letter}{asset.pk}"]


def _fields_of(asset: Asset) -> dict[str, forms.Field]:
    name = str(asset)
    return {
        f"r{asset.pk}": forms.ChoiceField(
            label=name,
            required=False,
            choices=CountResult.choices,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": f"{name}：选在、缺少或坏了。"},
        ),
        f"c{asset.pk}": forms.IntegerField(
            label=f"{name}实有几件",
            required=False,
            min_value=0,
            max_value=MOST,
            widget=forms.NumberInput(
                attrs={"class": "form-control", "inputmode": "numeric", "placeholder": "实有"}
            ),
            error_messages=dict.fromkeys(
                ("invalid", "min_value", "max_value"), f"{name}实有几件写数字，不差就空着。"
            ),
        ),
        f"w{asset.pk}": forms.CharField(
            label=f"{name}的说明",
            required=False,
            max_length=100,
            widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "说明"}),
            error_messages={"max_length": f"{name}的说明最多 100 字。"},
        ),
    }
