"""What the union's money puts on the pages of the roster."""

from datetime import date

from django.urls import reverse

from funds.queries import money_of_group
from members.models import UnionGroup, User
from unionoffice.beside import Beside


def group_money(group: UnionGroup, user: User, day: date) -> Beside | None:
    """The group's money of the year that `day` is in; that there is none, for whoever could set
    some. Who may open the page of a group may see its money."""
    if not user.has_perm("funds.view_allotments"):
        return None
    found = money_of_group(group, day)
    if found is None:
        return _nothing_set(user, day)
    left = ("超支", found.over) if found.over else ("结余", found.left)
    sums = (("额度", found.amount), ("已花", found.spent), left)
    without = found.spending.without_cost
    note = f"{without} 场活动没写花费" if without else ""
    title = f"{found.period.label}经费"
    return Beside(title, sums, found.allotment.get_absolute_url(), "看花在哪里", note)


def _nothing_set(user: User, day: date) -> Beside | None:
    if not user.has_perm("funds.manage_allotments"):
        return None
    url = reverse("funds:allotment_create")
    return Beside("小组经费", (), url, "定额度", f"{day.year}年还没有定额度。")
