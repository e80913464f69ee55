"""What the sample school learned, where it competed, what was checked."""

from datetime import date, timedelta
from decimal import Decimal

from activities import actions
from activities.actions.details import Details
from activities.choices import ActivityKind, Field, Level, StudyForm
from activities.models import Activity, Check, ContestStage, Place, Study
from unionoffice.roles import Role
from unionoffice.sample import Sample

# (month, day), title, people, then what the kind has beside
STUDIES = (
    ((3, 19), "师德专题讲座", 168, {
        "form": StudyForm.LECTURE, "topic": "做学生信任的老师", "teacher": "示例师范学院 周教授",
        "courses": 1, "hours": Decimal(2),
    }),
    ((4, 23), "教职工读书分享会", 46, {
        "form": StudyForm.READING, "topic": "教育随笔共读", "courses": 1, "hours": Decimal("1.5"),
        "papers": 31, "result": "评出读书笔记一等奖 3 篇、二等奖 6 篇",
    }),
    ((6, 11), "青年教师信息技术培训", 38, {
        "form": StudyForm.TRAINING, "topic": "课件与微课制作", "teacher": "信息组",
        "courses": 2, "hours": Decimal(8),
    }),
    ((9, 24), "师徒结对仪式", 24, {
        "form": StudyForm.MENTORING, "topic": "老教师带新教师", "courses": 1, "result": "结对 12 对",
    }),
    ((10, 22), "法律知识答卷", 203, {
        "form": StudyForm.QUIZ, "topic": "工会法与劳动法", "courses": 1, "papers": 203,
    }),
)  # fmt: skip
CHECKS = (
    ((3, 5), "开学前安全检查", ActivityKind.CHECK, 6, {
        "checked_by": "工会、总务处", "scope": "教室、食堂、宿舍", "result": "整改后合格",
        "problems": "宿舍三楼一盏应急灯不亮。\n食堂冷库温度记录缺两天。",
    }, 9),
    ((5, 12), "防震疏散演练", ActivityKind.DRILL, 1460, {
        "checked_by": "总务处", "scope": "全校", "result": "3分40秒疏散到位",
    }, None),
    ((6, 4), "教工之家建家检查", ActivityKind.INSPECTION, 8, {
        "checked_by": "示例市教育工会", "scope": "教工之家、职工书屋", "result": "合格",
    }, None),
    ((9, 8), "消防疏散演练", ActivityKind.DRILL, 1502, {
        "checked_by": "总务处、消防站", "scope": "教学楼", "result": "合格",
    }, None),
    ((10, 29), "实验室安全检查", ActivityKind.CHECK, 5, {
        "checked_by": "工会、教务处", "scope": "理化生实验室", "result": "限期整改",
        "problems": "化学准备室一只灭火器压力不足。",
    }, None),
)  # fmt: skip
MENDED_AFTER = 14  # days
CONTEST = ((5, 28), "区教职工羽毛球赛", 8)
STAGES = (  # level, days before, host, result
    (Level.SCHOOL, 26, "校工会", "选出男女各 4 人"),
    (Level.TOWN, 14, "第二片区", "团体第一名"),
    (Level.DISTRICT, 0, "区教育工会", "团体二等奖"),
)


def fill(sample: Sample) -> None:
    for year in range(sample.first_year, sample.today.year + 1):
        for when, title, people, study in STUDIES:
            beside = Study(**study)
            _record(sample, year, when, title, people, beside, kind=ActivityKind.STUDY)
        for when, title, kind, people, values, mended in CHECKS:
            check = Check(**values)
            if mended or year < sample.today.year:  # what is still open is of this year
                check.mended_on = date(year, *when) + timedelta(days=mended or MENDED_AFTER)
                if not check.problems or check.mended_on > sample.today:
                    check.mended_on = None
            _record(sample, year, when, title, people, check, kind=kind, field=Field.OTHER)
        _compete(sample, year)


def _compete(sample: Sample, year: int) -> None:
    when, title, people = CONTEST
    day = date(year, *when)
    stages = [
        ContestStage(
            level=level, day=day - timedelta(days=before), host=host, team="羽毛球社",
            result=result, awarded=level != Level.SCHOOL,
        )
        for level, before, host, result in STAGES
    ]  # fmt: skip
    values = {"kind": ActivityKind.CONTEST, "field": Field.CULTURE, "organiser": "区教育工会"}
    _record(sample, year, when, title, people, *stages, **values)


def _record(sample: Sample, year: int, when, title: str, people, *beside, **values) -> None:
    day = date(year, *when)
    if day > sample.today:
        return
    home = values["kind"] == ActivityKind.INSPECTION
    activity = Activity(title=title, day=day, headcount=people, **{"field": Field.STUDY} | values)
    activity.venue = Place.objects.get(name="教工之家") if home else None
    activity.co_organisers = "总务处" if values["kind"] == ActivityKind.DRILL else ""
    details = Details(rows=tuple((row, frozenset()) for row in beside))
    actions.record_activity(activity=activity, by=sample.people[Role.CHAIR], details=details)
