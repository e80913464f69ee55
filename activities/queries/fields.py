"""The fields of work that records may belong to: the shipped ones and the office's own."""

from activities.choices import Field
from activities.models import OwnField


def fields_offered() -> list[tuple[str, str]]:
    """(stored value, name) of each field that is in use, the office's own ones last."""
    own = OwnField.objects.filter(closed_on=None).values_list("name", flat=True)
    return [*Field.choices, *((name, name) for name in own)]
