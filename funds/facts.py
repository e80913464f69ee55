"""The numbers of the union's money."""

from funds.queries import GroupMoney
from unionoffice.facts import Fact


def money_facts(money: GroupMoney) -> tuple[Fact, Fact]:
    """What a group has left of its year, and what it was given."""
    key = f"{money.group.pk}.{money.period.code}"
    return (
        Fact(f"funds.left.{key}", "结余", money.left, "元", money.activities_url),
        Fact(
            f"funds.allotted.{key}", "额度", money.amount, "元", money.allotment.get_absolute_url()
        ),
    )
