"""The fields of work that records may belong to: the shipped ones and the office's own."""

from collections import Counter
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from activities.choices import Field
from activities.models import Activity, OwnField, PlanItem, Series


def fields_offered(day: date | None = None) -> list[tuple[str, str]]:
    """(stored value, name) of each field that is in use on `day`, the office's own ones last."""
    in_use = Q(closed_on=None) | Q(closed_on__gt=day or timezone.localdate())
    own = OwnField.objects.filter(in_use).values_list("name", flat=True)
    return [*Field.choices, *((name, name) for name in own)]


def fields_known() -> list[tuple[str, str]]:
    """The closed ones as well, for lists and figures, which show the past."""
    own = own_fields().values_list("name", flat=True)
    return [*Field.choices, *((name, name) for name in own)]


def own_fields() -> QuerySet[OwnField]:
    return OwnField.objects.all()


def field_counts() -> dict[str, int]:
    """Stored value -> how many items, activities and series have it."""
    counts = Counter()
    for model in (PlanItem, Activity, Series):
        counts += Counter(dict(model.objects.order_by().values_list("field").annotate(Count("pk"))))
    return counts
