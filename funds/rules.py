"""What a group's money may be. Pure."""

from collections.abc import Iterable
from decimal import Decimal

from unionoffice.errors import RuleBroken

MOST = Decimal(99_999_999)  # 元 that a row can hold


def check_amount(amount: Decimal, whose: str) -> None:
    if not 0 < amount <= MOST:
        raise RuleBroken(f"{whose}的额度算下来是 {amount} 元，要大于 0、不超过 {MOST} 元。")


def check_free(whose: str, year: str, taken: Iterable[str]) -> None:
    """`taken`: the years that have days in common and an allotment already."""
    for other in taken:
        if other == year:
            raise RuleBroken(f"{whose}{year}已有额度，打开它改；别的小组再选一遍。")
        raise RuleBroken(
            f"{whose}{other}已有额度，和{year}有重叠，一笔花费会算两次；先撤回那一份。"
        )


def check_standing(name: str, *, withdrawn: bool) -> None:
    if withdrawn:
        raise RuleBroken(f"{name}的额度已经撤回了，不能再改；要给就重新定。")
