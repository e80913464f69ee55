"""The sample school's congress, motions and public notices.

Past motions are stored as they ended, since the actions only know today; what is still open goes
through the actions.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from congress import actions
from congress.choices import MotionCategory, MotionState, NoticeCategory, NoticeTiming
from congress.models import Congress, Motion, Notice, Session
from unionoffice.roles import Role
from unionoffice.sample import Sample

CONGRESS_NUMBER = 8
C = MotionCategory
MOTIONS = (
    (C.LIVELIHOOD, "改善教学楼课间饮水条件", "课间十分钟排队接水时间长，部分饮水机老化"),
    (C.LIVELIHOOD, "延长教工食堂晚餐供应时间", "晚自习值班教师常常赶不上晚餐"),
    (C.TEACHING, "增加教研组集体备课时间", "集体备课常与会议冲突，一学期只完成计划的一半"),
    (C.TEACHING, "补充各学科电子资源", "现有资源两年没有更新，教师自行购买负担较重"),
    (C.SYSTEM, "公开职称推荐的计分办法", "计分办法只在推荐前公布，教师难以提前准备"),
    (C.CAMPUS, "在教工车棚加装充电设施", "电动车增多，现有插座不够，存在安全隐患"),
    (C.CAMPUS, "修缮教工之家活动室", "地面破损，器材陈旧，冬天没有取暖"),
    (C.LIVELIHOOD, "为哺乳期教师设母婴室", "目前没有合适的场所，教师只能在办公室解决"),
    (C.SYSTEM, "精简重复填报的表格", "同一数据要在三个表里填写，占用备课时间"),
    (C.OTHER, "组织教职工子女假期托管", "寒暑假学校值班期间，年幼子女无人照看"),
)
SUGGESTION = "1. 请有关部门在本学期内摸清情况；2. 提出办法和时间安排；3. 结果在校务公开栏公布。"
ENDS = (
    *[MotionState.FILED] * 6,
    MotionState.TO_SUGGESTION,
    MotionState.FILED,
    MotionState.REJECTED,
    MotionState.FILED,
)
REASONS = {
    MotionState.TO_SUGGESTION: "属于日常管理，转办公室处理并书面答复",
    MotionState.REJECTED: "不在学校职权范围内",
}
NOTICES = (
    (NoticeCategory.FINANCE, NoticeTiming.REGULAR, "一季度工会经费收支情况", 4),
    (NoticeCategory.PERSONNEL, NoticeTiming.AT_ONCE, "职称推荐人选公示", 11),
    (NoticeCategory.PERSONNEL, NoticeTiming.AT_ONCE, "年度考核优秀人员公示", 1),
    (NoticeCategory.DECISIONS, NoticeTiming.STANDING, "学校年度工作计划", 3),
    (NoticeCategory.EDUCATION, NoticeTiming.REGULAR, "食堂大宗食材采购情况", 5),
    (NoticeCategory.FINANCE, NoticeTiming.REGULAR, "上半年财务收支情况", 7),
    (NoticeCategory.LEADERS, NoticeTiming.REGULAR, "学校领导干部述职安排", 6),
    (NoticeCategory.EDUCATION, NoticeTiming.REGULAR, "收费项目和依据", 9),
    (NoticeCategory.FINANCE, NoticeTiming.REGULAR, "三季度工会经费收支情况", 10),
)


def fill(sample: Sample) -> None:
    chair = sample.people[Role.CHAIR]
    congress = actions.save_congress(
        congress=Congress(number=CONGRESS_NUMBER, start=date(sample.first_year, 6, 1)), by=chair
    )
    for turn, year in enumerate(range(sample.first_year, sample.today.year + 1), start=1):
        held = date(year, 6, 20)
        session = actions.save_session(
            session=Session(
                congress=congress, number=turn, held_on=held if held <= sample.today else None
            ),
            by=chair,
        )
        _past_motions(sample, session, year)
        _notices(sample, year, chair)
    _open_motions(sample)


def _past_motions(sample: Sample, session: Session, year: int) -> None:
    teachers = sample.people["teachers"]
    number = 0
    for turn, ((category, title, cause), state) in enumerate(zip(MOTIONS, ENDS, strict=True)):
        opened = date(year, 5, 10 + turn)
        if opened + timedelta(days=20) > sample.today:
            return
        filed = state == MotionState.FILED
        number += filed
        motion = Motion.objects.create(
            session=session,
            title=title,
            category=category,
            cause=cause,
            reason=f"{cause}。经在组里了解，多数同事都有同样的意见，希望学校统筹考虑。",
            suggestion=SUGGESTION,
            proposer=teachers[turn % len(teachers)].member,
            state=state,
            year=year if filed else None,
            number=number if filed else None,
            opened_on=opened,
            submitted_on=opened + timedelta(days=3),
            decided_on=opened + timedelta(days=15),
            decision_reason=REASONS.get(state, ""),
        )
        drafted = datetime.combine(opened, time(19, 30), timezone.get_current_timezone())
        Motion.objects.filter(pk=motion.pk).update(drafted_at=drafted)  # not the day of loading
        for step in (1, 2):
            seconder = teachers[(turn + step) % len(teachers)].member
            motion.secondings.create(member=seconder)


def _open_motions(sample: Sample) -> None:
    """One that waits for seconders, one that waits for the committee."""
    first, second, third, *_ = sample.people["teachers"]
    for title, proposer, seconders in (
        ("增设教职工心理辅导", first, ()),
        ("统一办公室空调开启时间", second, (first, third)),
    ):
        motion = actions.add_motion(
            motion=Motion(
                title=title,
                category=C.LIVELIHOOD,
                cause="同事们多次提到这件事，值得学校统筹办理",
                reason="这件事关系到每天的工作，目前各处做法不一，经在组里了解，多数同事希望有统一安排。",
                suggestion=SUGGESTION,
            ),
            by=proposer,
            hand_in=True,
        )
        for seconder in seconders:
            actions.second_motion(motion=motion, by=seconder)


def _notices(sample: Sample, year: int, chair) -> None:
    for category, timing, title, month in NOTICES:
        day = date(year, month, 15)
        if day > sample.today:
            continue
        actions.add_notice(
            notice=Notice(
                title=f"{year}年{title}" if timing != NoticeTiming.AT_ONCE else title,
                category=category,
                timing=timing,
                body=f"{title}已经公布在校务公开栏，如有意见请向工会反映。",
                department="办公室",
                published_on=day,
                objection_until=day + timedelta(days=7) if timing == NoticeTiming.AT_ONCE else None,
            ),
            by=chair,
            publish=True,
        )
