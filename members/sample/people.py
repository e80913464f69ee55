"""The sample school's people: invented names in an invented school."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from members import actions
from members.choices import Gender, GroupKind
from members.models import Member, UnionGroup
from members.roster_reader import RosterReading, RosterRow
from members.rules.ages import years_before
from members.rules.retirement import forecast
from unionoffice.periods import Precision
from unionoffice.sample import Sample

SURNAMES = (
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹喻"
    "苏潘葛范彭郎鲁韦马苗方任袁柳史唐费薛雷贺倪汤罗毕郝安常单曾仇查解区"
)
FEMALE_GIVEN = [
    "慧兰",
    "静怡",
    "桂芬",
    "雪梅",
    "丽萍",
    "晓婷",
    "佳怡",
    "依然",
    "梦洁",
    "心妍",
    "若兰",
    "文静",
    "玉梅",
    "雅琴",
    "秀英",
    "春华",
    "思雨",
    "雨桐",
    "欣然",
    "海燕",
    "红霞",
    "淑贞",
    "巧玲",
    "嘉宁",
    "语嫣",
    "彩云",
    "明月",
    "婉清",
    "素芳",
    "小曼",
]
MALE_GIVEN = [
    "建国",
    "志强",
    "文成",
    "国平",
    "立军",
    "知行",
    "子昂",
    "晨曦",
    "浩然",
    "伟",
    "俊杰",
    "明远",
    "家栋",
    "振华",
    "海涛",
    "学文",
    "一鸣",
    "永康",
    "思源",
    "博文",
    "向东",
    "少华",
    "铁生",
    "宏图",
    "景行",
    "致远",
    "承志",
    "大为",
    "清泉",
    "㛃",
]
DEPARTMENTS = {
    "语文组": 1, "数学组": 1, "英语组": 2, "理化生组": 3, "政史地组": 4, "体艺组": 5,
    "信息技术组": 3, "教务处": 6, "总务处": 6, "办公室": 6,
}  # fmt: skip
GROUP_NAMES = "一二三四五六"
RETIRED_GROUP = "退休教职工小组"
TITLES = ("三级教师", "二级教师", "一级教师", "高级教师", "正高级教师")
PARTIES = ("群众", "群众", "中共党员", "共青团员", "民盟盟员")
SHARE_OF_WOMEN = 0.63
SHARE_OF_RETIRED = 0.2
HOBBIES = ("", "乒乓球", "", "合唱", "", "摄影", "羽毛球", "", "书法", "健步走", "", "太极拳、书法")
AREAS = ("城东片", "城西片", "学府路片", "老校区宿舍")
EDUCATIONS = ("大学专科", "大学本科", "大学本科", "大学本科", "硕士研究生")
NAMED_APART = {
    70: "阿依努尔·买买提",
    71: "欧阳㛃",
    72: "尉迟明",
}  # number -> a name of another kind
PHONES = 10_000  # 1380000 and four digits
OLDEST_IN_LEAGUE = 28  # 共青团章程: who is older leaves it
YOUNGER = 4  # years: who would have had to go long ago
STILL_HERE = 2  # so many came to the age within a year, and nobody has seen to it
OFFICERS = 40  # the first so many may have an office: none of them is STILL_HERE


@dataclass
class Told:
    """What of the people before matters for the next."""

    names: set[str] = field(default_factory=set)
    still_here: int = 0


def enrol(sample: Sample) -> None:
    """Hand in the roster as an office would; `sample.people["members"]` are the first of them."""
    reading = RosterReading(accepted=tuple(_rows(sample)), rejected=())
    actions.import_roster(file_name="示例花名册.xlsx", reading=reading, by=None)
    UnionGroup.objects.filter(name=RETIRED_GROUP).update(kind=GroupKind.RETIRED)
    sample.people["members"] = list(Member.objects.order_by("id")[:300])


def _rows(sample: Sample):
    """A roster as the office would hand it in: working colleagues first, then the retired."""
    told = Told()
    retired_from = sample.members - round(sample.members * SHARE_OF_RETIRED)
    for number in range(sample.members):
        yield _row(sample, number, number >= retired_from, told)


def _row(sample: Sample, number: int, retired: bool, told: Told) -> RosterRow:
    random = sample.random
    female = random.random() < SHARE_OF_WOMEN
    department = random.choice(list(DEPARTMENTS))
    age = random.randint(56 if female else 61, 82) if retired else random.randint(24, 58)
    birth = date(sample.today.year - age, random.randint(1, 12), random.randint(1, 28))
    began = min(birth.year + random.randint(22, 26), last_autumn(sample.today))
    if retired or not _stays(birth, female, number, told, sample.today):
        birth = _suited(birth, female, retired, sample.today)
    arrived = min(began + _years_elsewhere(number), last_autumn(sample.today))
    group = RETIRED_GROUP if retired else group_name(DEPARTMENTS[department])
    return RosterRow(
        sheet="花名册",
        row=number + 2,
        name=_name(random, number, female, told.names),
        gender="女" if female else "男",
        birth=birth,
        staff_no=f"{arrived % 100:02}{number:05}",
        phone=f"1380000{number:04}" if number < PHONES else "",
        ethnicity="汉族" if random.random() < 0.92 else random.choice(["回族", "苗族", "壮族"]),
        party=_party(random, sample.today.year - birth.year),
        department=department,
        group=group,
        title=TITLES[min(4, (age - 22) // 9)],
        status="退休" if retired else "在职",
        joined=date(arrived, 9, 1),
        joined_precision=Precision.MONTH,
        work_began=date(began, 8, 1),
        work_began_precision=Precision.MONTH,
        arrived=date(arrived, 8, 25),
        **_further(number, department, retired, birth, arrived),
    )


def last_autumn(today: date) -> int:
    """The year in which new colleagues came last."""
    return today.year if today.month >= 9 else today.year - 1


def _years_elsewhere(number: int) -> int:
    """How long someone worked at another school, and was a 会员 there."""
    return number % 7 if number % 3 == 0 else 0


def _due(birth: date, female: bool) -> date:
    return forecast(Gender.FEMALE if female else Gender.MALE, "", birth, Precision.DAY).first.day


def _suited(birth: date, female: bool, retired: bool, today: date) -> date:
    """Whoever still works has not come to the age for it, and began young; whoever is retired has."""
    if (_due(birth, female) < today) == retired:
        return birth
    return birth.replace(year=birth.year + (-1 if retired else YOUNGER))


def _stays(birth: date, female: bool, number: int, told: Told, today: date) -> bool:
    """Whether this is one of STILL_HERE."""
    due = _due(birth, female)
    stays = number >= OFFICERS and years_before(today, 1) < due < today
    if stays and told.still_here < STILL_HERE:
        told.still_here += 1
        return True
    return False


def _party(random: Random, age: int) -> str:
    party = random.choice(PARTIES)
    return "群众" if party == "共青团员" and age > OLDEST_IN_LEAGUE else party


def group_name(number: int) -> str:
    return f"第{GROUP_NAMES[number - 1]}工会小组"


def _further(number: int, department: str, retired: bool, birth: date, joined: int) -> dict:
    """Told by the number alone: what chance gives the others stays the same."""
    taught = DEPARTMENTS[department] < 6
    values = {
        "campus": "东校区" if number % 4 == 0 else "本部",
        "is_teacher": "是" if taught else "否",
        "education": EDUCATIONS[number % len(EDUCATIONS)],
        "hobbies": HOBBIES[number % len(HOBBIES)],
        "card_no": f"3501{joined}{number:05}" if number % 10 else "",
    }
    if retired:
        return values | {"area": AREAS[number % len(AREAS)]}
    young = birth.year > 1992
    return values | {"contract": "聘用" if young and number % 3 == 0 else "在编"}


def _name(random: Random, number: int, female: bool, taken: set[str]) -> str:
    """A new name; in a very large school names repeat, as they do in life."""
    for _ in range(50):
        given = random.choice(FEMALE_GIVEN if female else MALE_GIVEN)
        name = random.choice(SURNAMES) + given
        if name not in taken:
            break
    taken.add(name)
    return NAMED_APART.get(number, name)
