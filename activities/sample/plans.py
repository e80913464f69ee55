"""The sample school's plans and what became of them: months, days, people, money."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.timezone import make_aware

from activities import actions
from activities.actions.details import NOTHING_BESIDE, Details
from activities.choices import ActivityKind, Field, Level, Rhythm
from activities.models import Activity, ContestStage, Place, Plan, PlanItem, PlanSection
from members.models import UnionGroup
from unionoffice.periods import Period
from unionoffice.roles import Role
from unionoffice.sample import Sample

PUBLISHED_AFTER = timedelta(days=3)  # it was passed
SECTIONS = (
    (
        "指导思想",
        "围绕学校中心工作，依靠全体会员，维护教职工合法权益，服务教职工成长，推动学校民主管理。",
    ),
    (
        "主要工作",
        "开好教代会，办好提案，坚持校务公开。\n做好慰问帮扶，病有所探、困有所帮。\n"
        "办好文体活动，月月有安排，人人能参加。\n加强工会自身建设，账目清楚，档案齐全。",
    ),
)


@dataclass(frozen=True)
class Planned:
    """One line of the sample plan. `people` and `cost` are None where none are counted."""

    months: tuple[int, int]
    field: Field
    text: str
    people: int | None = None
    cost: int | None = None
    highlight: str = ""


def _line(month, field, text, people=None, cost=None, highlight="") -> Planned:
    months = month if isinstance(month, tuple) else (month, month)
    return Planned(months, field, text, people, cost, highlight)


PLAN = (
    _line(1, Field.WARMTH, "两节困难教职工摸底", 12),
    _line(
        (1, 2),
        Field.WARMTH,
        "两节送温暖走访",
        26,
        5200,
        "两节送温暖走访。寒假前后分四组走访困难、患病和退休教职工，当面听取意见，所提事项转有关部门办理。",
    ),
    _line(1, Field.CULTURE, "迎新春写春联", 68, 860),
    _line(2, Field.RETIRED, "退休教师春节团拜会", 41, 2100),
    _line(2, Field.BUILDING, "委员会议：议年度计划", 9),
    _line(
        3,
        Field.WOMEN,
        "庆三八女教职工插花",
        112,
        3600,
        "庆三八女教职工插花。女工委组织全体女教职工分两场学习插花，作品布置在各办公室。",
    ),
    _line(3, Field.DEMOCRACY, "年度计划交会员代表审议", 52),
    _line(3, Field.WOMEN, "女教职工专项体检", 138),
    _line(4, Field.STUDY, "清明祭扫（与党支部）", 36),
    _line(
        4,
        Field.CULTURE,
        "教职工春季健步走",
        176,
        1500,
        "教职工春季健步走。以工会小组为单位绕湖健步五公里，参加人数为近年最多。",
    ),
    _line(4, Field.DEMOCRACY, "一季度经费公示"),
    _line(5, Field.TRAINING, "五四青年教师座谈", 34),
    _line(
        5,
        Field.CULTURE,
        "教职工羽毛球团体赛",
        64,
        2800,
        "教职工羽毛球团体赛。八支队伍参加，理化生组获第一名，体艺组、数学组分列二、三名。",
    ),
    _line(5, Field.WARMTH, "互助保障续保", 231),
    _line(6, Field.OTHER, "六一教工子女开放日", 45, 1200),
    _line(6, Field.WARMTH, "高考备考慰问", 58, 3000),
    _line(
        6,
        Field.DEMOCRACY,
        "召开教职工代表大会",
        49,
        None,
        "召开教职工代表大会。听取学校工作报告、财务报告和提案办理情况报告，审议教职工考核办法。",
    ),
    _line((7, 8), Field.OTHER, "暑期疗休养", 30, 18000),
    _line(7, Field.STUDY, "七一走访退休老党员", 11, 1100),
    _line(8, Field.WARMTH, "送清凉：基建和值班一线", 24, 1900),
    _line(8, Field.BUILDING, "新教师入会与欢迎会", 16),
    _line(
        9,
        Field.STUDY,
        "教师节庆祝与表彰",
        214,
        6800,
        "教师节庆祝与表彰。全体教职工参加，老教师为新教师佩戴校徽，师徒结对八对。",
    ),
    _line(9, Field.DEMOCRACY, "提案交办会", 18),
    _line(9, Field.WARMTH, "中秋慰问品发放", 240, 24000),
    _line(
        10,
        Field.RETIRED,
        "重阳节退休教师回校日",
        38,
        2600,
        "重阳节退休教师回校日。退休教师参观新实验楼，座谈学校发展，收到建议六条。",
    ),
    _line(10, Field.CULTURE, "教职工摄影展", 73, 900),
    _line(10, Field.DEMOCRACY, "校务公开自查", 7),
    _line(11, Field.CULTURE, "教职工拔河赛", 120, 1300),
    _line((11, 12), Field.CULTURE, "气排球联赛", 96, 2200),
    _line(11, Field.OTHER, "消防与食堂安全检查", 8),
    _line(11, Field.DEMOCRACY, "提案办理督办会", 15),
    _line(12, Field.BUILDING, "经费决算与经审", 6),
    _line(12, Field.BUILDING, "年度总结定稿上报", 5),
    _line(12, Field.CULTURE, "迎新年教职工联欢", 190, 5600),
)
EXTRAS = (
    _line(4, Field.WARMTH, "为患病教师爱心捐款", 213),
    _line(7, Field.WARMTH, "防汛值守慰问", 14, 700),
    _line(10, Field.CULTURE, "区教工乒乓球邀请赛", 10, 400),
)
CONTESTS = {"区教工乒乓球邀请赛": ("区教育工会", "男子单打第一名，女子单打第二名")}
PLACES = ("体育馆", "报告厅", "教工之家", "操场", "阶梯教室")
# what the first groups hold by themselves: (month, day, what, people, 元)
OF_GROUPS = (
    (4, 18, "小组踏青", 16, 640),
    (6, 5, "小组包粽子", 14, None),
    (9, 12, "小组欢迎新同事茶话会", 15, 280),
    (11, 6, "小组登山", 13, 390),
)
GROUPS_WITH_ACTIVITIES = 4
POSTPONED, CANCELLED = "教职工摄影展", "六一教工子女开放日"
FORGOTTEN = "消防与食堂安全检查"  # left without a record: the home page asks for it


# what some lines say beside their month: the columns of a PlanItem
MORE = {
    "迎新春写春联": {"audience": "全体教职工", "co_organiser": "语文组", "budget": Decimal(900)},
    "庆三八女教职工插花": {
        "day": (8, 8), "audience": "全体女教职工", "budget": Decimal(4000),
        "evidence": "通知、签到表、照片",
    },
    "女教职工专项体检": {"day": (16, 20), "co_organiser": "总务处"},
    "清明祭扫（与党支部）": {"day": (3, 3), "co_organiser": "校党支部", "evidence": "照片、小结"},
    "教职工春季健步走": {"week": 8, "weekday": 4, "from_time": time(16, 0), "to_time": time(17, 30)},
    "五四青年教师座谈": {"day": (4, 4), "audience": "35 岁以下青年教师"},
    "教职工羽毛球团体赛": {"budget": Decimal(3000), "evidence": "秩序册、成绩表、照片"},
    "送清凉：基建和值班一线": {"co_organiser": "总务处", "budget": Decimal(2000)},
    "教师节庆祝与表彰": {"day": (10, 10), "budget": Decimal(7000), "co_organiser": "校长办公室"},
    "校务公开自查": {"week": 6},
    "气排球联赛": {
        "rhythm": Rhythm.ODD_WEEKS, "weekday": 3, "from_time": time(16, 20),
        "to_time": time(17, 30), "audience": "各工会小组",
    },
    "委员会议：议年度计划": {"from_time": time(15, 0), "weekday": 2, "week": 1},
    "迎新年教职工联欢": {"day": (30, 30), "audience": "全体教职工", "budget": Decimal(6000)},
}  # fmt: skip
ADDED_LATE = (10, Field.DEMOCRACY, "迎接区级文明校园检查")  # after the plan was passed


def fill(sample: Sample) -> None:
    chair = sample.people[Role.CHAIR]
    for year in range(sample.first_year, sample.today.year + 1):
        plan = _plan(sample, year, chair)
        for item, line in zip(plan.items.order_by("order"), PLAN, strict=True):
            _carry_out(sample, item, line, year, chair)
        for line in EXTRAS:
            _record(sample, line, year, chair)
        _add_late(sample, plan, year, chair)
        _held_by_groups(sample, year, chair)


def _add_late(sample: Sample, plan: Plan, year: int, chair) -> None:
    month, field, text = ADDED_LATE
    if year == sample.today.year and sample.today.month >= month:
        first = date(year, month, 1)
        item = PlanItem(plan=plan, text=text, field=field, first_month=first, last_month=first)
        actions.add_item(item=item, by=chair, reason="区文明办通知")
        line = _line(month, field, text, 20)
        _record(sample, line, year, chair, item=item)


def _more(line: Planned, year: int, responsible) -> dict:
    """The further columns of a line; its days are those of its first month."""
    values = dict(MORE.get(line.text, {}))
    if values:
        values["responsible"] = responsible
    if span := values.pop("day", None):
        values["day"] = date(year, line.months[0], span[0])
        values["last_day"] = date(year, line.months[0], span[1]) if span[1] > span[0] else None
    return values


def _held_by_groups(sample: Sample, year: int, chair) -> None:
    for number, group in enumerate(UnionGroup.objects.all()[:GROUPS_WITH_ACTIVITIES]):
        for month, first, what, people, cost in OF_GROUPS[number % 2 :]:
            day = date(year, month, first + number)
            if day <= sample.today:
                activity = Activity(title=what, group=group, field=Field.CULTURE, day=day)
                activity.headcount = people - number
                activity.spent = cost and Decimal(cost + 35 * number)
                actions.record_activity(activity=activity, by=chair)


def _plan(sample: Sample, year: int, chair) -> Plan:
    plan = actions.add_plan(
        title=f"{year}年学校工会工作计划",
        period=Period.year(year),
        by=chair,
        items=[
            PlanItem(
                order=number,
                text=line.text,
                field=line.field,
                first_month=date(year, line.months[0], 1),
                last_month=date(year, line.months[1], 1),
                **_more(line, year, sample.people[Role.CULTURE].member),
            )
            for number, line in enumerate(PLAN)
        ],
        sections=[
            PlanSection(order=number, title=title, body=body)
            for number, (title, body) in enumerate(SECTIONS)
        ],
    )
    if (passed_on := date(year, 1, 12)) <= sample.today:
        passed = {"passed_on": passed_on, "passed_by": "工会委员会议"}
        actions.move_plan(plan=plan, move="pass", by=chair, **passed)
        plan = actions.move_plan(plan=plan, move="publish", by=chair)
        published = make_aware(datetime.combine(passed_on + PUBLISHED_AFTER, time(9, 30)))
        published = min(published, plan.published_at)  # not the day of loading
        Plan.objects.filter(pk=plan.pk).update(published_at=published)
    return plan


def _carry_out(sample: Sample, item: PlanItem, line: Planned, year: int, chair) -> None:
    this_year = year == sample.today.year
    if line.text == CANCELLED and this_year and sample.today.month >= line.months[0]:
        actions.move_item(item=item, move="cancel", by=chair, reason="与中考考场布置冲突")
        return
    if line.text == POSTPONED and this_year and sample.today.month >= line.months[0]:
        actions.move_item(
            item=item, move="postpone", by=chair, reason="展厅维修", to_month=date(year, 12, 1)
        )
        return
    if line.text == FORGOTTEN and this_year:
        return
    _record(sample, line, year, chair, item=item)


def _record(sample: Sample, line: Planned, year: int, chair, item: PlanItem | None = None) -> None:
    """What was held by today: a day in the line's first month, its people more or less."""
    random = sample.random
    month = line.months[0]
    day = date(year, month, random.randint(3, monthrange(year, month)[1] - 2))
    if day > sample.today:
        return
    place = random.choice(PLACES)
    actions.record_activity(
        activity=Activity(
            title=line.text,
            kind=ActivityKind.CONTEST if line.text in CONTESTS else ActivityKind.EVENT,
            plan_item=item,
            field=line.field,
            day=day,
            place=place,
            venue=Place.objects.filter(name=place).first(),
            headcount=line.people and max(3, round(line.people * random.uniform(0.9, 1.08))),
            spent=line.cost and Decimal(round(line.cost * random.uniform(0.85, 1), -1)),
            highlight=line.highlight,
            is_highlight=bool(line.highlight),
        ),
        by=chair,
        details=_contest(line, day) if line.text in CONTESTS else NOTHING_BESIDE,
    )


def _contest(line: Planned, day: date) -> Details:
    host, result = CONTESTS[line.text]
    stage = ContestStage(level=Level.DISTRICT, day=day, host=host, result=result, awarded=True)
    return Details(rows=((stage, frozenset()),))
