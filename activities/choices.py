"""Values that plans and activity records store, and the marks that items are shown with."""

from django.db.models import TextChoices

from unionoffice.periods import PeriodKind


class PlanKind(TextChoices):
    CALENDAR_YEAR = PeriodKind.CALENDAR_YEAR.value, "年度计划"
    SCHOOL_YEAR = PeriodKind.SCHOOL_YEAR.value, "学年计划"
    SEMESTER = PeriodKind.SEMESTER.value, "学期计划"
    HALF_YEAR = PeriodKind.HALF_YEAR.value, "半年计划"


class Field(TextChoices):
    """板块: the field of the union's work that an item or an activity belongs to."""

    CULTURE = "culture", "文体"
    WOMEN = "women", "女工"
    RETIRED = "retired", "退休"
    WARMTH = "warmth", "送温暖"
    DEMOCRACY = "democracy", "民主管理"
    STUDY = "study", "学习师德"
    TRAINING = "training", "素质提升"
    BUILDING = "building", "自身建设"
    OTHER = "other", "其他"


class ItemState(TextChoices):
    """What was decided about an item. Whether it was done is told by the activity records."""

    PLANNED = "planned", "计划中"
    POSTPONED = "postponed", "已延期"
    CANCELLED = "cancelled", "已取消"


class Mark(TextChoices):
    """What an item looks like today; each value is the name of a glyph."""

    DONE = "done", "已完成"
    DOING = "doing", "进行中"
    PLAN = "plan", "计划中"
    LATE = "late", "逾期未记"
    MOVED = "moved", "已延期"
    OFF = "off", "已取消"
    EXTRA = "extra", "计划外"


ITEM_MARKS = tuple(mark for mark in Mark if mark != Mark.EXTRA)


class ImportState(TextChoices):
    PREVIEWED = "previewed", "待确认"
    LANDED = "landed", "已建成计划"
