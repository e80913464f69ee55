"""The numbers of the union's money."""

from funds.queries import GroupMoney
from unionoffice.facts import Fact


def money_facts(money: GroupMoney) -> tuple[Fact, Fact]:
    """What a group has left of its year, or spent too much, and what it was given."""
    key, url = f"{money.group.pk}.{money.period.code}", money.allotment.get_absolute_url()
    word, value = ("超支", money.over) if money.over else ("结余", money.left)
    return (
        Fact(f"funds.left.{key}", word, value, "元", url),
        Fact(f"funds.allotted.{key}", "额度", money.amount, "元", url),
    )
