"""What the form of one person suggests, and what of the private fields is kept about someone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from members.choices import EDUCATIONS, ETHNICITIES, PARTIES, TITLES, PrivateField
from members.models import KeptField, Member, PrivateValue, User
from members.private import fields_for, masked, unseal
from members.queries.roster import EARLIEST_FIRST, LEFT, in_tab
from unionoffice.errors import RuleBroken

# columns that hold any word -> what is offered besides the words in use
SUGGESTED = {
    "ethnicity": ETHNICITIES,
    "party": PARTIES,
    "title": TITLES,
    "education": EDUCATIONS,
    "campus": (),
    "area": (),
}


def suggestions(*, shared_by: int = 1) -> dict[str, list[str]]:
    """The words for each of the columns: the usual ones first, then the others that at least so
    many people share."""
    found = {column: list(words) for column, words in SUGGESTED.items()}
    people = Member.objects.order_by()
    for column, words in found.items():
        used = people.exclude(**{column: ""}).values_list(column).annotate(people=Count("pk"))
        shared = {word for word, number in used.filter(people__gte=shared_by)}
        words += sorted(shared.difference(words))
    return found


def entry_today(member: Member) -> dict:
    """What the person is today, for the form to begin with."""
    today = timezone.localdate()
    employment = member.employments.on(today).first()
    group = member.group_assignments.on(today).first()
    department = member.department_assignments.on(today).first()
    first = member.memberships.order_by(EARLIEST_FIRST, "pk").first()
    return {
        "employment": employment.status if employment else "",
        "group": group and group.group_id,
        "department": department and department.department_id,
        "joined": (first.start, first.start_precision) if first else None,
        "since": today,
    }


@dataclass(frozen=True)
class PrivateRow:
    """A private field of one person, as one user sees it. `shown`: the whole value, only after a
    look that is on record; `broken`: why it can't be opened."""

    field: str
    reason: str
    masked: str = ""
    shown: str = ""
    broken: str = ""

    @property
    def label(self) -> str:
        return PrivateField(self.field).label


def private_rows(
    member: Member, fields: Collection[str], shown: Mapping[str, str] = MappingProxyType({})
) -> list[PrivateRow]:
    """Those of `fields` that the office keeps. `shown`: values that were looked at just now."""
    sealed = dict(member.private_values.values_list("field", "sealed"))
    kept = KeptField.objects.filter(field__in=fields)
    rows = [_private_row(one.field, one.reason, sealed, shown.get(one.field, "")) for one in kept]
    return sorted(rows, key=lambda row: PrivateField.values.index(row.field))


def _private_row(field: str, reason: str, sealed: Mapping[str, str], shown: str) -> PrivateRow:
    if shown or field not in sealed:
        return PrivateRow(field, reason, shown=shown)
    try:
        return PrivateRow(field, reason, masked=masked(field, unseal(sealed[field])))
    except RuleBroken as refusal:
        return PrivateRow(field, reason, broken=str(refusal))


def others_with(member: Member, field: str, value: str) -> list[str]:
    """The names of the others of whom the same value is stored. Opens each, shows none."""
    rows = PrivateValue.objects.filter(field=field).exclude(member=member)
    found = rows.order_by("member__pinyin").values_list("member__name", "sealed")
    return [name for name, sealed in found.iterator() if unseal(sealed) == value]


def kept_fields() -> dict[str, KeptField | None]:
    """Every private field; None where the office does not keep it. Each with the counts `stored` and,
    of those who are 会员 no more, `left`."""
    kept = KeptField.objects.select_related("turned_on_by__member")
    left = left_members().order_by().values("pk")
    counted = kept.annotate(stored=_stored(), left=_stored(member__in=left))
    found = {one.field: one for one in counted}
    return {field: found.get(field) for field in PrivateField.values}


def importable_private(user: User) -> frozenset[str]:
    """The private fields that a roster file of this user may bring."""
    if not user.has_perm("members.change_private"):
        return frozenset()
    fields = fields_for(user.roles)
    return fields & set(KeptField.objects.values_list("field", flat=True))


def _stored(**narrowed):
    rows = PrivateValue.objects.filter(field=OuterRef("field"), **narrowed)
    counted = rows.order_by().values("field").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def left_members() -> QuerySet[Member]:
    return in_tab(Member.objects.all(), LEFT, timezone.localdate())
