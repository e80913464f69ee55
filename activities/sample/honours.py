"""What the sample school was honoured with, and selections in each of their states."""

from datetime import date, timedelta

from activities.actions.honours import record_honours
from activities.actions.selections import (
    choose_nominees,
    conclude_selection,
    move_selection,
    nominate_together,
    publish_selection,
    start_selection,
    submit_selection,
)
from activities.choices import HolderKind, Level
from activities.models import Honour, Nominee, Selection
from members.choices import Gender
from members.models import Member, UnionGroup
from members.queries import enrolled_on
from unionoffice.periods import Precision
from unionoffice.roles import Role
from unionoffice.sample import Sample

HONOURS = (  # (month, day or 1), title, level, by whom, holder, number of the document
    ((1, 20), "优秀工会小组", Level.SCHOOL, "校工会委员会", HolderKind.GROUP, ""),
    ((3, 6), "三八红旗手", Level.TOWN, "示例镇妇联", HolderKind.MEMBER, ""),
    ((4, 28), "先进工会", Level.DISTRICT, "示例区总工会", HolderKind.UNION, "示区工〔{year}〕12号"),
    ((5, 30), "羽毛球比赛团体二等奖", Level.DISTRICT, "示例区教育工会", HolderKind.TEAM, ""),
    (
        (6, 18),
        "模范教工之家",
        Level.CITY,
        "示例市教育工会",
        HolderKind.UNION,
        "示教工〔{year}〕31号",
    ),
    ((9, 9), "优秀教师", Level.PROVINCE, "示例省教育厅", HolderKind.MEMBER, "示教〔{year}〕88号"),
    ((9, 1), "全国民主管理先进单位", Level.NATION, "示例总工会", HolderKind.SCHOOL, ""),
)
TEAM = "教工羽毛球队"
SELECTIONS = ("open", "public", "submitted", "concluded", "dropped")
TITLES = ("优秀工会积极分子", "师德标兵", "先进工会工作者", "女工建功标兵", "优秀教职工之友")
DEEDS = "热心工会工作，组织小组活动，关心困难同事。"
FOR_WOMEN = {"三八红旗手", "女工建功标兵"}
FIRST = 64  # of the 会员, however many there are


def fill(sample: Sample) -> None:
    people = list(enrolled_on(Member.objects.order_by("pk"), sample.today, "active")[:FIRST])
    for year in range(sample.first_year, sample.today.year + 1):
        _honour(sample, year, people)
    for number, state in enumerate(SELECTIONS):
        title = TITLES[number]
        _select(sample, state, title, _fit_for(title, people)[number * 4 : number * 4 + 4])


def _fit_for(title: str, people: list[Member]) -> list[Member]:
    if title in FOR_WOMEN:
        return [one for one in people if one.gender == Gender.FEMALE]
    return people


def _honour(sample: Sample, year: int, people: list[Member]) -> None:
    groups = list(UnionGroup.objects.all()[:4])
    for number, (when, title, level, body, holder, document) in enumerate(HONOURS):
        day = date(year, *when)
        if day > sample.today or (level == Level.NATION and year < sample.today.year):
            continue
        honour = Honour(title=title, level=level, awarding_body=body, day=day, holder=holder)
        honour.document_number = document.format(year=year)
        honour.precision = Precision.MONTH if when[1] == 1 else Precision.DAY
        honour.is_contest = holder == HolderKind.TEAM
        honour.team = TEAM if holder == HolderKind.TEAM else ""
        if holder == HolderKind.MEMBER:
            fit = _fit_for(title, people)
            honour.member = fit[(year * 7 + number) % len(fit)]
        if holder == HolderKind.GROUP:
            honour.group = groups[year % len(groups)]
        record_honours(honours=[honour], by=sample.people[Role.CHAIR])


def _select(sample: Sample, state: str, title: str, people: list[Member]) -> None:
    """Each step a few days after the one before, so that the last is today's or still open."""
    chair, today = sample.people[Role.CHAIR], sample.today
    began = today - timedelta(days=8 if state == "open" else 40)
    selection = Selection(
        title=title, level=Level.DISTRICT, awarding_body="示例区教育工会", quota=2,
        conditions="在岗满三年，本年度没有违纪。", started_on=began,
        recommend_until=began + timedelta(days=14), public_days=5 if state != "public" else 7,
        notice="" if state != "public" else f"示区教工〔{began.year}〕21号",
    )  # fmt: skip
    start_selection(selection=selection, by=chair)
    rows = [Nominee(selection=selection, member=member, deeds=DEEDS) for member in people]
    rows = nominate_together(selection=selection, nominees=rows, by=chair)
    if state == "dropped":
        move_selection(selection=selection, move="drop", by=chair, reason="上级今年不评了")
    if state in ("open", "dropped"):
        return
    chosen = [row.pk for row in rows[:2]]
    choose_nominees(selection=selection, chosen=chosen, by=chair)
    shown = today - timedelta(days=3 if state == "public" else 24)
    until = shown + timedelta(days=7)
    publish_selection(selection=selection, public_from=shown, public_until=until, by=chair)
    if state == "public":
        return
    submitted = until + timedelta(days=2)
    submit_selection(selection=selection, submitted_on=submitted, by=chair)
    if state == "concluded":
        like = Honour(day=today - timedelta(days=4), document_number="")
        conclude_selection(selection=selection, awarded=chosen[:1], honour=like, by=chair)
