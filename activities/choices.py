"""Values that plans, activity records, honours and places store, and the marks they are shown with."""

from django.db.models import IntegerChoices, TextChoices

from unionoffice.periods import PeriodKind


class PlanKind(TextChoices):
    CALENDAR_YEAR = PeriodKind.CALENDAR_YEAR.value, "年度计划"
    SCHOOL_YEAR = PeriodKind.SCHOOL_YEAR.value, "学年计划"
    SEMESTER = PeriodKind.SEMESTER.value, "学期计划"
    HALF_YEAR = PeriodKind.HALF_YEAR.value, "半年计划"


class PlanState(TextChoices):
    DRAFT = "draft", "起草中"
    PASSED = "passed", "已通过"
    PUBLISHED = "published", "已公布"


class Field(TextChoices):
    """板块: the field of the union's work that an item or an activity belongs to. An office's own
    field is stored as its name (models.OwnField)."""

    CULTURE = "culture", "文体"
    WOMEN = "women", "女工"
    RETIRED = "retired", "退休"
    WARMTH = "warmth", "送温暖"
    DEMOCRACY = "democracy", "民主管理"
    STUDY = "study", "学习师德"
    TRAINING = "training", "素质提升"
    BUILDING = "building", "自身建设"
    OTHER = "other", "其他"


def field_label(code: str) -> str:
    """The name of a field, the office's own ones included."""
    return Field(code).label if code in Field.values else code


class ItemState(TextChoices):
    """What was decided about an item. Whether it was done is told by the activity records."""

    PLANNED = "planned", "计划中"
    POSTPONED = "postponed", "已延期"
    CANCELLED = "cancelled", "已取消"


class Rhythm(TextChoices):
    """How often a recurring item or a series comes; weeks are those of the school term."""

    WEEKLY = "weekly", "每周"
    ODD_WEEKS = "odd_weeks", "单周"
    EVEN_WEEKS = "even_weeks", "双周"
    MONTHLY = "monthly", "每月"


class Weekday(IntegerChoices):
    """As date.weekday() counts."""

    MONDAY = 0, "周一"
    TUESDAY = 1, "周二"
    WEDNESDAY = 2, "周三"
    THURSDAY = 3, "周四"
    FRIDAY = 4, "周五"
    SATURDAY = 5, "周六"
    SUNDAY = 6, "周日"


class ChangeKind(TextChoices):
    """What became of a plan after it was passed."""

    ADDED = "added", "临时增加"
    ADJUSTED = "adjusted", "调整"
    POSTPONED = "postponed", "推迟"
    CANCELLED = "cancelled", "取消"
    RESUMED = "resumed", "恢复"
    DROPPED = "dropped", "删去"  # while it was a draft again


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


class DayKind(TextChoices):
    """What the yearly notice on holidays says of a day."""

    HOLIDAY = "holiday", "放假"
    WORKDAY = "workday", "调休上班"


class ActivityState(TextChoices):
    """Only what was held counts in figures."""

    ANNOUNCED = "announced", "已通知"
    HELD = "held", "已举行"
    CALLED_OFF = "called_off", "不办了"


class ActivityKind(TextChoices):
    """What else is asked about an activity beside what all have."""

    EVENT = "event", "一般活动"
    MEETING = "meeting", "会议"
    STUDY = "study", "学习培训"
    CONTEST = "contest", "校外比赛"
    CLUB = "club", "社团活动"
    CHECK = "check", "安全检查"
    DRILL = "drill", "演练"
    INSPECTION = "inspection", "建家检查"


class StudyForm(TextChoices):
    LEARNING = "learning", "学习"
    TRAINING = "training", "培训"
    LECTURE = "lecture", "讲座"
    MENTORING = "mentoring", "师徒结对"
    READING = "reading", "读书"
    COMPETITION = "competition", "竞赛"
    QUIZ = "quiz", "答卷"
    ESSAYS = "essays", "征文"
    OUTSIDE = "outside", "外出学习"


class Level(TextChoices):
    """Who holds a competition or gives an honour, from the school upwards."""

    SCHOOL = "school", "校级"
    TOWN = "town", "镇（片）级"
    DISTRICT = "district", "区县级"
    CITY = "city", "市级"
    PROVINCE = "province", "省级"
    NATION = "nation", "国家级"


class SignupState(TextChoices):
    LISTED = "listed", "已报名"
    WAITING = "waiting", "候补"
    WITHDRAWN = "withdrawn", "已退出"


class Attendance(TextChoices):
    PRESENT = "present", "到"
    LEAVE = "leave", "请假"
    ABSENT = "absent", "未到"


class SeriesKind(TextChoices):
    CLUB = "club", "社团、兴趣小组"
    UNION_DAY = "union_day", "工会活动日"
    PRACTICE = "practice", "定期训练"
    STUDY = "study", "定期学习"
    MEETING = "meeting", "例会"


class HolderKind(TextChoices):
    MEMBER = "member", "个人"
    GROUP = "group", "工会小组"
    TEAM = "team", "其他集体"
    UNION = "union", "校工会"
    SCHOOL = "school", "学校"


class SelectionState(TextChoices):
    OPEN = "open", "推荐中"
    PUBLIC = "public", "公示中"
    SUBMITTED = "submitted", "已上报"
    CONCLUDED = "concluded", "有结果了"
    DROPPED = "dropped", "不评了"


class NomineeState(TextChoices):
    RECOMMENDED = "recommended", "推荐"
    CHOSEN = "chosen", "拟上报"
    AWARDED = "awarded", "获评"
    PASSED_OVER = "passed_over", "没评上"


class PlaceKind(TextChoices):
    HOME = "home", "职工之家"
    ROOM = "room", "活动室"
    LIBRARY = "library", "职工书屋"
    SPORT = "sport", "运动场馆"
    OTHER = "other", "其他场所"


class CountResult(TextChoices):
    """What a 盘点 found of a thing."""

    FOUND = "found", "在"
    MISSING = "missing", "缺少"
    BROKEN = "broken", "坏了"


class ShareOf(TextChoices):
    """Of whom the places of a selection are a share."""

    MEMBERS = "members", "会员"
    OFFICERS = "officers", "工会干部"
