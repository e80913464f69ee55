"""The sample school's assessments: last year's of the union, of two groups, of one officer."""

from datetime import date

from members.actions.assessments import add_assessment
from members.choices import AssessmentOf
from members.models import Assessment, Member, UnionGroup
from members.queries import enrolled_on
from members.rules.assessments import read_items, rows_of
from unionoffice.periods import Period
from unionoffice.roles import Role
from unionoffice.sample import Sample

GOALS = """教代会按期召开，提案件件有答复 | 6月召开，提案全部答复 | 20
校务公开按季公布 | 四次，都有记录 | 19
慰问做到五必访 | 全年走访有台账 | 20
文体活动月月有安排 | 完成，参加面超过八成 | 19
经费账目清楚，接受经审 | 年底经审一次，没有问题 | 18"""
GROUP_GOALS = """小组活动每学期不少于两次 | 完成
会员有事当天报工会 | 完成
活动有记录 | 缺两次照片"""
CRITERIA = ("爱国守法", "爱岗敬业", "关爱学生", "教书育人", "为人师表")
EXCELLENT = 94
OFFICER_GOALS = "慰问及时，台账完整 | 全部当天记录\n困难职工档案一人一档 | 完成"


def assess(sample: Sample) -> None:
    if sample.years:
        year = sample.today.year - 1
        higher, own = sample.office.higher_union_name, "工会委员会"
        _add(year, GOALS, "优秀", higher, of=AssessmentOf.UNION)
        for group, result in zip(UnionGroup.objects.all()[:2], ("优秀", "合格"), strict=False):
            _add(year, GROUP_GOALS, result, own, of=AssessmentOf.GROUP, group=group)
        officer = sample.people[Role.WELFARE].member
        whose = {"member": officer, "office": Role.WELFARE.value}
        _add(year, OFFICER_GOALS, "称职", own, of=AssessmentOf.OFFICER, **whose)
        _assess_people(sample, year)


def _assess_people(sample: Sample, year: int) -> None:
    """师德考核 of some colleagues, criterion by criterion."""
    people = enrolled_on(Member.objects.order_by("pk"), sample.today, "active")[30:42]
    for number, member in enumerate(people):
        scores = [20 - (number + at) % 4 for at in range(len(CRITERIA))]
        goals = "\n".join(f"{goal} | | {s}" for goal, s in zip(CRITERIA, scores, strict=True))
        result = "优秀" if sum(scores) >= EXCELLENT else "合格"
        whose = {"member": member, "topic": "师德考核"}
        _add(year, goals, result, "师德考核小组", of=AssessmentOf.PERSON, **whose)


def _add(year: int, goals: str, result: str, assessed_by: str, **whose) -> None:
    assessment = Assessment(
        period_code=Period.year(year).code,
        items=rows_of(read_items(goals)),
        result=result,
        assessed_on=date(year, 12, 25),
        assessed_by=assessed_by,
        **whose,
    )
    add_assessment(assessment=assessment, by=None)
