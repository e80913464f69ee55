"""What becomes of each item of a plan in the next one: kept or not, in which month, on which day."""

from dataclasses import dataclass

from django import forms
from django.utils import timezone

from activities.forms.board import MonthSelect
from activities.forms.plans import periods_around
from activities.forms.wording import for_text
from activities.models import Plan, PlanItem
from activities.queries import Carried
from unionoffice.fields import DayField, MonthField, PeriodField
from unionoffice.periods import Period

KEEP, LEAVE = "keep", "leave"
CHOICES = [(KEEP, "留"), (LEAVE, "不留")]


class TargetForm(forms.Form):
    """For which period, in the page's address."""

    to = PeriodField(
        label="做哪一期的计划", required=False, widget=forms.Select({"class": "form-select"})
    )

    def __init__(self, data, *, plan: Plan):
        following = plan.period.following()
        super().__init__(data if "to" in data else {"to": following.code})
        around = periods_around(timezone.localdate().year)
        first = [("接着的一期", [(following.code, following.label)])]
        self.fields["to"].widget.choices = first + around

    @property
    def period(self) -> Period | None:
        return self.cleaned_data["to"] if self.is_valid() else None


@dataclass(frozen=True)
class CarryRow:
    """An item with its fields of the form."""

    carried: Carried
    keep: forms.BoundField
    month: forms.BoundField | None
    day: forms.BoundField | None
    text: forms.BoundField | None


class CarryForm(forms.Form):
    """A field or two for each of the items; one that has to be decided about has no answer yet."""

    title = forms.CharField(
        label="标题", max_length=Plan._meta.get_field("title").max_length,
        error_messages=for_text("标题是空的，填上。"),
    )  # fmt: skip
    sections = forms.BooleanField(
        label="章节（指导思想、目标、措施）也带过来，再改", required=False, initial=True
    )

    def __init__(self, data=None, *, plan: Plan, target: Period, found: list[Carried]):
        super().__init__(data, initial={"title": f"{target.label}工会工作计划"})
        self.plan, self.target, self.found = plan, target, found
        months = [(f"{year}-{month:02}", f"{year}年{month}月") for year, month in target.months()]
        self.months = [("", "选一个月"), *months]
        for each in found:
            self._ask(each)

    def _ask(self, each: Carried) -> None:
        pk, to = each.item.pk, each.to
        usual = LEAVE if to.outside else "" if to.ask else KEEP
        self.fields[f"keep_{pk}"] = forms.ChoiceField(
            label="留不留", choices=CHOICES, initial=usual, widget=forms.RadioSelect,
            error_messages={"required": "这一项还没有定，选“留”或“不留”。"},
        )  # fmt: skip
        if to.day:
            self.fields[f"day_{pk}"] = DayField(label="哪天", required=False, initial=to.day)
        self.fields[f"month_{pk}"] = MonthField(
            label="哪个月",
            required=False,
            initial=to.first_month,
            widget=MonthSelect(choices=self.months),
        )
        if to.ask:
            self.fields[f"text_{pk}"] = forms.CharField(
                label="办什么", required=False, initial=each.item.text, widget=forms.Textarea({"rows": 2}), max_length=2000,
                error_messages=for_text(),
            )  # fmt: skip
        for name in (f"day_{pk}", f"month_{pk}", f"text_{pk}"):
            if name in self.fields:
                select = isinstance(self.fields[name].widget, MonthSelect)
                self.fields[name].widget.attrs["class"] = (
                    "form-select" if select else "form-control grows"
                )
                self.fields[name].widget.attrs["aria-label"] = self.fields[name].label

    @property
    def rows(self) -> list[CarryRow]:
        def bound(name: str):
            return self[name] if name in self.fields else None

        return [
            CarryRow(
                each,
                self[f"keep_{each.item.pk}"],
                bound(f"month_{each.item.pk}"),
                bound(f"day_{each.item.pk}"),
                bound(f"text_{each.item.pk}"),
            )
            for each in self.found
        ]

    @property
    def counts(self) -> dict[str, int]:
        """How many have to be decided about, go to another day, and fall outside the period."""
        to = [each.to for each in self.found]
        return {
            "asked": sum(bool(each.ask) and not each.outside for each in to),
            "moved": sum(each.moved for each in self.found),
            "outside": sum(each.outside for each in to),
        }

    @property
    def undecided(self) -> int:
        return sum(name.startswith("keep_") for name in self.errors)

    def clean(self):
        data = super().clean()
        for each in self.found:
            if data.get(f"keep_{each.item.pk}") == KEEP:
                self._check_when(each, data)
        return data

    def _check_when(self, each: Carried, data: dict) -> None:
        pk = each.item.pk
        if data.get(f"text_{pk}") == "":
            self.add_error(f"text_{pk}", "办什么是空的，填上；不再办就选“不留”。")
        day, month = data.get(f"day_{pk}"), data.get(f"month_{pk}")
        wrong = f"day_{pk}" if day else f"month_{pk}"
        if not day and not month and wrong not in self.errors:
            self.add_error(wrong, "写上哪个月办。")
        elif (when := day or month) and not self.target.contains(when):
            self.add_error(wrong, f"不在{self.target.label}里，改成期间内的。")

    def items(self) -> list[PlanItem]:
        """What is kept, as items of the new plan, not saved."""
        kept = [each for each in self.found if self.cleaned_data[f"keep_{each.item.pk}"] == KEEP]
        return [self._item(each) for each in kept]

    def _item(self, each: Carried) -> PlanItem:
        """A day that was left as proposed gives way to a month that was changed."""
        pk, to = each.item.pk, each.to
        text = self.cleaned_data.get(f"text_{pk}") or each.item.text
        month, day = self.cleaned_data.get(f"month_{pk}"), self.cleaned_data.get(f"day_{pk}")
        if day == to.day and month and month != to.first_month:
            day = None
        return each.as_item(text=text, month=month, day=day)
