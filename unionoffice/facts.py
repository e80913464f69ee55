"""Fact: one number for a period, with the list that produced it and the parts it adds up from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.urls import reverse

from unionoffice.periods import Period, Precision, chinese_date


@dataclass(frozen=True)
class Fact:
    """A figure that lists, home page, exports and reports all take from the same function.

    `key`     starts with the app's name: "welfare.visits"; a part of it: "welfare.visits.illness"
    `label`   what it counts, in Chinese
    `value`   the number, or None when nothing was recorded (printed as 【待补：label】)
    `unit`    人, 人次, 元, 项, 件 …
    `source`  address of the list whose rows make the number
    """

    key: str
    label: str
    value: int | Decimal | None
    unit: str
    source: str

    @property
    def is_part(self) -> bool:
        return self.key.count(".") > 1

    @property
    def main_key(self) -> str:
        """The figure that this one is a part of; its own key, when it is none."""
        return ".".join(self.key.split(".")[:2])

    @property
    def missing(self) -> bool:
        return self.value is None

    @property
    def text(self) -> str:
        """The value as a document prints it: 47, 28300, 28300.50."""
        return "" if self.value is None else number_text(self.value, money=self.unit == "元")

    @property
    def said(self) -> str:
        """With its unit, as a page says it: 47 人, 98.3%."""
        return f"{self.text}{'' if self.unit == '%' else ' '}{self.unit}"


@dataclass(frozen=True)
class Breakdown:
    """A number in parts that name nobody. `permission`: what it takes to see them, where not every
    reader of reports may."""

    title: str
    unit: str
    rows: tuple[tuple[str, int | Decimal], ...]
    permission: str = ""


def in_months(unit: str, parts: Iterable[tuple[date, int | Decimal | None]]) -> Breakdown:
    """The parts of each month together, in order; each comes with a day of its month."""
    sums = _summed((day.replace(day=1), value) for day, value in parts)
    rows = ((chinese_date(month, Precision.MONTH), sums[month]) for month in sorted(sums))
    return Breakdown("按月", unit, tuple(rows))


def in_kinds(
    title: str,
    unit: str,
    kinds: type[TextChoices],
    parts: Iterable[tuple[str, int | Decimal | None]],
    permission: str = "",
) -> Breakdown:
    """The parts of each kind together, in the order of the choices."""
    sums = _summed(parts)
    rows = ((kind.label, sums[kind]) for kind in kinds if kind in sums)
    return Breakdown(title, unit, tuple(rows), permission)


def _summed(parts: Iterable[tuple]) -> dict:
    """What comes to nothing is left out."""
    sums = {}
    for name, value in parts:
        if value:
            sums[name] = sums.get(name, 0) + value
    return sums


def number_text(value: int | Decimal, *, money: bool = False) -> str:
    """Plain digits, no thousands separator (GB/T 15835): 28300.00 prints as 28300, 84.2 stays, and
    `money` has its cents whole (600.50)."""
    if value == int(value):
        return str(int(value))
    return f"{value:.2f}" if money else f"{value:f}"


def percent(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in per cent, one place; None when there is no whole."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def count_or_none(number: int) -> int | None:
    """No records means "not known", never 0."""
    return number or None


def list_url(url_name: str, period: Period, **filters: str) -> str:
    """The address of a list of the period, narrowed by the filters."""
    return f"{reverse(url_name)}?{urlencode({'period': period.code, **filters})}"
