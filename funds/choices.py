"""Values that the union's money stores."""

from django.db.models import TextChoices

from unionoffice.periods import PeriodKind


class YearKind(TextChoices):
    CALENDAR_YEAR = PeriodKind.CALENDAR_YEAR.value, "自然年"
    SCHOOL_YEAR = PeriodKind.SCHOOL_YEAR.value, "学年"


class Share(TextChoices):
    """How the amounts of several groups are set at once."""

    EACH = "each", "每组一样多"
    PER_HEAD = "per_head", "按人数"
