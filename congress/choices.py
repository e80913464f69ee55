"""Values that the congress app stores."""

from django.db.models import TextChoices


class MotionState(TextChoices):
    DRAFT = "draft", "草稿"
    SECONDING = "seconding", "等人附议"
    SUBMITTED = "submitted", "待审查"
    FILED = "filed", "已立案"
    RETURNED = "returned", "退回修改"
    TO_SUGGESTION = "to_suggestion", "转为意见建议"
    REJECTED = "rejected", "不予立案"
    WITHDRAWN = "withdrawn", "已撤案"


# The motion is not, or not any more, before the committee.
NOT_HANDED_IN = frozenset({MotionState.DRAFT, MotionState.SECONDING})
STATE_GLYPHS = {
    MotionState.DRAFT: "plan",
    MotionState.SECONDING: "doing",
    MotionState.SUBMITTED: "doing",
    MotionState.FILED: "done",
    MotionState.RETURNED: "late",
    MotionState.TO_SUGGESTION: "moved",
    MotionState.REJECTED: "off",
    MotionState.WITHDRAWN: "off",
}


class MotionCategory(TextChoices):
    TEACHING = "teaching", "教学科研"
    LIVELIHOOD = "livelihood", "民生福利"
    SYSTEM = "system", "体制管理"
    CAMPUS = "campus", "校园建设"
    OTHER = "other", "其他"


class NoticeState(TextChoices):
    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已公开"
    WITHDRAWN = "withdrawn", "已撤下"


class NoticeCategory(TextChoices):
    """The five classes that schools use; their twenty items differ from school to school."""

    DECISIONS = "decisions", "重大决策与发展"
    FINANCE = "finance", "财务与资产"
    PERSONNEL = "personnel", "人事与切身利益"
    LEADERS = "leaders", "干部与廉政"
    EDUCATION = "education", "教育教学与学生事务"


class NoticeWay(TextChoices):
    BOARD = "board", "公开栏"
    CONGRESS = "congress", "教代会"
    MEETING = "meeting", "教职工大会、座谈会"
    WEBSITE = "website", "网站、工作群"
    WRITTEN = "written", "书面通报"
    OTHER = "other", "其他"


class NoticeTiming(TextChoices):
    STANDING = "standing", "长期"
    REGULAR = "regular", "定期"
    AT_ONCE = "at_once", "随时"
